"""Replace parts of a text that are named by line and column, as ``ast`` counts them."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field


@dataclass
class TextEdits:
    """Edits of ``lines`` whose first line has number ``first``. Columns are in UTF-8 bytes, as in ``ast``."""

    lines: list[str]
    first: int = 1
    _edits: list[tuple[int, int, str]] = field(default_factory=list)

    def offset(self, line: int, column: int) -> int:
        """Position in the joined text."""
        index = line - self.first
        before = sum(len(text) + 1 for text in self.lines[:index])
        text = self.lines[index]
        return before + (column if text.isascii() else len(text.encode()[:column].decode()))

    def line_start(self, line: int) -> int:
        return sum(len(text) + 1 for text in self.lines[: line - self.first])

    def start(self, node: ast.stmt | ast.expr) -> int:
        return self.offset(node.lineno, node.col_offset)

    def end(self, node: ast.stmt | ast.expr) -> int:
        return self.offset(node.end_lineno or node.lineno, node.end_col_offset or 0)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def replace(self, start: int, end: int, new: str) -> None:
        """Replace text between two offsets; edits must not overlap."""
        self._edits.append((start, end, new))

    def cut_lines(self, first: int, last: int) -> None:
        """Remove whole lines with their line end."""
        self.replace(self.line_start(first), min(self.line_start(last + 1), len(self.text)), "")

    def result(self) -> str:
        """The text with all edits done."""
        text = self.text
        for start, end, new in sorted(self._edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text
