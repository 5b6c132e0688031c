from __future__ import annotations

import os
from pathlib import Path

import pytest

from jupyterlab_prodify.project.errors import ForbiddenPathError
from jupyterlab_prodify.project.text_file import current_hash, hash_of, read_text_file


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        (b"a = 1\n", "a = 1\n", "utf-8"),
        (b"a = 1\r\nb = 2\n", "a = 1\r\nb = 2\n", "utf-8"),
        (b"\xef\xbb\xbfa = 1\n", "a = 1\n", "utf-8-sig"),
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'\n", "# -*- coding: latin-1 -*-\nx = 'é'\n", "iso-8859-1"),
        (b"#!python\n# vim: fileencoding=cp1252\n'\x80'", "#!python\n# vim: fileencoding=cp1252\n'€'", "cp1252"),
        (b"", "", "utf-8"),
    ],
)
def test_text_encoding_and_line_ends(tmp_path: Path, content: bytes, text: str, encoding: str) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(content)
    found = read_text_file(path)
    assert found is not None
    assert (found.text, found.encoding, found.hash) == (text, encoding, hash_of(content))
    assert found.text.encode(found.encoding) == content
    assert current_hash(path) == found.hash


@pytest.mark.parametrize("content", [b"\xff\xfe", b"# coding: nonsense\n", b"'\xe9'", b"# coding: hex\n"])
def test_what_does_not_decode(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(content)
    with pytest.raises(ForbiddenPathError):
        read_text_file(path)


def test_no_file(tmp_path: Path) -> None:
    assert read_text_file(tmp_path / "a.py") is None
    assert current_hash(tmp_path / "no" / "a.py") is None


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.py").mkdir()
    os.mkfifo(tmp_path / "pipe.py")
    for name in ("folder.py", "pipe.py"):
        with pytest.raises(ForbiddenPathError):
            read_text_file(tmp_path / name)
