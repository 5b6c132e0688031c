"""The manifest names every notebook once, with pins and hashes."""

from __future__ import annotations

import re

from corpus.manifest import entries, requirements, sample

PIN = re.compile(r"[\w.-]+==[\w.]+")


def test_every_notebook_is_pinned() -> None:
    ids = [entry.id for entry in entries()]
    assert len(set(ids)) == len(ids) > 70
    for entry in entries():
        assert PIN.fullmatch(entry.package), entry
        assert all(PIN.fullmatch(need) for need in entry.requirements), entry
        assert entry.notebook in {file.path for file in entry.files}, entry
        assert all(re.fullmatch(r"[0-9a-f]{64}", file.sha256) for file in entry.files), entry


def test_a_sample_is_always_the_same_and_a_larger_one_holds_it() -> None:
    assert [entry.id for entry in sample(5)] == [entry.id for entry in sample(9)][:5]
    assert set(sample(1000)) == set(entries())


def test_a_sample_needs_no_more_than_its_notebooks() -> None:
    few = requirements(sample(5))
    assert set(few) < set(requirements(entries()))
    assert len(few) < 12


def test_one_package_has_one_version() -> None:
    names = [need.split("==")[0] for need in requirements(entries())]
    assert len(set(names)) == len(names)
