"""The operations through DVC's own library. What they rely on is held by a contract test against the installed DVC."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from jupyterlab_prodify.vcs.dvc_file import missing_objects, outputs_of
from jupyterlab_prodify.vcs.dvc_worker.failure import OperationError
from jupyterlab_prodify.vcs.dvc_worker.schemes import missing_for
from jupyterlab_prodify.vcs.errors import redacted

TESTED = ("3.67",)
"""Versions that the contract test has run with: the first two numbers."""

_SPARE_BYTES = 50_000_000

Facts = dict[str, tuple[int, int, int]]


class Library:
    """One operation at a time, in the current folder, which is the root."""

    def cache_dir(self) -> str:
        with _repository() as repo:
            return str(repo.cache.local_cache_dir)

    def add(self, paths: list[str], leaving: Sequence[str] = ()) -> list[list[str]]:
        before = [facts(Path(path)) for path in paths]
        with _repository() as repo, _complete(repo):
            _take_from_git(repo, leaving)
            # Not re-linked: what is in the workspace stays the very file, and a kill finds nothing half-linked.
            stages = repo.add(paths, relink=False)
            found = [[path, _relative(stage.path)] for path, stage in zip(paths, stages, strict=True)]
            for path, old, (_, dvc_file) in zip(paths, before, found, strict=True):
                _check_unchanged(repo, path, old, dvc_file)
            for _, dvc_file in found:
                check_all_there(Path(repo.cache.local_cache_dir), Path(dvc_file).read_bytes())
        return found

    def keep(self, file: str) -> str:
        from dvc.utils.serialize import dumps_yaml

        with _repository() as repo, repo.lock, _complete(repo):
            stage = repo.stage.load_one(file)
            for out in stage.outs:
                out.ignore = _nothing  # it would write the `.gitignore`
                old = facts(Path(out.fs_path))
                out.save()
                out.commit(relink=False)
                _check_objects(repo, out, changed_since(Path(out.fs_path), old))
            text = str(dumps_yaml(_content(stage)))
            check_all_there(Path(repo.cache.local_cache_dir), text.encode("utf-8"))
        return text

    def checkout(self, files: list[str]) -> None:
        with _repository() as repo:
            repo.checkout(targets=files)

    def fetch(self, file: str, rev: str) -> int:
        with _repository() as repo:
            # Remotes are those of today, not those that the settings of that revision name.
            today = {part: dict(repo.config[part]) for part in ("core", "remote")}
            return int(repo.fetch(targets=[file], revs=[rev], workspace=False, config=today))

    def push(self, files: list[str], remote: str | None = None) -> int:
        with _repository() as repo:
            return int(repo.push(targets=files, remote=remote))

    def pull(self, files: list[str], remote: str | None = None) -> int:
        with _repository() as repo:
            fetched = int(repo.fetch(targets=files, remote=remote))
        self.checkout(files)
        return fetched

    def changed(self, files: list[str]) -> dict[str, list[str]]:
        with _repository() as repo:
            wanted = [path for file in files for path in _data_of(repo, file)]
            found = repo.data_status(targets=wanted, with_renames=False)["uncommitted"]
        changed = [*found.get("modified", []), *found.get("unknown", []), *found.get("added", [])]
        return {"changed": _plain(changed), "missing": _plain(found.get("deleted", []))}

    def changed_files(self, file: str) -> dict[str, list[str]]:
        with _repository() as repo:
            wanted = _data_of(repo, file)
            found = repo.data_status(targets=wanted, with_renames=False, granular=True)["uncommitted"]
        return files_by_change(found, wanted)

    def unpushed(self, files: list[str], remote: str | None = None) -> list[str]:
        with _repository() as repo:
            wanted = [path for file in files for path in _data_of(repo, file)]
            found = repo.data_status(
                targets=wanted,
                with_renames=False,
                granular=True,
                not_in_remote=True,
                remote_refresh=True,
                remote=remote,
            )
        return _plain(found["not_in_remote"])

    def remotes(self) -> list[dict[str, Any]]:
        with _repository() as repo:
            default = repo.config["core"].get("remote")
            return [_remote(name, options, default) for name, options in sorted(repo.config["remote"].items())]

    def add_remote(self, name: str, url: str, options: dict[str, str], default: bool) -> None:
        with _repository() as repo:
            if name in repo.config["remote"]:
                raise OperationError("remote_exists", f"There is a remote `{name}` already.")
            with repo.config.edit("repo") as settings:
                settings["remote"][name] = {"url": url, **options}
                if default:
                    settings["core"]["remote"] = name

    def set_default(self, name: str) -> None:
        with _repository() as repo:
            if name not in repo.config["remote"]:
                raise OperationError("no_such_remote", f"There is no remote `{name}`.")
            with repo.config.edit("repo") as settings:
                settings["core"]["remote"] = name


def _repository() -> Any:
    """The project. The person's index is theirs, so nothing is ever staged for them."""
    from dvc.repo import Repo

    return Repo(os.getcwd(), config={"core": {"autostage": False}})


def _take_from_git(repo: Any, leaving: Sequence[str]) -> None:
    """DVC refuses what Git holds. These will be forgotten by Git in the commit that names the data."""
    places = {os.path.abspath(path) for path in leaving}
    if places:
        holds = repo.scm.is_tracked
        repo.scm.is_tracked = lambda path: os.path.abspath(path) not in places and holds(path)


def _remote(name: str, options: Any, default: str | None) -> dict[str, Any]:
    url = str(options.get("url", ""))
    return {"name": name, "url": redacted(url), "default": name == default, "missing": missing_for(url)}


def _nothing() -> None:
    pass


def _relative(path: str) -> str:
    return os.path.relpath(path).replace(os.sep, "/")


def _plain(paths: Sequence[str]) -> list[str]:
    return [path.rstrip("/") for path in paths]


def files_by_change(uncommitted: Any, wanted: list[str]) -> dict[str, list[str]]:
    """Files alone: a folder, whose name ends with ``/``, counts only where nothing else is told of it."""

    def files(*kinds: str) -> list[str]:
        found = [path for kind in kinds for path in uncommitted.get(kind, []) if not path.endswith("/")]
        return [path for path in found if any(path == place or path.startswith(f"{place}/") for place in wanted)]

    return {"added": files("added"), "changed": files("modified", "unknown"), "removed": files("deleted")}


def _data_of(repo: Any, file: str) -> list[str]:
    return [_relative(out.fs_path) for out in repo.stage.load_one(file).outs]


def _content(stage: Any) -> Any:
    from dvc.stage.serialize import to_single_stage_file

    return to_single_stage_file(stage)


# -- the cache holds all of it ----------------------------------------------------------------------------------------


def check_all_there(cache: Path, content: bytes) -> None:
    """DVC logs that an object could not be copied to the cache, as on a full disk, and goes on. Here it is an error: a
    version whose data is not kept must never be committed, and must never be overwritten."""
    outputs = [output for output in outputs_of(content) if output.cached]
    missing = [oid for output in outputs for oid in missing_objects(cache, output)]
    if not missing:
        return
    names = [output.path for output in outputs]
    if shutil.disk_usage(cache if cache.exists() else os.getcwd()).free < _SPARE_BYTES:
        raise OperationError("disk_full", f"The disk of the cache is full: {len(missing)} files were not kept.", names)
    raise OperationError("dvc_failed", f"DVC could not copy {len(missing)} files to its cache.", names)


@contextlib.contextmanager
def _complete(repo: Any) -> Iterator[None]:
    """When the operation fails, what it had begun to write in the cache goes: on a full disk it would keep the room."""
    started = time.time()
    try:
        yield
    except BaseException:
        for path in Path(repo.cache.local.path).glob("??/.*.tmp"):
            with contextlib.suppress(OSError):
                if path.stat().st_mtime >= started:
                    path.unlink()
        raise


# -- files that change while they are hashed --------------------------------------------------------------------------


def facts(place: Path) -> Facts:
    """Inode, size and time of change of every file at or below a place."""
    return {os.fspath(path): _facts_of(path) for path in _files(place)}


def changed_since(place: Path, before: Facts) -> list[str]:
    """Files that are not as they were, the new ones included."""
    return [path for path, now in facts(place).items() if before.get(path) != now]


def _files(place: Path) -> Iterator[Path]:
    if not place.is_dir():
        yield from [place] if place.exists() else []
        return
    for folder, _, names in os.walk(place):
        yield from (Path(folder, name) for name in names)


def _facts_of(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0, 0
    return found.st_ino, found.st_size, found.st_mtime_ns


def _check_unchanged(repo: Any, path: str, before: Facts, dvc_file: str) -> None:
    changed = changed_since(Path(path), before)
    if changed:
        for out in repo.stage.load_one(dvc_file).outs:
            _check_objects(repo, out, changed)


def _check_objects(repo: Any, out: Any, changed: list[str]) -> None:
    """DVC hashes first and copies then. Where a file was written to between, the cache may hold what its name does not
    say: such an object goes, and the whole is an error."""
    if not changed:
        return
    for path in changed:
        oid = _hash_in(out, path)
        place = Path(repo.cache.local.oid_to_path(oid)) if oid else None
        if place is not None and place.is_file() and _md5(place) != oid:
            place.chmod(place.stat().st_mode | stat.S_IWUSR)
            place.unlink()
    name = os.path.relpath(changed[0])
    raise OperationError("changed_while_hashed", f"`{name}` was written to while it was being hashed.", [name])


def _hash_in(out: Any, path: str) -> str | None:
    """The hash that was noted for a file of an output."""
    if not out.is_dir_checksum:
        return str(out.hash_info.value) if out.hash_info else None
    key = tuple(Path(os.path.abspath(path)).relative_to(out.fs_path).parts)
    tree = out.get_obj()
    entry = tree.get(key) if tree is not None else None
    return str(entry[1].value) if entry is not None else None


def _md5(path: Path) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    with open(path, "rb") as source:
        while block := source.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
