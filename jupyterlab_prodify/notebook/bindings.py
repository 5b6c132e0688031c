"""What the analysis says of names: where they are bound and read, and their state at the end of a piece."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

#: States of a name at one point; several bits mean that paths differ.
UNTOUCHED = 1
BOUND = 2
DELETED = 4

BindingKind = Literal[
    "assign",
    "augmented",
    "annotated",
    "for",
    "with",
    "walrus",
    "match",
    "except",
    "import",
    "def",
    "class",
]


@dataclass(frozen=True)
class ImportTarget:
    """What an import statement binds: ``import module [as name]`` or ``from module import attribute [as name]``."""

    module: str
    attribute: str | None
    name: str
    level: int = 0
    renamed: bool = False

    def statement(self) -> str:
        """The statement that binds this name alone."""
        if self.attribute is None:
            return f"import {self.module} as {self.name}" if self.renamed else f"import {self.module}"
        alias = "" if self.attribute == self.name else f" as {self.name}"
        return f"from {'.' * self.level}{self.module} import {self.attribute}{alias}"


@dataclass(frozen=True)
class Binding:
    """One place where a name of the cell is bound. ``toplevel`` is False inside a branch, loop or ``try``."""

    name: str
    kind: BindingKind
    line: int
    toplevel: bool
    target: ImportTarget | None = None


@dataclass(frozen=True)
class Read:
    """One place where a name of the cell is read. ``owner`` is the function or lambda whose body reads it, or "".

    ``conditional``: the piece may run to its end although the name was not bound before it.
    """

    name: str
    line: int
    deferred: bool
    conditional: bool
    owner: str = ""


@dataclass
class Flow:
    """Facts of one piece of a notebook. Lines are those of the text that was analysed. ``deleted_reads`` are names that
    may be read where the piece has deleted them: a builtin has its own meaning there again."""

    exposed: dict[str, Read] = field(default_factory=dict)
    reads: set[str] = field(default_factory=set)
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    captured: dict[str, list[Read]] = field(default_factory=dict)
    final: dict[str, int] = field(default_factory=dict)
    first_seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    global_statements: list[tuple[str, int]] = field(default_factory=list)
    star_imports: list[tuple[str, int]] = field(default_factory=list)
    class_shadowed: dict[str, int] = field(default_factory=dict)
    in_strings: dict[str, int] = field(default_factory=dict)
    deleted_reads: dict[str, int] = field(default_factory=dict)
    named_texts: list[tuple[str, str, bool, int]] = field(default_factory=list)
    uses_await: bool = False

    def surely_bound(self, name: str) -> bool:
        """Bound on every path through the piece."""
        return self.final.get(name, UNTOUCHED) == BOUND

    def maybe_bound(self, name: str) -> bool:
        """Bound on at least one path through the piece, and not surely."""
        return bool(self.final.get(name, UNTOUCHED) & BOUND) and not self.surely_bound(name)

    def surely_deleted(self, name: str) -> bool:
        """Unbound by ``del`` on every path."""
        return self.final.get(name, UNTOUCHED) == DELETED

    def text_order(self, names: Iterable[str]) -> list[str]:
        """The names in the order in which they first appear in the text."""
        return sorted(names, key=lambda name: (self.first_seen.get(name, (1 << 30, 0)), name))


def import_target(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> ImportTarget:
    """The target of one name of an import statement."""
    if isinstance(node, ast.Import):
        return ImportTarget(
            alias.name,
            None,
            alias.asname or alias.name.split(".")[0],
            0,
            alias.asname is not None,
        )
    renamed = alias.asname is not None and alias.asname != alias.name
    return ImportTarget(node.module or "", alias.name, alias.asname or alias.name, node.level, renamed)
