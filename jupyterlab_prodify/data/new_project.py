"""A folder becomes a project of stages: files, a Git and a DVC repository, one commit.

In a project that is there already only what is missing is added. Where the commit cannot be made, the files that were
written for it go again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from jupyterlab_prodify.api.new_project import NewProject, NewProjectPlan, NewStage
from jupyterlab_prodify.data.initialise import dvc_project, opened
from jupyterlab_prodify.data.workspace import THRESHOLD, Workspace
from jupyterlab_prodify.example.create import TEMPLATE
from jupyterlab_prodify.project.errors import ChangedError, ForbiddenPathError, RequestError
from jupyterlab_prodify.project.install import install_editable
from jupyterlab_prodify.project.kernel import Kernel
from jupyterlab_prodify.project.layout import find_project
from jupyterlab_prodify.project.scaffold import Scaffold, plan_scaffold
from jupyterlab_prodify.project.text_file import hash_of
from jupyterlab_prodify.project.transaction import Write, write_all
from jupyterlab_prodify.vcs.commit import commit_paths
from jupyterlab_prodify.vcs.dvc import find_dvc_root
from jupyterlab_prodify.vcs.errors import NotARepositoryError
from jupyterlab_prodify.vcs.git import open_repository

_EXAMPLE = ("data/raw", "notebooks")


def plan_project(folder: Path, stages: Sequence[str], example: bool = False) -> NewProjectPlan:
    """What ``new_project`` would do; nothing is written.

    Raises:
        RequestError: the folder lies inside of another project.
    """
    root = folder.resolve()
    has_git = _is_repository(root)
    scaffold = _scaffold(root, stages, example)
    steps = [] if has_git else [f"`git init` in {root.name}"]
    steps += [] if has_git and find_dvc_root(root, root) is not None else ["`dvc init`"]
    steps += [f"write `{path}`" for path in scaffold.files]
    steps += ["commit all of it"] if steps else []
    return NewProjectPlan(str(root), _stages(scaffold), steps, list(scaffold.files), list(scaffold.present))


def new_project(
    folder: Path, stages: Sequence[str], message: str, kernel: Kernel | None = None, example: bool = False
) -> NewProject:
    """Make the project in ``folder``, and install it into the environment of ``kernel`` where one is given.

    Raises:
        RequestError: the folder lies inside of another project.
        ProjectError, VcsError: it cannot be made; nothing is left of it.
    """
    root = folder.resolve()
    made = [place for place in [root, *root.parents] if not place.exists()]
    root.mkdir(parents=True, exist_ok=True)
    try:
        _is_repository(root)
        with opened(root, root, ("git", "dvc"), THRESHOLD) as workspace:
            scaffold, commit = _make(workspace, stages, message, example)
    except BaseException:
        for place in made:
            with contextlib.suppress(OSError):
                place.rmdir()
        raise
    installed = _install(root, kernel) if kernel is not None else (None, None, [])
    return NewProject(str(root), _stages(scaffold), list(scaffold.files), list(scaffold.present), commit, *installed)


def _is_repository(root: Path) -> bool:
    """
    Raises:
        RequestError: it is a folder of a repository that stands further up.
    """
    try:
        repository = open_repository(_nearest(root))
    except NotARepositoryError:
        return False
    if repository.root != root:
        raise RequestError(
            f"`{root.name}` lies in the Git repository `{repository.root.name}`, and a project is a repository.",
            None,
            f"Choose {repository.root}, or a folder outside of it.",
        )
    return True


def _nearest(folder: Path) -> Path:
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return folder


def _make(workspace: Workspace, stages: Sequence[str], message: str, example: bool) -> tuple[Scaffold, str | None]:
    with workspace.writing(), dvc_project(workspace, True) as dvc_files:
        scaffold = _scaffold(workspace.root, stages, example)
        if not scaffold.files and not dvc_files:
            return scaffold, None
        with _written(workspace.root, scaffold):
            made = commit_paths(workspace.repository, [*scaffold.files, *dvc_files], message)
    return scaffold, made.commit


def _scaffold(root: Path, stages: Sequence[str], example: bool) -> Scaffold:
    scaffold = plan_scaffold(root, find_project(root / "pyproject.toml", root), stages)
    if not example:
        return scaffold
    texts = {
        path.relative_to(TEMPLATE).as_posix(): path.read_text("utf-8")
        for folder in _EXAMPLE
        for path in sorted((TEMPLATE / folder).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts and ".ipynb_checkpoints" not in path.parts
    }
    missing = {path: text for path, text in texts.items() if not (root / path).exists()}
    there = set(texts) - set(missing)
    files = {path: text for path, text in {**scaffold.files, **missing}.items() if path != "data/raw/.gitkeep"}
    return Scaffold(scaffold.stages, dict(sorted(files.items())), tuple(sorted({*scaffold.present, *there})))


@contextlib.contextmanager
def _written(root: Path, scaffold: Scaffold) -> Iterator[None]:
    """The files are there; they go again when what follows fails."""
    contents = {root / path: text.encode() for path, text in scaffold.files.items()}
    write_all([Write(path, None, data, str(path.relative_to(root))) for path, data in contents.items()])
    try:
        yield
    except BaseException:
        with contextlib.suppress(ChangedError, ForbiddenPathError):
            write_all([Write(path, hash_of(data), None, path.name) for path, data in contents.items()])
        _remove_empty({folder for path in contents for folder in path.parents if folder.is_relative_to(root)} - {root})
        raise


def _remove_empty(folders: set[Path]) -> None:
    for folder in sorted(folders, key=lambda one: len(one.parts), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _stages(scaffold: Scaffold) -> list[NewStage]:
    return [NewStage(stage.name, stage.notebook, stage.module) for stage in scaffold.stages]


def _install(root: Path, kernel: Kernel) -> tuple[bool, str | None, list[str]]:
    project = find_project(root / "pyproject.toml", root)
    result = install_editable(kernel, root, project.source_root)
    note = f"Installed into {kernel.name}." if result.ok else f"Not installed into {kernel.name}; the project is there."
    return result.ok, None if result.ok else result.log, [note]
