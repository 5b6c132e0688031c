"""Files are laid out byte for byte, and nothing is written that is not what the manifest says."""

from __future__ import annotations

import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from corpus import fetch, manifest
from corpus.manifest import Entry, File


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(manifest, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(fetch, "PACKAGES", tmp_path / "packages")
    place = tmp_path / "packages" / "Some_Package-1.0.tar.gz"
    place.parent.mkdir()
    with tarfile.open(place, "w:gz") as archive:
        for name, content in (("docs/a.ipynb", b"{}"), ("docs/data.csv", b"1,2\n")):
            member = tarfile.TarInfo(f"some_package-1.0/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return place


def entry(*files: File) -> Entry:
    return Entry("x", "some-package==1.0", "a.ipynb", files, ("out",), (), 1)


def file(path: str, member: str, content: bytes) -> File:
    return File(path, member, hashlib.sha256(content).hexdigest())


NOTEBOOK, DATA = file("a.ipynb", "docs/a.ipynb", b"{}"), file("data/d.csv", "docs/data.csv", b"1,2\n")


def test_a_notebook_with_its_data(package: Path) -> None:
    wanted = entry(NOTEBOOK, DATA)
    assert not fetch.is_complete(wanted)
    fetch.fetch([wanted])
    assert fetch.is_complete(wanted)
    assert (wanted.folder / "data" / "d.csv").read_bytes() == b"1,2\n"
    assert (wanted.folder / "out").is_dir()


def test_what_was_changed_is_fetched_again(package: Path) -> None:
    wanted = entry(NOTEBOOK)
    fetch.fetch([wanted])
    wanted.path.write_text("changed", encoding="utf-8")
    fetch.fetch([wanted])
    assert wanted.path.read_bytes() == b"{}"


@pytest.mark.parametrize("wrong", [file("a.ipynb", "docs/a.ipynb", b"other"), file("b.ipynb", "docs/b.ipynb", b"{}")])
def test_another_content_is_not_written(package: Path, wrong: File) -> None:
    with pytest.raises(fetch.NotFetched, match=r"some-package==1\.0"):
        fetch.fetch([entry(wrong)])
    assert not (entry(wrong).folder / wrong.path).exists()


@pytest.mark.parametrize(
    ("asked", "found"), [("some.package==1.0", True), ("some-package==1", False), ("package==1.0", False)]
)
def test_a_download_is_known_by_any_spelling_of_its_name(package: Path, asked: str, found: bool) -> None:
    assert (fetch.downloaded(asked) == package) is found
