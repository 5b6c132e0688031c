"""An index of our own: it starts as the last commit, gets exactly the chosen files, and never touches the person's."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jupyterlab_prodify.vcs.git import Repository

OWN_FOLDER = "prodify"


def own_folder(repository: Repository) -> Path:
    """Our folder inside the Git folder: lock, journal and index."""
    folder = repository.git_dir / OWN_FOLDER
    folder.mkdir(exist_ok=True)
    return folder


@dataclass(frozen=True)
class OwnIndex:
    """See the module. ``file`` is what Git is given as its index."""

    repository: Repository
    file: Path

    def take(self, paths: Iterable[str]) -> None:
        """Take files as they are on disk; one that is gone is gone from the index too."""
        given = b"".join(os.fsencode(path) + b"\0" for path in paths)
        self.repository.write("update-index", "--add", "--remove", "-z", "--stdin", given=given, index=self.file)

    def forget(self, paths: Iterable[str]) -> None:
        """These files are not in the index any more; on disk they stay."""
        given = b"".join(os.fsencode(path) + b"\0" for path in paths)
        self.repository.write("update-index", "--force-remove", "-z", "--stdin", given=given, index=self.file)

    def put(self, path: str, content: bytes) -> None:
        """Take a file with this content, whatever is on disk."""
        oid = self.repository.write("hash-object", "-w", "--stdin", given=content).decode("ascii").strip()
        given = f"100644 {oid}\t".encode("ascii") + os.fsencode(path) + b"\0"
        self.repository.write("update-index", "-z", "--index-info", given=given, index=self.file)

    def tree(self) -> str:
        """The tree that a commit of this index would have."""
        return self.repository.write("write-tree", index=self.file).decode("ascii").strip()


@contextlib.contextmanager
def own_index(repository: Repository, commit: str | None) -> Iterator[OwnIndex]:
    """An index that holds what ``commit`` holds (nothing for None); it goes at the end."""
    file = own_folder(repository) / "index"
    remove_own_index(repository)
    try:
        with contextlib.suppress(FileNotFoundError):
            _copy_with_time(repository.git_dir / "index", file)
        if commit is None:
            repository.write("read-tree", "--empty", index=file)
        else:
            repository.write("read-tree", "--reset", commit, index=file)
        yield OwnIndex(repository, file)
    finally:
        remove_own_index(repository)


def _copy_with_time(index: Path, file: Path) -> None:
    """What the person's index knows of sizes and times saves reading every file again. The time of the index itself
    must come along: by it Git knows which files may have changed unnoticed, in the same moment as it was written."""
    with open(index, "rb") as source, open(file, "wb") as target:
        shutil.copyfileobj(source, target)
        facts = os.fstat(source.fileno())
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def remove_own_index(repository: Repository) -> None:
    """Remove the index and what a killed Git may have left beside it."""
    for name in ("index", "index.lock"):
        (own_folder(repository) / name).unlink(missing_ok=True)
