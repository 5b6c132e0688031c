"""Status, history and differences. Nothing is written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from jupyterlab_prodify.api.data import DataDiff, DataHistory, DataState, DataStatus, DataVersion, TrackedData
from jupyterlab_prodify.data.errors import NoSuchVersionError
from jupyterlab_prodify.data.items import Item, dvc_items, find_item, output_at
from jupyterlab_prodify.data.recovery import open_journal
from jupyterlab_prodify.data.verdicts import Verdicts
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.dvc_file import Output, listing
from jupyterlab_prodify.vcs.errors import DataMissingError
from jupyterlab_prodify.vcs.git import LogEntry, is_below

# -- status -----------------------------------------------------------------------------------------------------------


def status(workspace: Workspace, paths: Sequence[str] = (), in_remote: bool = False) -> DataStatus:
    """What DVC holds, below ``paths`` where some are given; ``in_remote`` looks also whether it was pushed."""
    differing = workspace.repository.status()
    items = [item for item in dvc_items(workspace, differing) if not paths or _meant(item, paths)]
    on_disk = [item for item in items if workspace.place(item.file).is_file()]
    there = [item for item in on_disk if os.path.lexists(workspace.place(item.path))]
    changed = workspace.kept(Verdicts).changed(workspace, there) if there else set()
    unpushed = _unpushed(workspace, on_disk) if in_remote else None
    facts = _Facts(changed, unpushed, {one.path for one in differing})
    last = workspace.kept(_LastVersions).of(workspace, [item.file for item in items])
    return DataStatus([_tracked(workspace, item, facts, last.get(item.file)) for item in items], interrupted(workspace))


def _unpushed(workspace: Workspace, items: Sequence[Item]) -> set[str]:
    files = [workspace.dvc_path(item.file) for item in items]
    return {workspace.from_dvc(path) for path in workspace.dvc("unpushed", files=files)} if files else set()


class _Facts:
    def __init__(self, changed: set[str], unpushed: set[str] | None, uncommitted: set[str]) -> None:
        self._changed, self._unpushed, self._uncommitted = changed, unpushed, uncommitted

    def state(self, item: Item, exists: bool) -> DataState:
        if not exists:
            return "missing"
        if item.path in self._changed or item.file in self._uncommitted:
            return "changed"
        return "not_pushed" if self.pushed(item) is False else "unchanged"

    def pushed(self, item: Item) -> bool | None:
        if self._unpushed is None:
            return None
        return not any(is_below(path, {item.path}) for path in self._unpushed)


def _tracked(workspace: Workspace, item: Item, facts: _Facts, last: tuple[str, str] | None) -> TrackedData:
    output = output_at(workspace, item, None) or output_at(workspace, item, "HEAD")
    exists = os.path.lexists(workspace.place(item.path))
    rev, date = last or (None, None)
    size, files = (output.size, output.files) if output else (None, None)
    return TrackedData(item.path, item.kind, facts.state(item, exists), size, files, rev, date, facts.pushed(item))


def _meant(item: Item, paths: Iterable[str]) -> bool:
    wanted = set(paths)
    return is_below(item.path, wanted) or is_below(item.file, wanted) or any(is_below(p, {item.path}) for p in wanted)


def interrupted(workspace: Workspace) -> list[str]:
    """What a person should know of an action that was interrupted. Nothing is repaired."""
    journal = open_journal(workspace.repository)
    if journal is None:
        return []
    if journal.action != "restore":
        return ["An action was interrupted, or is under way. No data is lost; the next action repairs what it left."]
    return [
        f"A restore of {journal.about} to {journal.rev} was interrupted, or is under way. "
        f"The state before it is {journal.backup}; the next action finishes it."
    ]


class _LastVersions:
    """Reading the history is slow where it is long; it changes with the commit that is checked out."""

    def __init__(self) -> None:
        self._key: tuple[str | None, tuple[str, ...]] | None = None
        self._found: dict[str, tuple[str, str]] = {}

    def of(self, workspace: Workspace, files: Sequence[str]) -> dict[str, tuple[str, str]]:
        key = (workspace.repository.commit(), tuple(files))
        if key != self._key:
            self._found = last_versions(workspace, files)
            self._key = key
        return self._found


def last_versions(workspace: Workspace, files: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The last commit that changed each file, and its date."""
    repository = workspace.repository
    if not files or repository.head().commit is None:
        return {}
    found: dict[str, tuple[str, str]] = {}
    commit, date = "", ""
    out = repository.read("log", "-z", "--name-only", "--no-renames", "--format=%x01%H %aI", "HEAD", "--", *files)
    for token in out.split(b"\0"):
        if token.startswith(b"\x01"):
            commit, _, date = token[1:].decode("ascii").strip().partition(" ")
        elif token.strip(b"\n"):
            found.setdefault(os.fsdecode(token.removeprefix(b"\n")), (commit, date))
    return found


# -- history ----------------------------------------------------------------------------------------------------------


def history(workspace: Workspace, path: str) -> DataHistory:
    """Versions of a path, the newest first. Commits that leave its content as it was are not versions.

    Raises:
        NotVersionedError: it has none.
    """
    item = find_item(workspace, path)
    entries = workspace.repository.log([item.file])
    versions = _dvc_versions if item.kind == "dvc" else _git_versions
    return DataHistory(list(versions(workspace, item, entries)))


def _dvc_versions(workspace: Workspace, item: Item, entries: Sequence[LogEntry]) -> Iterator[DataVersion]:
    outputs = [output_at(workspace, item, entry.commit) for entry in entries]
    older: list[Output | None] = [*outputs[1:], None]
    for entry, output, before in zip(entries, outputs, older, strict=True):
        if output is not None and (before is None or output.hash != before.hash):
            yield _version(entry, output.size, output.files)


def _git_versions(workspace: Workspace, item: Item, entries: Sequence[LogEntry]) -> Iterator[DataVersion]:
    for entry in entries:
        out = workspace.repository.read("ls-tree", "-r", "-l", "-z", "--full-tree", entry.commit, "--", item.path)
        sizes = [record.split(b"\t", 1)[0].split()[3] for record in out.split(b"\0") if record]
        if sizes:
            yield _version(entry, sum(int(size) for size in sizes if size.isdigit()), len(sizes))


def _version(entry: LogEntry, size: int | None, files: int | None) -> DataVersion:
    return DataVersion(entry.commit, entry.date, entry.author, entry.message, size, files)


# -- differences ------------------------------------------------------------------------------------------------------


def diff(workspace: Workspace, path: str, before: str, after: str | None = None) -> DataDiff:
    """Files added, removed and changed from one version to another, or to what is on disk.

    Raises:
        NoSuchRevisionError, NoSuchVersionError, NotVersionedError: there is no such version.
        DataMissingError: the cache does not know which files a version holds.
    """
    item = find_item(workspace, path)
    old_commit = workspace.repository.resolve(before)
    new_commit = workspace.repository.resolve(after) if after is not None else None
    known = _dvc_files if item.kind == "dvc" else _git_files
    old, new = known(workspace, item, old_commit), known(workspace, item, new_commit)
    return DataDiff(
        item.path,
        old_commit,
        new_commit,
        added=sorted(new.keys() - old.keys()),
        removed=sorted(old.keys() - new.keys()),
        changed=sorted(name for name in old.keys() & new.keys() if old[name] != new[name]),
    )


def _dvc_files(workspace: Workspace, item: Item, commit: str | None) -> dict[str, str]:
    output = output_at(workspace, item, commit)
    if output is None:
        where = commit[:10] if commit else "the project"
        raise NoSuchVersionError(f"`{item.path}` is not in {where}.", "Take a version of its history.", [item.path])
    known = listing(workspace.cache, output)
    if known is None:
        message = f"The cache does not know which files `{item.path}` holds in {(commit or 'the project')[:11]}."
        raise DataMissingError(message, "Pull this version first.", [item.path])
    files = {f"{item.path}/{name}" if name else item.path: oid for name, oid in known.items()}
    return files if commit is not None else _as_on_disk(workspace, item, files)


def _as_on_disk(workspace: Workspace, item: Item, files: dict[str, str]) -> dict[str, str]:
    found = workspace.dvc("changed_files", file=workspace.dvc_path(item.file))
    gone = {workspace.from_dvc(path) for path in found["removed"]}
    now = {path: oid for path, oid in files.items() if not is_below(path, gone)}
    return now | {workspace.from_dvc(path): "as on disk" for path in [*found["added"], *found["changed"]]}


def _git_files(workspace: Workspace, item: Item, commit: str | None) -> dict[str, str]:
    repository = workspace.repository
    if commit is not None:
        return {path: entry.object for path, entry in repository.committed(commit, [item.path]).items()}
    files = {path: entry.object for path, entry in repository.committed("HEAD", [item.path]).items()}
    for one in repository.status([item.path]):
        if os.path.lexists(workspace.place(one.path)):
            files[one.path] = "as on disk"
        else:
            files.pop(one.path, None)
    return files
