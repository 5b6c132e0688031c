"""No text makes ``plan_export`` raise: it answers with a plan or a refusal, whatever the cells hold."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fuzz.library import answer as plan

QUIET = settings(
    max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)

#: Pieces of Python and of IPython, so that texts are often nearly right.
PIECES = st.sampled_from(
    [
        "x = 1\n",
        "y = x + 1\n",
        "def f(a, b=1):\n",
        "    return a\n",
        "\t",
        "    ",
        "if x:\n",
        "else:\n",
        "'''",
        '"""',
        "'",
        "\\\n",
        "%time ",
        "%%time\n",
        "!ls\n",
        "?",
        "x?\n",
        "for i in x:\n",
        "await y\n",
        "lambda: ",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "f'{x}'",
        "f'{",
        "#",
        ";",
        "@",
        ":=",
        "*",
        "**",
        ",",
        "import a.b as c\n",
        "from . import d\n",
        "from e import *\n",
        "class C:\n",
        "try:\n",
        "except* E as e:\n",
        "match x:\n",
        "case {'a': b, **c}:\n",
        "global x\n",
        "del x\n",
        "yield x\n",
        "return\n",
        "\r\n",
        "\r",
        "\x0c",
        "\x00",
        "\ufeff",
        "ü",
        "𝒳",
        "\u2028",
        "�",
        "print x\n",
        "exec('a')",
        "raise\n",
        "type X = int\n",
        "\x1a",
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=12).map("".join),
    st.text(max_size=60),
    st.binary(max_size=60).map(lambda data: data.decode("latin-1")),
    st.binary(max_size=60).map(lambda data: data.decode("utf-8", "surrogateescape")),
)


@QUIET
@given(TEXTS, TEXTS, TEXTS)
@example("x = 1", "\x00", "y")
@example("x = (" * 200, "y = " + "(" * 150 + ")" * 150, "x")
@example("", "x = " + "-" * 3_000 + "1", "x")
@example("%%time", "%%time", "%%time")
def test_any_cells(before: str, exported: str, after: str) -> None:
    plan([before, exported, after], [1])


@QUIET
@given(TEXTS, TEXTS, st.integers(-2, 9), st.integers(-2, 9))
def test_any_lines_of_any_cell(before: str, exported: str, first: int, last: int) -> None:
    plan([before, exported], [1], (first, last))


@QUIET
@given(TEXTS, st.lists(st.integers(0, 2), max_size=4))
def test_any_selection(text: str, chosen: list[int]) -> None:
    plan([text, "x = 1", text], chosen)


@QUIET
@given(TEXTS)
def test_any_module(module: str) -> None:
    plan(["a = 1", "b = a + 1", "print(b)"], [1], module=module)


@QUIET
@given(TEXTS, TEXTS, st.booleans())
def test_any_helper(helper: str, body: str, pass_globals: bool) -> None:
    plan([helper, f"def f(v):\n    return {body}", "a = f(1)", "print(a)"], [2], pass_globals=pass_globals)
