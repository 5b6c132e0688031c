"""`data add --dry-run` and `--init`, remotes, tables and changes from a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.cli.test_data import inside
from tests.vcs.conftest import Person, dvc_person, own_settings, person

__all__ = ["dvc_person", "inside", "own_settings", "person"]


def test_what_would_happen(program: Program, inside: Person) -> None:
    inside.write("data/raw.csv", "a\n1\n")
    found = program("data", "add", "raw.csv", "--dry-run", "--json").json
    assert [one["op"] for one in found["steps"]] == ["hash", "write", "ignore", "commit"]
    assert found["steps"][2]["text"].startswith("Add the line `/raw.csv` to `data/.gitignore`")
    assert found["committed"] == ["data/raw.csv.dvc", "data/.gitignore"]
    assert inside.status() == ["?? data/"]
    said = program("data", "add", "raw.csv", "--dry-run").out
    assert "A message for it: Version data/raw.csv" in said
    done = program("data", "add", "raw.csv", "-m", "Raw", "--json").json
    assert sorted(done["committed"]) == sorted(found["committed"])


def test_from_nothing(program: Program, folder: Path, own_settings: None) -> None:
    (folder / "data").mkdir()
    (folder / "data/raw.csv").write_text("a\n1\n")
    planned = program("data", "add", "data/raw.csv", "--dry-run", "--json").json
    assert planned["initialise"] == ["git", "dvc"]
    assert not (folder / ".git").exists()
    refused = program("data", "add", "data/raw.csv", "-m", "x", "--json")
    assert (refused.code, refused.json["refusal"]["code"]) == (3, "not_a_repository")
    done = program("data", "add", "data/raw.csv", "-m", "x", "--init", "--json").json
    assert sorted(done["committed"]) == sorted(planned["committed"])
    assert program("data", "status", "--json").json["paths"][0]["state"] == "unchanged"


def test_each_path_where_it_is_wanted(program: Program, inside: Person) -> None:
    inside.write("data/small.csv", "a\n1\n")
    inside.write("data/raw.csv", "a\n1\n")
    done = program("data", "add", "raw.csv", "--to-git", "small.csv", "-m", "x", "--json").json
    assert {one["path"]: one["kind"] for one in done["paths"]} == {"data/raw.csv": "dvc", "data/small.csv": "git"}


def test_remotes(program: Program, inside: Person, tmp_path: Path) -> None:
    assert program("data", "remote", "list").out == "There is no remote.\n"
    program("data", "remote", "add", "here", str(tmp_path / "remote"))
    added = program(
        *("data", "remote", "add", "s3", "s3://bucket/x", "--endpoint-url", "http://localhost:1"),
        *("--set", "region=eu-1", "--json"),
    )
    assert [(one["name"], one["default"]) for one in added.json["remotes"]] == [("here", True), ("s3", False)]
    assert "region = eu-1" in (inside.root / ".dvc/config").read_text()
    program("data", "remote", "default", "s3")
    assert program("data", "remote", "list").out.splitlines()[1].startswith("* s3")
    refused = program("data", "remote", "add", "x", "s3://b", "--set", "secret_access_key=abc", "--json")
    assert refused.json["refusal"]["code"] == "credentials_refused"
    assert program("data", "remote", "add", "x", "s3://b", "--set", "region").code == 2


def test_tables_and_changes(program: Program, inside: Person) -> None:
    inside.write("data/raw.csv", "a,b\n1,x\n2,y\n")
    program("data", "add", "raw.csv", "-m", "x")
    inside.write("data/raw.csv", "a,c\n1,x\n5,y\n")
    said = program("data", "compare", "raw.csv", "HEAD").out
    assert "~ a: integer, 2 values, 0 missing, 1 to 2, mean 1.5 -> integer, 2 values" in said
    assert "\n- b: text" in said
    changed = program("data", "changes", "--json").json
    assert [(one["path"], one["kind"], one["state"]) for one in changed["paths"]] == [
        ("data/raw.csv", "data", "changed")
    ]
    assert program("commit", "-m", "y", "raw.csv", "--json").json["paths"] == ["data/raw.csv.dvc"]
    assert program("data", "changes").out == "Nothing has changed.\n"


@pytest.mark.parametrize("arguments", [["data", "add", "x"], ["data", "remote"], ["data", "remote", "add", "x"]])
def test_wrong_use(program: Program, inside: Person, arguments: list[str]) -> None:
    assert program(*arguments).code == 2
