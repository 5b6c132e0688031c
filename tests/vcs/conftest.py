"""Real repositories, and the person's own way to work with them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jupyterlab_prodify.vcs.git import Repository, open_repository


class Person:
    """Works in a terminal at ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def git(self, *words: str | bytes, code: int = 0) -> str:
        done = subprocess.run(["git", *words], cwd=self.root, capture_output=True, check=False)
        assert done.returncode == code, done.stderr.decode()
        return os.fsdecode(done.stdout)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def commit(self, *names: str) -> str:
        self.git("add", "--", *names)
        self.git("commit", "-q", "-m", "by the person")
        return self.git("rev-parse", "HEAD").strip()

    def hook(self, name: str, script: str) -> None:
        path = Path(self.git("rev-parse", "--git-path", "hooks").strip())
        path = self.root / path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def files_of(self, commit: str = "HEAD") -> list[str]:
        """Names in one commit, as it differs from the one before."""
        out = self.git("show", "--format=", "--name-only", "-z", "--no-renames", commit)
        return sorted(name for name in out.split("\0") if name)

    def status(self) -> list[str]:
        return sorted(self.git("status", "--porcelain", "-z", "--no-renames").split("\0")[:-1])

    def index(self) -> str:
        return self.git("ls-files", "-s", "-z")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person with a name, whatever the machine's settings are."""
    settings = tmp_path / "gitconfig"
    settings.write_text(
        '[user]\n name = Ada\n email = ada@example.org\n[init]\n defaultBranch = main\n[protocol "file"]\n allow = always\n'
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("DVC_NO_ANALYTICS", "1")
    for name in ("NAME", "EMAIL"):
        monkeypatch.delenv(f"GIT_AUTHOR_{name}", raising=False)
        monkeypatch.delenv(f"GIT_COMMITTER_{name}", raising=False)


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """In a repository with one commit of ``a.py``, ``b.py`` and ``deep/c.py``."""
    person = Person(tmp_path / "project")
    person.root.mkdir()
    person.git("init", "-q")
    for name in ("a.py", "b.py", "deep/c.py"):
        person.write(name, "x = 1\n")
    person.commit("a.py", "b.py", "deep/c.py")
    return person


@pytest.fixture
def repository(person: Person) -> Repository:
    return open_repository(person.root)


DVC = [sys.executable, "-m", "dvc"]


@pytest.fixture
def dvc_person(person: Person) -> Person:
    """Works in a repository that is a DVC project as well."""
    make_dvc_project(person)
    return person


def make_dvc_project(person: Person) -> None:
    """What ``dvc init`` makes, without waiting for it."""
    person.write(".dvc/config", "")
    person.write(".dvc/.gitignore", "/config.local\n/tmp\n/cache\n")
    person.write(".dvcignore", "")
    person.commit(".dvc", ".dvcignore")


def add_remote(person: Person, folder: Path) -> None:
    """A folder remote, the default one."""
    person.write(".dvc/config", f"[core]\n    remote = here\n['remote \"here\"']\n    url = {folder}\n")
    person.commit(".dvc/config")
