"""Outputs that are put aside come back, whatever happens between."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyterlab_prodify.vcs.kept_outputs import KeptOutputs, bring_back_left


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """A file, a folder, a link and a file that is changed in place."""
    place = tmp_path / "project"
    (place / "folder").mkdir(parents=True)
    for name in ("file", "folder/inside", "own"):
        (place / name).write_text("old")
    (place / "link").symlink_to("nowhere")
    return place


def kept(outputs: Path) -> KeptOutputs:
    return KeptOutputs(outputs.parent / "kept", "train@ä")


def take(outputs: Path) -> KeptOutputs:
    found = kept(outputs)
    found.take([str(outputs / name) for name in ("file", "folder", "link", "not there")], [str(outputs / "own")])
    return found


def is_as_before(outputs: Path) -> bool:
    files = {"file", "folder/inside", "own"}
    return all((outputs / name).read_text() == "old" for name in files) and (outputs / "link").is_symlink()


def test_back_and_forth(outputs: Path) -> None:
    found = take(outputs)
    assert sorted(path.name for path in outputs.iterdir()) == ["own"]
    (outputs / "own").write_text("changed")
    (outputs / "folder").mkdir()
    (outputs / "file").write_text("new")
    assert len(found.put_back(over=True)) == 4
    assert is_as_before(outputs)
    assert not found.place.exists()


def test_only_what_was_not_written(outputs: Path) -> None:
    found = take(outputs)
    (outputs / "file").write_text("new")
    found.put_back(over=False)
    assert (outputs / "file").read_text() == "new"
    assert (outputs / "folder/inside").read_text() == "old"


def test_another_process_brings_them_back(outputs: Path) -> None:
    take(outputs)
    (outputs / "own").write_text("half")
    assert list(bring_back_left(outputs.parent / "kept")) == ["train@ä"]
    assert is_as_before(outputs)
    assert bring_back_left(outputs.parent / "kept") == {}


def test_begun_again_without_recovery(outputs: Path) -> None:
    take(outputs)
    (outputs / "file").write_text("half")
    take(outputs).put_back(over=True)
    assert is_as_before(outputs)


def test_new_ones_count_once_that_is_decided(outputs: Path) -> None:
    take(outputs).decide()
    (outputs / "file").write_text("new")
    assert bring_back_left(outputs.parent / "kept") == {}
    assert (outputs / "file").read_text() == "new"


def test_a_kill_before_the_first_move(outputs: Path) -> None:
    found = kept(outputs)
    found.place.mkdir(parents=True)
    assert bring_back_left(outputs.parent / "kept") == {}
    assert is_as_before(outputs)
