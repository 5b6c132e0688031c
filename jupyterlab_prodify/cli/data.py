"""``jupyter prodify data`` and ``jupyter prodify commit``: data and code, versioned together."""

from __future__ import annotations

import argparse
from typing import Any

from jupyterlab_prodify.cli import data_actions as actions_of
from jupyterlab_prodify.cli.data_actions import Act

_DESCRIPTION = """\
Version data with DVC and Git together, without harm to anything else in the repository.

Commits hold exactly the files of the action; what is staged stays staged. An old version comes back only after the
present one was kept. A changed file is never overwritten by a pull.
"""

_EXAMPLES = """\
examples:
  what would happen:      jupyter prodify data add data/raw.csv --dry-run
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

Data among them is versioned by DVC on the way. What else is staged stays staged and is not in the commit. A file that
is partly staged is refused, unless --whole says to take all of it.
"""

_COMMIT_EXAMPLES = """\
examples:
  jupyter prodify commit -m "Better features" src/pkg/features.py params.yaml data/raw.csv.dvc

--json prints exactly one object: {"commit", "paths", "notes"}, {"refusal": {...}} or {"error": {...}}.

exit codes: 0 done, 1 our fault, 2 wrong use, 3 refused
"""


def add_parser(verbs: Any) -> None:
    """Add both verbs to the program's parser."""
    data = _verb(verbs, "data", "version, restore and share data", _DESCRIPTION, _EXAMPLES)
    actions = data.add_subparsers(dest="action", metavar="ACTION", required=True, title="actions")
    _status(actions)
    _add(actions)
    _history(actions)
    _diff(actions)
    _compare(actions)
    _restore(actions)
    _changes(actions)
    _remotes(actions)
    _move(actions, "push", "send data to the remote, and verify that it is there", actions_of.push)
    _move(actions, "pull", "get data from the remote; changed files are never overwritten", actions_of.pull)
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
    parser.set_defaults(run=lambda arguments: actions_of.run(arguments, act))


def _status(actions: Any) -> None:
    parser = _verb(actions, "status", "what is versioned, and what has changed", "Tell what DVC holds, and its state.")
    parser.add_argument("paths", metavar="PATH", nargs="*", help="only these (all when left out)")
    parser.add_argument("--remote", action="store_true", help="ask the remote whether everything was pushed")
    _end(parser, actions_of.status)


def _add(actions: Any) -> None:
    about = "Version files and folders in one commit: data goes to DVC, code and text that people write to Git."
    parser = _verb(actions, "add", "version files and folders, in one commit", about)
    parser.add_argument("paths", metavar="PATH", nargs="+", help="file or folder, new or changed")
    parser.add_argument("-m", "--message", metavar="MSG", help="message of the commit; not needed with --dry-run")
    parser.add_argument("--to", choices=("dvc", "git"), help="where all of them go, instead of where each belongs")
    _choices(parser)
    parser.add_argument("--init", action="store_true", help="make a Git repository and a DVC project where they lack")
    parser.add_argument("--push", action="store_true", help="push the data before the commit is made")
    _remote(parser)
    parser.add_argument("--dry-run", action="store_true", help="print what would happen; nothing is hashed or written")
    _end(parser, actions_of.add)


def _choices(parser: Any) -> None:
    for name, saying in (("dvc", "DVC"), ("git", "Git")):
        about = f"a path that goes to {saying}, wherever it belongs; may be given again"
        parser.add_argument(f"--to-{name}", action="append", default=[], metavar="PATH", help=about)
    about = "a file above this size is data, whatever it holds (10000000)"
    parser.add_argument("--threshold", type=_bytes, metavar="BYTES", help=about)


def _remote(parser: Any) -> None:
    parser.add_argument("--remote", metavar="NAME", help="the remote of DVC (the default one when left out)")


def _history(actions: Any) -> None:
    parser = _verb(actions, "history", "all versions of a path, the newest first", "List the versions of a path.")
    parser.add_argument("path", metavar="PATH", help="file or folder; it may be gone from disk")
    _end(parser, actions_of.history)


def _diff(actions: Any) -> None:
    about = "Tell which files were added, removed and changed, from one version to another or to what is on disk."
    parser = _verb(actions, "diff", "files that differ between two versions", about)
    parser.add_argument("path", metavar="PATH", help="file or folder")
    parser.add_argument("rev", metavar="REV", help="the version before: a commit, tag or branch")
    parser.add_argument("after", metavar="REV", nargs="?", help="the version after (what is on disk when left out)")
    _end(parser, actions_of.diff)


def _compare(actions: Any) -> None:
    about = "Show two versions of a CSV, TSV or Parquet file side by side: rows, columns, and a summary of each column."
    parser = _verb(actions, "compare", "two versions of a table side by side", about)
    parser.add_argument("path", metavar="PATH", help="the table; it may lie in a versioned folder")
    parser.add_argument("rev", metavar="REV", help="the version before: a commit, tag or branch")
    parser.add_argument("after", metavar="REV", nargs="?", help="the version after (what is on disk when left out)")
    _end(parser, actions_of.compare)


def _changes(actions: Any) -> None:
    about = "List all that is not as in the last commit, by kind: code, notebooks, data, parameters, metrics."
    _end(_verb(actions, "changes", "all that can be committed, by kind", about), actions_of.changes)


def _remotes(actions: Any) -> None:
    about = "List, add and choose remotes. Credentials are never taken: they stay where DVC and the cloud keep them."
    parser = _verb(actions, "remote", "where data is shared", about)
    verbs = parser.add_subparsers(dest="verb_of_remote", metavar="ACTION", required=True, title="actions")
    _end(_verb(verbs, "list", "all remotes", "List all remotes."), actions_of.remotes)
    about = "Add a remote to the project's settings (`.dvc/config`). The first one is the default one."
    add = _verb(verbs, "add", "add a remote", about)
    add.add_argument("name", metavar="NAME", help="how it is called")
    add.add_argument("url", metavar="URL", help="a folder, or s3://, ssh://, gs://, azure:// as DVC names them")
    add.add_argument("--endpoint-url", metavar="URL", help="the address of a server that speaks S3")
    about = "an option as DVC names it, such as region or profile; may be given again"
    add.add_argument("--set", action="append", default=[], metavar="OPTION=VALUE", help=about)
    add.add_argument("--default", action="store_true", help="use it where no remote is named")
    _end(add, actions_of.add_remote)
    default = _verb(verbs, "default", "use a remote where none is named", "Use a remote where none is named.")
    default.add_argument("name", metavar="NAME", help="one of `data remote list`")
    _end(default, actions_of.set_default)


def _restore(actions: Any) -> None:
    about = (
        "Bring an old version back. The present state is kept under refs/prodify/backup/ first; the answer names it."
    )
    parser = _verb(actions, "restore", "bring an old version back, after the present one was kept", about)
    parser.add_argument("path", metavar="PATH", help="file or folder; it may be gone from disk")
    parser.add_argument("--rev", required=True, metavar="REV", help="the version: a commit, tag, branch or backup")
    _end(parser, actions_of.restore)


def _move(actions: Any, name: str, saying: str, act: Act) -> None:
    parser = _verb(actions, name, saying, f"{saying[0].upper()}{saying[1:]}.")
    parser.add_argument("paths", metavar="PATH", nargs="*", help="only these (all when left out)")
    _remote(parser)
    if name == "push":
        parser.add_argument("--git", action="store_true", help="push the branch as well, when all data is there")
    _end(parser, act)


def _commit(verbs: Any) -> None:
    parser = _verb(verbs, "commit", "one commit of exactly the named files", _COMMIT, _COMMIT_EXAMPLES)
    parser.add_argument("paths", metavar="PATH", nargs="+", help="file or folder, changed, new or removed")
    parser.add_argument("-m", "--message", required=True, metavar="MSG", help="message of the commit")
    parser.add_argument("--whole", action="store_true", help="take all of a file of which only a part is staged")
    _choices(parser)
    _end(parser, actions_of.commit)


def _bytes(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise argparse.ArgumentTypeError(f"a number of bytes, not `{text}`")
    return int(text)
