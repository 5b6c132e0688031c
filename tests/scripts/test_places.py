"""Commands get the clone's own tools first, and yarn gets npm's registry."""

from __future__ import annotations

import os

import pytest

from scripts import places


def test_the_clones_own_tools_come_first() -> None:
    assert places.environment()["PATH"].split(os.pathsep)[0] == str(places.BIN)


@pytest.mark.parametrize(
    ("own", "npm", "expected"),
    [
        pytest.param(None, "https://example.org/", "https://example.org/", id="npm's"),
        pytest.param("https://mine.example.org/", "https://example.org/", "https://mine.example.org/", id="yarn's own"),
        pytest.param(None, "", None, id="npm does not know"),
    ],
)
def test_yarn_asks_where_npm_does(
    monkeypatch: pytest.MonkeyPatch, own: str | None, npm: str, expected: str | None
) -> None:
    monkeypatch.setattr(places, "npm_registry", lambda: npm)
    monkeypatch.delenv("YARN_NPM_REGISTRY_SERVER", raising=False)
    if own is not None:
        monkeypatch.setenv("YARN_NPM_REGISTRY_SERVER", own)
    assert places.environment().get("YARN_NPM_REGISTRY_SERVER") == expected
