"""Read a Python file as text without losing its encoding or line ends."""

from __future__ import annotations

import hashlib
import io
import tokenize
from dataclasses import dataclass
from pathlib import Path

from jupyterlab_prodify.project.errors import ForbiddenPathError


@dataclass(frozen=True)
class TextFile:
    """A file's text with its own line ends, its encoding (``utf-8-sig`` with a byte order mark) and its hash."""

    text: str
    encoding: str
    hash: str


def hash_of(data: bytes) -> str:
    """``sha256:`` and the hex digest."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def current_hash(path: Path) -> str | None:
    """Hash of the file as it is now; None when there is none.

    Raises:
        ForbiddenPathError: it is a folder, or it cannot be read.
    """
    data = _read_bytes(path)
    return None if data is None else hash_of(data)


def _read_bytes(path: Path) -> bytes | None:
    try:
        if path.exists() and not path.is_file():
            what = "is a folder" if path.is_dir() else "is not a file"
            raise ForbiddenPathError(f"`{path.name}` {what}.", path.name, "Choose another path.")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ForbiddenPathError(f"`{path.name}`: {reason}.", path.name, "Choose another file.") from error


def read_text_file(path: Path) -> TextFile | None:
    """The file, or None when there is none. The encoding is the one that Python would use (PEP 263).

    Raises:
        ForbiddenPathError: it is a folder, cannot be read, or does not decode.
    """
    data = _read_bytes(path)
    if data is None:
        return None
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return TextFile(data.decode(encoding), encoding, hash_of(data))
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        remedy = "Save the file as UTF-8, or choose another one."
        raise ForbiddenPathError(f"`{path.name}` is not text in its encoding: {error}.", path.name, remedy) from error
