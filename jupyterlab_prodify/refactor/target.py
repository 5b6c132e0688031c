"""Where an export goes: what the pure core must know about the module and how the notebook reaches it."""

from __future__ import annotations

from dataclasses import dataclass, field

from jupyterlab_prodify.api.export import FileEdit


@dataclass(frozen=True)
class Target:
    """The module that the function goes to, as read from disk by the caller.

    ``source`` and ``hash`` are None where the file does not exist. ``extra_files`` are the edits that must accompany
    the module (an ``__init__.py`` in a new package folder). ``path_line`` is the statement that makes the module
    importable from the notebook, None where it already is. ``first_party`` names the packages and modules that
    belong to the project, for the order of imports.
    """

    path: str
    import_name: str
    source: str | None = None
    hash: str | None = None
    encoding: str = "utf-8"
    extra_files: tuple[FileEdit, ...] = ()
    path_line: str | None = None
    first_party: frozenset[str] = field(default_factory=frozenset)
