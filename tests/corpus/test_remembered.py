"""A run is remembered for exactly what was run, and only a run that came to its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from corpus import remembered
from corpus.manifest import Entry, File
from corpus.remembered import RememberedWorker, from_the_first_cell, part_of
from tests.proof.session import CellRun, Variant

ENTRY = Entry("x", "p==1", "a.ipynb", (File("a.ipynb", "a.ipynb", "0" * 64),), (), (), 1)
CELLS = [{"id": "a", "source": "1"}]


class Recorder:
    """Stands for a worker: counts what it is asked for."""

    def __init__(self, answers: dict[str | None, str | None] | None = None) -> None:
        self.asked: list[list[str | None]] = []
        self.answers = answers or {}

    def __call__(self) -> Any:
        return self

    def run(self, _cells: object, variants: Sequence[Variant], *_more: object) -> dict[str | None, Any]:
        keys = [None, *(variant.key for variant in variants)]
        self.asked.append(keys)
        texts = {key: self.answers.get(key, f"run {len(self.asked)}") for key in keys}
        return {key: None if text is None else [shown(text)] for key, text in texts.items()}


def shown(text: str) -> CellRun:
    return CellRun("a", [{"stream": "stdout", "text": text}, {"data": {"text/plain": text}}], None, [], {}, [], [])


def variant(key: str, source: str) -> Variant:
    return Variant(key, 0, [{"id": "a", "source": source}], {})


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(remembered, "FOLDER", tmp_path)
    return tmp_path


def test_only_what_is_new_is_run() -> None:
    recorder = Recorder()
    worker = RememberedWorker(ENTRY, "env", recorder)
    first = worker.run(CELLS, [variant("0", "f()")], {})
    again = worker.run(CELLS, [variant("7", "f()")], {})
    assert again == {"7": first["0"], None: first[None]}
    assert len(recorder.asked) == 1
    more = worker.run(CELLS, [variant("0", "f()"), variant("1", "g()")], {})
    assert more["0"] == first["0"]
    assert recorder.asked == [[None, "0"], [None, "1"]]


def test_the_original_alone_is_another_run() -> None:
    recorder = Recorder()
    worker = RememberedWorker(ENTRY, "env", recorder)
    beside = worker.run(CELLS, [variant("0", "f()")], {})[None]
    assert worker.run(CELLS, [], {})[None] != beside
    worker.run(CELLS, [], {})
    assert len(recorder.asked) == 2
    assert worker.run(CELLS, [], {}, turn=1)[None] != worker.run(CELLS, [], {})[None]
    assert len(recorder.asked) == 3


def test_the_original_is_run_only_where_no_run_of_it_is_known() -> None:
    recorder = Recorder()
    worker = RememberedWorker(ENTRY, "env", recorder)
    first = worker.original(CELLS, "folder", 1)
    assert worker.original(CELLS, "folder", 1) == first
    assert recorder.asked == [[None]]
    beside = worker.run(CELLS, [variant("0", "f()")], {})[None]
    assert worker.original(CELLS, "folder", 1) == beside
    assert len(recorder.asked) == 2


def test_what_died_is_run_again_from_the_first_cell_and_is_not_remembered() -> None:
    recorder = Recorder({"0": None})
    worker = RememberedWorker(ENTRY, "env", recorder)
    for turn in (1, 2):
        assert worker.run(CELLS, [variant("0", "f()")], {})["0"] is None
        assert len(recorder.asked) == 2 * turn


def test_a_variant_with_all_cells_before_it() -> None:
    cells = [{"id": name, "source": name} for name in "abc"]
    late = Variant("0", 2, [{"id": "c", "source": "f()"}], {}, prelude="import f")
    longer = from_the_first_cell(cells, late)
    assert [cell["id"] for cell in longer.cells] == ["a", "b", "prelude", "c"]
    assert (longer.start, longer.prelude) == (0, None)
    run = [replace(shown(""), id=cell["id"]) for cell in longer.cells]
    assert [cell.id for cell in part_of(run, late) or []] == ["c"]
    run[2] = replace(run[2], error=["ImportError", ""])
    assert [cell.id for cell in part_of(run, late) or []] == ["prelude"]
    assert part_of(None, late) is None


@pytest.mark.parametrize(
    ("entry", "environment", "cells"),
    [
        (replace(ENTRY, files=(File("a.ipynb", "a.ipynb", "1" * 64),)), "env", CELLS),
        (ENTRY, "other", CELLS),
        (ENTRY, "env", [{"id": "a", "source": "2"}]),
    ],
)
def test_data_environment_and_notebook_count(entry: Entry, environment: str, cells: list[dict[str, str]]) -> None:
    recorder = Recorder()
    RememberedWorker(ENTRY, "env", recorder).run(CELLS, [variant("0", "f()")], {})
    RememberedWorker(entry, environment, recorder).run(cells, [variant("0", "f()")], {})
    assert len(recorder.asked) == 2


def test_the_day_of_the_run_does_not_count() -> None:
    day = datetime.now(timezone.utc)
    recorder = Recorder({None: f"Date: {day:%a, %d %b %Y}", "0": f"on {day:%Y-%m-%d}"})
    runs = RememberedWorker(ENTRY, "env", recorder).run(CELLS, [variant("0", "f()")], {})
    assert runs == {None: [shown("Date: <today>")], "0": [shown("on <today>")]}


def test_a_half_written_run_is_none(folder: Path) -> None:
    (folder / "ab").mkdir()
    (folder / "ab" / "abc").write_bytes(b"half")
    assert remembered.recall("abc") is None
