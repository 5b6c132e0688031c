"""Set IPython's own syntax aside so that the rest of a cell is Python, line for line.

``mask(source)`` returns text with the same number of lines: each magic, shell or help line is replaced by a statement
that parses (``pass``, or ``target = None`` where the line binds a name). A cell that is valid Python is returned as it
is, because ``% tuple(...)`` at the start of a continued line is not a magic.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import Literal

MagicKind = Literal["line", "shell", "help", "assign"]

#: Cell magics whose body is ordinary Python that runs in the notebook's namespace.
PYTHON_CELL_MAGICS = frozenset(
    {
        "time",
        "timeit",
        "capture",
        "prun",
        "memit",
        "lprun",
        "mprun",
        "snakeviz",
        "pyinstrument",
    }
)

#: Line magics that only configure the session: they may run before the rest of their cell.
CONFIG_MAGICS = frozenset(
    {
        "matplotlib",
        "config",
        "load_ext",
        "reload_ext",
        "autoreload",
        "precision",
        "xmode",
        "pdb",
        "colors",
        "alias",
    }
)

_NAME = re.compile(r"[^\W\d]\w*")
_LINE_MAGIC = re.compile(r"\s*%{1,2}\s*[^\W\d]")
_SHELL = re.compile(r"\s*!")
_HELP_FIRST = re.compile(r"\s*\?")
_HELP_LAST = re.compile(r"\s*%{0,2}[\w.*%]+(\[[^\]]*\])?\s*\?{1,2}\s*$")
_ASSIGN = re.compile(r"(\s*)([^\W\d][\w.,\s\[\]()*'\"]*?)=\s*([%!].*)$", re.DOTALL)
_CELL_MAGIC = re.compile(r"\s*%%\s*([^\W\d][\w.]*)([^\n]*)")


@dataclass(frozen=True)
class Magic:
    """One masked line (or continued line): ``first`` and ``last`` are 1-based."""

    kind: MagicKind
    text: str
    first: int
    last: int
    indented: bool
    name: str

    @property
    def configures(self) -> bool:
        """True when the line can be moved before the rest of its cell."""
        return self.kind == "line" and self.name in CONFIG_MAGICS


@dataclass(frozen=True)
class Masked:
    """A cell without IPython syntax. ``cell_magic`` is the name after ``%%``, ``cell_magic_line`` its 1-based line."""

    text: str
    magics: tuple[Magic, ...] = ()
    cell_magic: str | None = None
    cell_magic_line: int = 0

    @property
    def is_python(self) -> bool:
        """False for ``%%bash`` and other cells whose body is not Python of this notebook."""
        return self.cell_magic is None or self.cell_magic in PYTHON_CELL_MAGICS

    def names(self) -> frozenset[str]:
        """All words in masked lines: names that a magic may read."""
        found: set[str] = set()
        for magic in self.magics:
            found.update(_NAME.findall(magic.text))
        return frozenset(found)


def normalise_newlines(source: str) -> str:
    """Python counts ``\\r`` and ``\\r\\n`` as line ends; so do we."""
    return source.replace("\r\n", "\n").replace("\r", "\n") if "\r" in source else source


def mask(source: str) -> Masked:
    """Mask a cell's text (with ``\\n`` line ends)."""
    head = _cell_magic(source)
    if head is not None:
        return _mask_cell_magic(source, *head)
    if not any(mark in source for mark in "%!?") or _parses(source):
        return Masked(source)
    return _mask_lines(source)


def _cell_magic(source: str) -> tuple[str, int] | None:
    found = _CELL_MAGIC.match(source)
    if found is None:
        return None
    return found.group(1), source[: found.start(1)].count("\n") + 1


def _mask_cell_magic(source: str, name: str, line: int) -> Masked:
    lines = source.split("\n")
    magic = Magic("line", lines[line - 1], line, line, False, name)
    if name not in PYTHON_CELL_MAGICS:
        whole = Magic("line", source, line, len(lines), False, name)
        return Masked("\n" * (len(lines) - 1), (whole,), name, line)
    rest = "\n".join([""] * line + lines[line:])
    if _parses(rest):
        return Masked(rest, (magic,), name, line)
    inner = _mask_lines(rest)
    return Masked(inner.text, (magic, *inner.magics), name, line)


def _parses(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _mask_lines(source: str) -> Masked:
    lines = source.split("\n")
    out: list[str] = []
    magics: list[Magic] = []
    scanner = _LineScanner()
    index = 0
    while index < len(lines):
        last = index
        magic = None
        if scanner.at_statement_start:
            while lines[last].endswith("\\") and last + 1 < len(lines):
                last += 1
            magic = _magic_of("\n".join(lines[index : last + 1]), index + 1, last + 1)
        if magic is None:
            scanner.feed(lines[index])
            out.append(lines[index])
            index += 1
            continue
        magics.append(magic)
        out.append(_stand_in(magic))
        out.extend([""] * (last - index))
        index = last + 1
    return Masked("\n".join(out), tuple(magics))


def _magic_of(text: str, first: int, last: int) -> Magic | None:
    indented = text[:1] in (" ", "\t")
    if _LINE_MAGIC.match(text) and not _HELP_LAST.match(text):
        name = _NAME.search(text)
        return Magic("line", text, first, last, indented, name.group() if name else "")
    if _SHELL.match(text):
        return Magic("shell", text, first, last, indented, "!")
    if _HELP_FIRST.match(text) or _HELP_LAST.match(text):
        return Magic("help", text, first, last, indented, "?")
    if _ASSIGN.match(text) and not _parses(text.strip()):
        return Magic("assign", text, first, last, indented, "=")
    return None


def _stand_in(magic: Magic) -> str:
    indent = magic.text[: len(magic.text) - len(magic.text.lstrip())]
    if magic.kind == "line" and magic.name == "time":
        statement = re.sub(r"^\s*%{1,2}\s*time\b", "", magic.text).strip()
        return indent + statement if statement and _parses(statement) and "\n" not in statement else indent + "pass"
    if magic.kind != "assign":
        return indent + "pass"
    found = _ASSIGN.match(magic.text)
    target = found.group(2).strip() if found else "_"
    return f"{indent}{target} = None" if _parses(f"{target} = None") else indent + "pass"


class _LineScanner:
    """Follows brackets, strings and backslashes, to know where a new statement may begin."""

    def __init__(self) -> None:
        self.depth = 0
        self.quote = ""
        self.continued = False

    @property
    def at_statement_start(self) -> bool:
        return self.depth == 0 and not self.quote and not self.continued

    def feed(self, line: str) -> None:
        position = 0
        while position < len(line):
            position = self._in_string(line, position) if self.quote else self._in_code(line, position)
        backslash = line.endswith("\\")
        if len(self.quote) == 1 and not backslash:
            self.quote = ""
        self.continued = backslash and not self.quote

    def _in_string(self, line: str, position: int) -> int:
        if line[position] == "\\":
            return position + 2
        if line.startswith(self.quote, position):
            position += len(self.quote)
            self.quote = ""
            return position
        return position + 1

    def _in_code(self, line: str, position: int) -> int:
        char = line[position]
        if char == "#":
            return len(line)
        if char in "'\"":
            self.quote = char * 3 if line.startswith(char * 3, position) else char
            return position + len(self.quote)
        if char in "([{":
            self.depth += 1
        elif char in ")]}":
            self.depth = max(0, self.depth - 1)
        return position + 1
