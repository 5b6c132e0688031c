"""Notebook functions and classes that go to the module with the exported code.

A definition can move when it is self-contained: everything it reads is a builtin, an import, itself or another such
definition; it is bound once in the notebook; and running it at another moment shows and changes nothing.
"""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from dataclasses import dataclass, field

from jupyterlab_prodify.notebook.bindings import ImportTarget
from jupyterlab_prodify.notebook.dataflow import (
    Piece,
    Source,
    definition_of,
    imports_of,
    sources_of,
)
from jupyterlab_prodify.notebook.facts import Definition
from jupyterlab_prodify.refactor.acting_definitions import acting_decorator, eager_obstacle

BUILTINS = frozenset(dir(builtins))

#: Names that IPython puts into every notebook, and the import that gives them to a module.
INJECTED = {
    "display": ImportTarget("IPython.display", "display", "display"),
    "get_ipython": ImportTarget("IPython", "get_ipython", "get_ipython"),
}


@dataclass(frozen=True)
class Moved:
    """A definition of the notebook that moves to the module; ``source`` is its text with comments and decorators."""

    name: str
    piece: Piece
    definition: Definition
    source: str


@dataclass(frozen=True)
class DataRead:
    """``reader`` cannot move: it reads ``name``, data of the notebook, at a line of its cell."""

    reader: str
    name: str
    cell_id: str
    line: int


@dataclass
class Along:
    """What moves with one name: definitions and imports, or why it cannot (``data`` or ``obstacle``)."""

    moved: dict[str, Moved] = field(default_factory=dict)
    imports: dict[ImportTarget, None] = field(default_factory=dict)
    data: DataRead | None = None
    obstacle: str | None = None

    @property
    def possible(self) -> bool:
        return self.data is None and self.obstacle is None


def bring_along(source: Source, pieces: Sequence[Piece]) -> Along:
    """Everything that must move with the definition ``source``. ``pieces`` is the whole notebook."""
    along = Along()
    _visit(source, pieces, along)
    if along.possible:
        along.obstacle = acting_decorator({name: moved.source for name, moved in along.moved.items()})
    return along


def _visit(source: Source, pieces: Sequence[Piece], along: Along) -> None:
    name = source.binding.name
    if name in along.moved or not along.possible:
        return
    definition = definition_of(source)
    along.obstacle = _obstacle(name, definition, pieces)
    if along.obstacle or definition is None:
        return
    along.moved[name] = Moved(name, source.piece, definition, definition_text(source.piece, definition))
    for read_name, read in definition.flow.exposed.items():
        _visit_read(read_name, read.line, name, source.piece, pieces, along)
    for read_name, line in definition.flow.in_strings.items():
        if sources_of(read_name, pieces):
            _visit_read(read_name, line, name, source.piece, pieces, along)


def definition_text(piece: Piece, definition: Definition) -> str:
    """The lines of a definition, as they stand in the notebook."""
    return "\n".join(piece.source.split("\n")[definition.first - 1 : definition.last])


def _visit_read(
    name: str,
    line: int,
    reader: str,
    piece: Piece,
    pieces: Sequence[Piece],
    along: Along,
) -> None:
    if name == reader:
        return
    found = sources_of(name, pieces)
    if not found:
        if name in INJECTED:
            along.imports.setdefault(INJECTED[name])
        elif name not in BUILTINS:
            along.obstacle = along.obstacle or f"it reads `{name}`, which is bound nowhere in the notebook"
        return
    every = all_sources(name, pieces)
    if all(source.binding.kind == "import" for source in every):
        _add_imports(name, pieces, along)
    elif all(source.binding.kind in ("def", "class") or definition_of(source) for source in every):
        _visit(found[0], pieces, along)
    elif along.data is None:
        along.data = DataRead(reader, name, piece.cell_id, piece.offset + line)


def _add_imports(name: str, pieces: Sequence[Piece], along: Along) -> None:
    targets = imports_of(name, pieces)
    if not compatible(targets):
        along.obstacle = along.obstacle or f"`{name}` is imported from different places"
    along.imports.update(dict.fromkeys(targets))


def compatible(targets: Sequence[ImportTarget]) -> bool:
    """Do all imports of one name bind the same object? (``import a.b`` and ``import a.c`` both bind ``a``.)"""
    if all(target.attribute is None and not target.renamed for target in targets):
        return True
    return len(targets) == 1


def all_sources(name: str, pieces: Sequence[Piece]) -> list[Source]:
    """Every binding of a name in the notebook."""
    return [Source(piece, binding) for piece in pieces for binding in piece.facts.flow.bindings.get(name, ())]


def _obstacle(name: str, definition: Definition | None, pieces: Sequence[Piece]) -> str | None:
    if definition is None:
        return f"`{name}` is defined in a branch or a loop"
    if len(all_sources(name, pieces)) > 1:
        return f"`{name}` is bound more than once in the notebook"
    if definition.has_magic:
        return f"`{name}` holds a magic"
    if definition.flow.global_statements:
        return f"`{name}` changes names of the notebook with `global`"
    if definition.flow.uses_await:
        return f"`{name}` awaits while it is defined"
    if definition.hazards and any(hazard.name not in ("_", "__doc__") for hazard in definition.hazards):
        return f"`{name}` uses `{definition.hazards[0].name}`"
    text = definition_text_key(definition, pieces, name)
    return eager_obstacle(name, text)


def definition_text_key(definition: Definition, pieces: Sequence[Piece], name: str) -> str:
    """The text of a definition, found by its name."""
    piece = next(source.piece for source in all_sources(name, pieces))
    return definition_text(piece, definition)
