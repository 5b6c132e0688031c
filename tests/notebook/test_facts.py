"""Facts of a cell: never an exception, and what the rest of the notebook must know."""

from __future__ import annotations

import pytest

from jupyterlab_prodify.notebook.facts import LARGEST_CELL, ImportLines, facts_of, string_lines


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = = 1", 1),
        ("x = 1\ny = (", 2),
        ("def f():\nreturn 1", 2),
        ("x = 1\n  y = 2", 2),
        ("x = " + "(" * 400 + "1" + ")" * 400, 1),
        ("x = " + "-" * 20_000 + "1", 1),
        ("x = 1\0", 1),
        ("'''", 1),
        ("\ud800 = 1", 1),
        ("é\u200b = 1", 1),
    ],
    ids=["statement", "bracket", "indent", "dedent", "brackets", "minus", "nul", "quotes", "surrogate", "invisible"],
)
def test_text_that_is_not_python(source: str, line: int) -> None:
    facts = facts_of(source)
    assert facts.problem is not None
    assert facts.problem.line == line
    assert facts.problem.message


def test_every_word_of_unreadable_text_may_be_read() -> None:
    facts = facts_of("total = = price")
    assert facts.is_read("total")
    assert facts.is_read("price")
    assert not facts.is_read("other")


def test_every_word_of_a_shell_cell_may_be_read() -> None:
    assert facts_of("%%bash\necho $total").is_read("total")


def test_a_deep_expression_is_a_problem_and_no_exception() -> None:
    assert facts_of("x = a" + ".b" * 5_000).problem is not None


def test_a_huge_cell_is_not_analysed() -> None:
    facts = facts_of("x = 1\n" + "#" * LARGEST_CELL)
    assert facts.problem is not None
    assert "1 MB" in facts.problem.message


@pytest.mark.parametrize(
    ("source", "name", "expected"),
    [
        ("print(x)", "x", True),
        ("x = 1\nprint(x)", "x", False),
        ("df.query('a > @x')", "x", True),
        ("!echo {x}", "x", True),
        ("x = 1\n!echo {x}", "x", False),
        ("%who", "anything", True),
        ("%store", "anything", True),
        ("exec('x')", "anything", True),
        ("globals()", "anything", True),
        ("'x'", "x", False),
        ("f(x=1)", "x", False),
        ("%%timeit\nf(x)", "x", True),
    ],
)
def test_is_read(source: str, name: str, expected: bool) -> None:
    assert facts_of(source).is_read(name) is expected


def test_timeit_binds_nothing() -> None:
    facts = facts_of("%%timeit\nx = 1")
    assert facts.flow.bindings == {}
    assert facts.flow.final == {}


def test_other_cell_magics_bind() -> None:
    assert set(facts_of("%%time\nx = 1").flow.bindings) == {"x"}


@pytest.mark.parametrize(
    ("source", "name", "kind", "first", "last", "has_magic"),
    [
        ("x = 1\ndef f():\n    return 1\n", "f", "function", 2, 3, False),
        ("# note\n# more\n@deco(\n  1\n)\ndef f(): pass", "f", "function", 1, 6, False),
        ("# far\n\n# near\nclass A:\n    x = 1\n\n    y = 2", "A", "class", 3, 7, False),
        ("async def f():\n    await g()", "f", "function", 1, 2, False),
        ("def f():\n    %time x()", "f", "function", 1, 2, True),
        ("%time\ndef f():\n    pass", "f", "function", 2, 3, False),
        ("    \ndef f(a,\n      b):\n    return '''\n\n'''", "f", "function", 2, 6, False),
    ],
)
def test_definitions(source: str, name: str, kind: str, first: int, last: int, has_magic: bool) -> None:
    definition = facts_of(source).definitions[name]
    assert (definition.name, definition.kind) == (name, kind)
    assert (definition.first, definition.last, definition.has_magic) == (first, last, has_magic)


def test_only_definitions_at_the_top_level_count() -> None:
    assert set(facts_of("if c:\n    def f(): pass\ndef g():\n    def h(): pass").definitions) == {"g"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import a", [ImportLines(1, 1, None, True, False)]),
        ("from a.b import (\n    c,\n    d,\n)", [ImportLines(1, 4, "a.b", True, False)]),
        ("from ..a import *", [ImportLines(1, 1, "..a", True, True)]),
        ("import a; x = 1", [ImportLines(1, 1, None, False, False)]),
        ("x = '''\n'''; import a\ny = 1", [ImportLines(2, 2, None, False, False)]),
        ("if c:\n    import a", []),
    ],
)
def test_imports(source: str, expected: list[ImportLines]) -> None:
    assert list(facts_of(source).imports) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 1\ny = 'a'\nz = None", {"x", "y"}),
        ("x = 1\nx = []", set()),
        ("x = f()", set()),
        ("x = y = 2.5", {"x", "y"}),
    ],
)
def test_scalars(source: str, expected: set[str]) -> None:
    assert facts_of(source).scalars == expected


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import sys\nsys.path.append('x')", (2,)),
        ("os.environ['A'] = '1'", (1,)),
        ("import matplotlib\nmatplotlib.use('agg')", (2,)),
        ("%pip install x", (1,)),
        ("x = 1\n!pip install x", (2,)),
        ("path.sys", ()),
    ],
)
def test_environment_lines(source: str, lines: tuple[int, ...]) -> None:
    assert facts_of(source).import_signs.lines == lines


@pytest.mark.parametrize(
    ("source", "autoreload", "only_setup"),
    [
        ("%load_ext autoreload\n%autoreload 2", True, True),
        ("%aimport m", True, True),
        ("%load_ext autoreload", False, True),
        ("import a\ndef f(): pass\nclass A: pass\n'doc'", False, True),
        ("import a\nx = 1", False, False),
        ("print(1)", False, False),
        ("# %autoreload 2", False, True),
    ],
)
def test_setup(source: str, autoreload: bool, only_setup: bool) -> None:
    facts = facts_of(source)
    assert (facts.autoreload, facts.only_setup) == (autoreload, only_setup)


def test_windows_line_ends_count_as_one() -> None:
    facts = facts_of("x = 1\r\n!ls\r\ndef f():\r\n    pass")
    assert facts.definitions["f"].first == 3
    assert facts.masked.magics[0].first == 2


def test_unchanged_text_is_not_analysed_again() -> None:
    assert facts_of("unchanged = 1") is facts_of("unchanged = 1")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("x = 1\ny = 'a'", set()),
        ("x = '''\na\nb'''\ny = 1", {2, 3}),
        ('f("""a\n""", """b\n""")\nz', {2, 3}),
        ("x = 'a\\\nb'\ny = 1", {2}),
        ("x = 1 + \\\n    2", set()),
        ("x = f'''\n{a}\n{b\n}'''\n", {2, 3, 4}),
        ("x = rb'''\na'''", {2}),
        ("x = [\n    '''a'''\n]", set()),
    ],
)
def test_string_lines(text: str, lines: set[int]) -> None:
    assert string_lines(text) == lines
