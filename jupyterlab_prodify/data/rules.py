"""``.gitignore`` files: which line keeps data out of Git, and whether it can be written."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from jupyterlab_prodify.data.advice import names_for_dvc
from jupyterlab_prodify.data.errors import AdviceError, UnsavedRulesError
from jupyterlab_prodify.data.recovery import take_texts
from jupyterlab_prodify.data.workspace import Workspace

_SPECIAL = re.compile(r"([\[\]!*#?])")


def rules_of(path: str) -> str:
    """The ``.gitignore`` beside a path."""
    return str(PurePosixPath(path).parent / ".gitignore")


def line_for(path: str) -> str:
    """The line that DVC writes for a path into the ``.gitignore`` beside it."""
    return "/" + _SPECIAL.sub(r"\\\1", PurePosixPath(path).name)


def check_data(workspace: Workspace, data: Sequence[str], files: Sequence[str], leaving: Sequence[str] = ()) -> None:
    """``files`` are the ``.dvc`` files of the data; ``leaving`` is what Git still holds.

    Raises:
        DataError: the data lies outside of the DVC project, has a name that DVC cannot hold, or its ``.gitignore`` does
            not allow it.
    """
    if not data:
        return
    for path in data:
        workspace.dvc_path(path)
    bad = names_for_dvc(data)
    if bad:
        remedy = "Rename it, or put it into a folder and version that."
        raise AdviceError(f"DVC cannot hold the name {bad[0]!r}.", remedy, bad)
    ignored = sorted(workspace.repository.ignored(files))
    if ignored:
        remedy = "Change the `.gitignore`: ignore the data alone, not the folder around it."
        raise AdviceError(f"`{ignored[0]}` would be ignored by a `.gitignore`.", remedy, ignored)
    unsaved = [path for path in changed_rules(workspace, data) if not only_ours(workspace, path, data)]
    new = {*new_to_git(workspace, data), *leaving}
    if unsaved and any(rules_of(path) in unsaved for path in new):
        remedy = "Commit your changes to it first."
        raise UnsavedRulesError(f"`{unsaved[0]}` must get a line, and has changes of yours.", remedy, unsaved)


def new_to_git(workspace: Workspace, data: Sequence[str]) -> list[str]:
    """The data for which a ``.gitignore`` must get a line."""
    ignored = workspace.repository.ignored(data)
    return [path for path in data if path not in ignored]


def changed_rules(workspace: Workspace, data: Sequence[str]) -> list[str]:
    """The ``.gitignore`` files of the data that are not as in the last commit."""
    rules = {rules_of(path) for path in data}
    return [one.path for one in workspace.repository.status(rules) if one.path in rules] if rules else []


def only_ours(workspace: Workspace, rules: str, data: Sequence[str]) -> bool:
    """The changes of a ``.gitignore`` are the lines that DVC writes for the data, as after a `dvc add` by hand."""
    head = workspace.repository.head().commit
    before = (workspace.repository.file_at(head, rules) if head else None) or b""
    now = take_texts(workspace, [rules])[rules] or b""
    ours = {b"/" + os.fsencode(PurePosixPath(path).name) for path in data if rules_of(path) == rules}
    old, new = before.splitlines(), now.splitlines()
    return new[: len(old)] == old and all(line.replace(b"\\", b"") in ours for line in new[len(old) :])
