"""Exports of one root: plans from requests, and files from plans. Used by the server and by the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jupyterlab_prodify.api.export import (
    Cell,
    ExportRequest,
    FileEdit,
    Plan,
    PlanAnswer,
    Planned,
    PlanWarning,
    Refusal,
    Refused,
)
from jupyterlab_prodify.api.files import ApplyResult, WrittenFile
from jupyterlab_prodify.api.project import (
    ImportCheck,
    ImportCheckRequest,
    InstallRequest,
    InstallResult,
    ModuleInfo,
    ProjectInfo,
)
from jupyterlab_prodify.project.errors import ForbiddenPathError, NotFoundError, ProjectError, RequestError
from jupyterlab_prodify.project.install import install_editable
from jupyterlab_prodify.project.installed import installed_names
from jupyterlab_prodify.project.kernel import FindSpec, find_kernel
from jupyterlab_prodify.project.layout import (
    Project,
    existing_modules,
    find_project,
    first_party_names,
    suggested_module,
)
from jupyterlab_prodify.project.module_place import ModulePlace, missing_package_files, path_line, place_of
from jupyterlab_prodify.project.paths import confine_module, confine_notebook, relative_to
from jupyterlab_prodify.project.recovery import recover
from jupyterlab_prodify.project.text_file import hash_of, read_text_file
from jupyterlab_prodify.project.transaction import Write, check_writable, write_all

if TYPE_CHECKING:
    from jupyterlab_prodify.project.imports import ImportChecker
    from jupyterlab_prodify.project.star_names import StarResolver
    from jupyterlab_prodify.refactor.target import Target

_WORD = re.compile(r"[^\W\d]\w*")
_IMPORTED = re.compile(r"^[ \t]*(?:import|from)[ \t]+(\w+)", re.MULTILINE)


class ExportService:
    """Plans and applies exports under ``root``; all paths of requests and answers are relative to it.

    ``find_spec`` gives the kernelspec of a name. ``patience`` is how many seconds a plan may wait to learn what the
    kernel can import; after that it takes the safe way, a line in the notebook.
    """

    def __init__(self, root: Path, find_spec: FindSpec | None = None, patience: float = 15.0) -> None:
        self.root = root.resolve()
        self._find_spec = find_spec
        self._patience = patience
        self._stars: StarResolver | None = None

    @cached_property
    def _checker(self) -> ImportChecker:
        from jupyterlab_prodify.project.imports import ImportChecker

        return ImportChecker()

    # -- plans ----------------------------------------------------------------------------------------------------

    def plan(self, request: ExportRequest) -> PlanAnswer:
        """The plan, or the refusal; nothing is written.

        Raises:
            RequestError, OutsideRootError: the notebook's path is none, or leads out of the root.
            NotFoundError: the notebook's folder does not exist.
        """
        from jupyterlab_prodify.refactor.export import plan_export

        notebook = self._notebook(request.notebook)
        try:
            answer = plan_export(request, self._target(request, notebook), self._star_names(request, notebook))
            if not isinstance(answer, Refusal):
                self.writes_of(answer.file_edits)
                answer = self._with_warning(answer, notebook)
        except ProjectError as error:
            return Refused(refusal=_refusal_of(error))
        return Refused(refusal=answer) if isinstance(answer, Refusal) else Planned(plan=answer)

    def _with_warning(self, plan: Plan, notebook: Path) -> Plan:
        """A module elsewhere is no part of the project: who clones it does not get the module."""
        project = find_project(notebook, self.root)
        inside = confine_module(self.root, plan.module).is_relative_to(project.root)
        if inside or not (project.kind == "git" or (project.root / "pyproject.toml").is_file()):
            return plan
        message = f"`{plan.module}` lies outside of the project `{project.name}`: who clones that does not get it."
        warning = PlanWarning("outside_project", message)
        return msgspec.structs.replace(plan, warnings=[warning, *plan.warnings])

    def warm_up(self) -> None:
        """Load the engine, which takes longer than most plans."""
        import jupyterlab_prodify.refactor.export  # noqa: F401

    def _notebook(self, given: str) -> Path:
        path = confine_notebook(self.root, given)
        if not path.parent.is_dir():
            raise NotFoundError(f"There is no folder for `{given}`.", given, "Save the notebook first.")
        return path

    def _target(self, request: ExportRequest, notebook: Path) -> Target:
        from jupyterlab_prodify.refactor.target import Target

        project = find_project(notebook, self.root)
        module = self._module(request, notebook, project)
        place = place_of(module, notebook, project)
        existing = read_text_file(module)
        return Target(
            path=relative_to(self.root, module),
            import_name=place.import_name,
            source=existing.text if existing else None,
            hash=existing.hash if existing else None,
            encoding=existing.encoding if existing else "utf-8",
            extra_files=tuple(self._new_file(path) for path in missing_package_files(module, place)),
            path_line=self._path_line(request, notebook, place),
            first_party=first_party_names(project, notebook),
            installed=installed_names(find_kernel(request.kernel_name, self._find_spec), _imported(request.cells)),
        )

    def _module(self, request: ExportRequest, notebook: Path, project: Project) -> Path:
        given = request.module
        if given is None:
            module = suggested_module(notebook, project, _imported(request.cells))
            given = relative_to(self.root, module)
        if not given.strip():
            raise ForbiddenPathError("No module is given.", None, "Give a path that ends in `.py`.")
        module = confine_module(self.root, given.strip())
        check_writable(module, given)
        return module

    def _star_names(self, request: ExportRequest, notebook: Path) -> dict[str, Sequence[str]]:
        """What ``from module import *`` gives in this notebook. The project's modules are read, not run."""
        from jupyterlab_prodify.refactor.star_imports import star_modules

        modules = [module for module in star_modules(request.cells) if not module.startswith(".")]
        if not modules or (request.language or "python").lower() not in ("python", "python3", "ipython"):
            return {}
        source_root = find_project(notebook, self.root).source_root
        folders = [notebook.parent, *([source_root] if source_root is not None else [])]
        used = {word for cell in request.cells if cell.cell_type == "code" for word in _WORD.findall(cell.source)}
        kernel = find_kernel(request.kernel_name, self._find_spec)
        return self._resolver().names_of(modules, kernel, folders, self.root, used)

    def _resolver(self) -> StarResolver:
        from jupyterlab_prodify.project.star_names import StarResolver

        self._stars = self._stars or StarResolver()
        return self._stars

    def _new_file(self, path: Path) -> FileEdit:
        return FileEdit(path=relative_to(self.root, path), hash_before=None, text_before=None, text_after="")

    def _path_line(self, request: ExportRequest, notebook: Path, place: ModulePlace) -> str | None:
        if request.make_importable == "none" or place.beside:
            return None
        if request.make_importable == "auto":
            kernel = find_kernel(request.kernel_name, self._find_spec)
            finding = self._checker.check_within(self._patience, kernel, notebook, place)
            if finding is not None and finding.importable:
                return None
        return path_line(place, notebook)

    # -- files ----------------------------------------------------------------------------------------------------

    def writes_of(self, edits: Sequence[FileEdit]) -> list[Write]:
        """The edits as writes with confined paths.

        Raises:
            RequestError, OutsideRootError, ForbiddenPathError: a path may not be written, or its encoding cannot
                hold the text.
        """
        return [Write(confine_module(self.root, e.path), e.hash_before, _encoded(e), e.path) for e in edits]

    def apply(self, edits: Sequence[FileEdit], more: Sequence[Write] = ()) -> ApplyResult:
        """Write all files or none; ``more`` are further files of the same plan (the notebook, for the command line).

        Raises:
            ChangedError: a file is not as it was when the plan was made.
            RequestError, OutsideRootError, ForbiddenPathError: a path may not be written.
        """
        writes = self.writes_of(edits)
        write_all([*writes, *more])
        written = [
            WrittenFile(path=write.label, hash=None if write.data is None else hash_of(write.data)) for write in writes
        ]
        return ApplyResult(written=written)

    def recover(self) -> list[str]:
        """Finish what a killed process left; returns files that somebody has changed since."""
        return recover()

    # -- surroundings ---------------------------------------------------------------------------------------------

    def project_info(self, notebook: str) -> ProjectInfo:
        """What the dialog shows before a plan is there.

        Raises:
            RequestError, OutsideRootError: the notebook's path is none, or leads out of the root.
            NotFoundError: the notebook's folder does not exist.
        """
        path = self._notebook(notebook)
        project = find_project(path, self.root)
        root = relative_to(self.root, project.root)
        return ProjectInfo(
            root="" if root == "." else root,
            name=project.name,
            kind=project.kind,
            package=project.package,
            suggested_module=relative_to(self.root, suggested_module(path, project)),
            modules=self._modules(project, path),
        )

    def _modules(self, project: Project, notebook: Path) -> list[ModuleInfo]:
        found: list[ModuleInfo] = []
        for module in existing_modules(project, notebook):
            path = relative_to(self.root, module)
            try:
                confine_module(self.root, path)
                place = place_of(module, notebook, project)
            except ProjectError:
                continue
            found.append(ModuleInfo(path=path, import_name=place.import_name))
        return found

    def check_import(self, request: ImportCheckRequest) -> ImportCheck:
        """Does the kernel's Python find the module? Runs that Python, so not for the event loop.

        Raises:
            RequestError, OutsideRootError, ForbiddenPathError, NotFoundError: see ``plan``.
        """
        notebook = self._notebook(request.notebook)
        project = find_project(notebook, self.root)
        place = place_of(confine_module(self.root, request.module), notebook, project)
        kernel = find_kernel(request.kernel_name, self._find_spec)
        finding = self._checker.check(kernel, notebook, place)
        inside = project.source_root is not None and place.folder == project.source_root
        return ImportCheck(
            import_name=place.import_name,
            importable=place.beside or finding.importable,
            interpreter=kernel.name,
            found=finding.found if not finding.importable else None,
            installable=project.installable and inside,
            path_line=path_line(place, notebook),
        )

    def install(self, request: InstallRequest, should_stop: Callable[[], bool] = lambda: False) -> InstallResult:
        """Install the notebook's project into the kernel's environment, editable.

        Raises:
            RequestError: the project has nothing to install by.
            OutsideRootError, NotFoundError: see ``plan``.
        """
        project = find_project(self._notebook(request.notebook), self.root)
        if not project.installable:
            raise RequestError(
                f"`{project.name}` has no pyproject.toml that describes a package, so it cannot be installed.",
                None,
                "Add the folder to sys.path in the notebook instead.",
            )
        kernel = find_kernel(request.kernel_name, self._find_spec)
        result = install_editable(kernel, project.root, project.source_root, should_stop)
        self._checker.forget()
        return result


def _imported(cells: Sequence[Cell]) -> frozenset[str]:
    """First parts of the names that the notebook seems to import."""
    return frozenset(name for cell in cells if cell.cell_type == "code" for name in _IMPORTED.findall(cell.source))


def _encoded(edit: FileEdit) -> bytes | None:
    if edit.text_after is None:
        return None
    try:
        return edit.text_after.encode(edit.encoding)
    except (ValueError, LookupError) as error:
        raise ForbiddenPathError(
            f"`{edit.path}` is encoded as {edit.encoding}, which cannot hold the new text: {error}.",
            edit.path,
            "Save the module as UTF-8, or choose another one.",
        ) from error


def _refusal_of(error: ProjectError) -> Refusal:
    remedy = error.remedy or "Choose another module."
    return Refusal(code=error.code, message=error.message, remedy=remedy, field="module")
