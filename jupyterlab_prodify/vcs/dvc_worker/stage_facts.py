"""What a stage is and how it differs from its last run, as plain data. What has not changed is not hashed again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from typing import Any

from jupyterlab_prodify.vcs.dvc_worker.stage_files import StageFiles
from jupyterlab_prodify.vcs.errors import redacted
from jupyterlab_prodify.vcs.file_identity import Changing, Identity, identity, tree_identity

_LONGEST_VALUE = 200
_ELSEWHERE_SECONDS = 300.0
"""How long what another machine says of a dependency counts."""

Change = dict[str, Any]
"""``kind`` is ``params``, ``deps``, ``outs`` or ``cmd``; ``how`` is ``modified``, ``deleted``, ``new``,
``not_in_cache`` or ``unknown``; ``file``, ``key``, ``before`` and ``after`` where they apply."""


class StageFacts:
    """Facts of the stages of the project; remembers what it has hashed."""

    def __init__(self, files: StageFiles) -> None:
        self._files = files
        self._known: dict[tuple[str, str, str], tuple[Any, dict[str, str]]] = {}
        self._params_known: dict[tuple[str, ...], tuple[Any, list[Change]]] = {}
        self._values_known: dict[tuple[str, ...], tuple[Identity, Any]] = {}
        self._folders: dict[str, Identity] = {}

    def all(self) -> list[dict[str, Any]]:
        """One entry for each stage that has a command."""
        self._folders = {}
        return [self._facts(stage) for stage in self._files.stages if stage.cmd]

    def _facts(self, stage: Any) -> dict[str, Any]:
        from dvc.dependency import ParamsDependency

        plain = [dep for dep in stage.deps if not isinstance(dep, ParamsDependency)]
        params = [dep for dep in stage.deps if isinstance(dep, ParamsDependency)]
        lock = self._files.lock_entry(stage)
        return {
            "name": stage.addressing,
            "file": _relative(stage.path),
            "line": self._files.line(stage),
            "description": stage.desc,
            "cmd": stage.cmd if isinstance(stage.cmd, list) else [stage.cmd],
            "wdir": _relative(stage.wdir),
            "deps": [_place(dep) for dep in plain],
            "params": [{"file": _place(dep), "keys": [str(key) for key in dep.params]} for dep in params],
            "outs": [_place(out) for out in stage.outs if not (out.metric or out.plot)],
            "metrics": [_place(out) for out in stage.outs if out.metric],
            "plots": [_place(out) for out in stage.outs if out.plot],
            "frozen": bool(stage.frozen),
            "always_changed": bool(stage.always_changed or stage.is_callback),
            "notebook": notebook_of(stage),
            "module": _named(stage, "module"),
            "locked": lock is not None or not hasattr(stage, "name"),
            "changes": self._changes(stage, plain, params, lock),
            "reads": self.reads(stage),
        }

    def _changes(self, stage: Any, deps: list[Any], params: list[Any], lock: Any) -> list[Change]:
        found: list[Change] = []
        if stage.changed_stage():
            before = (lock or {}).get("cmd")
            found.append({"kind": "cmd", "how": "modified", "before": _shown(before), "after": _shown(stage.cmd)})
        if not stage.frozen:
            found += [change for dep in params for change in self._params(stage, dep)]
            found += [change for dep in deps for change in self._entry(stage, dep, "deps")]
        found += [change for out in stage.outs for change in self._entry(stage, out, "outs")]
        return found

    def _params(self, stage: Any, dep: Any) -> list[Change]:
        key = (stage.addressing, dep.def_path, *map(str, dep.params))
        now = (identity(dep.fs_path), repr(dep.hash_info))
        known = self._params_known.get(key)
        if known is None or known[0] != now:
            try:
                known = self._params_known[key] = (now, self._params_now(dep))
            except Exception as error:
                return [{"kind": "params", "how": "unknown", "file": _place(dep), "after": redacted(str(error))}]
        return known[1]

    def _params_now(self, dep: Any) -> list[Change]:
        status = dep.workspace_status()
        actual = dep.read_params() if status else {}
        before = dep.hash_info.value if dep.hash_info and isinstance(dep.hash_info.value, dict) else {}
        found: list[Change] = []
        for how in status.values():
            if isinstance(how, str):
                found.append({"kind": "params", "how": how, "file": _place(dep)})
                continue
            for key, one in how.items():
                values = {"before": _value(before, key), "after": _value(actual, key)}
                found.append({"kind": "params", "how": one, "file": _place(dep), "key": str(key), **values})
        return found

    def _values(self, dep: Any) -> Any:
        """What the file of parameters says now."""
        key = (dep.fs_path, *map(str, dep.params))
        now = identity(dep.fs_path)
        known = self._values_known.get(key)
        if known is None or known[0] != now:
            known = self._values_known[key] = (now, dep.read_params())
        return known[1]

    def _entry(self, stage: Any, entry: Any, kind: str) -> list[Change]:
        """A dependency or output that is a file or a folder."""
        key = (stage.addressing, kind, entry.def_path)
        now = (self._identity(entry, kind), repr(entry.hash_info))
        known = self._known.get(key)
        if known is None or known[0] != now:
            try:
                status = entry.status()
            except Exception as error:
                return [{"kind": kind, "how": "unknown", "file": _place(entry), "after": redacted(str(error))}]
            if kind == "outs" and entry.use_cache and not status:
                self._remember_cache(entry)
                now = (self._identity(entry, kind), now[1])
            known = self._known[key] = (now, status)
        is_new = not entry.hash_info  # DVC calls what it has never seen modified
        hows = ["new" if is_new and how == "modified" else how.replace(" ", "_") for how in known[1].values()]
        return [{"kind": kind, "how": how, "file": _place(entry)} for how in hows]

    # -- what has changed on disk -------------------------------------------------------------------------------------

    def _identity(self, entry: Any, kind: str) -> Any:
        if entry.protocol != "local":
            return int(time.time() / _ELSEWHERE_SECONDS)
        here = tree_identity(entry.fs_path)
        return (here, self._cache_identity(entry)) if kind == "outs" and entry.use_cache else here

    def _cache_identity(self, out: Any) -> Any:
        """Of the folders of the cache that hold the output's objects."""
        return tuple(self._folder(folder) for folder in getattr(out, "prodify_cache_folders", ()))

    def _remember_cache(self, out: Any) -> None:
        oids = {str(out.hash_info.value)}
        tree = out.get_obj() if out.is_dir_checksum else None
        oids |= {str(entry[2].value) for entry in tree} if tree is not None else set()
        out.prodify_cache_folders = sorted({os.path.dirname(out.cache.oid_to_path(oid)) for oid in oids})

    def _folder(self, folder: str) -> Identity:
        if folder not in self._folders:
            self._folders[folder] = identity(folder)
        return self._folders[folder]

    def reads(self, stage: Any) -> str:
        """A digest of all that the stage reads, as it is now: equal as long as nothing of it has changed."""
        from dvc.dependency import ParamsDependency

        parts: list[Any] = [stage.cmd]
        for dep in stage.deps:
            if isinstance(dep, ParamsDependency):
                with contextlib.suppress(Exception):
                    parts.append([dep.def_path, self._values(dep)])
                continue
            now = tree_identity(dep.fs_path) if dep.protocol == "local" else None
            parts.append([dep.def_path, str(now.facts if isinstance(now, Changing) else now)])
        return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()[:16]


def _value(values: Any, key: Any) -> str | None:
    return _shown(values[key]) if isinstance(values, dict) and key in values else None


def _shown(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = "\n".join(value)
    text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def notebook_of(stage: Any) -> str | None:
    """The notebook that a stage names."""
    return _named(stage, "notebook")


def _named(stage: Any, what: str) -> str | None:
    """A path under ``meta: prodify:``, which is relative to the file's folder."""
    meta = stage.meta if isinstance(stage.meta, dict) else {}
    own = meta.get("prodify")
    found = own.get(what) if isinstance(own, dict) else None
    return _relative(os.path.join(os.path.dirname(stage.path), found)) if isinstance(found, str) and found else None


def _place(entry: Any) -> str:
    return _relative(entry.fs_path) if entry.protocol == "local" else redacted(str(entry))


def _relative(path: str) -> str:
    return os.path.relpath(path).replace(os.sep, "/")
