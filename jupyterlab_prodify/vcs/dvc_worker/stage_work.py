"""Running stages as ``dvc repro`` does, in two halves: what comes before the command, and what comes after it.

Between them the lock of the repository is free, so that other ``dvc`` commands work. The stage holds what it reads and
writes as a *reader* in DVC's ``rwlock``: others may look at it, and none may write to it or run it.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyterlab_prodify.vcs.dvc_worker.failure import OperationError
from jupyterlab_prodify.vcs.dvc_worker.lock_text import LockText
from jupyterlab_prodify.vcs.dvc_worker.stage_files import StageFiles
from jupyterlab_prodify.vcs.kept_outputs import KeptOutputs

_HOLDER = "jupyter prodify run"


@dataclass
class _Begun:
    """A stage whose command runs. ``read`` are the hashes of what it reads, from before."""

    stage: Any
    kept: KeptOutputs
    held: contextlib.ExitStack
    read: list[tuple[Any, Any, Any]]


@dataclass
class StagePlan:
    """Names in the order of ``dvc repro``, for each ``dvc.yaml``; ``new`` had no entry in its ``dvc.lock`` before."""

    order: dict[str, list[str]] = field(default_factory=dict)
    new: set[tuple[str, str]] = field(default_factory=set)


class StageWork:
    """The stages that are being run from here."""

    def __init__(self, files: StageFiles) -> None:
        self._files = files
        self._begun: dict[str, _Begun] = {}
        self._locks: dict[str, LockText] = {}
        self.plan = StagePlan()

    @property
    def busy(self) -> bool:
        return bool(self._begun)

    # -- before the command -------------------------------------------------------------------------------------------

    def begin(self, name: str, force: bool, kept: str) -> dict[str, Any]:
        """Bring the stage to the point where its command must run; see ``vcs.dvc`` for the answer."""
        while True:
            self._files.refresh()
            repo = self._files.repo
            with repo.lock:
                self._files.refresh()  # another DVC may have run it while the lock was waited for
                if self._files.repo is repo:
                    return self._begin(self._files.stage(name), force, KeptOutputs(Path(kept), name))

    def _begin(self, stage: Any, force: bool, kept: KeptOutputs) -> dict[str, Any]:
        if not stage.cmd or (stage.frozen and not stage.is_import):
            return {"outcome": "verified" if self._verify(stage, force) else "unchanged"}
        with _locked(stage, write=False):
            changed = force or stage.changed()
        return self._prepare(stage, force, kept) if changed else {"outcome": "unchanged"}

    def _verify(self, stage: Any, force: bool) -> bool:
        """Data, imports and frozen stages: DVC's own way, which runs no command."""
        from dvc.stage import PipelineStage

        if stage.reproduce(force=force) is None:
            return False
        if isinstance(stage, PipelineStage):
            self._write_lock(stage)
        else:
            stage.dump(update_pipeline=False)
            self._files.forget(stage)
        return True

    def _prepare(self, stage: Any, force: bool, kept: KeptOutputs) -> dict[str, Any]:
        from dvc.stage.cache import RunCacheNotFoundError

        with _locked(stage, write=True):
            self._put_aside(stage, kept)
            try:
                if not force:
                    with contextlib.suppress(RunCacheNotFoundError):
                        stage.repo.stage_cache.restore(stage)
                        return self._complete(stage, kept, "restored", [])
                stage.save_deps(allow_missing=force)
            except BaseException:
                kept.put_back(over=True)
                self._files.forget(stage)
                raise
        held = contextlib.ExitStack()
        held.enter_context(_rwlock(stage, f"{_HOLDER}: {stage.addressing}", write=False))
        read = [(dep, dep.hash_info, dep.meta) for dep in stage.deps]
        self._begun[stage.addressing] = _Begun(stage, kept, held, read)
        hashes = {dep.def_path: repr(hash_info.value) for dep, hash_info, _ in read}
        return {"outcome": "run", "read": hashes, **_commands(stage)}

    def _put_aside(self, stage: Any, kept: KeptOutputs) -> None:
        """In place of removing: so that they can come back."""
        local = [out for out in stage.outs if out.protocol == "local"]
        for out in stage.outs:
            if out.persist:
                out.unprotect()
            elif out.protocol != "local":
                out.remove(ignore_remove=False)
        kept.take(
            [out.fs_path for out in local if not out.persist],
            [out.fs_path for out in local if out.persist],
        )

    # -- after the command --------------------------------------------------------------------------------------------

    def finish(self, name: str, read: dict[str, str], kept: str) -> dict[str, Any]:
        """The command has done its work: outputs go to the cache, ``dvc.lock`` gets its entry."""
        begun = self._begun.get(name) or self._begun_elsewhere(name, read, kept)
        with begun.stage.repo.lock:
            self._begun.pop(name, None)
            begun.held.close()
            stage = begun.stage
            try:
                with _locked(stage, write=True):
                    stage.save_deps()
                    moved = [item for item in begun.read if item[0].hash_info != item[1]]
                    return self._complete(stage, begun.kept, "ran", moved)
            except BaseException:
                begun.kept.put_back(over=False)
                self._files.forget(stage)
                raise

    def _begun_elsewhere(self, name: str, read: dict[str, str], kept: str) -> _Begun:
        """The process that had begun it was ended while the command went on.

        Raises:
            OperationError: what the stage reads has changed since, so nobody knows what it has read.
        """
        self._files.refresh()
        stage = self._files.stage(name)
        stage.save_deps()
        changed = [dep for dep in stage.deps if read.get(dep.def_path) != repr(dep.hash_info.value)]
        self._files.forget(stage)
        if changed:
            raise OperationError("dvc_failed", f"`{changed[0]}` changed while the stage ran.")
        items = [(dep, dep.hash_info, dep.meta) for dep in stage.deps]
        return _Begun(stage, KeptOutputs(Path(kept), name), contextlib.ExitStack(), items)

    def abandon(self, name: str, over: bool, kept: str) -> list[str]:
        """The command has failed or was stopped: what was put aside comes back, ``over`` what it has written."""
        begun = self._begun.pop(name, None)
        if begun is not None:
            with contextlib.suppress(Exception):
                begun.held.close()
            self._files.forget(begun.stage)
        found = begun.kept if begun is not None else KeptOutputs(Path(kept), name)
        return [os.path.relpath(path).replace(os.sep, "/") for path in found.put_back(over)]

    def _complete(self, stage: Any, kept: KeptOutputs, outcome: str, moved: list[Any]) -> dict[str, Any]:
        """``moved`` is what the stage reads and what has changed while it ran. The entry tells what was there when it
        began, so that the stage is stale, and nothing goes to the run cache."""
        plain = [out for out in stage.outs if not (out.is_metric or out.is_plot)]
        stage.save(run_cache=all(out.use_cache for out in plain) and not moved)
        for dep, hash_info, meta in moved:
            dep.hash_info, dep.meta = hash_info, meta
        stage.commit()
        kept.decide()
        self._write_lock(stage)
        self._files.wrote_rules()
        kept.drop()
        changed = [os.path.relpath(dep.fs_path).replace(os.sep, "/") for dep, _, _ in moved]
        return {"outcome": outcome, "changed": changed}

    def _write_lock(self, stage: Any) -> None:
        """The entry as DVC writes it, but so that a reader sees the old file or the new one. Stages that end in another
        order than that of ``dvc repro`` stand in its order all the same."""
        from dvc.stage.serialize import to_lockfile

        path = os.path.realpath(os.path.splitext(stage.path)[0] + ".lock")
        try:
            with open(path, encoding="utf-8", newline="") as handle:
                before: str | None = handle.read()
        except FileNotFoundError:
            before = None
        entry = to_lockfile(stage)[stage.name]
        known = self._locks.setdefault(path, LockText())
        order = self._new_in_order(stage.path)
        if known.holds(before) or known.take(before, _names_in(before)):
            text = known.put(stage.name, entry, order)
        else:
            text = _with_entry(before or "", path, stage.name, entry, order)
        _replace(path, text)
        self._files.wrote_lock(stage, entry)

    def _new_in_order(self, path: str) -> list[str]:
        return [name for name in self.plan.order.get(path, []) if (path, name) in self.plan.new]


def _names_in(text: str | None) -> list[str]:
    """The stages of a ``dvc.lock``."""
    if not text:
        return []
    from dvc.utils.serialize import parse_yaml

    found = parse_yaml(text, "dvc.lock")
    return list(found.get("stages") or {}) if set(found) == {"schema", "stages"} else []


def _with_entry(text: str, path: str, name: str, entry: Any, order: list[str]) -> str:
    """DVC's own way, for a text of any form."""
    from dvc.utils.serialize import dumps_yaml, parse_yaml_for_update

    data = parse_yaml_for_update(text, path)
    if not data:
        data.update({"schema": "2.0"})
    stages = data["stages"] = data.get("stages", {})
    stages.update({name: entry})
    ours = [one for one in order if one in stages]
    if [one for one in stages if one in ours] != ours:
        for one, moved in [(one, stages.pop(one)) for one in ours]:
            stages[one] = moved
    return str(dumps_yaml(data))


def _commands(stage: Any) -> dict[str, Any]:
    """What is to run, where, and with which additions to the environment: as DVC would."""
    from dvc.env import DVC_ROOT, DVC_STAGE
    from dvc.stage.run import _enforce_cmd_list, _make_cmd, get_executable

    shell = get_executable()
    commands = [_make_cmd(shell, cmd) for cmd in _enforce_cmd_list(stage.cmd)]
    environment = {DVC_ROOT: stage.repo.root_dir, DVC_STAGE: stage.addressing}
    return {"commands": commands, "folder": stage.wdir, "environment": environment}


@contextlib.contextmanager
def _rwlock(stage: Any, holder: str, write: bool) -> Iterator[None]:
    from dvc.dependency.db import AbstractDependency
    from dvc.dependency.repo import RepoDependency
    from dvc.rwlock import rwlock

    repo = stage.repo
    reads = [dep.fs_path for dep in stage.deps if not isinstance(dep, (RepoDependency, AbstractDependency))]
    outs = [out.fs_path for out in stage.outs]
    hardlink = repo.config["core"].get("hardlink_lock", False)
    with rwlock(repo.tmp_dir, repo.fs, holder, reads if write else [*reads, *outs], outs if write else [], hardlink):
        yield


@contextlib.contextmanager
def _locked(stage: Any, write: bool) -> Iterator[None]:
    """Hold what a stage reads, and what it writes as well, in DVC's own name. Its steps inside would take the same
    locks again, and again, each time with four files; here they find them taken."""
    import dvc.rwlock

    with _rwlock(stage, " ".join(sys.argv), write):
        real = dvc.rwlock.rwlock
        dvc.rwlock.rwlock = lambda *given, **named: contextlib.nullcontext()
        try:
            yield
        finally:
            dvc.rwlock.rwlock = real


def _replace(path: str, text: str) -> None:
    temporary = f"{path}.prodify.tmp"
    try:
        with open(temporary, "w", encoding="utf-8", newline="") as handle:
            handle.write(text)
        if os.path.exists(path):
            os.chmod(temporary, os.stat(path).st_mode & 0o777)
        os.replace(temporary, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise OperationError("read_only", f"`{os.path.relpath(path)}` cannot be written: {error.strerror}.") from error
