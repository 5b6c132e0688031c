"""The pipeline over HTTP."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.routes.conftest import Ask
from tests.routes.test_jobs import ended
from tests.vcs.conftest import Person, make_dvc_project, own_settings

__all__ = ["own_settings"]

PIPELINE = """\
stages:
  first:
    cmd: echo hello; cat raw.csv > first.txt
    deps: [raw.csv]
    outs: [first.txt]
"""


@pytest.fixture
def project(root: Path) -> Person:
    folder = root / "project"
    folder.mkdir()
    person = Person(folder)
    person.git("init", "-q")
    person.write("raw.csv", "1\n")
    person.write("dvc.yaml", PIPELINE)
    person.write("nb/a.ipynb", "{}")
    make_dvc_project(person)
    return person


async def status(ask: Ask, path: str, **more: str) -> Any:
    """Once nothing is looked for any more."""
    for _ in range(600):
        answer = await ask("pipeline", params={"path": path, **more})
        assert answer.status == 200, answer.body
        if not answer.body["refreshing"] and answer.body["known"]:
            return answer.body
        await asyncio.sleep(0.05)
        more = {}
    raise TimeoutError


async def test_from_the_status_to_the_log(ask: Ask, project: Person) -> None:
    first = await ask("pipeline", params={"path": "project/nb/a.ipynb"})
    assert (first.status, first.body["known"], first.body["refreshing"]) == (200, False, True), "nobody waits"
    found = await status(ask, "project/nb/a.ipynb")
    assert (found["project"], found["notebooks"], found["without_notebook"]) == ("project", ["nb/a.ipynb"], ["first"])
    assert [(stage["name"], stage["state"]) for stage in found["stages"]] == [("first", "never_run")]

    answer = await ask("pipeline/run", {"path": "project", "stages": ["first"], "jobs": 1})
    assert (answer.status, answer.body["kind"], answer.body["title"]) == (202, "pipeline", "Run first")
    job = (await ended(ask, answer.body["id"])).body
    assert job["state"] == "done", job
    assert (job["result"]["kind"], job["result"]["ok"]) == ("ran", True)
    assert [(one["name"], one["outcome"]) for one in job["result"]["stages"]] == [("first", "ran")]

    found = await status(ask, "project", refresh="1")
    assert (found["stages"][0]["state"], found["stages"][0]["log_line"]) == ("up_to_date", "hello")
    assert found["run"]["state"] == "done"
    log = await ask("pipeline/log", params={"path": "project", "stage": "first", "offset": "2"})
    assert (log.status, log.body) == (200, {"text": "llo\n", "next_offset": 6})


async def test_stop(ask: Ask, project: Person) -> None:
    project.write("dvc.yaml", PIPELINE.replace("echo hello", "touch began; sleep 600"))
    job = (await ask("pipeline/run", {"path": "project"})).body["id"]
    while not (project.root / "began").exists():
        await asyncio.sleep(0.02)
    assert (await ask("pipeline/run", {"path": "project"})).body["id"] == job
    other = await ask("pipeline/run", {"path": "project", "force": True})
    assert (other.status, other.body["code"]) == (409, "run_in_progress")
    found = await status(ask, "project")
    assert (found["stages"][0]["state"], found["run"]["job"]) == ("running", job)
    answer = await ask(f"jobs/{job}", method="DELETE")
    assert (answer.status, answer.body["state"]) == (200, "cancelled")
    found = await status(ask, "project", refresh="1")
    assert (found["stages"][0]["state"], found["run"]["state"]) == ("never_run", "stopped")


async def test_without_a_project(ask: Ask, root: Path) -> None:
    found = await status(ask, "notebooks")
    assert (found["project"], found["stages"]) == (None, [])
    answer = await ask("pipeline/run", {"path": "notebooks"})
    assert (answer.status, answer.body["code"]) == (409, "not_a_dvc_project")


async def test_what_makes_no_sense(ask: Ask, project: Person) -> None:
    for route, body, code, word in (
        ("pipeline/run", {"path": "../x"}, 403, "outside_root"),
        ("pipeline/run", {"path": "project", "jobs": 0}, 400, "bad_request"),
        ("pipeline/run", {"path": "project", "other": 1}, 400, "bad_request"),
        ("pipeline/log?path=project&stage=first", None, 404, "not_found"),
        ("pipeline/log?path=project&stage=first&offset=x", None, 400, "bad_request"),
        ("pipeline?path=../x", None, 403, "outside_root"),
        ("pipeline", None, 400, "bad_request"),
    ):
        path, _, query = route.partition("?")
        given = dict(part.split("=") for part in query.split("&")) if query else {}
        answer = await ask(path, body, **({"params": given} if body is None else {}))
        assert (answer.status, answer.body["code"]) == (code, word), route


async def test_a_project_that_goes(ask: Ask, project: Person) -> None:
    await status(ask, "project")
    shutil.rmtree(project.root)
    assert (await status(ask, "project"))["project"] is None
