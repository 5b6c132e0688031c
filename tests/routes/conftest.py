"""A server with the extension, spoken to over HTTP."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError


@dataclass
class Answer:
    status: int
    body: Any


Ask = Callable[..., Awaitable[Answer]]


@pytest.fixture
def jp_server_config() -> dict[str, Any]:
    return {"ServerApp": {"jpserver_extensions": {"jupyterlab_prodify": True}}}


@pytest.fixture
def root(jp_root_dir: Path) -> Path:
    (jp_root_dir / "notebooks").mkdir()
    return jp_root_dir


@pytest.fixture
def ask(root: Path, jp_fetch: Any) -> Ask:
    """``await ask("export/plan", {...})`` posts; without a body it gets. Statuses of 400 and above are answers too."""

    async def ask(path: str, body: Any = None, **options: Any) -> Answer:
        if body is not None:
            options |= {"method": "POST", "body": body if isinstance(body, str) else json.dumps(body)}
        try:
            response = await jp_fetch("prodify", *path.split("/"), **options)
        except HTTPClientError as error:
            return Answer(error.code, json.loads(error.response.body if error.response else b"null"))
        assert response.headers["Content-Type"].startswith("application/json")
        return Answer(response.code, json.loads(response.body))

    return ask
