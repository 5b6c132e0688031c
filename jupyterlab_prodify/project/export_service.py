"""Exports of one root: plans from requests, and files from plans. Used by the server and by the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jupyterlab_prodify.api.export import ExportRequest, FileEdit, PlanAnswer, Planned, Refusal, Refused
from jupyterlab_prodify.api.files import ApplyResult, WrittenFile
from jupyterlab_prodify.api.project import (
    ImportCheck,
    ImportCheckRequest,
    InstallRequest,
    InstallResult,
    ModuleInfo,
    ProjectInfo,
)
from jupyterlab_prodify.project.errors import ForbiddenPathError, NotFoundError, ProjectError
from jupyterlab_prodify.project.interpreter import check_import, install_editable, kernel_python
from jupyterlab_prodify.project.layout import (
    ModulePlace,
    Project,
    existing_modules,
    find_project,
    first_party_names,
    missing_package_files,
    path_line,
    place_of,
    suggested_module,
)
from jupyterlab_prodify.project.paths import confine, confine_module, relative_to
from jupyterlab_prodify.project.recovery import recover
from jupyterlab_prodify.project.text_file import hash_of, read_text_file
from jupyterlab_prodify.project.transaction import Write, write_all

if TYPE_CHECKING:
    from jupyterlab_prodify.refactor.target import Target


class ExportService:
    """Plans and applies exports under ``root``; all paths of requests and answers are relative to it."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    # -- plans ----------------------------------------------------------------------------------------------------

    def plan(self, request: ExportRequest) -> PlanAnswer:
        """The plan, or the refusal; nothing is written.

        Raises:
            OutsideRootError: the notebook's path leads out of the root.
        """
        from jupyterlab_prodify.refactor.export import plan_export

        notebook = confine(self.root, request.notebook)
        try:
            target = self._target(request, notebook)
        except ProjectError as error:
            return Refused(refusal=_refusal_of(error))
        answer = plan_export(request, target)
        return Refused(refusal=answer) if isinstance(answer, Refusal) else Planned(plan=answer)

    def _target(self, request: ExportRequest, notebook: Path) -> Target:
        from jupyterlab_prodify.refactor.target import Target

        project = find_project(notebook, self.root)
        module = self._module(request.module, notebook, project)
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
        )

    def _module(self, given: str | None, notebook: Path, project: Project) -> Path:
        if given is None:
            return suggested_module(notebook, project)
        if not given.strip():
            raise ForbiddenPathError("No module is given.", None, "Give a path that ends in `.py`.")
        module = confine_module(self.root, given.strip())
        if module.is_dir():
            raise ForbiddenPathError(f"`{given}` is a folder.", given, "Give a path that ends in `.py`.")
        return module

    def _new_file(self, path: Path) -> FileEdit:
        return FileEdit(path=relative_to(self.root, path), hash_before=None, text_before=None, text_after="")

    def _path_line(self, request: ExportRequest, notebook: Path, place: ModulePlace) -> str | None:
        if request.make_importable == "none" or place.beside:
            return None
        if request.make_importable == "auto":
            python = kernel_python(request.kernel_name)
            if check_import(python, notebook, place).importable:
                return None
        return path_line(place, notebook)

    # -- files ----------------------------------------------------------------------------------------------------

    def writes_of(self, edits: Sequence[FileEdit]) -> list[Write]:
        """The edits as writes with confined paths.

        Raises:
            OutsideRootError, ForbiddenPathError: a path may not be written.
        """
        return [self._write_of(edit) for edit in edits]

    def _write_of(self, edit: FileEdit) -> Write:
        path = confine_module(self.root, edit.path)
        return Write(path, edit.hash_before, _encoded(edit), edit.path)

    def apply(self, edits: Sequence[FileEdit], more: Sequence[Write] = ()) -> ApplyResult:
        """Write all files or none; ``more`` are further files of the same plan (the notebook, for the command line).

        Raises:
            ChangedError: a file is not as it was when the plan was made.
            OutsideRootError, ForbiddenPathError: a path may not be written.
        """
        write_all([*self.writes_of(edits), *more])
        written = [
            WrittenFile(path=edit.path, hash=hash_of(data) if (data := _encoded(edit)) is not None else None)
            for edit in edits
        ]
        return ApplyResult(written=written)

    def recover(self) -> list[str]:
        """Finish what a killed process left; returns files that it could not finish."""
        return recover()

    # -- surroundings ---------------------------------------------------------------------------------------------

    def project_info(self, notebook: str) -> ProjectInfo:
        """What the dialog shows before a plan is there.

        Raises:
            NotFoundError: the notebook's folder does not exist.
        """
        path = confine(self.root, notebook)
        if not path.parent.is_dir():
            raise NotFoundError(f"There is no folder for `{notebook}`.", notebook, "Save the notebook first.")
        project = find_project(path, self.root)
        root = relative_to(self.root, project.root)
        return ProjectInfo(
            root="" if root == "." else root,
            name=project.name,
            kind=project.kind,
            package=project.package,
            suggested_module=relative_to(self.root, suggested_module(path, project)),
            modules=list(self._modules(project, path)),
        )

    def _modules(self, project: Project, notebook: Path) -> list[ModuleInfo]:
        found: list[ModuleInfo] = []
        for module in existing_modules(project, notebook):
            try:
                place = place_of(module, notebook, project)
            except ForbiddenPathError:
                continue
            found.append(ModuleInfo(path=relative_to(self.root, module), import_name=place.import_name))
        return found

    def check_import(self, request: ImportCheckRequest) -> ImportCheck:
        """Does the kernel's Python find the module? Runs that Python, so not for the event loop."""
        notebook = confine(self.root, request.notebook)
        project = find_project(notebook, self.root)
        place = place_of(confine_module(self.root, request.module), notebook, project)
        python = kernel_python(request.kernel_name)
        finding = check_import(python, notebook, place)
        inside = project.source_root is not None and place.folder == project.source_root
        return ImportCheck(
            import_name=place.import_name,
            importable=place.beside or finding.importable,
            interpreter=python,
            found=finding.found,
            installable=project.installable and inside,
            path_line=path_line(place, notebook),
        )

    def install(self, request: InstallRequest, should_stop: Callable[[], bool] = lambda: False) -> InstallResult:
        """Install the notebook's project into the kernel's environment, editable.

        Raises:
            NotFoundError: the project has no ``pyproject.toml`` or ``setup.py``.
        """
        project = find_project(confine(self.root, request.notebook), self.root)
        if not project.installable:
            raise NotFoundError(
                f"`{project.name}` has no pyproject.toml, so it cannot be installed.",
                None,
                "Add the folder to sys.path in the notebook instead.",
            )
        return install_editable(kernel_python(request.kernel_name), project.root, project.source_root, should_stop)


def _encoded(edit: FileEdit) -> bytes | None:
    if edit.text_after is None:
        return None
    try:
        return edit.text_after.encode(edit.encoding)
    except (UnicodeEncodeError, LookupError) as error:
        raise ForbiddenPathError(
            f"`{edit.path}` is encoded as {edit.encoding}, which cannot hold the new text: {error}.",
            edit.path,
            "Save the module as UTF-8, or choose another one.",
        ) from error


def _refusal_of(error: ProjectError) -> Refusal:
    return Refusal(
        code=error.code, message=error.message, remedy=error.remedy or "Choose another module.", field="module"
    )
