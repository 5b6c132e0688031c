"""Where an export goes: what the pure core must know about the module and how the notebook reaches it."""

from __future__ import annotations

from dataclasses import dataclass, field

from jupyterlab_prodify.api.export import FileEdit
from jupyterlab_prodify.notebook.import_signs import is_standard


@dataclass(frozen=True)
class Target:
    """The module that the function goes to, as read from disk by the caller.

    ``source`` and ``hash`` are None where the file does not exist. ``extra_files`` are the edits that must accompany
    the module (an ``__init__.py`` in a new package folder). ``path_line`` is the statement that makes the module
    importable from the notebook, None where it already is. ``first_party`` names the packages and modules that
    belong to the project: their imports come last, and only they can depend on what the notebook does. ``installed``
    are modules outside of the standard library that the notebook's Python surely has.
    """

    path: str
    import_name: str
    source: str | None = None
    hash: str | None = None
    encoding: str = "utf-8"
    extra_files: tuple[FileEdit, ...] = ()
    path_line: str | None = None
    first_party: frozenset[str] = field(default_factory=frozenset)
    installed: frozenset[str] = field(default_factory=frozenset)

    def has(self, module: str) -> bool:
        """Can the notebook's Python surely import the module, whatever the notebook does?"""
        return is_standard(module) or module.split(".")[0] in self.installed - self.first_party
