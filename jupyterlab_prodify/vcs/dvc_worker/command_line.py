"""The operations through the program ``dvc``: slower, for versions whose library was not tried."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jupyterlab_prodify.vcs.dvc_file import SUFFIX, data_path, outputs_of
from jupyterlab_prodify.vcs.dvc_worker.failure import OperationError
from jupyterlab_prodify.vcs.dvc_worker.library import changed_since, check_all_there, facts, files_by_change
from jupyterlab_prodify.vcs.dvc_worker.schemes import missing_for
from jupyterlab_prodify.vcs.errors import redacted

_MARKS = (
    ("Unable to acquire lock", "dvc_locked"),
    ("No space left", "disk_full"),
    ("Permission denied", "read_only"),
    ("Read-only file system", "read_only"),
    ("unsaved files", "unsaved_data"),
    ("failed to push", "remote_failed"),
    ("failed to fetch", "remote_failed"),
    ("failed to pull", "remote_failed"),
    ("no remote", "remote_failed"),
    ("Checkout failed", "data_missing"),
)


class CommandLine:
    """The same operations as ``Library``."""

    def cache_dir(self) -> str:
        return _dvc("cache", "dir").strip()

    def add(self, paths: list[str], leaving: Sequence[str] = ()) -> list[list[str]]:
        if leaving:
            message = "This version of DVC does not take what Git still holds."
            raise OperationError("dvc_failed", message, list(leaving))
        before = [facts(Path(path)) for path in paths]
        _check_autostage()
        _dvc("add", "--no-relink", "--", *paths)
        changed = [name for path, old in zip(paths, before, strict=True) for name in changed_since(Path(path), old)]
        _refuse_changed(changed)
        cache = Path(self.cache_dir())
        for path in paths:
            check_all_there(cache, Path(path + SUFFIX).read_bytes())
        return [[path, path + SUFFIX] for path in paths]

    def keep(self, file: str) -> str:
        before = Path(file).read_bytes()
        places = [Path(data_path(file, output)) for output in outputs_of(before)]
        old = [facts(place) for place in places]
        try:
            _dvc("commit", "--force", "--", file)
            _refuse_changed(
                [name for place, was in zip(places, old, strict=True) for name in changed_since(place, was)]
            )
            text = Path(file).read_text("utf-8")
            check_all_there(Path(self.cache_dir()), text.encode("utf-8"))
            return text
        finally:
            Path(file).write_bytes(before)

    def checkout(self, files: list[str]) -> None:
        _dvc("checkout", "--", *files)

    def fetch(self, file: str, rev: str) -> int:
        return _count(_dvc("fetch", "--all-commits", "--", file))

    def push(self, files: list[str], remote: str | None = None) -> int:
        return _count(_dvc("push", *_from(remote), "--", *files))

    def pull(self, files: list[str], remote: str | None = None) -> int:
        return _count(_dvc("pull", *_from(remote), "--", *files))

    def changed(self, files: list[str]) -> dict[str, list[str]]:
        found = _status().get("uncommitted", {})
        wanted = {path for file in files for path in _data_of(file)}
        changed, missing = [*found.get("modified", []), *found.get("unknown", [])], found.get("deleted", [])
        return {
            "changed": [path for path in _plain(changed) if path in wanted],
            "missing": [path for path in _plain(missing) if path in wanted],
        }

    def changed_files(self, file: str) -> dict[str, list[str]]:
        return files_by_change(_status("--granular").get("uncommitted", {}), _data_of(file))

    def unpushed(self, files: list[str], remote: str | None = None) -> list[str]:
        places = {path for file in files for path in _data_of(file)}
        found = _plain(_status("--granular", "--not-in-remote", *_from(remote)).get("not_in_remote", []))
        return [path for path in found if any(path == place or path.startswith(f"{place}/") for place in places)]

    def remotes(self) -> list[dict[str, Any]]:
        default = _run("config", "core.remote").stdout.strip()
        found = [line.split("\t") for line in _dvc("remote", "list").splitlines() if "\t" in line]
        return [
            {"name": line[0], "url": redacted(line[1]), "default": line[0] == default, "missing": missing_for(line[1])}
            for line in sorted(found)
        ]

    def add_remote(self, name: str, url: str, options: dict[str, str], default: bool) -> None:
        if any(one["name"] == name for one in self.remotes()):
            raise OperationError("remote_exists", f"There is a remote `{name}` already.")
        _dvc("remote", "add", *(["--default"] if default else []), "--", name, url)
        for option, value in options.items():
            _dvc("remote", "modify", "--", name, option, value)

    def set_default(self, name: str) -> None:
        if not any(one["name"] == name for one in self.remotes()):
            raise OperationError("no_such_remote", f"There is no remote `{name}`.")
        _dvc("remote", "default", "--", name)


def _from(remote: str | None) -> list[str]:
    return ["--remote", remote] if remote is not None else []


def _dvc(*words: str) -> str:
    """What the program says. Raises OperationError when it fails."""
    done = _run(*words)
    if done.returncode == 0:
        return done.stdout
    said = (done.stderr.strip() or done.stdout.strip()).split("ERROR: ", 1)[-1]
    code = next((code for mark, code in _MARKS if mark.lower() in said.lower()), "dvc_failed")
    raise OperationError(code, said or f"`dvc {words[0]}` failed.")


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    bars = {name: value for name, value in os.environ.items() if name != "DVC_IGNORE_ISATTY"}
    argv = [sys.executable, "-m", "dvc", *words]
    return subprocess.run(argv, env=bars, capture_output=True, text=True, check=False)


def _status(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_dvc("data", "status", "--json", *words) or "{}")
    return found


def _check_autostage() -> None:
    done = _run("config", "core.autostage")
    if done.stdout.strip().lower() == "true":
        message = "DVC is set to stage what it adds (`core.autostage`), which would change your index."
        raise OperationError("dvc_failed", message)


def _refuse_changed(changed: list[str]) -> None:
    if changed:
        raise OperationError(
            "changed_while_hashed", f"`{changed[0]}` was written to while it was being hashed.", changed
        )


def _data_of(file: str) -> list[str]:
    return [data_path(file, output) for output in outputs_of(Path(file).read_bytes())]


def _plain(paths: list[str]) -> list[str]:
    return [path.rstrip("/") for path in paths]


def _count(said: str) -> int:
    """``2 files pushed`` -> 2"""
    first = said.split("\n")[0].split(" ")[0] if said else ""
    return int(first) if first.isdigit() else 0
