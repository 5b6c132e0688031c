"""Two versions of a table side by side."""

from __future__ import annotations

import importlib.util
import tracemalloc
from pathlib import Path

import pytest

from jupyterlab_prodify.data import tables
from jupyterlab_prodify.data.add import add
from jupyterlab_prodify.data.compare import compare_tables
from jupyterlab_prodify.data.errors import NoSuchVersionError
from jupyterlab_prodify.data.workspace import Workspace
from tests.data.conftest import Person


def table(folder: Path, text: str, name: str = "t.csv") -> tables.Table:
    place = folder / name
    place.write_text(text)
    return tables.read_table(name, place)


def test_columns(tmp_path: Path) -> None:
    found = table(tmp_path, "n,x,s,e,n\n1,0.5,a,,7\n3,NA,b,,8\n\n2,1.5,a\n")
    assert (found.rows, list(found.columns)) == (3, ["n", "x", "s", "e", "n (2)"])
    n, x, s, e = list(found.columns.values())[:4]
    assert (n.type, n.count, n.missing, n.minimum, n.maximum, n.mean) == ("integer", 3, 0, "1", "3", 2.0)
    assert (x.type, x.count, x.missing, x.minimum, x.maximum, x.mean) == ("number", 2, 1, "0.5", "1.5", 1.0)
    assert (s.type, s.unique, s.top, s.top_count) == ("text", 2, "a", 2)
    assert (e.type, e.count, e.missing) == ("empty", 0, 3)


@pytest.mark.parametrize(
    ("name", "text"), [("t.csv", "a;b\n1;2\n"), ("t.tsv", "a\tb\n1\t2\n"), ("t.csv", "\ufeffa,b\n1,2\n")]
)
def test_separators(tmp_path: Path, name: str, text: str) -> None:
    assert list(table(tmp_path, text, name).columns) == ["a", "b"]


def test_nothing_at_all(tmp_path: Path) -> None:
    found = table(tmp_path, "")
    assert (found.rows, found.columns) == (0, {})


def test_memory_is_bounded(tmp_path: Path) -> None:
    place = tmp_path / "t.csv"
    place.write_text("id,x\n" + "".join(f"name {number},{number}\n" for number in range(200_000)))
    tracemalloc.start()
    found = tables.read_table("t.csv", place)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found.rows, found.columns["id"].unique) == (200_000, None)
    assert most < 10_000_000


@pytest.mark.skipif(importlib.util.find_spec("pyarrow") is not None, reason="pyarrow is installed")
def test_parquet_needs_a_package(tmp_path: Path) -> None:
    with pytest.raises(tables.ParquetError) as caught:
        table(tmp_path, "", "t.parquet")
    assert "pip install pyarrow" in caught.value.remedy


def test_versions(workspace: Workspace, dvc_person: Person, tmp_path: Path) -> None:
    dvc_person.write("folder/t.csv", "a,b,c\n1,x,1\n")
    dvc_person.write("code.csv", "a\n1\n")
    add(workspace, ["folder"], "One")
    add(workspace, ["code.csv"], "Two", "git")
    dvc_person.write("folder/t.csv", "c,a,d\n1,2,1\n1,3,1\n")
    found = compare_tables(workspace, "folder/t.csv", "HEAD", None, tmp_path)
    assert (found.before.rows, found.after.rows, found.reordered) == (1, 2, True)
    assert [(one.name, one.differs) for one in found.columns] == [("c", True), ("a", True), ("d", True), ("b", True)]
    assert compare_tables(workspace, "code.csv", "HEAD", None, tmp_path).columns[0].differs is False
    for path in ("folder/absent.csv", "a.py"):
        with pytest.raises((NoSuchVersionError, tables.TableError)):
            compare_tables(workspace, path, "HEAD", None, tmp_path)
