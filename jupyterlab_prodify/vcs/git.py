"""Read a Git repository, and run Git in it.

Paths are relative to the root, with forward slashes, as ``os.fsdecode`` gives them: any bytes survive. They reach Git
by ``-z`` streams or after ``--``, and mean themselves: no pattern, no option.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jupyterlab_prodify.vcs.errors import (
    DetachedHeadError,
    GitError,
    IndexLockedError,
    InProgressError,
    NoIdentityError,
    NoSuchRevisionError,
    NotARepositoryError,
)
from jupyterlab_prodify.vcs.processes import Finished, run

READ_SECONDS = 120.0
WRITE_SECONDS = 600.0
_MOST_ARGUMENT_BYTES = 100_000

# What lies in the Git folder while something is not over, and what it is called.
_UNFINISHED = (
    ("MERGE_HEAD", "merge"),
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("sequencer", "cherry-pick"),
    ("BISECT_LOG", "bisect"),
)


@dataclass(frozen=True)
class Head:
    """Where the repository stands: ``commit`` is None before the first one, ``branch`` is None when detached."""

    commit: str | None
    branch: str | None


@dataclass(frozen=True)
class FileStatus:
    """One file that is not as the last commit has it. ``staged`` and ``unstaged`` are Git's letters: ``.`` for equal,
    ``M``, ``A``, ``D``, ``T``; ``?`` where the file is new and ``U`` where it has conflicts."""

    path: str
    staged: str
    unstaged: str

    @property
    def partly_staged(self) -> bool:
        return self.staged not in ".?U" and self.unstaged not in ".?U"


@dataclass(frozen=True)
class IndexEntry:
    """What the index or a commit holds for a path. ``mode`` is ``160000`` for a submodule."""

    mode: str
    object: str


@dataclass(frozen=True)
class LogEntry:
    """One commit; ``date`` is ISO 8601 with its offset, ``message`` is whole."""

    commit: str
    date: str
    author: str
    message: str


def open_repository(folder: Path) -> Repository:
    """The repository whose working tree holds ``folder``.

    Raises:
        NotARepositoryError: there is none, or it has no working tree.
    """
    remedy = "Run `git init` in the project's folder."
    if not folder.is_dir():
        raise NotARepositoryError(f"There is no folder `{folder}`.", "Check the path.")
    answer = run(["git", "rev-parse", "--show-toplevel", "--absolute-git-dir"], folder, seconds=READ_SECONDS)
    if not answer.ok and b"dubious ownership" in answer.err:
        raise NotARepositoryError(
            "The repository belongs to another user, so Git does not read it.",
            "Make it yours, or tell Git with `safe.directory`.",
        )
    # The folder of Git has no newline of its own here: a path with one gives more lines than these two.
    lines = answer.out.split(b"\n")[:-1]
    if not answer.ok or len(lines) < 2:
        raise NotARepositoryError(f"`{folder}` is not in a Git repository.", remedy)
    if len(lines) > 2:
        return _open_with_newlines(folder)
    return Repository(Path(os.fsdecode(lines[0])), Path(os.fsdecode(lines[1])))


def _open_with_newlines(folder: Path) -> Repository:
    answers = [
        run(["git", "rev-parse", flag], folder, seconds=READ_SECONDS).out[:-1]
        for flag in ("--show-toplevel", "--absolute-git-dir")
    ]
    return Repository(Path(os.fsdecode(answers[0])), Path(os.fsdecode(answers[1])))


class Repository:
    """A working tree at ``root`` and its Git folder (of its own in a worktree or submodule)."""

    def __init__(self, root: Path, git_dir: Path) -> None:
        self.root = root
        self.git_dir = git_dir

    # -- running ------------------------------------------------------------------------------------------------------

    def run(
        self,
        *words: str,
        given: bytes = b"",
        index: Path | None = None,
        extra: Mapping[str, str] | None = None,
        seconds: float = WRITE_SECONDS,
    ) -> Finished:
        """Run ``git words`` in the root; ``index`` is used in place of the person's."""
        own = {"GIT_INDEX_FILE": str(index)} if index is not None else {}
        return run(["git", *words], self.root, {**own, **(extra or {})}, given, seconds)

    def write(self, *words: str, given: bytes = b"", index: Path | None = None) -> bytes:
        """Run a command that must succeed, with literal paths; returns what it says.

        Raises:
            IndexLockedError: another process holds the index.
            GitError: it failed otherwise.
        """
        done = self.run(*words, given=given, index=index, extra={"GIT_LITERAL_PATHSPECS": "1"})
        return self.checked(done, *words)

    def read(self, *words: str, given: bytes = b"", index: Path | None = None) -> bytes:
        """Like ``write``, for commands that change nothing: they take no lock to refresh the index."""
        extra = {"GIT_LITERAL_PATHSPECS": "1", "GIT_OPTIONAL_LOCKS": "0"}
        done = self.run(*words, given=given, index=index, extra=extra, seconds=READ_SECONDS)
        return self.checked(done, *words)

    def checked(self, done: Finished, *words: str) -> bytes:
        """What the process said if it did well; see ``write`` for its errors."""
        if done.ok:
            return done.out
        if b".lock': File exists" in done.err:
            raise index_locked()
        name = next((word for word in words if not word.startswith("-")), "")
        raise GitError(f"`git {name}` failed: {done.complaint or done.code}", "Look at what Git says.")

    # -- where it stands ----------------------------------------------------------------------------------------------

    def head(self) -> Head:
        """The commit and the branch that are checked out."""
        branch = self.run("symbolic-ref", "--quiet", "HEAD", seconds=READ_SECONDS)
        return Head(self.commit(), _line(branch) if branch.ok else None)

    def commit(self) -> str | None:
        """The commit that is checked out; None before the first one."""
        commit = self.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}", seconds=READ_SECONDS)
        return _line(commit) if commit.ok else None

    def resolve(self, name: str) -> str:
        """The commit that a person means by ``name``.

        Raises:
            NoSuchRevisionError: none.
        """
        found = self.run(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", seconds=READ_SECONDS
        )
        # Without an argument `rev-parse` prints the option itself, which some versions do for odd names as well.
        lines = found.out.decode("ascii", "replace").split()
        if "\0" in name or not found.ok or not lines or not _is_hash(lines[-1]):
            raise NoSuchRevisionError(f"There is no commit `{name}`.", "Take one that the history shows.")
        return lines[-1]

    def unfinished(self) -> str | None:
        """What is in progress: merge, rebase, cherry-pick, revert or bisect."""
        return next((name for entry, name in _UNFINISHED if (self.git_dir / entry).exists()), None)

    def check_can_commit(self) -> Head:
        """Where a commit would go.

        Raises:
            InProgressError, DetachedHeadError, IndexLockedError, NoIdentityError: it cannot be made now.
        """
        what = self.unfinished()
        if what is not None:
            end = "reset" if what == "bisect" else "--abort"
            raise InProgressError(f"A {what} is in progress.", f"Finish it, or end it with `git {what} {end}`.")
        head = self.head()
        if head.branch is None:
            raise DetachedHeadError(
                "No branch is checked out (detached HEAD).", "Make a branch first: `git switch -c NAME`."
            )
        if (self.git_dir / "index.lock").exists():
            raise index_locked()
        for who in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT"):
            if not self.run("-c", "user.useConfigOnly=true", "var", who, seconds=READ_SECONDS).ok:
                remedy = "Run `git config user.name NAME` and `git config user.email ADDRESS` in the project."
                raise NoIdentityError("Git does not know your name and e-mail address.", remedy)
        return head

    # -- files --------------------------------------------------------------------------------------------------------

    def status(self, paths: Iterable[str] = ()) -> list[FileStatus]:
        """Files below ``paths`` (all when there are none) that differ from the last commit, the new ones included."""
        wanted = dict.fromkeys(paths)
        words = ["status", "--porcelain=v2", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=none"]
        out = self.read(*words, *self._limit(wanted))
        return [one for one in map(_status_of, _split(out)) if not wanted or is_below(one.path, wanted)]

    def tracked(self, paths: Iterable[str] = ()) -> dict[str, IndexEntry]:
        """What the index holds below ``paths``; a path with conflicts appears once."""
        wanted = dict.fromkeys(paths)
        entries: dict[str, IndexEntry] = {}
        for record in _split(self.read("ls-files", "-s", "-z", *self._limit(wanted))):
            facts, _, name = record.partition(b"\t")
            mode, oid, _ = facts.decode("ascii").split()
            path = os.fsdecode(name)
            if not wanted or is_below(path, wanted):
                entries[path] = IndexEntry(mode, oid)
        return entries

    def committed(self, commit: str, paths: Iterable[str] = ()) -> dict[str, IndexEntry]:
        """What a commit holds below ``paths``."""
        wanted = dict.fromkeys(paths)
        entries: dict[str, IndexEntry] = {}
        for record in _split(self.read("ls-tree", "-r", "-z", "--full-tree", commit, *self._limit(wanted))):
            facts, _, name = record.partition(b"\t")
            mode, _, oid = facts.decode("ascii").split()
            path = os.fsdecode(name)
            if not wanted or is_below(path, wanted):
                entries[path] = IndexEntry(mode, oid)
        return entries

    def untracked(self, paths: Iterable[str]) -> list[str]:
        """Files below ``paths`` that Git neither tracks nor ignores. Another repository inside ends with ``/``."""
        wanted = dict.fromkeys(paths)
        words = ("ls-files", "-z", "--others", "--exclude-standard")
        names = map(os.fsdecode, _split(self.read(*words, *self._limit(wanted))))
        return [name for name in names if is_below(name.rstrip("/"), wanted)]

    def ignored(self, paths: Iterable[str]) -> set[str]:
        """Those of ``paths`` that a ``.gitignore`` leaves out, tracked or not."""
        given = b"".join(b"./" + os.fsencode(path) + b"\0" for path in paths)  # so that a leading `:` is plain
        if not given:
            return set()
        done = self.run("check-ignore", "--no-index", "-z", "--stdin", given=given, seconds=READ_SECONDS)
        if done.code not in (0, 1):
            self.checked(done, "check-ignore")
        return {os.fsdecode(name[2:]) for name in _split(done.out)}

    def blob(self, entry: IndexEntry) -> bytes:
        """The content of a file in the index or in a commit."""
        return self.read("cat-file", "blob", entry.object)

    def file_at(self, commit: str, path: str) -> bytes | None:
        """The content of a file in a commit, None where there is none."""
        entry = self.committed(commit, [path]).get(path)
        return None if entry is None or entry.mode == "160000" else self.blob(entry)

    def log(self, paths: Iterable[str], most: int | None = None) -> list[LogEntry]:
        """Commits of the branch that changed one of ``paths``, the newest first."""
        if self.head().commit is None:
            return []
        limit = [f"--max-count={most}"] if most is not None else []
        words = ("log", "-z", "--no-show-signature", "--format=%H%n%aI%n%an%n%B", "--encoding=UTF-8", *limit, "HEAD")
        return [_log_of(record) for record in _split(self.read(*words, "--", *paths))]

    def _limit(self, paths: Collection[str]) -> list[str]:
        """``-- paths``; nothing when they are too many for one call: the answer is then sifted by its reader."""
        if sum(len(os.fsencode(path)) + 1 for path in paths) > _MOST_ARGUMENT_BYTES:
            return []
        return ["--", *paths] if paths else []


def is_below(path: str, places: Container[str]) -> bool:
    """``path`` is one of the places, or lies in one of them; ``.`` is everything."""
    return path in places or "." in places or any(folder in places for folder in folders_of(path))


def folders_of(path: str) -> Iterator[str]:
    """``a`` and ``a/b`` for ``a/b/c``."""
    return (path[:end] for end, letter in enumerate(path) if letter == "/")


def index_locked() -> IndexLockedError:
    return IndexLockedError(
        "Another Git process is at work in this repository (`index.lock` exists).",
        "Wait until it has ended. If it was killed, remove the file by hand.",
    )


def _split(out: bytes) -> list[bytes]:
    return [part for part in out.split(b"\0") if part]


def _line(done: Finished) -> str:
    return os.fsdecode(done.out[:-1])


def _is_hash(text: str) -> bool:
    return len(text) in (40, 64) and all(letter in "0123456789abcdef" for letter in text)


def _status_of(record: bytes) -> FileStatus:
    kind = record[:1]
    if kind == b"?":
        return FileStatus(os.fsdecode(record[2:]), "?", "?")
    if kind == b"u":
        return FileStatus(os.fsdecode(record.split(b" ", 10)[10]), "U", "U")
    parts = record.split(b" ", 8)
    return FileStatus(os.fsdecode(parts[8]), chr(parts[1][0]), chr(parts[1][1]))


def _log_of(record: bytes) -> LogEntry:
    commit, date, author, message = record.decode("utf-8", "replace").split("\n", 3)
    return LogEntry(commit, date, author, message.strip())
