"""``jupyter prodify data`` and ``jupyter prodify commit``: data and code, versioned together."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyterlab_prodify.cli.outcome import DONE, REFUSED, UsageError

if TYPE_CHECKING:
    from jupyterlab_prodify.data.workspace import Workspace
    from jupyterlab_prodify.vcs.dvc import Progress

_DESCRIPTION = """\
Version data with DVC and Git together, without harm to anything else in the repository.

Commits hold exactly the files of the action; what is staged stays staged. An old version comes back only after the
present one was kept. A changed file is never overwritten by a pull.
"""

_EXAMPLES = """\
examples:
  version it:             jupyter prodify data add data/raw.csv models -m "Raw data of May"
  what has changed:       jupyter prodify data status
  its versions:           jupyter prodify data history data/raw.csv
  what differs:           jupyter prodify data diff data/raw HEAD~3
  an old version:         jupyter prodify data restore data/raw.csv --rev HEAD~3
  share it:               jupyter prodify data push

--json prints exactly one object: the answer, {"refusal": {"code", "message", "remedy", "paths"}} or
{"error": {"code", "message"}}. Paths in it are relative to the Git repository.

exit codes: 0 done, 1 our fault, 2 wrong use, 3 refused
"""

_COMMIT = """\
Commit exactly the named files and folders, as they are on disk: ONE commit, with your hooks and signing.

What else is staged stays staged and is not in the commit. A file that is partly staged is refused, unless --whole
says to take all of it.
"""

_COMMIT_EXAMPLES = """\
examples:
  jupyter prodify commit -m "Better features" src/pkg/features.py params.yaml data/raw.csv.dvc

--json prints exactly one object: {"commit", "paths", "notes"}, {"refusal": {...}} or {"error": {...}}.

exit codes: 0 done, 1 our fault, 2 wrong use, 3 refused
"""

Act = Callable[[argparse.Namespace, "Workspace"], Any]


def add_parser(verbs: Any) -> None:
    """Add both verbs to the program's parser."""
    data = _verb(verbs, "data", "version, restore and share data", _DESCRIPTION, _EXAMPLES)
    actions = data.add_subparsers(dest="action", metavar="ACTION", required=True, title="actions")
    _status(actions)
    _add(actions)
    _history(actions)
    _diff(actions)
    _restore(actions)
    _move(actions, "push", "send data to the remote, and verify that it is there", _do_push)
    _move(actions, "pull", "get data from the remote; changed files are never overwritten", _do_pull)
    _commit(verbs)


def _verb(verbs: Any, name: str, saying: str, description: str, epilog: str = "") -> Any:
    return verbs.add_parser(
        name,
        help=saying,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _end(parser: Any, act: Act) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=lambda arguments: run(arguments, act))


def _status(actions: Any) -> None:
    parser = _verb(actions, "status", "what is versioned, and what has changed", "Tell what DVC holds, and its state.")
    parser.add_argument("paths", metavar="PATH", nargs="*", help="only these (all when left out)")
    parser.add_argument("--remote", action="store_true", help="ask the remote whether everything was pushed")
    _end(parser, _do_status)


def _add(actions: Any) -> None:
    about = "Version files and folders in one commit: data goes to DVC, code and text that people write to Git."
    parser = _verb(actions, "add", "version files and folders, in one commit", about)
    parser.add_argument("paths", metavar="PATH", nargs="+", help="file or folder, new or changed")
    parser.add_argument("-m", "--message", required=True, metavar="MSG", help="message of the commit")
    parser.add_argument("--to", choices=("dvc", "git"), help="where all of them go, instead of where each belongs")
    parser.add_argument(
        "--threshold", type=_bytes, metavar="BYTES", help="a file above this size is data, whatever it holds (10000000)"
    )
    _end(parser, _do_add)


def _history(actions: Any) -> None:
    parser = _verb(actions, "history", "all versions of a path, the newest first", "List the versions of a path.")
    parser.add_argument("path", metavar="PATH", help="file or folder; it may be gone from disk")
    _end(parser, _do_history)


def _diff(actions: Any) -> None:
    about = "Tell which files were added, removed and changed, from one version to another or to what is on disk."
    parser = _verb(actions, "diff", "files that differ between two versions", about)
    parser.add_argument("path", metavar="PATH", help="file or folder")
    parser.add_argument("rev", metavar="REV", help="the version before: a commit, tag or branch")
    parser.add_argument("after", metavar="REV", nargs="?", help="the version after (what is on disk when left out)")
    _end(parser, _do_diff)


def _restore(actions: Any) -> None:
    about = (
        "Bring an old version back. The present state is kept under refs/prodify/backup/ first; the answer names it."
    )
    parser = _verb(actions, "restore", "bring an old version back, after the present one was kept", about)
    parser.add_argument("path", metavar="PATH", help="file or folder; it may be gone from disk")
    parser.add_argument("--rev", required=True, metavar="REV", help="the version: a commit, tag, branch or backup")
    _end(parser, _do_restore)


def _move(actions: Any, name: str, saying: str, act: Act) -> None:
    parser = _verb(actions, name, saying, f"{saying[0].upper()}{saying[1:]}.")
    parser.add_argument("paths", metavar="PATH", nargs="*", help="only these (all when left out)")
    _end(parser, act)


def _commit(verbs: Any) -> None:
    parser = _verb(verbs, "commit", "one commit of exactly the named files", _COMMIT, _COMMIT_EXAMPLES)
    parser.add_argument("paths", metavar="PATH", nargs="+", help="file or folder, changed, new or removed")
    parser.add_argument("-m", "--message", required=True, metavar="MSG", help="message of the commit")
    parser.add_argument("--whole", action="store_true", help="take all of a file of which only a part is staged")
    _end(parser, _do_commit)


def _bytes(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise argparse.ArgumentTypeError(f"a number of bytes, not `{text}`")
    return int(text)


# -- what is done -----------------------------------------------------------------------------------------------------


def run(arguments: argparse.Namespace, act: Act) -> int:
    """Do it in the project of the first path, and tell what was done."""
    from jupyterlab_prodify.cli import data_report as report
    from jupyterlab_prodify.data.workspace import THRESHOLD, Workspace
    from jupyterlab_prodify.project.errors import ProjectError
    from jupyterlab_prodify.vcs.errors import VcsError

    bar = report.ProgressLine(sys.stderr)
    try:
        workspace = Workspace(
            _folder(arguments), getattr(arguments, "threshold", None) or THRESHOLD, on_progress=_shown_by(bar)
        )
        try:
            answer = act(arguments, workspace)
        finally:
            workspace.close()
            bar.end()
    except VcsError as error:
        report.refusal(error.code, error.message, error.remedy, error.paths, arguments.json)
        return REFUSED
    except ProjectError as error:
        paths = [error.path] if error.path else []
        report.refusal(error.code, error.message, error.remedy or "Check the path.", paths, arguments.json)
        return REFUSED
    report.answer(answer, arguments.json)
    return DONE


def _shown_by(bar: Any) -> Callable[[Progress], None]:
    return lambda progress: bar(progress)


def _folder(arguments: argparse.Namespace) -> Path:
    """The nearest folder that exists around the first path: its repository is meant."""
    first = _named(arguments)[:1]
    place = Path(os.path.abspath(first[0])) if first else Path.cwd()
    if not Path.cwd().is_relative_to(place):
        place = place.parent
    while not place.is_dir() and place != place.parent:
        place = place.parent
    return place


def _named(arguments: argparse.Namespace) -> list[str]:
    paths = [*getattr(arguments, "paths", []), *([arguments.path] if hasattr(arguments, "path") else [])]
    if any(not path or "\0" in path for path in paths):
        raise UsageError("a path is empty")
    return paths


def _paths(arguments: argparse.Namespace, workspace: Workspace) -> list[str]:
    return [workspace.path_of(Path(path)) for path in _named(arguments)]


def _message(arguments: argparse.Namespace) -> str:
    message = str(arguments.message)
    if not message.strip():
        raise UsageError("the message is empty")
    return message


def _do_status(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.versions import status

    return status(workspace, _paths(arguments, workspace), arguments.remote)


def _do_add(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.add import add

    return add(workspace, _paths(arguments, workspace), _message(arguments), arguments.to)


def _do_history(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.versions import history

    return history(workspace, _only(_paths(arguments, workspace)))


def _do_diff(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.versions import diff

    return diff(workspace, _only(_paths(arguments, workspace)), arguments.rev, arguments.after)


def _do_restore(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.restore import restore

    return restore(workspace, _only(_paths(arguments, workspace)), arguments.rev)


def _do_push(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.share import push

    return push(workspace, _paths(arguments, workspace))


def _do_pull(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.share import pull

    return pull(workspace, _paths(arguments, workspace))


def _do_commit(arguments: argparse.Namespace, workspace: Workspace) -> Any:
    from jupyterlab_prodify.data.add import commit

    return commit(workspace, _paths(arguments, workspace), _message(arguments), arguments.whole)


def _only(paths: Sequence[str]) -> str:
    return paths[0]
