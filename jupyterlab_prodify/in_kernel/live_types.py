"""Tells the types of values of the notebook.

The text of this file is run in the notebook's kernel, in a namespace of its own. It changes nothing there and calls
nothing that the person wrote: an object is only asked for its ``type()``, classes and modules are read through their
dictionaries, and only exact builtin containers are looked into, some items of each. It must run on old Pythons.
"""

from __future__ import annotations

import json
import sys
import types
from itertools import islice
from typing import Any

#: How many items of one value are looked at, all its inner containers together.
MOST_ITEMS = 1000
#: How many containers inside each other are looked into.
DEEPEST = 3
#: A longer tuple is described by what its items have in common.
LONGEST_TUPLE = 4

NONE = type(None)
CONTAINERS = (list, dict, tuple, set, frozenset)
# What a class or module says of itself can be overridden; these read what is really there.
class_dict = vars(type)["__dict__"].__get__
class_module = vars(type)["__module__"].__get__
class_name = vars(type)["__qualname__"].__get__
module_dict = vars(types.ModuleType)["__dict__"].__get__


def answer(namespace: dict[str, Any], names: list[str]) -> str:
    """The types of these names as JSON; a name that is not there, or whose type has no public name, is left out."""
    found = {}
    for name in names:
        try:
            one = Look(namespace).type_of([dict.get(namespace, name)], DEEPEST)
        except Exception:  # a container that another thread is changing
            continue
        if one is not None:
            found[name] = one
    return json.dumps(found)


class Look:
    """Looks at one value of a namespace."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.left = MOST_ITEMS

    def type_of(self, values: list[Any], depth: int) -> dict[str, Any] | None:
        """What all values have in common; None where that has no simple name."""
        classes: list[type] = list({id(type(value)): type(value) for value in values}.values())
        if len(classes) == 1 and classes[0] is not NONE:
            return self.described(classes[0], values, depth)
        if len(classes) == 2 and {id(one) for one in classes} == {id(int), id(float)}:
            return self.named(float)
        if len(classes) == 2 and any(one is NONE for one in classes) and sys.version_info >= (3, 10):
            rest = self.type_of([value for value in values if value is not None], depth)
            return rest and {"module": "types", "name": "UnionType", "args": [rest, none()]}
        return None

    def described(self, cls: type, values: list[Any], depth: int) -> dict[str, Any] | None:
        """The class, and for a builtin container what is inside all the values."""
        found = self.named(cls)
        if found and depth and any(cls is one for one in CONTAINERS) and sys.version_info >= (3, 9):
            args = self.tuple_items(values, depth - 1) if cls is tuple else self.items(cls, values, depth - 1)
            if args and all(args):
                found["args"] = args
        return found

    def items(self, cls: type, values: list[Any], depth: int) -> list[Any] | None:
        if cls is dict:
            keys = self.some(values)
            return [self.type_of(keys, depth), self.type_of(self.some([dict.values(one) for one in values]), depth)]
        return [self.type_of(self.some(values), depth)]

    def tuple_items(self, values: list[Any], depth: int) -> list[Any] | None:
        lengths = {len(value) for value in values}
        if len(lengths) == 1 and 0 < max(lengths) <= LONGEST_TUPLE:
            self.left -= len(values)
            return [self.type_of([value[place] for value in values], depth) for place in range(max(lengths))]
        return [self.type_of(self.some(values), depth), {"module": "builtins", "name": "ellipsis"}]

    def some(self, containers: list[Any]) -> list[Any]:
        """Items of all the containers, as many as may still be looked at."""
        found: list[Any] = []
        for container in containers:
            more = list(islice(container, max(self.left, 0)))
            self.left -= len(more)
            found += more
        return found

    def named(self, cls: type) -> dict[str, Any] | None:
        """Where a class can be imported from; ``__main__`` for a class of the notebook."""
        module, name = class_module(cls), class_name(cls)
        if issubclass(cls, type) or type(module) is not str or type(name) is not str:
            return None
        if module == "__main__":
            return {"module": module, "name": name} if holds(self.namespace, name, cls) else None
        if any(part[:1] in ("_", "<") for part in name.split(".")):
            return None
        public = public_module(cls, module, name)
        if public is None:
            return None
        return {"module": public, "name": name, "defined_in": module}


def none() -> dict[str, Any]:
    """How None stands in a union."""
    return {"module": "builtins", "name": "NoneType"}


def public_module(cls: type, module: str, name: str) -> str | None:
    """The shortest of the module's parents, and the module itself, that has the class under its name."""
    parts = module.split(".")
    parts[0] = parts[0].lstrip("_")
    for length in range(1, len(parts) + 1):
        if parts[length - 1][:1] in ("_", ""):
            return None
        candidate = ".".join(parts[:length])
        loaded = dict.get(sys.modules, candidate)
        if issubclass(type(loaded), types.ModuleType) and holds(module_dict(loaded), name, cls):
            return candidate
    return None


def holds(names: dict[str, Any], path: str, cls: type) -> bool:
    """Do these names lead to the class?"""
    first, *rest = path.split(".")
    found = dict.get(names, first)
    for part in rest:
        if not issubclass(type(found), type):
            return False
        found = class_dict(found).get(part)
    return found is cls
