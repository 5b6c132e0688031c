"""What ``jupyter prodify data`` and ``commit`` say: one JSON object for programs, or text for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

import msgspec

from jupyterlab_prodify.api.changes import DataChanges
from jupyterlab_prodify.api.data import (
    DataAdded,
    DataDiff,
    DataHistory,
    DataMoved,
    DataRestored,
    DataStatus,
    PathsCommitted,
)
from jupyterlab_prodify.api.data_plan import DataPlan
from jupyterlab_prodify.api.data_share import DataRemotes
from jupyterlab_prodify.api.data_table import ColumnSummary, TableComparison
from jupyterlab_prodify.vcs.dvc import Progress

_UNITS = ("B", "kB", "MB", "GB", "TB")


class ProgressLine:
    """One line on a terminal that is written over; nothing where the output goes to a file."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shows = stream.isatty()
        self._used = False

    def __call__(self, progress: Progress) -> None:
        if self._shows:
            self._used = True
            self._stream.write(f"\r\x1b[K{_progress(progress)}")
            self._stream.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._used:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def answer(result: Any, as_json: bool) -> None:
    """What was done or found."""
    if as_json:
        found = msgspec.to_builtins(result)
        found.pop("kind", None)  # over HTTP it tells results of jobs apart; here the verb does
        print(json.dumps(found))
        return
    for line in _lines(result):
        print(line)
    for note in getattr(result, "notes", []):
        print(f"note: {note}", file=sys.stderr)


def refusal(code: str, message: str, remedy: str, paths: Sequence[str], as_json: bool) -> None:
    """Why nothing was done, as JSON on stdout or as text on stderr."""
    if as_json:
        found = {"code": code, "message": message, "remedy": remedy, "paths": list(paths)}
        print(json.dumps({"refusal": found}))
    else:
        print(f"Refused: {message}\n{remedy}", file=sys.stderr)


def _lines(result: Any) -> Iterator[str]:
    if isinstance(result, DataStatus):
        yield from _status(result)
    elif isinstance(result, DataAdded):
        yield from _added(result)
    elif isinstance(result, DataHistory):
        yield from _history(result)
    elif isinstance(result, DataDiff):
        yield from _diff(result)
    elif isinstance(result, DataRestored):
        yield f"{result.path} is as in {result.rev[:10]}. The state before it is kept; to go back:"
        yield f"  jupyter prodify data restore {result.path} --rev {result.backup}"
    elif isinstance(result, DataMoved):
        yield f"{result.objects} objects moved; all of {', '.join(result.paths) or 'nothing'} is there."
        if result.branch is not None:
            yield f"The branch {result.branch} was pushed."
    elif isinstance(result, PathsCommitted):
        yield f"{result.commit[:10]} holds {', '.join(result.paths)}."
    elif isinstance(result, DataPlan):
        yield from _plan(result)
    elif isinstance(result, TableComparison):
        yield from _table(result)
    elif isinstance(result, DataChanges):
        yield from _changes(result)
    elif isinstance(result, DataRemotes):
        yield from (f"{'*' if one.default else ' '} {one.name}  {one.url}" for one in result.remotes)
        if not result.remotes:
            yield "There is no remote."


def _status(result: DataStatus) -> Iterator[str]:
    for one in result.paths:
        yield f"{one.state:<10}  {_size(one.size):>9}  {(one.date or 'not committed')[:10]:<13}  {one.path}"
    if not result.paths:
        yield "DVC holds nothing here."


def _added(result: DataAdded) -> Iterator[str]:
    for one in result.paths:
        yield f"{one.path}: {_size(one.size)}, {one.files} file{'s' if one.files != 1 else ''}, in {one.kind.upper()}"
    yield (
        f"Commit {result.commit[:10]}." if result.commit else "All of it was versioned already; nothing was committed."
    )


def _history(result: DataHistory) -> Iterator[str]:
    for one in result.versions:
        files = f"{one.files} files" if one.files != 1 else "1 file"
        subject = one.message.split("\n")[0]
        yield f"{one.rev[:10]}  {one.date[:16]}  {_size(one.size):>9}  {files:<12}  {one.author}: {subject}"


def _diff(result: DataDiff) -> Iterator[str]:
    for sign, names in (("+", result.added), ("-", result.removed), ("~", result.changed)):
        yield from (f"{sign} {name}" for name in names)
    if not (result.added or result.removed or result.changed):
        yield "Nothing differs."


def _plan(result: DataPlan) -> Iterator[str]:
    for one in result.advice:
        files = f"{one.files} files" if one.files != 1 else "1 file"
        where = {"dvc": "DVC", "git": "Git", None: "left out"}[one.chosen]
        yield f"{one.path}: {_size(one.size)}, {files} -> {where} ({one.reason})"
    if result.steps:
        yield "What would happen:"
    yield from (f"  {number}. {step.text}" for number, step in enumerate(result.steps, 1))
    if result.committed:
        yield f"In the commit: {', '.join(result.committed)}"
        yield f"A message for it: {result.message}"
    for problem in result.problems:
        yield f"It would be refused ({problem.code}): {problem.message} {problem.remedy}"
    if result.initialise:
        yield "With --init, what is missing would be made."


def _changes(result: DataChanges) -> Iterator[str]:
    for one in result.paths:
        staged = {"no": "", "partly": " (partly staged)", "whole": " (staged)"}[one.staged]
        yield f"{one.kind:<8}  {one.state:<10}  {one.path}{staged}"
    if not result.paths:
        yield "Nothing has changed."
    if result.more:
        yield f"and {result.more} more new files"
    yield from (f"No commit can be made now: {one.message} {one.remedy}" for one in result.problems)


def _table(result: TableComparison) -> Iterator[str]:
    for name in ("rows", "columns", "size"):
        before, after = getattr(result.before, name), getattr(result.after, name)
        yield f"{name}: {before}" if before == after else f"{name}: {before} -> {after}"
    if result.reordered:
        yield "The columns stand in another order."
    for one in result.columns:
        if one.before is None or one.after is None:
            sign, found = ("+", one.after) if one.before is None else ("-", one.before)
            yield f"{sign} {one.name}: {_column(found)}"
        elif one.differs:
            yield f"~ {one.name}: {_column(one.before)} -> {_column(one.after)}"


def _column(found: ColumnSummary | None) -> str:
    if found is None:
        return ""
    parts = [found.type, f"{found.count} values", f"{found.missing} missing"]
    if found.minimum is not None:
        parts.append(f"{found.minimum} to {found.maximum}")
    if found.mean is not None:
        parts.append(f"mean {found.mean:.6g}")
    if found.top is not None:
        parts.append(f"{found.unique} distinct, most often {found.top!r}")
    return ", ".join(parts)


def _size(size: float | None) -> str:
    if size is None:
        return "?"
    for unit in _UNITS:
        if size < 1000 or unit == _UNITS[-1]:
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"


def _progress(progress: Progress) -> str:
    show = _size if progress.unit == "B" else "{:.0f}".format
    total = f" of {show(progress.total)}" if progress.total else ""
    return f"{progress.phase[-60:]} {show(progress.done)}{total}"
