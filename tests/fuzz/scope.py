"""What the text being written may read and bind."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

#: Names that the notebook binds, by what they hold most of the time.
POOL: dict[str, tuple[str, ...]] = {
    "int": ("a", "b", "c", "n", "i", "total", "id", "m", "p", "high", "low", "rate", "best", "width"),
    "list": ("xs", "ys", "zs", "items", "rows", "parts"),
    "dict": ("d", "e", "table"),
    "str": ("s", "label", "input"),
    "func": ("f", "g", "h"),
    "class": ("Box", "Pair"),
    "object": ("box", "other"),
    "iterator": ("it", "stream"),
    "functions": ("steps", "jobs"),
}
MODULES = ("math", "random", "json", "itertools", "functools", "collections", "operator")
#: Builtins that the notebook may use as a name for its data.
SHADOWED = ("sum", "max", "len", "sorted", "list", "min")


@dataclass
class Scope:
    """``known`` are names that are surely bound, with their kind; ``inside`` is the function that is written, if any."""

    known: dict[str, str]
    inside: str = ""

    def names(self, kind: str) -> list[str]:
        return [name for name, held in self.known.items() if held == kind]


def kind_of(name: str, value: Any) -> str | None:
    """What a live value may be used as; None where nothing is known of it."""
    if isinstance(value, int):
        return "int"
    if isinstance(value, list):
        if value and all(callable(one) for one in value):
            return "functions"
        return "list" if all(isinstance(one, int) for one in value) else None
    if isinstance(value, dict):
        return "dict" if all(isinstance(one, int) for one in value.values()) else None
    if isinstance(value, str):
        return "str"
    if isinstance(value, types.ModuleType):
        return "module" if value.__name__ in MODULES else None
    return _kind_by_name(name)


def _kind_by_name(name: str) -> str | None:
    """Functions, classes, objects and iterators are told by the names that only they are given."""
    for kind in ("func", "class", "object", "iterator"):
        if name in POOL[kind]:
            return kind
    return None


def live_scope(namespace: Mapping[str, Any]) -> Scope:
    """The scope of the next cell, given what is really bound before it."""
    known = {}
    for name, value in namespace.items():
        kind = None if name.startswith("_") or name in ("j", "row") else kind_of(name, value)
        if kind is not None:
            known[name] = kind
    return Scope(known)


def pick_name(rng: Random, scope: Scope, kind: str) -> str | None:
    """A surely bound name of a kind, if there is one."""
    names = scope.names(kind)
    return rng.choice(names) if names else None
