"""What names mean in a module once the export is in it, for annotations."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from jupyterlab_prodify.notebook.bindings import ImportTarget
from jupyterlab_prodify.refactor.module_edit import Module
from jupyterlab_prodify.refactor.type_checking import can_guard


@dataclass(frozen=True)
class NamesInModule:
    """``top`` are the imports that the export needs at run time, ``along`` the definitions that it brings with it."""

    module: Module
    import_name: str
    top: Collection[ImportTarget]
    along: Collection[str]
    function: str

    def is_builtin(self, name: str) -> bool:
        """Has the builtin its usual meaning?"""
        return name not in self.module.names and name not in self._new_names()

    def defines(self, name: str, along_only: bool = False) -> bool:
        """Is this a function or class of the module (``along_only``: one that comes with the export)?"""
        if name in self.along:
            return True
        return not along_only and name in self.module.definitions and len(self.module.flow.bindings[name]) == 1

    def at_run_time(self, target: ImportTarget) -> bool:
        """Does the module import this whenever it runs?"""
        if target in self.top and not self._is_taken(target):
            return True
        known = self.module.imports.get(target.name, [])
        return target in known and len(self.module.flow.bindings[target.name]) == len(known)

    def can_import(self, target: ImportTarget) -> bool:
        """May the name be imported for annotations, at run time or under ``if TYPE_CHECKING:``?"""
        if self.at_run_time(target) or self.module.only_for_types(target):
            return True
        return can_guard(self.module) and not self._is_taken(target) and target.name not in self.module.names

    def _is_taken(self, target: ImportTarget) -> bool:
        others = {one.name for one in self.top if one != target and not _same_root(one, target)}
        return target.name in others or target.name in (*self.along, self.function)

    def _new_names(self) -> set[str]:
        return {*(target.name for target in self.top), *self.along, self.function}


def _same_root(one: ImportTarget, other: ImportTarget) -> bool:
    """``import a.b`` and ``import a.c`` bind one ``a``."""
    return one.name == other.name and not any(t.attribute or t.renamed for t in (one, other))
