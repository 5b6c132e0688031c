from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from jupyterlab_prodify.api.export import ExportRequest, PlanAnswer
from jupyterlab_prodify.project.export_service import ExportService
from tests.routes.conftest import Ask


def request(*sources: str, **more: Any) -> dict[str, Any]:
    cells = [{"id": f"c{index}", "source": source} for index, source in enumerate(sources)]
    return {"notebook": "notebooks/nb.ipynb", "cells": cells, "selected": ["c1"], **more}


async def test_a_plan(ask: Ask, root: Path) -> None:
    answer = await ask("export/plan", request("a = 1", "b = a + 1", "print(b)", name="next_one"))
    assert answer.status == 200
    assert answer.body["kind"] == "plan"
    plan = answer.body["plan"]
    assert plan["module"] == "notebooks/nb.py"
    assert [param["name"] for param in plan["function"]["params"]] == ["a"]
    assert not (root / "notebooks" / "nb.py").exists()


async def test_a_refusal_is_an_answer_too(ask: Ask) -> None:
    answer = await ask("export/plan", request("a = 1", "exec('b = a')", "print(a)"))
    assert answer.status == 200
    assert answer.body["kind"] == "refusal"
    assert answer.body["refusal"]["line"] == 1


async def test_types_of_the_kernel(ask: Ask) -> None:
    items = {"module": "builtins", "name": "int", "defined_in": "builtins"}
    types = {"a": {"module": "builtins", "name": "list", "args": [items]}}
    answer = await ask("export/plan", request("a = [1]", "b = a[0]", "print(b)", types=types))
    assert [param["annotation"] for param in answer.body["plan"]["function"]["params"]] == ["list[int]"]


@pytest.mark.parametrize("wrong", [{"module": "m"}, {"module": "m", "name": "N", "more": 1}, "int"])
async def test_types_that_are_none(ask: Ask, wrong: object) -> None:
    answer = await ask("export/plan", request("a = 1", "b = a", "print(b)", types={"a": wrong}))
    assert answer.status == 400


async def test_types_that_are_nested_too_deeply(ask: Ask) -> None:
    deep: dict[str, Any] = {"module": "builtins", "name": "int"}
    for _ in range(400):
        deep = {"module": "builtins", "name": "list", "args": [deep]}
    answer = await ask("export/plan", request("a = 1", "b = a", "print(b)", types={"a": deep}))
    assert answer.status == 200


async def test_a_notebook_outside_of_the_root(ask: Ask) -> None:
    answer = await ask("export/plan", {**request("a = 1", "b = a"), "notebook": "../nb.ipynb"})
    assert (answer.status, answer.body["code"]) == (403, "outside_root")
    answer = await ask("export/plan", {**request("a = 1", "b = a"), "notebook": "nowhere/nb.ipynb"})
    assert (answer.status, answer.body["code"]) == (404, "not_found")


@pytest.mark.parametrize("module", ["../a.py", "/tmp/a.py", "out/a.py"])
async def test_a_module_outside_of_the_root(ask: Ask, root: Path, tmp_path: Path, module: str) -> None:
    (root / "out").symlink_to(tmp_path)
    answer = await ask("export/plan", request("a = 1", "b = a", "print(b)", module=module))
    assert answer.body["refusal"]["code"] == "outside_root"
    assert answer.body["refusal"]["field"] == "module"


async def test_a_very_long_cell(ask: Ask) -> None:
    long = "x = [\n" + "    'some text that makes the cell long',\n" * 250_000 + "]"
    answer = await ask("export/plan", request("a = 1", long, "print(len(x))"))
    assert answer.status == 200
    assert answer.body["kind"] in ("plan", "refusal")


async def test_a_slow_plan_does_not_hold_up_the_server(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    real = ExportService.plan

    def slow(self: ExportService, asked: ExportRequest) -> PlanAnswer:
        assert go_on.wait(20)
        return real(self, asked)

    monkeypatch.setattr(ExportService, "plan", slow)
    waiting = asyncio.ensure_future(ask("export/plan", request("a = 1", "b = a", "print(b)")))
    assert (await ask("project", params={"notebook": "notebooks/nb.ipynb"})).status == 200
    assert not waiting.done()
    go_on.set()
    assert (await waiting).body["kind"] == "plan"
