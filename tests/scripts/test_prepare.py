"""The set-up says what is missing and does nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import prepare, stamps
from scripts.running import Outcome


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small clone in which commands are counted instead of run."""
    for module in (prepare, stamps):
        monkeypatch.setattr(module, "ROOT", tmp_path)
        monkeypatch.setattr(module, "STATE", tmp_path / ".make")
    static = tmp_path / "labextension" / "static"
    static.mkdir(parents=True)
    (static / "remoteEntry.1a.js").touch()
    (tmp_path / "src" / "__tests__").mkdir(parents=True)
    (tmp_path / "src" / "index.ts").touch()
    monkeypatch.setattr(prepare, "LABEXTENSION", tmp_path / "labextension")
    monkeypatch.setattr(prepare, "FRONTEND", [tmp_path / "src"])
    return tmp_path


@pytest.fixture
def commands(clone: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    ran: list[str] = []

    def run(name: str, *_: object, **__: object) -> Outcome:
        ran.append(name)
        return Outcome(True)

    monkeypatch.setattr(prepare, "run", run)
    return ran


def pretend_node(folder: Path, monkeypatch: pytest.MonkeyPatch, says: str) -> None:
    node = folder / "node"
    node.write_text(f"#!/bin/sh\necho {says}\n", encoding="utf-8")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_node_that_is_recent_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_node(tmp_path, monkeypatch, "v20.1.0")
    assert prepare.check_node() == "v20.1.0"


@pytest.mark.parametrize("says", ["v18.19.0", "v8.0.0", "nonsense"])
def test_node_that_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str) -> None:
    pretend_node(tmp_path, monkeypatch, says)
    with pytest.raises(prepare.Stop, match="version 20 or newer"):
        prepare.check_node()


def test_no_node_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(prepare.Stop, match="was not found"):
        prepare.check_node()


def test_packages_are_installed_once_for_a_lock_file(clone: Path, commands: list[str]) -> None:
    (clone / "node_modules").mkdir()
    (clone / "yarn.lock").write_text("a", encoding="utf-8")
    prepare.install_node(clone, "v20")
    prepare.install_node(clone, "v20")
    assert commands == ["node"]
    (clone / "yarn.lock").write_text("b", encoding="utf-8")
    prepare.install_node(clone, "v20")
    assert commands == ["node", "node"]


def test_the_frontend_is_built_once_for_its_sources(clone: Path, commands: list[str]) -> None:
    prepare.build_frontend()
    prepare.build_frontend()
    assert commands == ["frontend"]
    (clone / "src" / "__tests__" / "index.spec.ts").touch()
    prepare.build_frontend()
    assert commands == ["frontend"]
    (clone / "src" / "index.ts").write_text("export {};", encoding="utf-8")
    prepare.build_frontend()
    assert commands == ["frontend", "frontend"]


def test_a_build_by_hand_is_not_taken_for_ours(clone: Path, commands: list[str]) -> None:
    prepare.build_frontend()
    static = clone / "labextension" / "static"
    (static / "remoteEntry.1a.js").rename(static / "remoteEntry.2b.js")
    prepare.build_frontend()
    assert commands == ["frontend", "frontend"]


def test_a_step_that_fails_stops_with_its_command(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "run", lambda *_, **__: Outcome(False, None, "exit code 7"))
    with pytest.raises(prepare.Stop, match=r"make it so\n  exit code 7"):
        prepare.step("step", "Making", ["make", "it", "so"])


def test_the_exit_code_of_a_stop(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop() -> None:
        raise prepare.Stop("no Node")

    monkeypatch.setitem(prepare.TARGETS, "lab", stop)
    assert prepare.main(["lab"]) == 1
    assert "no Node" in capsys.readouterr().err
