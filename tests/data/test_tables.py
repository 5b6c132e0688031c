"""Two versions of a table side by side."""

from __future__ import annotations

import sys
import tracemalloc
from pathlib import Path
from typing import Any

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


def parquet(folder: Path, columns: Any, names: list[str] | None = None) -> Path:
    pyarrow = pytest.importorskip("pyarrow")
    place = folder / "t.parquet"
    pytest.importorskip("pyarrow.parquet").write_table(pyarrow.table(columns, names), place)
    return place


def test_parquet(tmp_path: Path) -> None:
    columns = {"n": [1, 3, None], "x": [0.5, float("nan"), 1.5], "s": ["a", "b", "a"], "l": [[1], [1], None]}
    found = tables.read_table("t.parquet", parquet(tmp_path, columns))
    n, x, s, several = found.columns.values()
    assert found.rows == 3
    assert (n.type, n.count, n.missing, n.minimum, n.maximum, n.mean) == ("int64", 2, 1, "1", "3", 2.0)
    assert (x.type, x.count, x.missing, x.minimum, x.maximum, x.mean) == ("double", 2, 1, "0.5", "1.5", 1.0)
    assert (s.type, s.unique, s.top, s.top_count) == ("string", 2, "a", 2)
    assert (several.unique, several.top, several.missing) == (1, "[1]", 1)


def test_parquet_of_unusual_types(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    large, half = pyarrow.array([2**62] * 3), pyarrow.array([1, 2, None], pyarrow.float16())
    found = tables.read_table("t.parquet", parquet(tmp_path, [large, half, half], ["a", "b", "b"])).columns
    assert list(found) == ["a", "b", "b (2)"]
    assert found["a"].mean == 2.0**62
    assert (found["b"].minimum, found["b"].maximum, found["b"].mean) == ("1.0", "2.0", 1.5)


def test_broken_parquet(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    with pytest.raises(tables.TableError, match="cannot be read as Parquet"):
        table(tmp_path, "no", "t.parquet")


def test_versions_of_parquet(workspace: Workspace, dvc_person: Person, tmp_path: Path) -> None:
    parquet(dvc_person.root, {"a": [1, 2], "b": ["x", "y"]})
    add(workspace, ["t.parquet"], "One")
    parquet(dvc_person.root, {"a": [1.5], "c": ["x"]})
    found = compare_tables(workspace, "t.parquet", "HEAD", None, tmp_path)
    assert (found.before.rows, found.after.rows) == (2, 1)
    assert [one.name for one in found.columns] == ["a", "c", "b"]
    assert all(one.differs for one in found.columns)


def test_parquet_needs_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(tables.ParquetError) as caught:
        table(tmp_path, "", "t.parquet")
    assert "jupyterlab_prodify[parquet]" in caught.value.remedy


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
