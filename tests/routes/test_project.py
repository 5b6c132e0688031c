from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jupyterlab_prodify.api.project import InstallResult
from jupyterlab_prodify.project import export_service
from tests.routes.conftest import Ask


async def test_the_project_of_a_notebook(ask: Ask, root: Path) -> None:
    (root / "pkg").mkdir()
    (root / "pkg" / "__init__.py").touch()
    (root / "pyproject.toml").write_text("[project]\nname = 'pkg'\n")
    answer = await ask("project", params={"notebook": "notebooks/10_eda.ipynb"})
    assert answer.status == 200
    assert answer.body == {
        "root": "",
        "name": root.name,
        "kind": "folder",
        "package": "pkg",
        "suggested_module": "pkg/eda.py",
        "modules": [],
    }


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({}, 400, "bad_request"),
        ({"notebook": ""}, 400, "bad_request"),
        ({"notebook": "nowhere/nb.ipynb"}, 404, "not_found"),
        ({"notebook": "../nb.ipynb"}, 403, "outside_root"),
    ],
)
async def test_no_such_project(ask: Ask, params: dict[str, str], status: int, code: str) -> None:
    answer = await ask("project", params=params)
    assert (answer.status, answer.body["code"]) == (status, code)
    assert answer.body["message"]


async def test_the_import_check(ask: Ask, root: Path) -> None:
    body = {"notebook": "notebooks/nb.ipynb", "module": "lib/a.py"}
    answer = await ask("import/check", body)
    assert answer.status == 200
    assert answer.body["importable"] is False
    assert answer.body["interpreter"] == sys.executable
    assert answer.body["path_line"] == 'import sys; sys.path.insert(0, "../lib")'
    assert (await ask("import/check", {**body, "module": "../a.py"})).status == 403


async def test_nothing_to_install(ask: Ask) -> None:
    answer = await ask("import/install", {"notebook": "notebooks/nb.ipynb"})
    assert answer.status == 400
    assert answer.body["remedy"]


async def test_dropping_the_request_stops_the_install(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    jp_fetch: Any,
    http_server_port: tuple[Any, int],
    jp_base_url: str,
    jp_auth_header: dict[str, str],
) -> None:
    started, stopped = threading.Event(), threading.Event()

    def install(kernel: Any, root: Any, source_root: Any, should_stop: Callable[[], bool]) -> InstallResult:
        started.set()
        deadline = time.monotonic() + 60
        while not should_stop() and time.monotonic() < deadline:
            time.sleep(0.05)
        if should_stop():
            stopped.set()
        return InstallResult(ok=False, log="", sys_path=[])

    monkeypatch.setattr(export_service, "install_editable", install)
    (root / "pyproject.toml").write_text("[project]\nname = 'pkg'\n")
    _, writer = await asyncio.open_connection("127.0.0.1", http_server_port[1])
    body = json.dumps({"notebook": "notebooks/nb.ipynb"})
    head = f"POST {jp_base_url}prodify/import/install HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
    headers = "".join(f"{name}: {value}\r\n" for name, value in jp_auth_header.items())
    writer.write(f"{head}{headers}\r\n{body}".encode())
    await writer.drain()
    assert await asyncio.to_thread(started.wait, 30)
    writer.close()
    assert await asyncio.to_thread(stopped.wait, 30)
