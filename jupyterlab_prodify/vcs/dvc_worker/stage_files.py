"""All stages of the project, kept until a file changes that they are made from.

DVC looks for its files in the whole project and reads all of them, every time. Here a file is read again when it, its
``dvc.lock``, or a file of parameters that it takes values from has changed; folders are searched again when one of
them has a new entry that matters. A file that cannot be read keeps its stages as they were read before.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jupyterlab_prodify.vcs.dvc_worker.failure import OperationError
from jupyterlab_prodify.vcs.dvc_worker.parameter_files import ParameterFiles
from jupyterlab_prodify.vcs.dvc_worker.stage_problems import (
    Problem,
    line_of_stage,
    problem_of_file,
    problem_of_graph,
)
from jupyterlab_prodify.vcs.file_identity import Identity, identity, own_identity

_SETTINGS = (".dvc/config", ".dvc/config.local", ".git/info/exclude")
_RULES = (".gitignore", ".dvcignore")


@dataclass
class _File:
    """One ``dvc.yaml`` or ``.dvc`` file. ``made_from`` are the identities of all files that were read for it."""

    stages: list[Any] = field(default_factory=list)
    lock: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    made_from: dict[str, Identity] = field(default_factory=dict)


@dataclass(frozen=True)
class _Folder:
    """A folder that was searched: when, the folders in it, and its files that matter here."""

    identity: Identity
    folders: frozenset[str]
    files: frozenset[str]


class StageFiles:
    """The project in the current folder."""

    def __init__(self) -> None:
        self.parameters = ParameterFiles()
        self._installed = False
        self._repo: Any = None
        self._settings: dict[str, Identity] = {}
        self._folders: dict[str, _Folder] = {}
        self._files: dict[str, _File] = {}
        self._graph: Any = None
        self._graph_problem: Problem | None = None

    # -- what there is ------------------------------------------------------------------------------------------------

    @property
    def repo(self) -> Any:
        return self._repo

    @property
    def stages(self) -> list[Any]:
        return [stage for file in self._files.values() for stage in file.stages]

    @property
    def problems(self) -> list[Problem]:
        found = [problem for file in self._files.values() for problem in file.problems]
        self._make_graph()
        return [*found, self._graph_problem] if self._graph_problem else found

    def stage(self, name: str) -> Any:
        """
        Raises:
            OperationError: there is none of this name.
        """
        found = next((stage for stage in self.stages if stage.addressing == name), None)
        if found is None:
            raise OperationError("no_such_stage", f"There is no stage `{name}`.")
        return found

    def lock_entry(self, stage: Any) -> Any:
        """What ``dvc.lock`` says of a stage; None when it says nothing."""
        return self._files[stage.path].lock.get(getattr(stage, "name", ""))

    def line(self, stage: Any) -> int | None:
        return self._files[stage.path].lines.get(getattr(stage, "name", ""))

    @property
    def graph(self) -> Any:
        """DVC's graph; an edge goes from a stage to what it needs.

        Raises:
            OperationError: the stages do not fit together.
        """
        self._make_graph()
        if self._graph_problem is not None:
            raise OperationError("pipeline_broken", self._graph_problem["message"], [self._graph_problem["file"]])
        return self._graph

    def _make_graph(self) -> None:
        if self._graph is not None or self._graph_problem is not None:
            return
        from dvc.repo.index import Index

        try:
            self._graph = Index(self._repo, stages=self.stages).graph
        except Exception as error:
            self._graph_problem = problem_of_graph(error, self.stages)

    # -- keeping up ---------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read again what has changed."""
        if not self._installed:
            self.parameters.install()
            self._installed = True
        if self._repo is None or self._settings != self._identities(self._settings):
            self._open()
        if self._same_folders():
            for path in list(self._files):
                self._keep_up(path)
        else:
            self._search()

    def wrote_lock(self, stage: Any, entry: Any) -> None:
        """We have written this entry to the ``dvc.lock`` of a stage: nothing needs to be read again for that."""
        file = self._files.get(stage.path)
        if file is None or not any(stage is one for one in file.stages):
            return self.forget(stage)  # the files were read again while its command ran
        file.lock[stage.name] = entry
        lock = os.path.splitext(stage.path)[0] + ".lock"
        stage.cmd_changed = False
        file.made_from[lock] = own_identity(lock)
        return None

    def wrote_rules(self) -> None:
        """DVC has written ``.gitignore`` files for us: nothing needs to be read again for that."""
        self._settings = {path: own_identity(path) for path in self._settings}

    def forget(self, stage: Any) -> None:
        """The stage in memory is not what the files say: read them again."""
        if stage.path in self._files:
            self._files[stage.path].made_from = {}

    def _open(self) -> None:
        from dvc.repo import Repo

        # Stages whose command runs still hold the one before, so it is not closed here. The person's index is theirs:
        # nothing is ever staged for them.
        self._repo = Repo(os.getcwd(), config={"core": {"autostage": False}})
        before, self._files, self._folders = self._files, {}, {}
        self._search(before)

    def _search(self, before: dict[str, _File] | None = None) -> None:
        """Look through the project as DVC does: not into outputs, nor into what is ignored."""
        known = self._files if before is None else before
        fresh = before is not None
        self._files, self._folders, self._graph, self._graph_problem = {}, {}, None, None
        self._repo.scm._reset()
        outputs: set[str] = set()
        for root, folders, names in self._repo.dvcignore.walk(self._repo.fs, self._repo.root_dir, followlinks=False):
            self._folders[root] = _look(root)
            for name in sorted(names):
                path = os.path.join(root, name)
                if _matters(name) and not self._is_ignored(path):
                    self._files[path] = known.get(path) or _File()
                    self._keep_up(path, again=fresh)
                    outputs.update(out.fspath for s in self._files[path].stages for out in s.outs if _is_local(out))
            folders[:] = [one for one in folders if not self._skips(os.path.join(root, one), outputs)]
        rules = [os.path.join(root, rule) for root in self._folders for rule in _RULES]
        self._settings = self._identities([*(os.path.abspath(path) for path in _SETTINGS), *rules])

    def _skips(self, folder: str, outputs: set[str]) -> bool:
        return folder in outputs or self._is_ignored(folder + os.sep)

    def _is_ignored(self, path: str) -> bool:
        return bool(self._repo.scm.is_ignored(path))

    def _same_folders(self) -> bool:
        for root, folder in list(self._folders.items()):
            if folder.identity != identity(root):
                now = _look(root)
                if (now.folders, now.files) != (folder.folders, folder.files):
                    return False
                self._folders[root] = now
        return True

    def _identities(self, paths: Any) -> dict[str, Identity]:
        return {path: identity(path) for path in paths}

    def _keep_up(self, path: str, again: bool = False) -> None:
        """Read a file when it has changed."""
        file = self._files[path]
        if not again and file.made_from and file.made_from == self._identities(file.made_from):
            return
        made_from = self._identities([path, os.path.splitext(path)[0] + ".lock"])
        read = _File()
        with self.parameters.noting() as noted:
            try:
                self._read(path, read)
            except Exception as error:
                read.problems.append(problem_of_file(path, error))
        made_from.update(self._identities([*noted, os.path.join(os.path.dirname(path), "params.yaml")]))
        if read.problems:
            made_from[""] = object()  # what would mend it may be any file: try again each time
            have = {stage.addressing for stage in read.stages}
            old = [stage for stage in file.stages if stage.addressing not in have]
            read.stages += [stage for stage in old if not _is_gone(read, stage)]
            read.lock, read.lines = read.lock or file.lock, {**file.lines, **read.lines}
        read.made_from = made_from
        self._graph = self._graph_problem = None
        self._files[path] = read

    def _read(self, path: str, read: _File) -> None:
        from dvc.dvcfile import ProjectFile, load_file

        found = load_file(self._repo, path)
        if not isinstance(found, ProjectFile):
            read.stages = list(found.stages.values())
            return
        content = found.contents
        try:
            read.lock = found.lockfile_contents.get("stages") or {}
        except Exception as error:
            read.problems.append(problem_of_file(path, error))
            found.__dict__["lockfile_contents"] = {}
        text = self._text(path)
        names = list(found.stages)
        for name in names:
            read.lines[name] = line_of_stage(text, name)
            try:
                read.stages.append(found.stages[name])
            except Exception as error:
                read.problems.append(problem_of_file(path, error, name))
        read.lines.update({name: None for name in content.get("stages") or {} if name not in read.lines})

    def _text(self, path: str) -> str:
        with open(path, encoding="utf-8", errors="replace") as handle:
            return handle.read()


def _is_gone(read: _File, stage: Any) -> bool:
    """The file could be read as far as to know that it has no such stage any more."""
    name = getattr(stage, "name", None)
    named = {one for problem in read.problems for one in problem["stages"]}
    return bool(read.lines) and name not in named


def _is_local(out: Any) -> bool:
    return bool(out.protocol == "local")


def _matters(name: str) -> bool:
    return name == "dvc.yaml" or name.endswith(".dvc")


def _entries(root: str) -> Iterator[tuple[str, bool]]:
    with os.scandir(root) as entries:
        for entry in entries:
            yield entry.name, entry.is_dir(follow_symlinks=False)


def _look(root: str) -> _Folder:
    before = identity(root)
    try:
        found = list(_entries(root))
    except OSError:
        return _Folder(before, frozenset(), frozenset())
    folders = frozenset(name for name, is_folder in found if is_folder)
    return _Folder(before, folders, frozenset(name for name, is_folder in found if not is_folder and _matters(name)))
