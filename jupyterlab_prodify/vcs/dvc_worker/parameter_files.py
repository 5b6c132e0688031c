"""DVC reads a file of parameters again for every stage. Here it is read once, until it changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from jupyterlab_prodify.vcs.file_identity import Identity, identity

_SUFFIXES = (".yaml", ".yml", ".json", ".toml", ".py")


class ParameterFiles:
    """Takes the place of DVC's loaders of YAML, JSON, TOML and Python, as DVC looks them up for parameters."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Identity, Any]] = {}
        self._listeners: list[set[str]] = []

    def install(self) -> None:
        """From now on; expects to be called once in a process."""
        from dvc.utils import serialize

        for suffix in _SUFFIXES:
            serialize.LOADERS[suffix] = self._remembering(serialize.LOADERS[suffix])

    @contextmanager
    def noting(self) -> Iterator[set[str]]:
        """The files that are read meanwhile."""
        noted: set[str] = set()
        self._listeners.append(noted)
        try:
            yield noted
        finally:
            self._listeners.remove(noted)

    def _remembering(self, load: Callable[..., Any]) -> Callable[..., Any]:
        def remembering(path: Any, fs: Any = None, **options: Any) -> Any:
            name = os.path.abspath(os.fspath(path))
            if options or getattr(fs, "protocol", "local") != "local":
                return load(path, fs=fs, **options)
            for noted in self._listeners:
                noted.add(name)
            now = identity(name)
            known = self._known.get(name)
            if known is None or now is None or known[0] != now:
                known = self._known[name] = (now, load(path, fs=fs))
            return dict(known[1]) if isinstance(known[1], dict) else known[1]

        return remembering
