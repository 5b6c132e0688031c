"""The browser is the named one, or one of the usual ones; it is installed only where nobody has to be asked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts import browser


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "ELSEWHERE", ())
    return tmp_path


def executable(folder: Path, name: str) -> str:
    command = folder / name
    command.write_text("#!/bin/sh\n", encoding="utf-8")
    command.chmod(0o755)
    return str(command)


def test_a_chromium_comes_before_a_chrome(path: Path) -> None:
    assert browser.chromium() is None
    chrome = executable(path, "google-chrome")
    assert browser.chromium() == chrome
    chromium = executable(path, "chromium")
    assert browser.chromium() == chromium


def test_the_named_one_is_the_only_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable(path, "chromium")
    monkeypatch.setenv("CHROMIUM", str(path / "gone"))
    assert browser.chromium() is None
    assert not browser.can_install()


@pytest.mark.parametrize(("user", "apt", "allowed"), [(0, True, True), (0, False, False), (1000, True, False)])
def test_only_root_with_apt_installs(
    path: Path, monkeypatch: pytest.MonkeyPatch, user: int, apt: bool, allowed: bool
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    if apt:
        executable(path, "apt-get")
    assert browser.can_install() is allowed
