"""New versions of data and files: the content is hashed and kept first, then ONE commit names it.

A file that DVC already holds unchanged is not hashed again. Where anything fails, or the action is cancelled, the
``.dvc`` and ``.gitignore`` files are as before; the data itself is never touched.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jupyterlab_prodify.api.data import AddedData, DataAdded, DataAdvice, DataKind, PathsCommitted
from jupyterlab_prodify.api.data_plan import Initialise
from jupyterlab_prodify.data import restore
from jupyterlab_prodify.data.advice import advise_on, ground_of
from jupyterlab_prodify.data.errors import AdviceError
from jupyterlab_prodify.data.initialise import dvc_project
from jupyterlab_prodify.data.items import dvc_items
from jupyterlab_prodify.data.kinds import Kinds
from jupyterlab_prodify.data.recovery import Journal, Texts, close_journal, put_back, remove_unfinished, take_texts
from jupyterlab_prodify.data.rules import changed_rules, check_data, only_ours, rules_of
from jupyterlab_prodify.data.share import send
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.commit import Commit, commit_paths
from jupyterlab_prodify.vcs.dvc_file import SUFFIX
from jupyterlab_prodify.vcs.errors import NothingToCommitError
from jupyterlab_prodify.vcs.git import folders_of, is_below

Choice = DataKind

INDEX_BEHIND = "The index was locked, so it still shows the old files; the next action repairs it."


@dataclass(frozen=True)
class Wishes:
    """How a person wants it. ``choices`` are by path; ``advised``, which is for commits, sends new data without a
    choice where it belongs, else only what is over the threshold goes to DVC. ``whole`` takes all of a file of which
    a part is staged. With ``push`` the data is in the remote before the commit is made."""

    choices: Mapping[str, DataKind] = field(default_factory=dict)
    initialise: Collection[Initialise] = ()
    advised: bool = False
    whole: bool = False
    push: bool = False
    remote: str | None = None


def add(
    workspace: Workspace, paths: Sequence[str], message: str, to: Choice | None = None, wishes: Wishes | None = None
) -> DataAdded:
    """Version ``paths``: each where it belongs or where ``wishes`` say, or all ``to`` the same.

    Raises:
        AdviceError: a path cannot or should not be versioned.
        VcsError: Git or DVC cannot do it now; things are as before.
    """
    wishes = wishes or Wishes()
    choices = dict.fromkeys(paths, to) if to is not None else dict(wishes.choices)
    with workspace.writing():
        notes = restore.recover(workspace)
        ground = ground_of(workspace, paths)
        chosen = [_decided(advise_on(ground, path, choices.get(path)), choices) for path in dict.fromkeys(paths)]
        files, made = _version(workspace, chosen, message, wishes)
    added = [_added(one, files) for one in chosen]
    if made is not None and not made.index_follows:
        notes.append(INDEX_BEHIND)
    return DataAdded(made.commit if made else None, added, list(made.paths) if made else [], notes)


def commit(
    workspace: Workspace,
    paths: Sequence[str],
    message: str,
    take_partly_staged: bool = False,
    wishes: Wishes | None = None,
) -> PathsCommitted:
    """One commit of exactly these paths, as they are on disk; data among them is versioned by DVC on the way.

    Raises:
        VcsError: it cannot be made; nothing was committed.
    """
    wishes = wishes or Wishes(whole=take_partly_staged)
    with workspace.writing():
        notes = restore.recover(workspace)
        chosen = _for_commit(workspace, list(dict.fromkeys(paths)), wishes)
        _, made = _version(workspace, chosen, message, wishes)
    if made is None:
        named = ", ".join(f"`{path}`" for path in paths[:3])
        raise NothingToCommitError(f"{named} is as in the last commit.", "Nothing is to be done.", paths)
    if not made.index_follows:
        notes.append(INDEX_BEHIND)
    return PathsCommitted(made.commit, list(made.paths), notes)


# -- what goes where --------------------------------------------------------------------------------------------------


def _decided(advice: DataAdvice, choices: Mapping[str, DataKind]) -> DataAdvice:
    check_advice(advice, choices.get(advice.path))
    return advice


def check_advice(advice: DataAdvice, choice: DataKind | None) -> None:
    """
    Raises:
        AdviceError: the path cannot go there, or should not go anywhere.
    """
    if advice.to == "impossible":
        raise AdviceError(f"`{advice.path}` cannot be versioned: {advice.reason}.", "Leave it out.", [advice.path])
    if choice is not None and choice not in advice.options:
        if advice.tracked is None:
            remedy = "Rename it, or put it into a folder and version that."
            raise AdviceError(f"DVC cannot hold the name {advice.path!r}.", remedy, [advice.path])
        other = {"dvc": "DVC", "git": "Git"}[advice.tracked]
        raise AdviceError(f"{other} holds `{advice.path}` already.", "Leave out `--to`.", [advice.path])
    if advice.chosen is None:
        remedy = "Leave it out, or say where it should go with `--to`."
        raise AdviceError(f"`{advice.path}` should not be versioned: {advice.reason}.", remedy, [advice.path])


def _for_commit(workspace: Workspace, paths: Sequence[str], wishes: Wishes) -> list[DataAdvice]:
    """What is named goes to Git, except data: of DVC already, or new and where the project keeps data with DVC."""
    choices = wishes.choices
    ground, kinds = ground_of(workspace, paths), Kinds(workspace)
    chosen: dict[str, DataAdvice] = {}
    for path in paths:
        advice = advise_on(ground, path, choices.get(path))
        if path in choices and advice.to != "impossible":
            check_advice(advice, choices[path])
        is_data = advice.chosen == "dvc" and (wishes.advised or advice.size > workspace.threshold)
        new_data = advice.tracked is None and is_data and workspace.has_dvc and not kinds.is_for_git(path, advice.size)
        kind: DataKind = "dvc" if advice.tracked == "dvc" or new_data or choices.get(path) == "dvc" else "git"
        if advice.files == 0 or (workspace.place(path).is_dir() and advice.tracked != "dvc" and path not in choices):
            kind = "git"
        chosen[path] = DataAdvice(path, kind, "chosen", advice.size, advice.files, advice.tracked, chosen=kind)
    for item in dvc_items(workspace) if workspace.has_dvc else []:
        if item.path not in chosen and is_below(item.path, chosen.keys()) and workspace.place(item.path).exists():
            chosen[item.path] = DataAdvice(item.path, "dvc", "chosen", 0, 0, "dvc", chosen="dvc")
    return list(chosen.values())


def file_for(workspace: Workspace, path: str) -> str:
    """The ``.dvc`` file that names the path: of the versioned folder around it, else of its own."""
    around = [place + SUFFIX for place in folders_of(path)]
    return next((file for file in around if workspace.place(file).is_file()), path + SUFFIX)


def leaving_git(chosen: Sequence[DataAdvice]) -> list[str]:
    """Those that Git holds now, and DVC from now on."""
    return [one.path for one in chosen if one.chosen == "dvc" and one.tracked == "git"]


# -- hashing and the commit -------------------------------------------------------------------------------------------


def _version(
    workspace: Workspace, chosen: Sequence[DataAdvice], message: str, wishes: Wishes
) -> tuple[dict[str, str], Commit | None]:
    """The ``.dvc`` files by path, and the commit; None where all was versioned already."""
    head = workspace.repository.check_can_commit().commit
    data = [one.path for one in chosen if one.chosen == "dvc"]
    in_git = [one.path for one in chosen if one.chosen == "git"]
    leaving = leaving_git(chosen)
    with dvc_project(workspace, bool(data) and "dvc" in wishes.initialise) as new_files:
        check_data(workspace, data, [file_for(workspace, path) for path in data], leaving)
        before = take_texts(workspace, _texts(workspace, data))
        with _journal(workspace, before, head):
            files = _hash(workspace, data, leaving)
            if wishes.push:
                send(workspace, sorted(set(files.values())), wishes.remote)
            made = _commit(workspace, before, files, [*new_files, *in_git], leaving, message, wishes.whole)
    return files, made


@contextlib.contextmanager
def _journal(workspace: Workspace, before: Texts, head: str | None) -> Iterator[None]:
    """While the journal stands, a killed process is known; where the action fails, small files are as before."""
    repository = workspace.repository
    Journal.of("add", before).save(repository)
    try:
        yield
    except BaseException:
        # After the commit was made, as when it is cancelled in its last moment, the files are what it names.
        if repository.head().commit == head:
            for path, text in before.items():
                put_back(workspace, path, text)
        remove_unfinished(workspace)
        close_journal(repository)  # not where that failed: then the next action says so
        raise
    close_journal(repository)


def _texts(workspace: Workspace, data: Sequence[str]) -> list[str]:
    """Small files that DVC may write: for data inside a versioned folder they are those of the folder."""
    places = [place for path in data for place in [path, *folders_of(path)]]
    found = [place + SUFFIX for place in data]
    found += [place + SUFFIX for place in places if workspace.place(place + SUFFIX).is_file()]
    found += [rules_of(place) for place in places]
    return list(dict.fromkeys(found))


def _hash(workspace: Workspace, data: Sequence[str], leaving: Sequence[str]) -> dict[str, str]:
    """Let DVC take the data; the ``.dvc`` file by path."""
    if not data:
        return {}
    given = {"leaving": [workspace.dvc_path(path) for path in leaving]} if leaving else {}
    found = workspace.dvc("add", paths=[workspace.dvc_path(path) for path in data], **given)
    files = {workspace.from_dvc(path): workspace.from_dvc(file) for path, file in found}
    leaking = set(data) - workspace.repository.ignored(data)
    if leaking:
        path = sorted(leaking)[0]
        remedy = "Rename it, or add a rule to the `.gitignore` by hand."
        raise AdviceError(f"Git would still see `{path}` beside its `.dvc` file.", remedy, [path])
    return files


def _commit(
    workspace: Workspace,
    before: Texts,
    files: dict[str, str],
    in_git: Sequence[str],
    leaving: Sequence[str],
    message: str,
    whole: bool,
) -> Commit | None:
    now = take_texts(workspace, list(before))
    changed = [path for path, text in now.items() if text != before[path]]
    changed += [path for path in changed_rules(workspace, list(files)) if only_ours(workspace, path, list(files))]
    paths = [*dict.fromkeys([*files.values(), *changed]), *in_git]
    workspace.begin("commit")
    try:
        return commit_paths(workspace.repository, paths, message, whole, leaving)
    except NothingToCommitError:
        return None


def _added(one: DataAdvice, files: dict[str, str]) -> AddedData:
    if one.chosen == "dvc":
        return AddedData(one.path, "dvc", files[one.path], one.size, one.files)
    return AddedData(one.path, "git", one.path, one.size, one.files)
