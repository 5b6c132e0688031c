"""Data over HTTP, with real Git and DVC."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.routes.conftest import Answer, Ask
from tests.vcs.conftest import Person, add_remote, make_dvc_project, own_settings

__all__ = ["own_settings"]


@pytest.fixture
def project(root: Path) -> Person:
    """A project in a folder of the server's root, with data that nobody has versioned yet."""
    person = Person(root / "work")
    person.root.mkdir()
    person.git("init", "-q")
    make_dvc_project(person)
    person.write("data/raw.csv", "a,b\n1,x\n2,y\n")
    person.write("code.py", "x = 1\n")
    return person


async def ended(ask: Ask, job: Answer) -> Any:
    """The job's end."""
    assert job.status == 202, job.body
    for _ in range(600):
        answer = (await ask(f"jobs/{job.body['id']}")).body
        if answer["state"] not in ("queued", "running"):
            return answer
        await asyncio.sleep(0.1)
    raise TimeoutError


async def done(ask: Ask, path: str, body: Any) -> Any:
    """The result of a job that must succeed."""
    job = await ended(ask, await ask(path, body))
    assert job["state"] == "done", job["error"]
    return job["result"]


async def panel(ask: Ask, **query: str) -> Any:
    """The status once nothing newer is on its way."""
    for _ in range(200):
        answer = await ask("data/panel", params={"path": "work", **query})
        assert answer.status == 200, answer.body
        query = {}
        if not answer.body["refreshing"]:
            return answer.body
        await asyncio.sleep(0.05)
    raise TimeoutError


async def test_the_life_of_data(ask: Ask, project: Person, tmp_path: Path) -> None:
    plan = (await ask("data/plan", {"paths": ["work/data/raw.csv"]})).body
    assert plan["project"] == "work"
    assert [one["to"] for one in plan["advice"]] == ["dvc"]
    assert plan["committed"] == ["work/data/raw.csv.dvc", "work/data/.gitignore"]
    assert [one["op"] for one in plan["steps"]] == ["hash", "write", "ignore", "commit"]
    assert plan["message"] == "Version data/raw.csv"
    added = await done(ask, "data/add", {"paths": ["work/data/raw.csv"], "message": "First"})
    assert (added["kind"], added["committed"]) == ("added", ["work/data/.gitignore", "work/data/raw.csv.dvc"])
    assert project.status() == ["?? code.py"]

    known = await panel(ask, refresh="1")
    assert [(one["path"], one["state"], one["pushed"]) for one in known["paths"]] == [
        ("work/data/raw.csv", "unchanged", None)
    ]
    add_remote(project, tmp_path / "remote")
    assert (await panel(ask, remote="1"))["paths"][0]["state"] == "not_pushed"
    remotes = (await ask("data/remotes", params={"path": "work"})).body["remotes"]
    assert [(one["name"], one["kind"], one["default"]) for one in remotes] == [("here", "folder", True)]
    moved = await done(ask, "data/push", {"path": "work"})
    assert (moved["kind"], moved["paths"], moved["objects"]) == ("moved", ["work/data/raw.csv"], 1)
    assert (await panel(ask, remote="1"))["paths"][0]["pushed"] is True

    project.write("data/raw.csv", "a,b,c\n1,x,0\n2,y,0\n9,y,0\n")
    assert (await panel(ask, refresh="1"))["paths"][0]["state"] == "changed"
    changed = (await ask("changes", params={"path": "work"})).body
    assert [(one["path"], one["kind"], one["state"]) for one in changed["paths"]] == [
        ("work/code.py", "code", "new"),
        ("work/data/raw.csv", "data", "changed"),
    ]
    paths = [one["path"] for one in changed["paths"]]
    committed = await done(ask, "commit", {"paths": paths, "message": "Both"})
    assert sorted(committed["paths"]) == ["work/code.py", "work/data/raw.csv.dvc"]
    assert project.status() == []

    versions = (await ask("data/history", params={"path": "work/data/raw.csv"})).body["versions"]
    assert [one["message"] for one in versions] == ["Both", "First"]
    query = {"path": "work/data/raw.csv", "before": versions[1]["rev"], "after": versions[0]["rev"]}
    assert (await ask("data/diff", params=query)).body["changed"] == ["work/data/raw.csv"]
    compared = await done(ask, "data/compare", query)
    assert (compared["before"]["rows"], compared["after"]["rows"]) == (2, 3)
    assert [one["name"] for one in compared["columns"] if one["before"] is None] == ["c"]
    restored = await done(ask, "data/restore", {"path": "work/data/raw.csv", "rev": versions[1]["rev"]})
    assert (project.root / "data/raw.csv").read_text() == "a,b\n1,x\n2,y\n"
    await done(ask, "data/restore", {"path": "work/data/raw.csv", "rev": restored["backup"]})
    assert (project.root / "data/raw.csv").read_text().startswith("a,b,c")
    await done(ask, "data/pull", {"path": "work", "paths": ["work/data/raw.csv"]})


async def test_a_folder_becomes_a_project(ask: Ask, root: Path) -> None:
    (root / "new/data").mkdir(parents=True)
    (root / "new/data/raw.csv").write_text("a\n1\n")
    (root / "new/pyproject.toml").write_text("")
    assert (await ask("data/panel", params={"path": "new"})).body["project"] is None
    plan = (await ask("data/plan", {"paths": ["new/data/raw.csv"]})).body
    assert (plan["project"], plan["initialise"]) == ("new", ["git", "dvc"])
    assert [one["op"] for one in plan["steps"]] == ["git_init", "dvc_init", "hash", "write", "ignore", "commit"]
    body = {"paths": ["new/data/raw.csv"], "message": "First"}
    refused = await ended(ask, await ask("data/add", body))
    assert (refused["state"], refused["error"]["code"]) == ("failed", "not_a_repository")
    assert not (root / "new/.git").exists()
    added = await done(ask, "data/add", {**body, "initialise": plan["initialise"]})
    assert sorted(added["committed"]) == sorted(plan["committed"])
    person = Person(root / "new")
    assert person.status() == ["?? pyproject.toml"]


async def test_cancel_leaves_things_as_before(ask: Ask, root: Path) -> None:
    (root / "new/many").mkdir(parents=True)
    for number in range(3000):
        (root / f"new/many/{number}").write_bytes(str(number).encode() * 20_000)
    job = await ask("data/add", {"paths": ["new/many"], "message": "Many", "initialise": ["git", "dvc"]})
    seen = set()
    for _ in range(2000):
        progress = (await ask(f"jobs/{job.body['id']}")).body["progress"] or {}
        seen.add(json.dumps(progress))
        if progress.get("total") == 3000 and progress["done"] > 0:
            break
        await asyncio.sleep(0.01)
    answer = await ask(f"jobs/{job.body['id']}", method="DELETE")
    assert answer.body["state"] == "cancelled"
    assert len(seen) >= 3
    assert [path.name for path in (root / "new").iterdir()] == ["many"]
    assert len(list((root / "new/many").iterdir())) == 3000


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("data/plan", {"paths": []}, 400, "bad_request"),
        ("data/plan", {"paths": ["../x"]}, 403, "outside_root"),
        ("data/plan", {"paths": ["work/code.py"], "threshold": -1}, 400, "bad_request"),
        ("data/add", {"paths": ["/etc/passwd"], "message": "x"}, 403, "outside_root"),
        ("data/add", {"paths": ["work/code.py"], "message": " "}, 400, "bad_request"),
        ("data/add", {"paths": [], "message": "x"}, 400, "bad_request"),
        ("commit", {"paths": ["work/../../x"], "message": "x"}, 403, "outside_root"),
        ("data/remotes", {"path": "work", "name": "a b", "url": "/x"}, 400, "bad_remote"),
        ("data/remotes", {"path": "work", "name": "a", "url": "ssh://me:pw@host/x"}, 400, "credentials_refused"),
        ("data/remotes/default", {"path": "work", "name": "absent"}, 409, "no_such_remote"),
    ],
)
async def test_refused(ask: Ask, project: Person, path: str, body: Any, status: int, code: str) -> None:
    answer = await ask(path, body)
    assert (answer.status, answer.body["code"]) == (status, code)
    assert "pw" not in str(answer.body)


async def test_what_is_not_versioned(ask: Ask, project: Person) -> None:
    answer = await ask("data/history", params={"path": "work/data/raw.csv"})
    assert (answer.status, answer.body["code"], answer.body["path"]) == (404, "not_versioned", "work/data/raw.csv")
    query = {"path": "work/data/raw.csv", "before": "HEAD"}
    assert (await ask("data/diff", params=query)).status == 404
    assert (await ask("changes", params={"path": "notebooks"})).body["code"] == "not_a_repository"


async def test_a_job_that_is_refused_tells_why(ask: Ask, project: Person) -> None:
    project.git("checkout", "-q", "--detach")
    job = await ended(ask, await ask("data/add", {"paths": ["work/data/raw.csv"], "message": "x"}))
    assert (job["state"], job["error"]["code"]) == ("failed", "detached_head")
    assert job["error"]["remedy"]
    plan = (await ask("data/plan", {"paths": ["work/data/raw.csv"]})).body
    assert [one["code"] for one in plan["problems"]] == ["detached_head"]
