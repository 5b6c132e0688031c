"""ONE commit of exactly the chosen paths; the person's index keeps everything else that is staged in it.

1. An index of our own starts as the last commit and takes the chosen paths.
2. A journal notes what the person's index holds for these paths.
3. ``git commit`` runs on our index, with the person's hooks and signing.
4. Its parent must be the commit that the index was made from, and it must hold the chosen paths alone; else the branch
   goes back (compare and swap), and nothing has happened.
5. ``git reset -- paths`` lets the person's index follow, and the journal goes.

A process that dies before 3 is over has changed nothing. One that dies later leaves an index that still shows the old
files as staged; ``recover_commit`` does step 5 for it.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from jupyterlab_prodify.vcs.errors import (
    BranchMovedError,
    ConflictedError,
    GitError,
    HookError,
    IgnoredPathError,
    IndexLockedError,
    NestedRepositoryError,
    NothingToCommitError,
    PartlyStagedError,
    PathError,
    SigningError,
    VcsError,
)
from jupyterlab_prodify.vcs.git import FileStatus, Head, IndexEntry, Repository, folders_of
from jupyterlab_prodify.vcs.own_index import own_folder, own_index, remove_own_index
from jupyterlab_prodify.vcs.processes import Finished

_TRIES = 3
_INDEX_TRIES = 20
_INDEX_PAUSE = 0.1
_NEW_COMMIT = re.compile(rb"^\[[^\[\]\n]*?([0-9a-f]{40}(?:[0-9a-f]{24})?)\] ", re.MULTILINE)
_COMMIT_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg")
_SUBMODULE = "160000"


@dataclass(frozen=True)
class Commit:
    """A commit that was made. ``index_follows`` is False when the person's index was locked: it still shows the old
    files, and the next action repairs it."""

    commit: str
    paths: tuple[str, ...]
    index_follows: bool = True


def commit_paths(
    repository: Repository,
    paths: Iterable[str],
    message: str,
    take_partly_staged: bool = False,
    forget: Iterable[str] = (),
) -> Commit:
    """Commit these files, and those below these folders, as they are on disk.

    Files that are gone are committed as removed. ``take_partly_staged`` commits files that are partly staged whole.
    What is at or below ``forget`` stays on disk, and is in Git no more.

    Raises:
        VcsError: see ``errors``; nothing was committed, and the person's index is as it was.
    """
    if not message.strip():
        raise PathError("The commit has no message.", "Give one.")
    recover_commit(repository)
    for attempt in range(_TRIES):
        head = repository.check_can_commit()
        forgotten = _forgotten(repository, forget, take_partly_staged)
        chosen = choose(repository, paths, take_partly_staged)
        try:
            return _commit(repository, head, chosen, forgotten, message)
        except BranchMovedError:
            if attempt == _TRIES - 1:
                raise
    raise AssertionError


# -- the chosen paths -------------------------------------------------------------------------------------------------


def choose(repository: Repository, paths: Iterable[str], take_partly_staged: bool) -> list[str]:
    """The files that are meant, each of which can be committed.

    Raises:
        PathError, PartlyStagedError, ConflictedError: one cannot; nothing has happened.
    """
    wanted = [path.rstrip("/") or "." for path in dict.fromkeys(paths)]
    _check_places(repository, wanted)
    changed = repository.status(wanted)
    _check_conflicts(changed)
    if not take_partly_staged:
        _check_partly([one for one in changed if one.partly_staged])
    chosen = [one.path for one in changed if not one.path.endswith("/")]
    if not chosen:
        raise NothingToCommitError(f"{_named(wanted)} is as in the last commit.", "Nothing is to be done.", wanted)
    return chosen


def _forgotten(repository: Repository, places: Iterable[str], take_partly_staged: bool) -> list[str]:
    """The files that Git holds at or below these places.

    Raises:
        PartlyStagedError, ConflictedError: the person's index holds something else of one of them.
    """
    wanted = list(dict.fromkeys(places))
    if not wanted:
        return []
    changed = repository.status(wanted)
    _check_conflicts(changed)
    if not take_partly_staged:
        _check_partly([one for one in changed if one.partly_staged])
    return list(repository.tracked(wanted))


def _check_places(repository: Repository, wanted: Sequence[str]) -> None:
    tracked = repository.tracked(wanted)
    known = {".", *tracked, *(folder for path in tracked for folder in folders_of(path))}
    for path in wanted:
        _check_place(repository, path, tracked)
        if path not in known and not os.path.lexists(repository.root / path):
            raise PathError(f"There is no `{path}`, in the folder or in the last commit.", "Check the path.", [path])
    ignored = sorted(repository.ignored(path for path in wanted if path not in known))
    if ignored:
        remedy = "Choose another path, or change the `.gitignore`."
        raise IgnoredPathError(f"{_named(ignored)} is ignored by a `.gitignore`.", remedy, ignored)


def _check_place(repository: Repository, path: str, tracked: Mapping[str, IndexEntry]) -> None:
    place = repository.root / path
    for folder in [place, *place.parents]:
        if folder == repository.root:
            break
        if os.path.lexists(folder / ".git") and not _is_submodule(repository, folder, path, tracked):
            remedy = "Commit it in its own repository."
            raise NestedRepositoryError(f"`{path}` lies in another repository.", remedy, [path])
    if any(folder.is_symlink() for folder in _between(repository.root, place)):
        raise PathError(f"`{path}` lies behind a symbolic link.", "Name the file where it really is.", [path])


def _is_submodule(repository: Repository, folder: Path, path: str, tracked: Mapping[str, IndexEntry]) -> bool:
    """The path is the submodule itself, whose commit can be chosen; not a file inside it."""
    return folder == repository.root / path and path in tracked and tracked[path].mode == _SUBMODULE


def _between(root: Path, place: Path) -> list[Path]:
    return [folder for folder in place.parents if folder != root and folder.is_relative_to(root)]


def _check_conflicts(changed: Sequence[FileStatus]) -> None:
    conflicted = [one.path for one in changed if one.staged == "U"]
    if conflicted:
        raise ConflictedError(f"{_named(conflicted)} has conflicts.", "Resolve them first.", conflicted)


def _check_partly(changed: Sequence[FileStatus]) -> None:
    if changed:
        partly = [one.path for one in changed]
        remedy = "Stage the rest or unstage it; or choose to commit the whole file."
        raise PartlyStagedError(f"Only a part of {_named(partly)} is staged.", remedy, partly)


def _named(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return f"`{paths[0]}`{more}"


# -- the commit -------------------------------------------------------------------------------------------------------


def _commit(repository: Repository, head: Head, taken: Sequence[str], forgotten: Sequence[str], message: str) -> Commit:
    chosen = [*taken, *forgotten]
    with own_index(repository, head.commit) as index:
        index.take(taken)
        index.forget(forgotten)
        if head.commit is not None and index.tree() == _tree_of(repository, head.commit):
            raise NothingToCommitError(f"{_named(chosen)} is as in the last commit.", "Nothing is to be done.", chosen)
        _Journal(head.commit, _held(repository, chosen)).save(repository)
        try:
            new = _run_commit(repository, index.file, message)
            _check_commit(repository, head, new, chosen)
        except VcsError:
            with contextlib.suppress(VcsError):
                recover_commit(repository)
            raise
    return Commit(new, tuple(chosen), _follow(repository, chosen))


def _run_commit(repository: Repository, index: Path, message: str) -> str:
    # The whole name of the new commit is in the first line that Git prints; hooks print to standard error.
    done = repository.run(
        *("-c", "core.abbrev=no", "commit", "--file=-", "--cleanup=whitespace", "--no-status"),
        given=message.encode("utf-8", "surrogateescape"),
        index=index,
    )
    if not done.ok:
        raise _why(repository, done)
    found = _NEW_COMMIT.search(done.out)
    if found is None:
        raise GitError("Git made a commit and did not name it.", "Look at `git log`.")
    return found[1].decode("ascii")


def _why(repository: Repository, done: Finished) -> VcsError:
    said = done.complaint
    if "failed to sign" in said or ("signing" in said.lower() and "failed to write commit object" in said):
        remedy = "Unlock the key in a terminal once, or let its agent keep it; then try again."
        return SigningError(f"The commit could not be signed: {said}", remedy)
    if b".lock': File exists" in done.err:
        return IndexLockedError("Another Git process is at work in this repository.", "Try again when it has ended.")
    if "cannot lock ref" in said:
        return BranchMovedError("The branch moved at the same moment.", "Try again.")
    if _has_hook(repository):
        return HookError(f"A hook refused the commit: {said or done.code}", "Do what it says, and try again.")
    return GitError(f"`git commit` failed: {said or done.code}", "Look at what Git says.")


def _has_hook(repository: Repository) -> bool:
    folder = repository.root / os.fsdecode(repository.read("rev-parse", "--git-path", "hooks")[:-1])
    return any(os.access(folder / name, os.X_OK) for name in _COMMIT_HOOKS)


def _check_commit(repository: Repository, head: Head, new: str, chosen: Sequence[str]) -> None:
    parents = repository.read("rev-list", "--parents", "--max-count=1", new).decode("ascii").split()[1:]
    parent = parents[0] if parents else None
    if parent != head.commit:
        _take_back(repository, head, new, parent)
        raise BranchMovedError("Somebody else committed at the same moment; your commit was taken back.", "Try again.")
    names = repository.read("diff-tree", "--root", "-r", "-z", "--name-only", "--no-renames", "--no-commit-id", new)
    others = {os.fsdecode(name) for name in names.split(b"\0") if name} - set(chosen)
    if others:
        _take_back(repository, head, new, parent)
        known = sorted(others)
        remedy = "Choose these files too, or change the hook."
        raise HookError(f"A hook put {_named(known)} into the commit; it was taken back.", remedy, known)


def _take_back(repository: Repository, head: Head, new: str, parent: str | None) -> None:
    """The branch goes back from ``new``, if nobody has moved it on."""
    reason = ("-m", "prodify: taken back")
    if parent is None:
        repository.write("update-ref", *reason, "-d", str(head.branch), new)
    else:
        repository.write("update-ref", *reason, str(head.branch), parent, new)


def _tree_of(repository: Repository, commit: str) -> str:
    return repository.read("rev-parse", "--verify", f"{commit}^{{tree}}").decode("ascii").strip()


# -- the person's index -----------------------------------------------------------------------------------------------


def _follow(repository: Repository, paths: Sequence[str]) -> bool:
    """The person's index takes what the commit has for these paths. It may be locked for a moment."""
    for attempt in range(_INDEX_TRIES):
        try:
            _reset(repository, paths)
        except IndexLockedError:
            time.sleep(_INDEX_PAUSE if attempt < _INDEX_TRIES - 1 else 0)
        else:
            _Journal.remove(repository)
            return True
    return False


def _reset(repository: Repository, paths: Sequence[str]) -> None:
    given = b"".join(os.fsencode(path) + b"\0" for path in paths)
    repository.write("reset", "--quiet", "--pathspec-from-file=-", "--pathspec-file-nul", given=given)


def recover_commit(repository: Repository) -> list[str]:
    """Let the index follow a commit whose process was killed; returns the paths that it repaired.

    A path is left alone when somebody has staged it since, or when the branch holds for it what it held before.

    Raises:
        IndexLockedError: the index cannot be repaired now.
    """
    remove_own_index(repository)
    journal = _Journal.load(repository)
    if journal is None:
        return []
    now = repository.head().commit
    behind: list[str] = []
    if now is not None and now != journal.head:
        behind = _behind(repository, journal, now)
    if behind:
        _reset(repository, behind)
    _Journal.remove(repository)
    return behind


def _behind(repository: Repository, journal: _Journal, now: str) -> list[str]:
    paths = list(journal.held)
    staged = _held(repository, paths)
    before = repository.committed(journal.head, paths) if journal.head else {}
    after = repository.committed(now, paths)
    return [path for path in paths if staged[path] == journal.held[path] and before.get(path) != after.get(path)]


def _held(repository: Repository, paths: Sequence[str]) -> dict[str, IndexEntry | None]:
    entries = repository.tracked(paths)
    return {path: entries.get(path) for path in paths}


@dataclass(frozen=True)
class _Journal:
    """On disk from before the commit until the index has followed: the commit before, and what the index held."""

    head: str | None
    held: dict[str, IndexEntry | None]

    def save(self, repository: Repository) -> None:
        path = _journal_file(repository)
        temporary = path.with_suffix(".tmp")
        # Names of any bytes do not fit into JSON; their hex digits do.
        held = {os.fsencode(name).hex(): entry for name, entry in self.held.items()}
        temporary.write_bytes(msgspec.json.encode({"head": self.head, "held": held}))
        os.replace(temporary, path)

    @staticmethod
    def load(repository: Repository) -> _Journal | None:
        with contextlib.suppress(FileNotFoundError, msgspec.DecodeError):
            data = msgspec.json.decode(_journal_file(repository).read_bytes(), type=_Journal)
            return _Journal(data.head, {os.fsdecode(bytes.fromhex(name)): e for name, e in data.held.items()})
        return None

    @staticmethod
    def remove(repository: Repository) -> None:
        _journal_file(repository).unlink(missing_ok=True)


def _journal_file(repository: Repository) -> Path:
    return own_folder(repository) / "commit.json"
