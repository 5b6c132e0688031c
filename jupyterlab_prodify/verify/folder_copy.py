"""The private copy of a project in which notebooks run, put back as it was between two runs.

Nothing in the copy leads to the person's files. A link would: a program that opens a linked data file for writing
writes through it, and a hard link shares the content as well. So every file is a file of its own:

- cloned where the file system can (Btrfs, XFS): that takes no time and no room, whatever the size of the data;
- else copied, after a look whether there is room for it;
- linked only where the person may not write the file anyway (shared data that belongs to somebody else).

Left out is what can be made again and what no notebook reads: ``.git``, virtual environments, ``node_modules``, caches.
A folder that is no project, such as a home folder, can hold anything: of what the cells do not name only a bounded part
is copied, the smallest first, and ``left_out`` says what was not.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from jupyterlab_prodify.jobs.errors import JobFailedError
from jupyterlab_prodify.jobs.scratch import remove_tree
from jupyterlab_prodify.verify.order import LaidFile

SKIPPED = frozenset(
    {
        *(".git", ".hg", ".svn", "node_modules", "__pycache__", ".ipynb_checkpoints"),
        *(".venv", "venv", ".tox", ".nox", ".conda", ".pixi", ".direnv"),
        *(".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".virtual_documents"),
        *("site-packages", ".cache", ".local", ".npm", ".cargo", ".rustup", ".Trash"),
    }
)
_SKIPPED_BELOW = {".dvc": frozenset({"cache", "tmp"})}
_ENVIRONMENT_MARKS = ("pyvenv.cfg", "conda-meta")
_MOST_FILES = 300_000
#: Of a folder that is no project: what is copied of that which no cell names, and how many files are looked at for it.
_MOST_UNNAMED_BYTES, _MOST_UNNAMED_FILES, _MOST_LOOKED_AT = 1_000_000_000, 20_000, 200_000
_SPARE_BYTES = 200_000_000
_LINK_FROM_BYTES = 1_000_000
_FICLONE = 0x40049409

Say = Callable[[str], None]


@dataclass(frozen=True)
class _State:
    """Tells whether a file of the copy is still the one that was put there."""

    inode: int
    size: int
    modified: int
    changed: int
    mode: int


@dataclass
class _Item:
    """One entry of the copy. ``link`` is the target of a symbolic link that stays inside the copy."""

    source: Path
    target: Path
    size: int = 0
    is_folder: bool = False
    link: str | None = None
    state: _State | None = field(default=None, compare=False)


class FolderCopy:
    """A copy of ``project`` and of the places ``outside`` it, below ``target``, in the same places to each other.

    ``texts`` are given where the project is only a folder: what they name is copied whole, the rest as far as it goes.
    """

    def __init__(
        self, project: Path, outside: Sequence[Path], target: Path, texts: Sequence[str] | None = None
    ) -> None:
        self.places = [project, *(place for place in outside if not place.is_relative_to(project))]
        self._top = Path(os.path.commonpath(self.places)).parent
        self._target = target
        self._clones = sys.platform == "linux"
        self._items: dict[Path, _Item] = {}
        self._texts = texts
        self.left_out: list[str] = []

    def path(self, original: Path) -> Path:
        """Where a file or folder of the person's stands in the copy."""
        return self._target / original.relative_to(self._top)

    def make(self, say: Say) -> None:
        """Copy everything; ``say`` is told what is being done.

        Raises:
            JobFailedError: there are too many files, or there is no room for them.
        """
        items = list(self._found(say))
        total = sum(item.size for item in items)
        self._check_room(items, total)
        done = said = 0
        for item in items:
            self._place(item)
            done += item.size
            if done - said > 100_000_000:
                said = done
                say(f"Copying the project: {_megabytes(done)} of {_megabytes(total)}")

    def restore(self) -> None:
        """Put back what a run has changed, removed or added."""
        for path in self._added():
            remove_tree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        for item in self._items.values():
            if item.is_folder:
                self._make_folder(item)
            elif _state(item.target) != item.state:
                self._place(item)

    def lay(self, files: Sequence[LaidFile]) -> None:
        """Write or remove files, as a plan does."""
        for file in files:
            path = self.path(Path(file.path))
            path.unlink(missing_ok=True)
            if file.text is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.text.encode(file.encoding))

    # -- what there is --------------------------------------------------------------------------------------------

    def _found(self, say: Say) -> Iterator[_Item]:
        for count, item in enumerate(item for place in self.places for item in self._whole_place(place)):
            if count > _MOST_FILES:
                raise JobFailedError(
                    "too_large",
                    f"`{self.places[0]}` holds more than {_MOST_FILES:,} files, which is too much for a private copy.",
                    "Move the notebook into a folder of its own, or keep the data outside of the project.",
                )
            if count % 10_000 == 9_999:
                say(f"Looking at the project: {count + 1:,} files")
            yield item

    def _whole_place(self, place: Path) -> Iterator[_Item]:
        if self._texts is None or place != self.places[0]:
            return self._walk(place, self.path(place), ())
        return self._bounded(place, self.path(place), self._texts)

    def _bounded(self, source: Path, target: Path, texts: Sequence[str]) -> Iterator[_Item]:
        """Everything that is named, and the smallest of the rest."""
        yield _Item(source, target, is_folder=True)
        others: list[tuple[int, str, list[_Item]]] = []
        looked_at = 0
        for entry in _entries(source):
            found = self._entry(entry, source, target, (os.path.realpath(source),))
            if any(entry.name in text for text in texts):
                yield from found
                continue
            most = min(_MOST_UNNAMED_FILES, _MOST_LOOKED_AT - looked_at)
            items = list(islice(found, most + 1))
            looked_at += min(len(items), most)
            size = sum(item.size for item in items)
            others.append((size if len(items) <= most else sys.maxsize, entry.name, items))
        room, places = _MOST_UNNAMED_BYTES, _MOST_UNNAMED_FILES
        for size, name, items in sorted(others, key=lambda other: other[:2]):
            if size > room or len(items) > places:
                self.left_out.append(name)
                continue
            room, places = room - size, places - len(items)
            yield from items

    def _walk(self, source: Path, target: Path, above: tuple[str, ...]) -> Iterator[_Item]:
        """The entries of a folder, links out of the copy followed; ``above`` are real paths of the folders around."""
        if not source.is_dir():
            yield from self._file(source, target)
            return
        real = os.path.realpath(source)
        if real in above:
            return  # links in a circle
        yield _Item(source, target, is_folder=True)
        for entry in _entries(source):
            yield from self._entry(entry, source, target, (*above, real))

    def _entry(self, entry: os.DirEntry[str], folder: Path, target: Path, above: tuple[str, ...]) -> Iterator[_Item]:
        path = Path(entry.path)
        inside = self._inner_link(path) if entry.is_symlink() else None
        skipped = SKIPPED | _SKIPPED_BELOW.get(folder.name, frozenset())
        if inside is not None:
            yield _Item(path, target / entry.name, link=inside)
        elif not entry.is_dir():
            yield from self._file(path, target / entry.name)
        elif entry.name not in skipped and not self._is_left_out(path):
            yield from self._walk(path, target / entry.name, above)

    def _is_left_out(self, folder: Path) -> bool:
        """Environments, the copy itself, and of a home folder everything that is hidden there."""
        hidden = folder.name.startswith(".") and folder.parent == Path.home()
        return hidden or folder == self._target or any((folder / mark).exists() for mark in _ENVIRONMENT_MARKS)

    def _file(self, source: Path, target: Path) -> Iterator[_Item]:
        with contextlib.suppress(OSError):
            status = source.stat()
            if stat.S_ISREG(status.st_mode) and os.access(source, os.R_OK):
                yield _Item(source, target, 0 if _is_foreign(source, status) else status.st_size)

    def _inner_link(self, path: Path) -> str | None:
        """The target of a link that leads to something in the copy, as the copy must hold it; else None."""
        real = Path(os.path.realpath(path))
        place = next((place for place in self.places if real.is_relative_to(place)), None)
        if place is None or not real.exists():
            return None
        parts = real.relative_to(place).parts
        if set(parts) & SKIPPED or any(one in _SKIPPED_BELOW for one in parts):
            return None
        return os.path.relpath(self.path(real), self.path(path.parent))

    def _added(self) -> Iterator[Path]:
        """What a run has made; of a new folder only the folder itself."""
        waiting = [self.path(place) for place in self.places]
        while waiting:
            for entry in _entries(waiting.pop()):
                path = Path(entry.path)
                known = self._items.get(path)
                if known is None or (known.is_folder != entry.is_dir(follow_symlinks=False)):
                    yield path
                elif known.is_folder:
                    waiting.append(path)

    # -- making it ------------------------------------------------------------------------------------------------

    def _check_room(self, items: Sequence[_Item], total: int) -> None:
        self._target.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self._target).free
        if total == 0 or total + _SPARE_BYTES <= free:
            return
        probe = self._target / ".probe"
        largest = max(items, key=lambda item: item.size)
        cloned = self._clone(largest.source, probe)
        probe.unlink(missing_ok=True)
        if not cloned:
            raise JobFailedError(
                "no_room",
                f"A private copy of the project needs {_megabytes(total)}, and the disk of "
                f"`{self._target.parent}` has {_megabytes(free)} left.",
                "Make room, set TMPDIR to a larger disk, or keep large data outside of the project.",
            )

    def _place(self, item: _Item) -> None:
        self._items[item.target] = item
        if item.is_folder:
            self._make_folder(item)
            return
        if item.target.is_symlink() or item.target.exists():
            item.target.unlink()
        item.target.parent.mkdir(parents=True, exist_ok=True)
        if item.link is not None:
            os.symlink(item.link, item.target)
        else:
            self._copy(item)
        item.state = _state(item.target)

    def _make_folder(self, item: _Item) -> None:
        item.target.mkdir(parents=True, exist_ok=True)
        os.chmod(item.target, 0o700)

    def _copy(self, item: _Item) -> None:
        source, target = item.source, item.target
        with contextlib.suppress(FileNotFoundError):  # it has gone since we looked
            if _is_foreign(source, source.stat()):
                os.symlink(os.path.realpath(source), target)
                return
            if not self._clone(source, target):
                shutil.copyfile(source, target)
            shutil.copystat(source, target)

    def _clone(self, source: Path, target: Path) -> bool:
        """Let both files share their content until one of them is written; False where the file system cannot."""
        if not self._clones:
            return False
        import fcntl

        with open(source, "rb") as one, open(target, "wb") as two:
            try:
                fcntl.ioctl(two.fileno(), _FICLONE, one.fileno())
            except OSError:
                self._clones = False
        return self._clones


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name)
    except OSError:
        return []


def _is_foreign(path: Path, status: os.stat_result) -> bool:
    """Large, of somebody else, and not ours to write: a link to it does no harm."""
    if status.st_size < _LINK_FROM_BYTES or not hasattr(os, "getuid"):
        return False
    return status.st_uid != os.getuid() and not os.access(path, os.W_OK)


def _state(path: Path) -> _State | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return _State(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_mode)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB" if size < 10e9 else f"{size / 1e9:,.0f} GB"
