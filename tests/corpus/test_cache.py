"""A result is remembered for exactly what was run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus import cache
from corpus.manifest import Entry, File

ENTRY = Entry("x", "p==1", "a.ipynb", (File("a.ipynb", "a.ipynb", "0" * 64),), (), (), 1, (), ())


def test_kept_and_recalled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "FOLDER", tmp_path)
    key = cache.key_of(ENTRY, "env", ["text with a lone \ud800"])
    assert cache.recall(key) is None
    cache.keep(key, {"state": "exported \ud800"})
    assert cache.recall(key) == {"state": "exported \ud800"}


def test_the_key_changes_with_data_environment_and_content() -> None:
    other = replace(ENTRY, files=(File("a.ipynb", "a.ipynb", "1" * 64),))
    keys = {
        cache.key_of(ENTRY, "env", 1),
        cache.key_of(ENTRY, "env", 2),
        cache.key_of(ENTRY, "env 2", 1),
        cache.key_of(other, "env", 1),
    }
    assert len(keys) == 4


def test_the_name_in_the_corpus_does_not_count() -> None:
    assert cache.key_of(replace(ENTRY, id="y", seconds=2), "env", 1) == cache.key_of(ENTRY, "env", 1)


def test_a_half_written_result_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "FOLDER", tmp_path)
    (tmp_path / "ab").mkdir()
    (tmp_path / "ab" / "abc").write_text('{"state": ', encoding="utf-8")
    assert cache.recall("abc") is None
