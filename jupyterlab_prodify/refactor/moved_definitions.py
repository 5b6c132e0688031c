"""Notebook functions and classes that go to the module with the exported code.

A definition can move when it is self-contained: everything it reads is a builtin, an import, itself or another such
definition; it is bound once in the notebook; and running it at another moment shows and changes nothing.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from jupyterlab_prodify.notebook.bindings import ImportTarget
from jupyterlab_prodify.notebook.dataflow import (
    Piece,
    Source,
    definition_of,
    imports_of,
    sources_of,
)
from jupyterlab_prodify.notebook.facts import Definition

BUILTINS = frozenset(dir(builtins))

#: Names that IPython puts into every notebook, and the import that gives them to a module.
INJECTED = {
    "display": ImportTarget("IPython.display", "display", "display"),
    "get_ipython": ImportTarget("IPython", "get_ipython", "get_ipython"),
}

#: Decorators that only wrap: applying them earlier shows and registers nothing.
_PURE_DECORATORS = frozenset(
    [
        "wraps",
        "lru_cache",
        "cache",
        "cached_property",
        "dataclass",
        "property",
        "staticmethod",
        "classmethod",
        "contextmanager",
        "asynccontextmanager",
        "total_ordering",
        "singledispatch",
        "overload",
        "final",
        "jit",
        "njit",
        "vectorize",
        "guvectorize",
        "setter",
        "abstractmethod",
        "partial",
        "unique",
        "runtime_checkable",
    ]
)


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
    kinds = {source.binding.kind for source in all_sources(name, pieces)}
    if kinds == {"import"}:
        _add_imports(name, pieces, along)
    elif kinds <= {"def", "class"}:
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
    return _eager_obstacle(name, text)


def definition_text_key(definition: Definition, pieces: Sequence[Piece], name: str) -> str:
    """The text of a definition, found by its name."""
    piece = next(source.piece for source in all_sources(name, pieces))
    return definition_text(piece, definition)


@lru_cache(maxsize=2_000)
def _eager_obstacle(name: str, text: str) -> str | None:
    """Code that runs while the definition is executed and might show or change something."""
    try:
        node = ast.parse(text).body[-1]
    except SyntaxError:
        return f"`{name}` holds text that only IPython understands"
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return None
    for decorator in node.decorator_list:
        if not _is_pure_decorator(decorator):
            return f"`{name}` is decorated with `{ast.unparse(decorator)}`, which may act when it is applied"
    if isinstance(node, ast.ClassDef):
        return _class_obstacle(name, node)
    for default in [
        *node.args.defaults,
        *(default for default in node.args.kw_defaults if default is not None),
    ]:
        if any(isinstance(child, ast.Call) for child in ast.walk(default)):
            return f"a default of `{name}` is computed by a call"
    return None


def _class_obstacle(name: str, node: ast.ClassDef) -> str | None:
    """Calls that stand alone in a class body, and decorators of methods that may act."""
    stack: list[ast.stmt] = list(node.body)
    while stack:
        statement = stack.pop()
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            return f"the body of `{name}` calls `{ast.unparse(statement.value.func)}`"
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            acting = [d for d in statement.decorator_list if not _is_pure_decorator(d)]
            if acting:
                return f"a method of `{name}` is decorated with `{ast.unparse(acting[0])}`"
            continue
        stack.extend(child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.stmt))
    return None


def _is_pure_decorator(decorator: ast.expr) -> bool:
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    if isinstance(function, ast.Attribute):
        return function.attr in _PURE_DECORATORS
    # A decorator that is a function of the notebook moves along and is looked at on its own.
    return isinstance(function, ast.Name)
