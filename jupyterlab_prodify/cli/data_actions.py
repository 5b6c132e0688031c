"""What the verbs ``data`` and ``commit`` do: one function each, from parsed arguments to an answer."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyterlab_prodify.cli.outcome import DONE, REFUSED, UsageError

if TYPE_CHECKING:
    from jupyterlab_prodify.api.data_plan import Initialise
    from jupyterlab_prodify.data.workspace import Workspace
    from jupyterlab_prodify.vcs.dvc import OnProgress

Act = Callable[[argparse.Namespace, "Workspace"], Any]


def run(arguments: argparse.Namespace, act: Act) -> int:
    """Do it in the project of the first path, and tell what was done."""
    from jupyterlab_prodify.cli import data_report as report
    from jupyterlab_prodify.project.errors import ProjectError
    from jupyterlab_prodify.vcs.errors import VcsError

    bar = report.ProgressLine(sys.stderr)
    try:
        with _opened(arguments, act, bar) as workspace:
            answer = act(arguments, workspace)
    except VcsError as error:
        bar.end()
        report.refusal(error.code, error.message, error.remedy, error.paths, arguments.json)
        return REFUSED
    except ProjectError as error:
        bar.end()
        paths = [error.path] if error.path else []
        report.refusal(error.code, error.message, error.remedy or "Check the path.", paths, arguments.json)
        return REFUSED
    finally:
        bar.end()
    report.answer(answer, arguments.json)
    return DONE


@contextlib.contextmanager
def _opened(arguments: argparse.Namespace, act: Act, on_progress: OnProgress) -> Iterator[Any]:
    """The project; for ``add`` with ``--init`` it may be made, and for its dry run there may be none (None)."""
    from jupyterlab_prodify.data.initialise import opened
    from jupyterlab_prodify.data.workspace import THRESHOLD, Workspace
    from jupyterlab_prodify.vcs.errors import NotARepositoryError

    folder = _folder(arguments)
    threshold = getattr(arguments, "threshold", None)
    threshold = THRESHOLD if threshold is None else threshold
    if getattr(arguments, "init", False) and not arguments.dry_run:
        with opened(folder, _ceiling(folder), ("git", "dvc"), threshold, on_progress=on_progress) as workspace:
            yield workspace
        return
    try:
        workspace = Workspace(folder, threshold, on_progress=on_progress)
    except NotARepositoryError:
        if not getattr(arguments, "dry_run", False):
            raise
        yield None
        return
    try:
        yield workspace
    finally:
        workspace.close()


def _ceiling(folder: Path) -> Path:
    here = Path.cwd()
    return here if folder.is_relative_to(here) else folder


def _folder(arguments: argparse.Namespace) -> Path:
    """The nearest folder that exists around the first path: its repository is meant."""
    first = _named(arguments)[:1]
    place = Path(os.path.abspath(first[0])) if first else Path.cwd()
    if not Path.cwd().is_relative_to(place):
        place = place.parent
    while not place.is_dir() and place != place.parent:
        place = place.parent
    return place


# -- what was given ---------------------------------------------------------------------------------------------------


def _named(arguments: argparse.Namespace) -> list[str]:
    paths = [*getattr(arguments, "paths", []), *([arguments.path] if hasattr(arguments, "path") else [])]
    if any(not path or "\0" in path for path in paths):
        raise UsageError("a path is empty")
    return paths


def _paths(arguments: argparse.Namespace, workspace: Workspace) -> list[str]:
    return [workspace.path_of(Path(path)) for path in _named(arguments)]


def _choices(arguments: argparse.Namespace, path_of: Callable[[Path], str]) -> dict[str, Any]:
    """Where single paths go; ``--to`` is for all."""
    to = getattr(arguments, "to", None)
    choices = {path_of(Path(path)): to for path in _named(arguments)} if to else {}
    choices |= {path_of(Path(path)): "dvc" for path in arguments.to_dvc}
    return choices | {path_of(Path(path)): "git" for path in arguments.to_git}


def _with_chosen(paths: list[str], choices: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys([*paths, *choices]))


def _message(arguments: argparse.Namespace) -> str:
    message = str(arguments.message or "")
    if not message.strip():
        raise UsageError("the message is empty" if arguments.message is not None else "-m MSG is missing")
    return message


# -- the actions ------------------------------------------------------------------------------------------------------


def status(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.versions import status

    return status(workspace, _paths(arguments, workspace), arguments.remote)


def add(arguments: argparse.Namespace, workspace: Workspace | None) -> Any:
    if arguments.dry_run:
        return _plan(arguments, workspace)
    from jupyterlab_prodify.data.add import Wishes, add

    assert workspace is not None
    message = _message(arguments)
    choices = _choices(arguments, workspace.path_of)
    needed: list[Initialise] = ["dvc"] if arguments.init else []
    wishes = Wishes(choices, needed, push=arguments.push, remote=arguments.remote)
    return add(workspace, _with_chosen(_paths(arguments, workspace), choices), message, None, wishes)


def _plan(arguments: argparse.Namespace, workspace: Workspace | None) -> Any:
    from jupyterlab_prodify.data.initialise import folder_for_new
    from jupyterlab_prodify.data.plan import plan, plan_without_repository
    from jupyterlab_prodify.data.workspace import THRESHOLD

    if workspace is not None:
        choices = _choices(arguments, workspace.path_of)
        return plan(workspace, _with_chosen(_paths(arguments, workspace), choices), choices, arguments.push)
    folder = _folder(arguments)
    root = folder_for_new(folder, _ceiling(folder))
    inside = _inside(root)
    choices = _choices(arguments, inside)
    paths = _with_chosen([inside(Path(path)) for path in _named(arguments)], choices)
    limit = THRESHOLD if arguments.threshold is None else arguments.threshold
    return plan_without_repository(root, paths, limit, choices, arguments.push)


def _inside(root: Path) -> Callable[[Path], str]:
    from jupyterlab_prodify.project.errors import OutsideRootError

    def inside(path: Path) -> str:
        place = Path(os.path.abspath(path))
        if not place.is_relative_to(root):
            message = f"`{path}` lies outside of the project `{root}`."
            raise OutsideRootError(message, str(path), "Name paths of one project.")
        return place.relative_to(root).as_posix()

    return inside


def history(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.versions import history

    return history(workspace, _paths(arguments, workspace)[0])


def diff(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.versions import diff

    return diff(workspace, _paths(arguments, workspace)[0], arguments.rev, arguments.after)


def compare(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    import tempfile

    from jupyterlab_prodify.data.compare import compare_tables

    path = _paths(arguments, workspace)[0]
    with tempfile.TemporaryDirectory(prefix="prodify-") as scratch:
        return compare_tables(workspace, path, arguments.rev, arguments.after, Path(scratch))


def restore(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.restore import restore

    return restore(workspace, _paths(arguments, workspace)[0], arguments.rev)


def push(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.share import push

    return push(workspace, _paths(arguments, workspace), arguments.remote, arguments.git)


def pull(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.share import pull

    return pull(workspace, _paths(arguments, workspace), arguments.remote)


def changes(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.changes import changes

    return changes(workspace)


def remotes(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.remotes import remotes

    return remotes(workspace)


def add_remote(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.remotes import add_remote

    options = dict(_option(text) for text in arguments.set)
    if arguments.endpoint_url is not None:
        options["endpointurl"] = arguments.endpoint_url
    return add_remote(workspace, arguments.name, arguments.url, options, arguments.default)


def _option(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark or not name:
        raise UsageError(f"`--set` takes OPTION=VALUE, not `{text}`")
    return name, value


def set_default(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.remotes import set_default

    return set_default(workspace, arguments.name)


def commit(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.add import Wishes, commit

    message = _message(arguments)
    choices = _choices(arguments, workspace.path_of)
    paths = _with_chosen(_paths(arguments, workspace), choices)
    return commit(workspace, paths, message, wishes=Wishes(choices, whole=arguments.whole))
