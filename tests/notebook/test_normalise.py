from __future__ import annotations

import time
from datetime import date

import pytest

from jupyterlab_prodify.notebook.normalise import Surroundings, bundle, overwritten, plain


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("<object object at 0x7f3a2b1c0d10>", "<object object at 0x7f3a2b9990a0>"),
        ("<__main__.Model object at 0x7f3a2b1c0d10>", "<pkg.steps.Model object at 0x7f3a2b9990a0>"),
        ("<function clean.<locals>.inner at 0x7f3a2b1c0d10>", "<function inner at 0x7f3a2b9990a0>"),
        ("<class '__main__.Model'>", "<class 'pkg.steps.Model'>"),
        ("4b3f2a10-1c2d-4e5f-8a9b-0c1d2e3f4a5b", "00000000-1c2d-4e5f-8a9b-0c1d2e3f4a5b"),
        ("CPU times: user 3 ms, sys: 0 ns, total: 3 ms\nWall time: 3.1 ms", "CPU times: user 9 ms\nWall time: 1 s"),
        ("3.02 µs ± 12 ns per loop (mean ± std. dev. of 7 runs)", "1.1 s ± 2 ms per loop (mean ± std. dev. of 7 runs)"),
        ("  4%|▍         | 4/100 [00:01<00:24]\n 9%|▍ | 9/100", "100%|██████████| 100/100 [00:03<00:00]"),
        ("17it [00:00, 1234.5it/s]\n", "17it [00:03, 5.1it/s]\n"),
        ("32/32 ━━━━━━━━ 0s 2ms/step - loss: 0.5", "32/32 ━━━━━━━━ 3s 11ms/step - loss: 0.5"),
        ("/tmp/ipykernel_77/3391217863.py:1: odd", "/tmp/ipykernel_8123/99.py:1: odd"),
        ("/tmp/tmpab12cd_9/x.csv", "/tmp/tmpzzzzzzzz/x.csv"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("Time:                        10:42:17   Log-Likelihood: -1", "Time:                        23:00:01   Log-Likelihood: -1"),
        ("Traceback (most recent call last):\n  File a\n    x\nValueError: no", "Traceback (most recent call last):\n  File b\nValueError: no"),
        ("invalid syntax (3391217863.py, line 1)", "invalid syntax (77012345.py, line 4)"),
    ],
)  # fmt: skip
def test_the_same(one: str, two: str) -> None:
    assert plain(one) == plain(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("0.1", "0.2"),
        ("0xdeadbeef", "0xdeadbeee"),
        ("9e107d9d372bb6826bd81d3542a419d6", "e4d909c290d0fb1ca068ffaddf22cbd0"),
        ("mean 12:30", "mean 12:31"),
        ("2019-03-01", "2019-03-02"),
        ("took 1.2 of 3 parts", "took 1.3 of 3 parts"),
        ("100%", "99%"),
        ("loss: 0.5 - 3ms/step", "loss: 0.6 - 3ms/step"),
        ("<class 'int'>", "<class 'float'>"),
    ],
)
def test_not_the_same(one: str, two: str) -> None:
    around = Surroundings(["/home/me/project"], [date(2024, 5, 6)])
    assert plain(one, around) != plain(two, around)


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


def test_html() -> None:
    table = '<style>#T_{0} td {{}}</style><table id="T_{0}"></table><div id="sk-container-id-{1}"></div>'
    one = bundle({"text/html": table.format("a1b2c", 1)})
    assert one == bundle({"text/html": table.format("00ff3", 7)})
    assert one != bundle({"text/html": table.format("00ff3", 7) + "<p>more</p>"})


def test_widgets() -> None:
    mime = "application/vnd.jupyter.widget-view+json"
    assert bundle({mime: '{"model_id": "a", "v": 2}'}) == bundle({mime: '{"model_id": "b", "v": 2}'})
    assert bundle({mime: '{"model_id": "a", "v": 2}'}) != bundle({mime: '{"model_id": "b", "v": 3}'})


def test_a_line_that_is_written_over() -> None:
    assert overwritten("1%\r50%\r100%\nend\r\n") == "100%\nend\n"


@pytest.mark.parametrize("text", ["a" * 2_000_000, "/" * 300_000, "0x" * 500_000, "ipykernel_" * 20_000, "-1%| " * 200_000, "<class '" + "a." * 100_000])  # fmt: skip
def test_long_texts_take_no_time(text: str) -> None:
    start = time.process_time()
    bundle({"text/html": text})
    assert time.process_time() - start < 5
