"""Where the value of a name comes from, and who reads it, across the cells of a notebook.

A notebook is a list of pieces in order: whole code cells, or the parts of a cell before and after an exported region.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jupyterlab_prodify.notebook.bindings import BOUND, DELETED, UNTOUCHED, Binding, ImportTarget
from jupyterlab_prodify.notebook.facts import Definition, Facts, facts_of


@dataclass(frozen=True)
class Piece:
    """A code cell or a run of its lines; ``offset`` is the number of lines of the cell before the piece."""

    cell_id: str
    source: str
    offset: int = 0

    @property
    def facts(self) -> Facts:
        return facts_of(self.source)

    def tree(self) -> ast.Module:
        """The syntax tree; an empty one where the text is not Python."""
        try:
            return ast.parse(self.facts.masked.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ast.Module([], [])


@dataclass(frozen=True)
class Source:
    """One place that may have given a name its value."""

    piece: Piece
    binding: Binding


def sources_of(name: str, pieces: Sequence[Piece]) -> list[Source]:
    """The bindings of ``name`` that can reach the end of ``pieces``, latest piece first."""
    found: list[Source] = []
    for piece in reversed(pieces):
        flow = piece.facts.flow
        bindings = flow.bindings.get(name)
        if flow.final.get(name) == DELETED:
            break
        if bindings is None or not flow.final.get(name, UNTOUCHED) & BOUND:
            continue
        found.extend(Source(piece, binding) for binding in _last_bindings(bindings))
        if flow.final.get(name) == BOUND:
            break
    return found


def surely_there(name: str, pieces: Sequence[Piece]) -> bool:
    """Is the name bound after ``pieces``, provided that they ran to their ends?

    A piece that surely reads the name shows that it was bound there.
    """
    for piece in reversed(pieces):
        flow = piece.facts.flow
        bits = flow.final.get(name, UNTOUCHED)
        if bits == BOUND:
            return True
        if bits & DELETED:
            return False
        read = flow.exposed.get(name)
        if read is not None and not read.conditional:
            return True
    return False


def _last_bindings(bindings: list[Binding]) -> list[Binding]:
    """A binding at the top level of a cell hides those above it."""
    for index in range(len(bindings) - 1, -1, -1):
        if bindings[index].toplevel:
            return bindings[index:]
    return bindings


def imports_of(name: str, pieces: Sequence[Piece]) -> list[ImportTarget]:
    """All imports that bind ``name``; ``import a.b`` and ``import a.c`` both count for ``a``."""
    found: dict[ImportTarget, None] = {}
    for piece in pieces:
        for binding in piece.facts.flow.bindings.get(name, ()):
            if binding.target is not None:
                found.setdefault(binding.target)
    return list(found)


def readers_of(name: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces that may read a value of ``name`` that was bound outside them."""
    return (piece for piece in pieces if piece.facts.is_read(name))


def rebinders_of(name: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces that bind or delete ``name``."""
    return (piece for piece in pieces if name in piece.facts.flow.final)


def definition_of(source: Source) -> Definition | None:
    """The function or class at the top level of a cell that this binding is, if it is one."""
    if source.binding.kind not in ("def", "class", "assign") or not source.binding.toplevel:
        return None
    found = source.piece.facts.definitions.get(source.binding.name)
    made = found is not None and found.kind == "made"
    return found if made == (source.binding.kind == "assign") else None
