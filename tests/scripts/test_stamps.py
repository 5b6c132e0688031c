"""A step is done again exactly when what it depends on has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import stamps


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    monkeypatch.setattr(stamps, "STATE", tmp_path / ".make")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "index.ts").write_text("export {};\n", encoding="utf-8")
    return tmp_path


def test_the_same_content_gives_the_same_key(clone: Path) -> None:
    before = stamps.key_of([clone / "src"], "v20")
    (clone / "src" / "index.ts").write_text("export {};\n", encoding="utf-8")
    assert stamps.key_of([clone / "src"], "v20") == before


def test_content_names_facts_and_absence_all_count(clone: Path) -> None:
    keys = {stamps.key_of([clone / "src"], "v20"), stamps.key_of([clone / "src"], "v22")}
    keys.add(stamps.key_of([clone / "src", clone / "gone"], "v20"))
    (clone / "src" / "index.ts").rename(clone / "src" / "main.ts")
    keys.add(stamps.key_of([clone / "src"], "v20"))
    (clone / "src" / "main.ts").write_text("", encoding="utf-8")
    keys.add(stamps.key_of([clone / "src"], "v20"))
    assert len(keys) == 5


def test_a_step_is_done_for_its_key_only(clone: Path) -> None:
    assert not stamps.is_done("build", "a")
    stamps.mark_done("build", "a")
    assert stamps.is_done("build", "a")
    assert not stamps.is_done("build", "b")
    stamps.forget("build")
    assert not stamps.is_done("build", "a")
