"""Wire types that describe the project around a notebook."""

from __future__ import annotations

from typing import Literal

from jupyterlab_prodify.api.wire import WireType


class ModuleInfo(WireType, frozen=True):
    """An existing module that an export can go to."""

    path: str
    """Relative to the server's root."""
    import_name: str


class ProjectInfo(WireType, frozen=True):
    """What the export dialog needs to know about the surroundings of a notebook."""

    root: str
    """The project's folder, relative to the server's root ("" for the root itself)."""
    name: str
    kind: Literal["git", "folder"]
    package: str | None
    """Dotted name of the project's package, None in a plain folder."""
    suggested_module: str
    """Path of the module that we would write to, relative to the server's root."""
    modules: list[ModuleInfo]


class ImportCheckRequest(WireType, frozen=True):
    """Can the notebook's kernel import this module?"""

    notebook: str
    module: str
    kernel_name: str | None = None


class ImportCheck(WireType, frozen=True):
    """Whether ``import_name`` finds ``module`` in a fresh kernel that is started in the notebook's folder."""

    import_name: str
    importable: bool
    interpreter: str
    """The kernel's Python, as a person would name it."""
    found: str | None
    """Where the name leads now when it is another file; None when nothing is found."""
    installable: bool
    """True when the project has what an editable install needs."""
    path_line: str
    """The line that makes it importable without an install."""


class InstallRequest(WireType, frozen=True):
    """Install the notebook's project into the kernel's environment (``pip install --no-deps -e``)."""

    notebook: str
    kernel_name: str | None = None


class InstallResult(WireType, frozen=True):
    """``log`` is pip's output; ``sys_path`` is what a running kernel must add to see it at once."""

    ok: bool
    log: str
    sys_path: list[str]
