"""Read ``.dvc`` files and DVC's cache without DVC: what a version is made of, and whether all of it is there."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

SUFFIX = ".dvc"
_FOLDER_MARK = ".dir"


@dataclass(frozen=True)
class Output:
    """One output of a ``.dvc`` file. ``path`` is relative to the file; ``hash`` is None where nothing was hashed yet.
    ``legacy`` is the layout of the cache before DVC 3; what is not ``cached`` is told of, but not kept."""

    path: str
    hash: str | None
    size: int | None
    files: int | None
    legacy: bool = False
    cached: bool = True

    @property
    def is_folder(self) -> bool:
        return self.hash is not None and self.hash.endswith(_FOLDER_MARK)


@functools.lru_cache(maxsize=20_000)
def outputs_of(content: bytes) -> tuple[Output, ...]:
    """The outputs that a ``.dvc`` file names; none when it cannot be read. What was read is remembered."""
    try:
        data = _yaml(content)
    except ValueError:
        return ()
    found = data.get("outs") if isinstance(data, dict) else None
    entries = found if isinstance(found, list) else []
    return tuple(_output(entry) for entry in entries if isinstance(entry, dict) and isinstance(entry.get("path"), str))


def _yaml(content: bytes) -> Any:
    """
    Raises:
        ValueError: it cannot be read.
    """
    try:
        import yaml
    except ImportError:  # where only DVC is installed: it comes with another reader
        from ruamel.yaml import YAML
        from ruamel.yaml.error import YAMLError

        try:
            return YAML(typ="safe", pure=True).load(content)
        except YAMLError as error:
            raise ValueError(str(error)) from error
    try:
        return yaml.load(content, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def _output(entry: dict[str, Any]) -> Output:
    md5 = entry.get("md5")
    oid = md5 if isinstance(md5, str) else None
    size, files = entry.get("size"), entry.get("nfiles")
    known = files if isinstance(files, int) else None if oid is None or oid.endswith(_FOLDER_MARK) else 1
    return Output(
        entry["path"],
        oid,
        size if isinstance(size, int) else None,
        known,
        entry.get("hash") != "md5",
        entry.get("cache") is not False,
    )


def data_path(dvc_file: str, output: Output) -> str:
    """Where the data of an output lies, relative to the same root as ``dvc_file``."""
    return (PurePosixPath(dvc_file).parent / output.path).as_posix()


def object_path(cache: Path, oid: str, legacy: bool = False) -> Path:
    """Where the cache keeps the content of a hash."""
    base = cache if legacy else cache / "files" / "md5"
    return base / oid[:2] / oid[2:]


def listing(cache: Path, output: Output) -> dict[str, str] | None:
    """Hashes by the path inside the folder (``""`` for a file); None when the cache does not know what is in it."""
    if output.hash is None:
        return {}
    if not output.is_folder:
        return {"": output.hash}
    try:
        entries = json.loads(object_path(cache, output.hash, output.legacy).read_bytes())
        return {entry["relpath"]: entry["md5"] for entry in entries}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def missing_objects(cache: Path, output: Output) -> Iterator[str]:
    """Hashes of this version whose content the cache does not have."""
    known = listing(cache, output)
    if known is None:
        yield str(output.hash)
        return
    for oid in dict.fromkeys(known.values()):
        if not object_path(cache, oid, output.legacy).is_file():
            yield oid
