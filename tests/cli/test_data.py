"""``jupyter prodify data`` and ``commit`` as a script sees them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Program
from tests.vcs.conftest import Person, add_remote, dvc_person, own_settings, person

__all__ = ["dvc_person", "own_settings", "person"]


@pytest.fixture
def inside(dvc_person: Person, monkeypatch: pytest.MonkeyPatch) -> Person:
    """The person, in the folder ``data`` of the project."""
    (dvc_person.root / "data").mkdir()
    monkeypatch.chdir(dvc_person.root / "data")
    return dvc_person


def test_the_life_of_data(program: Program, inside: Person, tmp_path: Path) -> None:
    add_remote(inside, tmp_path / "remote")
    revs = []
    for text in ("1\n", "1\n2\n"):
        inside.write("data/raw.csv", text)
        outcome = program("data", "add", "raw.csv", "-m", f"Rows {len(text) // 2}", "--json")
        assert (outcome.code, outcome.err) == (0, "")
        revs.append(outcome.json["commit"])
        assert outcome.json["paths"] == [
            {"path": "data/raw.csv", "kind": "dvc", "file": "data/raw.csv.dvc", "size": len(text), "files": 1}
        ]
    assert inside.git("rev-list", "--count", "HEAD").strip() == "5"

    versions = program("data", "history", "raw.csv", "--json").json["versions"]
    assert [set(one) for one in versions] == [{"rev", "date", "author", "message", "size", "files"}] * 2
    assert [one["rev"] for one in versions] == revs[::-1]
    assert (versions[0]["size"], versions[0]["files"], versions[0]["message"]) == (4, 1, "Rows 2")

    found = program("data", "diff", "raw.csv", revs[0], "--json").json
    assert found["changed"] == ["data/raw.csv"]
    assert program("data", "diff", "raw.csv", revs[0], revs[1], "--json").json["after"] == revs[1]

    inside.write("data/raw.csv", "unsaved\n")
    assert program("data", "status", "--json").json["paths"][0]["state"] == "changed"
    restored = program("data", "restore", "raw.csv", "--rev", revs[0], "--json").json
    assert restored["backup"].startswith("refs/prodify/backup/")
    assert (inside.root / "data/raw.csv").read_text() == "1\n"
    assert program("data", "restore", "raw.csv", "--rev", restored["backup"]).code == 0
    assert (inside.root / "data/raw.csv").read_text() == "unsaved\n"

    program("data", "restore", "raw.csv", "--rev", revs[1])
    moved = program("data", "push", "--json").json
    assert moved == {"paths": ["data/raw.csv"], "objects": 1, "branch": None, "notes": []}
    assert program("data", "status", "--remote", "--json").json["paths"][0]["state"] == "unchanged"
    (inside.root / "data/raw.csv").unlink()
    assert program("data", "pull", "raw.csv").code == 0
    assert (inside.root / "data/raw.csv").read_text() == "1\n2\n"


def test_text_for_people(program: Program, inside: Person) -> None:
    inside.write("data/raw.csv", "1\n")
    out = program("data", "add", "raw.csv", "-m", "Rows").out
    assert "data/raw.csv: 2 B, 1 file, in DVC" in out
    assert "Commit " in out
    assert "nothing was committed" in program("data", "add", "raw.csv", "-m", "Rows").out
    assert "Ada: Rows" in program("data", "history", "raw.csv").out
    assert "unchanged" in program("data", "status").out
    assert "Nothing differs." in program("data", "diff", "raw.csv", "HEAD").out
    assert "--rev refs/prodify/backup/" in program("data", "restore", "raw.csv", "--rev", "HEAD").out


def test_commit(program: Program, inside: Person) -> None:
    inside.write("b.py", "staged\n")
    inside.git("add", "b.py")
    inside.write("a.py", "x = 2\n")
    inside.write("data/new.py", "x\n")
    outcome = program("commit", "-m", "Both", "../a.py", "new.py", "--json")
    assert outcome.code == 0
    assert outcome.json == {
        "commit": inside.git("rev-parse", "HEAD").strip(),
        "paths": ["a.py", "data/new.py"],
        "notes": [],
    }
    assert inside.status() == ["M  b.py"]
    inside.write("b.py", "more\n")
    refused = program("commit", "-m", "Part", "../b.py", "--json")
    assert (refused.code, refused.json["refusal"]["code"]) == (3, "partly_staged")
    assert refused.json["refusal"]["paths"] == ["b.py"]
    assert program("commit", "-m", "Part", "../b.py", "--whole").code == 0
    assert program("commit", "-m", "Odd", "--", "--amend").code == 3
    (inside.root / "data/--amend").write_text("1")
    assert program("commit", "-m", "Odd", "--", "--amend").code == 0
    assert inside.files_of() == ["data/--amend"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["data", "add", "absent.csv", "-m", "x"], "not_versionable"),
        (["data", "history", "absent.csv"], "not_versioned"),
        (["data", "restore", "../a.py", "--rev", "absent"], "no_such_revision"),
        (["data", "status", ".", "../../outside"], "outside_root"),
        (["data", "push", "../a.py"], "not_versioned"),
        (["commit", "-m", "x", "../a.py"], "nothing_to_commit"),
        (["commit", "-m", "x", "absent"], "bad_path"),
    ],
)
def test_refused(program: Program, inside: Person, arguments: list[str], code: str) -> None:
    outcome = program(*arguments, "--json")
    assert outcome.code == 3
    assert outcome.json["refusal"]["code"] == code
    assert outcome.json["refusal"]["remedy"]
    said = program(*arguments)
    assert (said.code, said.out) == (3, "")
    assert said.err.startswith("Refused: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["data"],
        ["data", "add", "x"],
        ["data", "add", "-m", "x"],
        ["data", "add", "x", "-m", " "],
        ["data", "add", "x", "-m", "x", "--threshold", "1e3"],
        ["data", "restore", "x"],
        ["data", "history"],
        ["data", "history", ""],
        ["commit", "x"],
        ["commit", "-m", "x"],
    ],
)
def test_wrong_use(program: Program, inside: Person, arguments: list[str]) -> None:
    outcome = program(*arguments, "--json")
    assert outcome.code == 2
    assert outcome.json["error"]["code"] == "wrong_use"


def test_outside_of_a_repository(program: Program, folder: Path) -> None:
    outcome = program("data", "status", "--json")
    assert (outcome.code, outcome.json["refusal"]["code"]) == (3, "not_a_repository")


def test_a_name_of_any_bytes(inside: Person) -> None:
    """The JSON of a name that is no UTF-8 gives the very name back."""
    name = b"latin-\xe9.py"
    (inside.root / "data" / os.fsdecode(name)).write_text("1")
    done = subprocess.run(
        [sys.executable, "-m", "jupyterlab_prodify", "commit", "-m", "Odd", "--json", name],
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["paths"] == [os.fsdecode(b"data/" + name)]


def test_help(program: Program) -> None:
    for verb in (["data"], ["commit"]):
        out = program(*verb, "--help").out
        assert "exit codes: 0 done" in out
        assert "examples:" in out
