"""Jobs and Verify over HTTP, with real kernels."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from jupyter_server.auth.authorizer import Authorizer

from jupyterlab_prodify.api.jobs import Job
from jupyterlab_prodify.app import JOB_EVENT, _job_folder
from jupyterlab_prodify.jobs.processes import marked
from jupyterlab_prodify.jobs.records import Owner, Record
from tests.routes.conftest import Answer, Ask

CELL = {"id": "c0", "source": "print(1)"}
EXPORT = {"notebook": "notebooks/nb.ipynb", "cells": [CELL], "cell_edits": [], "file_edits": [], "name": "clean_co2"}


def export(source: str, **more: Any) -> dict[str, Any]:
    return {**EXPORT, "cells": [{"id": "c0", "source": source}], **more}


async def ended(ask: Ask, job_id: str) -> Answer:
    """The job once it has ended."""
    for _ in range(1800):
        answer = await ask(f"jobs/{job_id}")
        if answer.body["state"] not in ("queued", "running"):
            return answer
        await asyncio.sleep(0.1)
    raise TimeoutError


@pytest.fixture
def events(jp_serverapp: Any) -> list[Any]:
    found: list[Any] = []

    async def hear(logger: Any, schema_id: str, data: dict[str, Any]) -> None:
        found.append(data)

    jp_serverapp.event_logger.add_listener(schema_id=JOB_EVENT, listener=hear)
    return found


async def test_from_the_request_to_the_result(ask: Ask, events: list[Any], root: Path) -> None:
    edit = {"op": "replace", "cell_id": "c0", "source_before": "print(1)", "source_after": "print(2)"}
    answer = await ask("verify/export", {**EXPORT, "cell_edits": [edit]})
    assert answer.status == 202
    job = answer.body
    assert (job["kind"], job["title"]) == ("verify", "Verify the export of clean_co2")
    assert (await ask("verify/export", {**EXPORT, "cell_edits": [edit]})).body["id"] == job["id"]
    done = await ended(ask, job["id"])
    assert done.status == 200
    assert done.body["state"] == "done"
    assert done.body["result"]["verdict"] == "differs"
    assert done.body["result"]["differences"][0]["before"] == [{"kind": "stdout", "text": "1\n", "image": None}]
    assert {"id": job["id"]} in events
    assert {event["id"] for event in events} == {job["id"]}
    assert len(events) >= 3
    assert [one["id"] for one in (await ask("jobs")).body] == [job["id"]]
    log = await ask(f"jobs/{job['id']}/log")
    assert "Before: cell 1 of 1" in log.body["text"]
    rest = await ask(f"jobs/{job['id']}/log", params={"offset": str(log.body["next_offset"])})
    assert rest.body == {"text": "", "next_offset": log.body["next_offset"]}
    assert list((root / "notebooks").iterdir()) == []


async def test_a_notebook_and_its_saved_outputs(ask: Ask, root: Path) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": "1\n"}
    cell = {**CELL, "cell_type": "code", "metadata": {}, "outputs": [output], "execution_count": 1}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (root / "notebooks" / "nb.ipynb").write_text(json.dumps(notebook))
    answer = await ask("verify/notebook", {"notebook": "notebooks/nb.ipynb"})
    assert answer.status == 202
    result = (await ended(ask, answer.body["id"])).body["result"]
    assert result["summary"] == "Same outputs in 1 of 1 cell"


async def test_cancel(ask: Ask) -> None:
    job = (await ask("verify/export", export("while True: pass"))).body["id"]
    while (await ask(f"jobs/{job}")).body["progress"] is None:
        await asyncio.sleep(0.05)
    answer = await ask(f"jobs/{job}", method="DELETE")
    assert (answer.status, answer.body["state"], answer.body["error"]) == (200, "cancelled", None)
    assert marked(job) == []
    assert (await ask(f"jobs/{job}", method="DELETE")).body == answer.body


async def test_the_stop_of_the_server_ends_its_jobs(ask: Ask, jp_serverapp: Any) -> None:
    job = (await ask("verify/export", export("while True: pass"))).body["id"]
    await jp_serverapp.extension_manager.stop_all_extensions()
    assert marked(job) == []
    assert (await ask(f"jobs/{job}")).body["state"] == "lost"


class TestRestart:
    @pytest.fixture
    def left(self, jp_environ: Any, jp_root_dir: Path) -> str:
        """The id of a job that ran when an earlier server of this root was killed."""
        owner = Owner(_job_folder(jp_root_dir))
        owner.save(Record(Job(id="0123abcd", kind="verify", title="Verify", state="running", created=1.0)))
        owner.close()
        return "0123abcd"

    async def test_what_ran_in_a_killed_server_is_lost(self, left: str, ask: Ask) -> None:
        answer = await ask(f"jobs/{left}")
        assert (answer.status, answer.body["state"], answer.body["error"]["code"]) == (200, "lost", "lost")
        assert answer.body["ended"] is not None


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_no_such_job(ask: Ask, method: str) -> None:
    answer = await ask("jobs/0123456789abcdef", method=method)
    assert (answer.status, answer.body["code"]) == (404, "no_such_job")
    assert (await ask("jobs/0123456789abcdef/log")).status == 404


@pytest.mark.parametrize("offset", ["-1", "x", "1.5", "９", "9" * 30])
async def test_an_offset_that_makes_no_sense(ask: Ask, offset: str) -> None:
    answer = await ask("jobs/0123456789abcdef/log", params={"offset": offset})
    assert (answer.status, answer.body["code"]) == (400, "bad_request")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"notebook": "../nb.ipynb"}, 403, "outside_root"),
        ({"notebook": "nowhere/nb.ipynb"}, 404, "not_found"),
        ({"kernel_name": "no-such-kernel"}, 400, "no_kernel"),
        ({"cell_edits": [{"op": "delete", "cell_id": "c9", "source_before": ""}]}, 400, "bad_request"),
        ({"file_edits": [{"path": "../a.py", "hash_before": None, "text_before": None, "text_after": ""}]}, 403, "outside_root"),
        ({"file_edits": [{"path": "a.py", "hash_before": "sha256:0", "text_before": "", "text_after": ""}]}, 409, "changed"),
    ],
)  # fmt: skip
async def test_what_cannot_be_verified(ask: Ask, change: dict[str, Any], status: int, code: str) -> None:
    answer = await ask("verify/export", {**EXPORT, **change})
    assert (answer.status, answer.body["code"]) == (status, code)
    assert answer.body["message"]
    assert (await ask("jobs")).body == []


async def test_a_notebook_that_cannot_be_verified(ask: Ask, root: Path) -> None:
    assert (await ask("verify/notebook", {"notebook": "notebooks/nb.ipynb"})).status == 404
    (root / "notebooks" / "nb.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    answer = await ask("verify/notebook", {"notebook": "notebooks/nb.ipynb"})
    assert (answer.status, answer.body["code"]) == (400, "no_saved_outputs")


class ReadersOnly(Authorizer):
    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        return action == "read"


async def test_who_may_only_read_may_not_cancel(ask: Ask, jp_serverapp: Any) -> None:
    jp_serverapp.web_app.settings["authorizer"] = ReadersOnly(parent=jp_serverapp)
    assert (await ask("jobs/0123456789abcdef", method="DELETE")).status == 403
    assert (await ask("jobs")).status == 200
