"""New versions of data and files: the content is hashed and kept first, then ONE commit names it.

A file that DVC already holds unchanged is not hashed again. Where anything fails, or the action is cancelled, the
``.dvc`` and ``.gitignore`` files are as before; the data itself is never touched.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Literal

from jupyterlab_prodify.api.data import AddedData, DataAdded, DataAdvice, PathsCommitted
from jupyterlab_prodify.data import restore
from jupyterlab_prodify.data.advice import advise, names_for_dvc
from jupyterlab_prodify.data.errors import AdviceError, UnsavedRulesError
from jupyterlab_prodify.data.recovery import Journal, Texts, close_journal, put_back, take_texts
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.commit import Commit, commit_paths
from jupyterlab_prodify.vcs.dvc_file import SUFFIX
from jupyterlab_prodify.vcs.errors import NothingToCommitError
from jupyterlab_prodify.vcs.git import folders_of

Choice = Literal["dvc", "git"]

INDEX_BEHIND = "The index was locked, so it still shows the old files; the next action repairs it."


def add(workspace: Workspace, paths: Sequence[str], message: str, to: Choice | None = None) -> DataAdded:
    """Version ``paths``: each where it belongs, or all ``to`` the same.

    Raises:
        AdviceError: a path cannot or should not be versioned.
        VcsError: Git or DVC cannot do it now; things are as before.
    """
    with workspace.writing():
        notes = restore.recover(workspace)
        workspace.repository.check_can_commit()
        chosen = [_decide(advise(workspace, path), to) for path in dict.fromkeys(paths)]
        data = [one.path for one in chosen if one.to == "dvc"]
        _check_data(workspace, data)
        before = take_texts(workspace, _texts(workspace, data))
        Journal.of("add", before).save(workspace.repository)
        try:
            files = _hash(workspace, data)
            made = _commit(workspace, before, files, [one.path for one in chosen if one.to == "git"], message)
        except BaseException:
            for path, text in before.items():
                put_back(workspace, path, text)
            close_journal(workspace.repository)  # not where that failed: then the next action says so
            raise
        close_journal(workspace.repository)
    added = [_added(one, files) for one in chosen]
    if made is not None and not made.index_follows:
        notes.append(INDEX_BEHIND)
    return DataAdded(made.commit if made else None, added, list(made.paths) if made else [], notes)


def commit(
    workspace: Workspace, paths: Sequence[str], message: str, take_partly_staged: bool = False
) -> PathsCommitted:
    """One commit of exactly these paths, as they are on disk.

    Raises:
        VcsError: it cannot be made; nothing was committed.
    """
    with workspace.writing():
        notes = restore.recover(workspace)
        made = commit_paths(workspace.repository, paths, message, take_partly_staged)
    if not made.index_follows:
        notes.append(INDEX_BEHIND)
    return PathsCommitted(made.commit, list(made.paths), notes)


def _decide(advice: DataAdvice, to: Choice | None) -> DataAdvice:
    if advice.to == "impossible":
        raise AdviceError(f"`{advice.path}` cannot be versioned: {advice.reason}.", "Leave it out.", [advice.path])
    if advice.to == "ignore" and to is None:
        remedy = "Leave it out, or say where it should go with `--to`."
        raise AdviceError(f"`{advice.path}` should not be versioned: {advice.reason}.", remedy, [advice.path])
    if to is None or to == advice.to:
        return advice
    if advice.tracked is not None:
        other = {"dvc": "DVC", "git": "Git"}[advice.tracked]
        raise AdviceError(f"{other} holds `{advice.path}` already.", "Leave out `--to`.", [advice.path])
    return DataAdvice(advice.path, to, "chosen", advice.size, advice.files)


def _check_data(workspace: Workspace, data: Sequence[str]) -> None:
    if not data:
        return
    for path in data:
        workspace.dvc_path(path)
    bad = names_for_dvc(data)
    if bad:
        remedy = "Rename it, or put it into a folder and version that."
        raise AdviceError(f"DVC cannot hold the name {bad[0]!r}.", remedy, bad)
    files = [_file_for(workspace, path) for path in data]
    ignored = sorted(workspace.repository.ignored(files))
    if ignored:
        remedy = "Change the `.gitignore`: ignore the data alone, not the folder around it."
        raise AdviceError(f"`{ignored[0]}` would be ignored by a `.gitignore`.", remedy, ignored)
    unsaved = [path for path in _changed_rules(workspace, data) if not _only_ours(workspace, path, data)]
    new = set(data) - workspace.repository.ignored(data)
    if unsaved and any(_rules_of(path) in unsaved for path in new):
        remedy = "Commit your changes to it first."
        raise UnsavedRulesError(f"`{unsaved[0]}` must get a line, and has changes of yours.", remedy, unsaved)


def _file_for(workspace: Workspace, path: str) -> str:
    """The ``.dvc`` file that will name the path: of the versioned folder around it, else of its own."""
    around = [place + SUFFIX for place in folders_of(path)]
    return next((file for file in around if workspace.place(file).is_file()), path + SUFFIX)


def _rules_of(path: str) -> str:
    return str(PurePosixPath(path).parent / ".gitignore")


def _changed_rules(workspace: Workspace, data: Sequence[str]) -> list[str]:
    """The ``.gitignore`` files of the data that are not as in the last commit."""
    rules = {_rules_of(path) for path in data}
    return [one.path for one in workspace.repository.status(rules) if one.path in rules] if rules else []


def _only_ours(workspace: Workspace, rules: str, data: Sequence[str]) -> bool:
    """The changes of a ``.gitignore`` are the lines that DVC writes for the data, as after a `dvc add` by hand."""
    head = workspace.repository.head().commit
    before = (workspace.repository.file_at(head, rules) if head else None) or b""
    now = take_texts(workspace, [rules])[rules] or b""
    ours = {b"/" + os.fsencode(PurePosixPath(path).name) for path in data if _rules_of(path) == rules}
    old, new = before.splitlines(), now.splitlines()
    return new[: len(old)] == old and all(line.replace(b"\\", b"") in ours for line in new[len(old) :])


def _texts(workspace: Workspace, data: Sequence[str]) -> list[str]:
    """Small files that DVC may write: for data inside a versioned folder they are those of the folder."""
    places = [place for path in data for place in [path, *folders_of(path)]]
    found = [place + SUFFIX for place in data]
    found += [place + SUFFIX for place in places if workspace.place(place + SUFFIX).is_file()]
    found += [str(PurePosixPath(place).parent / ".gitignore") for place in places]
    return list(dict.fromkeys(found))


def _hash(workspace: Workspace, data: Sequence[str]) -> dict[str, str]:
    """Let DVC take the data; the ``.dvc`` file by path."""
    if not data:
        return {}
    found = workspace.dvc("add", paths=[workspace.dvc_path(path) for path in data])
    files = {workspace.from_dvc(path): workspace.from_dvc(file) for path, file in found}
    leaking = set(data) - workspace.repository.ignored(data)
    if leaking:
        path = sorted(leaking)[0]
        remedy = "Rename it, or add a rule to the `.gitignore` by hand."
        raise AdviceError(f"Git would still see `{path}` beside its `.dvc` file.", remedy, [path])
    return files


def _commit(
    workspace: Workspace, before: Texts, files: dict[str, str], in_git: Sequence[str], message: str
) -> Commit | None:
    now = take_texts(workspace, list(before))
    changed = [path for path, text in now.items() if text != before[path]]
    changed += [path for path in _changed_rules(workspace, list(files)) if _only_ours(workspace, path, list(files))]
    try:
        return commit_paths(workspace.repository, [*dict.fromkeys([*files.values(), *changed]), *in_git], message)
    except NothingToCommitError:
        return None


def _added(one: DataAdvice, files: dict[str, str]) -> AddedData:
    if one.to == "dvc":
        return AddedData(one.path, "dvc", files[one.path], one.size, one.files)
    return AddedData(one.path, "git", one.path, one.size, one.files)
