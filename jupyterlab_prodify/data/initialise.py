"""A folder becomes a Git repository and a DVC project, where one of the two is missing.

What ``dvc init`` stages in the person's index it makes here in a scratch repository; its files are then put in place
and are in the same commit as the data. Where the action fails or is cancelled, what was made goes again.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from jupyterlab_prodify.api.data_plan import Initialise
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.dvc import OnProgress
from jupyterlab_prodify.vcs.errors import DvcError, GitError, IgnoredPathError, NotARepositoryError
from jupyterlab_prodify.vcs.git import open_repository
from jupyterlab_prodify.vcs.own_index import own_folder
from jupyterlab_prodify.vcs.processes import run

DVC_FILES = (".dvc/.gitignore", ".dvc/config", ".dvcignore")
_MARKS_PROJECT = ("pyproject.toml", "dvc.yaml", "params.yaml", "setup.py", "requirements.txt", "environment.yml")
_INNER = frozenset(
    {
        *("data", "raw", "interim", "processed", "processing", "external", "models", "inputs", "outputs"),
        *("notebooks", "reports", "figures", "src"),
    }
)
_SECONDS = 120.0
_STARTED = "dvc-init"


def folder_for_new(folder: Path, ceiling: Path) -> Path:
    """Where a repository would be made for something in ``folder``: the nearest folder with a file that marks a
    project, else the nearest one whose name is not that of a part of a project. Nothing above ``ceiling`` counts."""
    top = ceiling.resolve()
    above = [place for place in [folder.resolve(), *folder.resolve().parents] if place.is_relative_to(top)] or [top]
    marked = (place for place in above if any((place / name).is_file() for name in _MARKS_PROJECT))
    plain = (place for place in above if place.name not in _INNER)
    return next(marked, None) or next(plain, above[-1])


@contextlib.contextmanager
def opened(
    folder: Path,
    ceiling: Path,
    initialise: Collection[Initialise],
    threshold: int,
    python: str = sys.executable,
    on_progress: OnProgress | None = None,
) -> Iterator[Workspace]:
    """The project around ``folder``; a repository is made where there is none and ``initialise`` says so.

    Raises:
        NotARepositoryError: there is none, and none was asked for.
    """
    made = None
    try:
        open_repository(folder)
    except NotARepositoryError:
        if "git" not in initialise:
            raise
        folder = made = folder_for_new(folder, ceiling)
        _git_init(made)
    workspace = Workspace(folder, threshold, python, on_progress)
    try:
        yield workspace
    except BaseException:
        if made is not None:
            _take_back_git(workspace)
        raise
    finally:
        workspace.close()


def _git_init(folder: Path) -> None:
    done = run(["git", "init", "--quiet"], folder, seconds=_SECONDS)
    if not done.ok:
        raise GitError(f"`git init` failed: {done.complaint or done.code}", "Look at what Git says.")


def _take_back_git(workspace: Workspace) -> None:
    """The repository goes again, unless it holds something by now."""
    repository = workspace.repository
    held = repository.run("for-each-ref", "--count=1").out or repository.run("ls-files").out
    if not held and repository.git_dir == repository.root / ".git":
        shutil.rmtree(repository.git_dir, ignore_errors=True)


@contextlib.contextmanager
def dvc_project(workspace: Workspace, wanted: bool) -> Iterator[list[str]]:
    """Make the repository's root a DVC project, where that is wanted and none is there: its files, to be committed.

    A process that was killed after that leaves the files; the next action commits them.
    """
    if not wanted or workspace.has_dvc:
        yield [path for path in DVC_FILES if _mark(workspace).exists() and workspace.place(path).is_file()]
        if wanted:
            _mark(workspace).unlink(missing_ok=True)
        return
    was_there = {path for path in (*DVC_FILES, ".dvc") if workspace.place(path).exists()}
    _mark(workspace).touch()
    try:
        _dvc_init(workspace)
        yield list(DVC_FILES)
    except BaseException:
        _take_back_dvc(workspace, was_there)
        raise
    finally:
        _mark(workspace).unlink(missing_ok=True)


def _mark(workspace: Workspace) -> Path:
    return own_folder(workspace.repository) / _STARTED


def _dvc_init(workspace: Workspace) -> None:
    ignored = sorted(workspace.repository.ignored(DVC_FILES))
    if ignored:
        remedy = "Change the `.gitignore`, then try again."
        raise IgnoredPathError(f"`{ignored[0]}` would be ignored by a `.gitignore`.", remedy, ignored)
    with tempfile.TemporaryDirectory(prefix="prodify-") as scratch:
        _git_init(Path(scratch))
        done = run([workspace.python, "-m", "dvc", "init", "--quiet"], Path(scratch), seconds=_SECONDS)
        if not done.ok:
            raise DvcError(f"`dvc init` failed: {done.complaint or done.code}", "Look at what DVC says.")
        for path in DVC_FILES:
            target = workspace.place(path)
            target.parent.mkdir(exist_ok=True)
            if not target.exists():
                shutil.copyfile(Path(scratch, path), target)
    workspace.find_dvc()


def _take_back_dvc(workspace: Workspace, was_there: Collection[str]) -> None:
    """What was made goes: the data itself was only copied to the cache inside."""
    workspace.close()
    if ".dvc" not in was_there:
        shutil.rmtree(workspace.place(".dvc"), ignore_errors=True)
    for path in DVC_FILES:
        if path not in was_there:
            workspace.place(path).unlink(missing_ok=True)
    workspace.find_dvc()
