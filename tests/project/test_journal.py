from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from jupyterlab_prodify.project.journal import Journal, new_journal, open_journals, state_folder
from jupyterlab_prodify.project.steps import FileStep, FolderStep


def test_a_journal_is_read_as_it_was_written(state: Path) -> None:
    journal = new_journal()
    journal.steps += [
        FileStep("/a.py", "/.a.new", None, None, "sha256:1"),
        FolderStep("/pkg", "/.pkg.new", {"__init__.py": "sha256:2"}),
    ]
    journal.save(ready=True)
    assert open_journals() == [journal]
    assert open_journals()[0].path.is_relative_to(state)


def test_a_journal_of_another_version_is_left_alone(state: Path) -> None:
    other = Journal(state / "journal" / "other.json")
    other.save(ready=True)
    other.path.write_text('{"version": 9}')
    assert open_journals() == []
    assert other.path.exists()


def test_without_a_home_journals_live_with_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "file" / "user"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    assert state_folder().parent == tmp_path / "temporary"
    assert state_folder().stat().st_mode & 0o077 == 0
