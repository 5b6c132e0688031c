"""IPython's syntax is set aside as IPython itself understands it."""

from __future__ import annotations

import ast

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from jupyterlab_prodify.notebook.magics import Masked, mask, normalise_newlines

#: Cells that IPython rewrites, or that look as if it did.
CELLS = [
    "%matplotlib inline",
    "x = 1\n!ls",
    "x = !ls -l",
    "x = %sql select 1",
    "a, b = !ls",
    "x.y = !ls",
    "d['a'] = !ls",
    "df?",
    "df??",
    "?df",
    "??df",
    "df.head?",
    "%time?",
    "obj.a[0]?",
    "*a*?",
    "# what?\nx = 1",
    "x = 'why?'",
    "f(x)?",
    "print('%d' % 3)\n%time",
    "y = (a\n% b)",
    "y = (a\n%time\n)",
    "x = [\n!ls\n]",
    "s = '''\n%time\n!ls\n'''",
    "'''a''' '''\n!x\n'''\n!ls",
    "x = 1 \\\n% 2\n!ls",
    "x = \"a\" \\\n'!b'\n!ls",
    "x = '\\\n!ls'\n!pwd",
    "if a:\n    !ls",
    "if a:\n    %time\nelse:\n    !pwd",
    "for i in x:\n    f = !echo {i}\n    print(f)",
    "def f():\n    %time x\n",
    "with a:\n    x = %time 1\n",
    "!ls \\\n -l\nx = 1",
    "%time \\\n x",
    "!!ls",
    "x = !!ls",
    "x == !y",
    "x += !ls",
    "x = y != z\n!ls",
    "x != 1\n!ls",
    "a = b % c\n!ls",
    "x = 3 # !ls",
    "x = 1; !ls",
    "# comment 'quote\n!ls",
    'x = "it\'s"\n!ls',
    "f'{x!r}'\n!ls",
    "x = yield\n!ls",
    "await f()\n!ls",
    "a = 1\n\n\n!ls\n\n",
    "x = 1\n%%time\ny",
    "%pip install x",
    "%run a.py",
    "lambda: 1\n?x",
]


@pytest.mark.parametrize("cell", CELLS)
def test_finds_what_ipython_finds(cell: str) -> None:
    transformed = TransformerManager().transform_cell(cell)
    masked = mask(cell)
    assert len(masked.magics) == transformed.count("get_ipython()")
    assert _parses(masked.text) == _parses(transformed)


@pytest.mark.parametrize("cell", CELLS)
def test_keeps_every_line_in_its_place(cell: str) -> None:
    masked = mask(cell)
    lines = cell.split("\n")
    assert masked.text.count("\n") == cell.count("\n")
    for magic in masked.magics:
        assert magic.text == "\n".join(lines[magic.first - 1 : magic.last])
    hidden = {line for magic in masked.magics for line in range(magic.first, magic.last + 1)}
    for number, line in enumerate(masked.text.split("\n"), start=1):
        assert number in hidden or line == lines[number - 1]


@pytest.mark.parametrize("cell", CELLS)
def test_masking_twice_changes_nothing(cell: str) -> None:
    once = mask(cell).text
    assert mask(once).text == once


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("x = !ls", "x = None"),
        ("a, b = !ls", "a, b = None"),
        ("    d['k'] = %who", "    d['k'] = None"),
        ("%time x = f(y)", "x = f(y)"),
        ("%time", "pass"),
        ("if a:\n    %timeit f()\n", "if a:\n    pass\n"),
        ("!ls \\\n -l\nx = 1", "pass\n\nx = 1"),
    ],
)
def test_stand_in_keeps_what_the_line_binds(cell: str, text: str) -> None:
    assert mask(cell).text == text


@pytest.mark.parametrize(
    ("cell", "name", "line", "is_python", "text"),
    [
        ("%%time\nx = 1", "time", 1, True, "\nx = 1"),
        ("\n\n%%time\nx = 1", "time", 3, True, "\n\n\nx = 1"),
        ("%%capture out --no-stderr\nx = 1", "capture", 1, True, "\nx = 1"),
        ("%%time\n!ls\nx = 1", "time", 1, True, "\npass\nx = 1"),
        ("%%bash\nls | wc", "bash", 1, False, "\n"),
        ("%%writefile a.py\nx = 1\ny = 2", "writefile", 1, False, "\n\n"),
        ("x = 1", None, 0, True, "x = 1"),
    ],
)
def test_cell_magics(cell: str, name: str | None, line: int, is_python: bool, text: str) -> None:
    masked = mask(cell)
    assert (masked.cell_magic, masked.cell_magic_line, masked.is_python, masked.text) == (name, line, is_python, text)


def test_a_python_cell_is_returned_as_it_is() -> None:
    cell = "total = (first\n% second)\ns = '!ls'"
    assert mask(cell) == Masked(cell)


@pytest.mark.parametrize(
    ("cell", "kind", "name", "indented", "configures"),
    [
        ("%matplotlib inline", "line", "matplotlib", False, True),
        ("%load_ext autoreload", "line", "load_ext", False, True),
        ("%time f()", "line", "time", False, False),
        ("if a:\n    %matplotlib inline", "line", "matplotlib", True, True),
        ("!pip install x", "shell", "!", False, False),
        ("x = !ls", "assign", "=", False, False),
        ("df.head?", "help", "?", False, False),
    ],
)
def test_kinds(cell: str, kind: str, name: str, indented: bool, configures: bool) -> None:
    (magic,) = mask(cell).magics
    assert (magic.kind, magic.name, magic.indented, magic.configures) == (kind, name, indented, configures)


def test_names_are_all_words_of_masked_lines() -> None:
    assert mask("x = 1\n!echo {x} $path\n%timeit f(größe)").names() == {"echo", "x", "path", "timeit", "f", "größe"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\r\nb\rc\nd", "a\nb\nc\nd"), ("\r\r\n", "\n\n"), ("plain", "plain")],
)
def test_normalise_newlines(text: str, expected: str) -> None:
    assert normalise_newlines(text) == expected


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True
