from __future__ import annotations

import re
from typing import Any

import pytest
from jupyter_server.auth.authorizer import Authorizer

from jupyterlab_prodify.project.export_service import ExportService
from jupyterlab_prodify.routes import handlers
from tests.routes.conftest import Ask

PATHS = [re.sub(r"\(\?P<id>[^)]*\)", "0123", path.removeprefix("prodify/")) for path, _ in handlers]
READ = [
    *("project", "jobs", "jobs/0123", "jobs/0123/log"),
    *("data/panel", "data/history", "data/diff", "changes", "pipeline", "pipeline/log"),
]
POSTED = [path for path in PATHS if path not in READ]


class ReadersOnly(Authorizer):
    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        return action == "read"


def options(path: str) -> dict[str, Any]:
    if path in READ:
        return {"params": {"notebook": "notebooks/nb.ipynb"} if path == "project" else {}}
    return {"body": {}}


@pytest.mark.parametrize("path", PATHS)
async def test_nobody_gets_in_without_the_token(ask: Ask, path: str) -> None:
    answer = await ask(path, **options(path), headers={"Authorization": "token wrong"})
    assert answer.status == 403
    assert answer.body["code"] == "not_allowed"


@pytest.mark.parametrize("path", POSTED)
async def test_who_may_only_read_may_not_post(ask: Ask, jp_serverapp: Any, path: str) -> None:
    jp_serverapp.web_app.settings["authorizer"] = ReadersOnly(parent=jp_serverapp)
    answer = await ask(path, {})
    assert answer.status == 403
    assert "not authorized" in answer.body["message"]
    assert (await ask("project", params={"notebook": "notebooks/nb.ipynb"})).status == 200


@pytest.mark.parametrize("path", POSTED)
async def test_an_unknown_field_is_named(ask: Ask, path: str) -> None:
    answer = await ask(path, {"surprise": 1})
    assert answer.status == 400
    assert answer.body["code"] == "bad_request"
    assert "surprise" in answer.body["message"]


@pytest.mark.parametrize(
    "body", ["", "not json", "[]", '{"edits": 3}', '{"edits": [{"path": 1}]}', '{"edits": "\ud800"}']
)
async def test_a_body_that_makes_no_sense(ask: Ask, body: str) -> None:
    answer = await ask("files/apply", body.encode("utf-8", "surrogatepass").decode("latin-1"))
    assert answer.status == 400
    assert answer.body["code"] == "bad_request"


async def test_a_method_that_is_not_there(ask: Ask) -> None:
    assert (await ask("export/plan")).status == 405


async def test_a_fault_of_ours_is_a_500_in_the_same_form(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: ExportService, notebook: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(ExportService, "project_info", fail)
    answer = await ask("project", params={"notebook": "nb.ipynb"})
    assert (answer.status, answer.body["code"]) == (500, "our_fault")
