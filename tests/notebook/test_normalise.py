from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from jupyterlab_prodify.notebook.normalise import Surroundings, bundle, overwritten, plain
from jupyterlab_prodify.notebook.outputs import shown

HOMES = Surroundings(["/home/me/project"], [date(2024, 5, 6)])
BAR = "\u2588\u2588\u258d  "
TRACE = 'Traceback (most recent call last):\n  File "{0}", line {1}, in {2}\n    {3}\nValueError: no'
KERAS = "32/32 \u2501\u2501\u2501 {0} {1}/step - loss: {2}"
LOOP = "{0} per loop (mean \u00b1 std. dev. of {1} runs, {2} loops each)"
SLOWEST = (
    "The slowest run took {0} times longer than the fastest. "
    "This could mean that an intermediate result is being cached.\n"
)
TIME = "Time:{0}{1}{2}Log-Likelihood: {3}"

#: By rule: texts that are the same, and near misses that are not.
SAME = {
    "address": [
        ("<object object at 0x7f3a2b1c0d10>", "<object object at 0x7f3a2b9990a0>"),
        ("[<matplotlib.lines.Line2D at 0x7f3a2b1c0d10>]", "[<matplotlib.lines.Line2D at 0x7f3a2b9990a0>]"),
        ("&lt;A object at 0x7f3a2b1c0d10&gt;", "&lt;A object at 0x7f3a2b9990a0&gt;"),
        ("<weakref at 0x7f3a2b1c; to 'A' at 0x7f3a2b1c0d10>", "<weakref at 0x7f3a2b99; to 'A' at 0x7f3a2b9990a0>"),
        ('<code object f at 0x7f3a2b1c, file "a", line 1>', '<code object f at 0x7f3a2b99, file "a", line 1>'),
    ],
    "function by its address": [
        ("<function clean.<locals>.inner at 0x7f3a2b1c0d10>", "<function inner at 0x7f3a2b9990a0>"),
    ],
    "cell": [
        ("/tmp/ipykernel_77/3391217863.py:1: odd", "/tmp/ipykernel_8123/99.py:1: odd"),
        ("<ipython-input-3-0123456789ab>", "<ipython-input-7-abcdefabcdef>"),
        ("invalid syntax (3391217863.py, line 1)", "invalid syntax (77012345.py, line 1)"),
    ],
    "traceback": [(TRACE.format("a.py", 3, "f", "x()"), TRACE.format("b.py", 40, "g", "y()\n    ^^^"))],
    "temporary folder": [("/tmp/tmpab12cd_9/x.csv", "/tmp/tmpzzzzzzzz/x.csv")],
    "colour": [("\x1b[31mred\x1b[0m", "red")],
    "%time": [
        (
            "CPU times: user 3 ms, sys: 0 ns, total: 3 ms\nWall time: 3.1 ms",
            "CPU times: user 1min 2s, sys: 9.5 \u00b5s, total: 1min 2s\nCompiler : 120 ms\nWall time: 1h 2min 3s",
        ),
        (
            "CPU times: total: 0 ns\nWall time: 1 s",
            "CPU times: total: 15.6 ms\nParser   : 1 s\nWall time: 1e+03 \u00b5s",
        ),
    ],
    "%timeit": [
        (LOOP.format("3.02 \u00b5s \u00b1 12 ns", 7, "100,000"), LOOP.format("1.1 s \u00b1 2 ms", 7, "1")),
        (
            "<TimeitResult : " + LOOP.format("3.02 \u00b5s \u00b1 12 ns", 7, "100,000") + ">",
            "<TimeitResult : " + LOOP.format("1min 2s \u00b1 2 ms", 7, "1") + ">",
        ),
        (
            SLOWEST.format("4.12") + LOOP.format("3 \u00b5s \u00b1 1 ns", 7, "10"),
            LOOP.format("4 \u00b5s \u00b1 1 ns", 7, "10"),
        ),
        ("10 loops, best of 5: 25 ms per loop", "1000 loops, best of 5: 1.1 \u00b5s per loop"),
    ],
    "bar": [
        (
            f"  4%|{BAR}| 4/100 [00:01<00:24, 3.99it/s]\n100%|{BAR}| 100/100 [00:03<00:00, 33.21it/s]\n",
            f"100%|{BAR}| 100/100 [1:00:03<00:00,  1.20s/it]\n",
        ),
        (f"fit:   0%|{BAR}| 0/9 [00:00<?, ?it/s]\nend", f"fit:   0%|{BAR}| 0/9 [00:07<?, ?it/s]\nend"),
        ("17it [00:00, 1234.5it/s]\n", "17it [00:03, 5.1it/s]\n"),
        # A shorter line covers the longer one before it with spaces.
        (f"4%|{BAR}| 4/9 [00:41<11:06, 141.10it/s]\n", f"4%|{BAR}| 4/9 [01:00<16:01, 97.86it/s] \n"),
        ("get: 1.2kB [00:00, 12.5kB/s]", "get: 1.2kB [00:02, 1.5kB/s]"),
    ],
    "keras": [(KERAS.format("0s", "2ms", 0.5), KERAS.format("1:02", "11ms", 0.5))],
    "summary": [
        (TIME.format(" " * 24, "10:42:17", " " * 3, -1), TIME.format(" " * 24, "23:00:01", " " * 3, -1)),
        ("<th>Time:</th>   <td>10:42:17</td>", "<th>Time:</th>   <td>23:00:01</td>"),
    ],
    "bokeh": [("figure(id='p1001', x=[p1002])", "figure(id='p2001', x=[p1002])")],
}
DIFFERENT = {
    "address": [
        ("0xdeadbeef", "0xdeadbeee"),
        ("0x7f3a2b1c0d10", "0x7f3a2b9990a0"),
        ("crashed at 0x7f3a2b1c0d10, again", "crashed at 0x7f3a2b9990a0, again"),
        ("<register at 0x10>", "<register at 0x20>"),
        ("<A object at 0x7f3a2b1c0d10>", "<B object at 0x7f3a2b1c0d10>"),
    ],
    # Where a class or function stands is part of what is shown.
    "home": [
        ("<__main__.Model object at 0x7f3a2b1c0d10>", "<pkg.steps.Model object at 0x7f3a2b9990a0>"),
        ("<__main__.Model at 0x7f3a2b1c0d10>", "<steps.Model at 0x7f3a2b9990a0>"),
        ("<class '__main__.Model'>", "<class 'pkg.steps.make.<locals>.Model'>"),
        ("&lt;class &#x27;a&#x27;&gt; <class '__main__.A.B'>", "&lt;class &#x27;a&#x27;&gt; <class 'steps.A.B'>"),
        ("<function __main__.clean(x)>", "<function steps.clean(x)>"),
        ("<class 'int'>", "<class 'float'>"),
        ("<class 'pandas.DataFrame'>", "<class 'polars.DataFrame'>"),
        ("<class '__main__.Model'>", "<class 'other.Model'>"),
        ("<class '__main__.A'>", "<class 'steps.B'>"),
        ("<a.Model object at 0x7f3a2b1c0d10>", "<b.Model object at 0x7f3a2b1c0d10>"),
        ("<function __main__.clean(x)>", "<function other.clean(x)>"),
    ],
    "function by its address": [
        ("<function a.<locals>.f at 0x7f3a2b1c0d10>", "<function a.<locals>.g at 0x7f3a2b1c0d10>"),
        ("<function f.<locals>.g>", "<function g>"),
    ],
    "cell": [
        ("invalid syntax (3391217863.py, line 1)", "invalid syntax (3391217863.py, line 4)"),
        ("invalid syntax (2024.py, line 1)", "invalid syntax (2025.py, line 1)"),
        ("<ipython-input-3-abc>", "<ipython-input-4-abc>"),
    ],
    "traceback": [
        (TRACE.format("a.py", 3, "f", "x()"), TRACE.format("a.py", 3, "f", "x()") + "w"),
        ("Traceback (most recent call last):\n  count 1\nE", "Traceback (most recent call last):\n  count 2\nE"),
    ],
    "temporary folder": [("/tmp/results1", "/tmp/results2"), ("/tmp/tmpab12cd_9/x.csv", "/tmp/tmpab12cd_9/y.csv")],
    "uuid": [("4b3f2a10-1c2d-4e5f-8a9b-0c1d2e3f4a5b", "5b3f2a10-1c2d-4e5f-8a9b-0c1d2e3f4a5b")],
    "hash": [("9e107d9d372bb6826bd81d3542a419d6", "e4d909c290d0fb1ca068ffaddf22cbd0")],
    "date": [("2019-03-01", "2019-03-02"), ("mean 12:30", "mean 12:31")],
    "%time": [
        ("Compiler : GCC 12.2.0", "Compiler : GCC 13.1.0"),
        ("Compiler version: 1", "Compiler version: 2"),
        ("Wall time: about 3", "Wall time: about 4"),
        ("Total CPU times: 3 ms", "Total CPU times: 4 ms"),
        ("Wall time: 3 ms for 5 rows", "Wall time: 3 ms for 6 rows"),
    ],
    "%timeit": [
        ("cost 3 per loop", "cost 4 per loop"),
        ("3 ms per loop", "4 ms per loop"),
        (LOOP.format("3 ms \u00b1 1 ms", 7, "10"), LOOP.format("3 ms \u00b1 1 ms", 8, "10")),
        (LOOP.format("3 ms \u00b1 1 ms", 7, "10") + " a", LOOP.format("3 ms \u00b1 1 ms", 7, "10") + " b"),
        ("The slowest run took 3 hours", "The slowest run took 4 hours"),
    ],
    "bar": [
        ("100%", "99%"),
        ("share 5%|north", "share 6%|north"),
        ("5%| 1 |", "6%| 1 |"),
        (f"a: 100%|{BAR}| 9/9 [00:03<00:00, 3it/s]", f"b: 100%|{BAR}| 9/9 [00:03<00:00, 3it/s]"),
        (f"100%|{BAR}| 9/9 [00:03<00:00, 3it/s]", f"100%|{BAR}| 8/8 [00:03<00:00, 3it/s]"),
        (f" 50%|{BAR}| 4/8 [00:03<00:00, 3it/s]", f"100%|{BAR}| 8/8 [00:03<00:00, 3it/s]"),
        (f"100%|{BAR}| 8/8 [00:03<00:00, 3it/s, loss=1]", f"100%|{BAR}| 8/8 [00:03<00:00, 3it/s, loss=2]"),
        ("17it [00:00, 1234.5it/s]", "18it [00:00, 1234.5it/s]"),
        ("log 3it [00:00, ok]", "log 3it [00:01, ok]"),
    ],
    "keras": [
        (KERAS.format("0s", "2ms", 0.5), KERAS.format("0s", "2ms", 0.6)),
        (KERAS.format("0s", "2ms", 0.5), KERAS.format("0s", "2ms", 0.5).replace("32/32", "31/31")),
        ("took 3ms/step", "took 4ms/step"),
    ],
    "summary": [
        ("Time: 10:42:17", "Time: 10:42:18"),
        ("Departure Time:           10:42:17", "Departure Time:           10:42:18"),
        (TIME.format(" " * 24, "10:42:17", " " * 3, -1), TIME.format(" " * 24, "10:42:17", " " * 3, -2)),
        ("<th>Start Time:</th> <td>10:42:17</td>", "<th>Start Time:</th> <td>10:42:18</td>"),
        ("took 1.2 of 3 parts", "took 1.3 of 3 parts"),
    ],
    "bokeh": [("p1001", "p1002"), ("figure(id='p1001')", "figure(id='x1001')"), ("id=p1001", "id=p1002")],
}


def rows(table: dict[str, list[tuple[str, str]]]) -> list[Any]:
    return [
        pytest.param(one, two, id=f"{rule} {place}")
        for rule, pairs in table.items()
        for place, (one, two) in enumerate(pairs)
    ]


@pytest.mark.parametrize(("one", "two"), rows(SAME))
def test_the_same(one: str, two: str) -> None:
    assert plain(one, HOMES) == plain(two, HOMES)


@pytest.mark.parametrize(("one", "two"), rows(DIFFERENT))
def test_not_the_same(one: str, two: str) -> None:
    assert plain(one, HOMES) != plain(two, HOMES)


def test_every_rule_has_near_misses() -> None:
    assert set(SAME) - set(DIFFERENT) == {"colour"}


@pytest.mark.parametrize(
    "text",
    ["2024-05-06", "2024-05-06 10:11:12.345", "2024-05-07T00:01", "Mon, 06 May 2024", "May 05, 2024", "20240506", "Mon May  6"],
)  # fmt: skip
def test_today_and_the_days_beside_it(text: str) -> None:
    around = Surroundings(days=[date(2024, 5, 6)])
    assert plain(f"on {text}!", around).startswith("on <today>")
    assert plain(f"on {text}!") == f"on {text}!"


def test_today_inside_a_longer_number_stays() -> None:
    assert plain("1202405061", Surroundings(days=[date(2024, 5, 6)])) == "1202405061"


def test_folders_that_stand_for_each_other() -> None:
    around = Surroundings(["/home/me/project", "/tmp/copy/project"])
    assert plain("in /home/me/project/data", around) == plain("in /tmp/copy/project/data", around)
    assert "/home/me/project-two" in plain("in /home/me/project-two", around)


UUIDS = ("4b3f2a10-1c2d-4e5f-8a9b-0c1d2e3f4a5b", "00000000-1c2d-4e5f-8a9b-0c1d2e3f4a5b")
HEXES = ("9e107d9d372bb6826bd81d3542a419d6", "e4d909c290d0fb1ca068ffaddf22cbd0")
STYLED = '<style>#T_{0} td {{}} #T_{0}_row0_col0 {{}}</style><table id="T_{0}"><td id="T_{0}_row0_col0">{1}</table>'
BOKEH = (
    '<div id="{0}" data-root-id="{1}"></div><script>{{"roots":[{{"id":"{1}"}},{{"id":"{2}"}}],"x":["{3}"]}}</script>'
)
PLOTLY = (
    '<div id="{0}" class="plotly-graph-div"></div><script>Plotly.newPlot("{0}", [{1}], document.getElementById("{0}"))'
)
FOLIUM = (
    'srcdoc="&lt;div id=&quot;map_{0}&quot;&gt; var map_{0} = L.map(&quot;map_{0}&quot;); var tile_{1} = f(map_{0})"'
)
SVG = '<defs><path id="m{0}"/></defs><use href="#m{0}" x="{1}"/><g clip-path="url(#p{0})"/><clipPath id="p{0}"/>'
XARRAY = "<input id='section-{0}' type='checkbox'><label for='section-{0}'>{1}</label>"


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (STYLED.format("a1b2c", 1), STYLED.format("00ff3", 1), True),
        (STYLED.format("a1b2c", 1), STYLED.format("a1b2c", 2), False),
        ("<td>T_a1b2c</td>", "<td>T_00ff3</td>", False),
        ('<div id="sk-container-id-1">', '<div id="sk-container-id-7">', True),
        ("<td>sk-container-id-1</td>", "<td>sk-container-id-7</td>", False),
        (BOKEH.format(UUIDS[0], "p1001", "p1002", "a"), BOKEH.format(UUIDS[1], "p2001", "p2002", "a"), True),
        (BOKEH.format(UUIDS[0], "p1001", "p1002", "a"), BOKEH.format(UUIDS[0], "p1001", "p1001", "a"), False),
        (BOKEH.format(UUIDS[0], "p1001", "p1002", "p1001"), BOKEH.format(UUIDS[0], "p1001", "p1002", "p1002"), False),
        (BOKEH.format(UUIDS[0], "p1001", "p1002", "p9001"), BOKEH.format(UUIDS[0], "p1001", "p1002", "p9002"), False),
        ("<td>p1001</td>", "<td>p1002</td>", False),
        (PLOTLY.format(UUIDS[0], 1), PLOTLY.format(UUIDS[1], 1), True),
        (PLOTLY.format(UUIDS[0], 1), PLOTLY.format(UUIDS[1], 2), False),
        (f"<td>{UUIDS[0]}</td>", f"<td>{UUIDS[1]}</td>", False),
        (f"<td>{HEXES[0]}</td>", f"<td>{HEXES[1]}</td>", False),
        (f'<div id="altair-viz-{HEXES[0]}">', f'<div id="altair-viz-{HEXES[1]}">', True),
        (FOLIUM.format(*HEXES), FOLIUM.format(*HEXES[::-1]), True),
        (FOLIUM.format(*HEXES), FOLIUM.format(HEXES[0], HEXES[0]), False),
        (XARRAY.format(UUIDS[0], "x"), XARRAY.format(UUIDS[1], "x"), True),
        (XARRAY.format(UUIDS[0], "x"), XARRAY.format(UUIDS[0], "y"), False),
        ("<dc:date>2024-01-02T10:11:12.123456</dc:date>", "<dc:date>2025-01-02T10:11:12.123456</dc:date>", True),
        ("<dc:date>spring</dc:date>", "<dc:date>autumn</dc:date>", False),
    ],
)
def test_html(one: str, two: str, same: bool) -> None:
    assert (bundle({"text/html": one}) == bundle({"text/html": two})) is same


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (SVG.format("0a1b2c3d4e", 1), SVG.format("ffffffffff", 1), True),
        (SVG.format("0a1b2c3d4e", 1), SVG.format("0a1b2c3d4e", 2), False),
        ('<text id="m0a1b2c3d4e">#0a1b2c</text>', '<text id="m0a1b2c3d4e">#ffffff</text>', False),
        ('<g id="patch_1"/>', '<g id="patch_2"/>', False),
    ],
)
def test_svg(one: str, two: str, same: bool) -> None:
    assert (bundle({"image/svg+xml": one}) == bundle({"image/svg+xml": two})) is same


def test_widgets() -> None:
    mime, text = "application/vnd.jupyter.widget-view+json", '{{"model_id": "{0}", "v": {1}}}'
    one = bundle({mime: text.format(HEXES[0], 2)})
    assert one == bundle({mime: text.format(HEXES[1], 2)})
    assert one != bundle({mime: text.format(HEXES[1], 3)})
    assert bundle({mime: text.format("slider", 2)}) != bundle({mime: text.format("button", 2)})
    assert bundle({"application/json": f'["{HEXES[0]}"]'}) != bundle({"application/json": f'["{HEXES[1]}"]'})


def test_a_line_that_is_written_over() -> None:
    assert overwritten("1%\r50%\r100%\nend\r\n") == "100%\nend\n"


LONG = [
    *("a" * 2_000_000, "/" * 300_000, "0x" * 500_000, "ipykernel_" * 20_000, "-1%| " * 200_000),
    *("<class '" + "a." * 100_000, "<__main__." + "a.<locals>." * 100_000, "<dc:date>" * 100_000),
    *("<dc:date>2024-01-02T" + "1" * 500_000, 'id="' * 300_000, "id='p1' " * 100_000, '"id":"' + "f" * 500_000),
    *((" " * 3_990 + "%| [\n") * 300, ("1" * 3_900 + " [0:00, 1it/s]x\n") * 100, ("1 " * 1_900 + "[0:00,\n") * 300),
    *("Traceback (most recent call last):\n" + '  File "a", line 1\n' * 100_000, "a.py:1: UserWarning: x\n" * 50_000),
    *("#T_00000 " * 200_000 + 'id="T_00000"', "<weakref at 0x" * 100_000, "<code object " + "a" * 500_000),
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_long_texts_take_no_time(text: str) -> None:
    start = time.process_time()
    bundle({"text/html": text}, HOMES)
    shown([{"output_type": "stream", "name": "stderr", "text": text}])
    assert time.process_time() - start < 5
