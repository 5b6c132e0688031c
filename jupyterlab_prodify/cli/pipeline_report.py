"""What ``jupyter prodify run`` and ``status`` say: one JSON object for programs, or text for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TextIO

import msgspec

from jupyterlab_prodify.api.jobs import JobLog, JobProgress
from jupyterlab_prodify.api.pipeline import PipelineRan, PipelineStatus, Stage, StageRun

_SIGNS = {
    "up_to_date": "✓",
    "stale": "●",
    "never_run": "○",
    "queued": "…",
    "running": "▶",
    "failed": "✗",
    "blocked": "◌",
}
_WORDS = {
    "ran": "ran",
    "restored": "restored from the run cache",
    "unchanged": "up to date",
    "verified": "looked at",
    "failed": "failed",
    "blocked": "waits for a stage that failed",
    "stopped": "stopped",
}


class Lines:
    """The log of the run as it grows, and one line on what is being done: on a terminal; nothing where the output goes
    to a file."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shows = stream.isatty()
        self._label = ""
        self.offset = 0

    def __call__(self, progress: JobProgress | None, log: JobLog) -> None:
        self.offset = log.next_offset
        if not self._shows or not (log.text or (progress is not None and self._words(progress) != self._label)):
            return
        self.end()
        self._stream.write(log.text)
        self._label = self._words(progress) if progress is not None else ""
        self._stream.write(self._label)
        self._stream.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._label:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._label = ""

    def _words(self, progress: JobProgress) -> str:
        return f"{progress.done} of {progress.total} stages: {progress.label}" if progress.total else progress.label


def ran(result: PipelineRan, as_json: bool) -> None:
    """What has become of the stages."""
    if as_json:
        print(json.dumps({"run": msgspec.to_builtins(result)}))
        return
    for one in result.stages:
        print("\n".join(_run_lines(one)))
    if not result.stages:
        print("There was nothing to run.")
    count = sum(one.outcome in ("ran", "restored") for one in result.stages)
    print(f"{count} of {len(result.stages)} stages ran, in {result.seconds:.1f} s.")
    for note in result.notes:
        print(f"note: {note}", file=sys.stderr)


def status(found: PipelineStatus, as_json: bool) -> None:
    """All stages and why they are not up to date."""
    if as_json:
        print(json.dumps(msgspec.to_builtins(found)))
        return
    for stage in found.stages:
        print("\n".join(_stage_lines(stage)))
    if not found.stages:
        print("There is no stage here yet; `dvc stage add` writes one.")
    for problem in found.problems:
        place = f"{problem.file}:{problem.line}" if problem.line else problem.file
        print(f"! {place}: {problem.message}")
    for note in found.notes:
        print(f"note: {note}", file=sys.stderr)


def refusal(code: str, message: str, remedy: str, as_json: bool) -> None:
    """Why nothing was done, as JSON on stdout or as text on stderr."""
    if as_json:
        print(json.dumps({"refusal": {"code": code, "message": message, "remedy": remedy}}))
    else:
        print(f"Refused: {message}\n{remedy}", file=sys.stderr)


def failure(code: str, message: str, as_json: bool) -> None:
    """What went wrong here."""
    if as_json:
        print(json.dumps({"error": {"code": code, "message": message}}))
    else:
        print(f"jupyter prodify: {message}", file=sys.stderr)


def _run_lines(one: StageRun) -> Iterator[str]:
    said = f": {one.error}" if one.error else ""
    time = f"  {one.seconds:.1f} s" if one.outcome in ("ran", "failed") else ""
    yield f"{one.name}  {_WORDS[one.outcome]}{said}{time}"
    if one.changed:
        yield f"    changed while it ran, so it is stale again: {', '.join(one.changed)}"


def _stage_lines(stage: Stage) -> Iterator[str]:
    word = stage.state.replace("_", " ")
    said = f": {stage.error}" if stage.error else ""
    blocked = f" by {', '.join(stage.blocked_by)}" if stage.blocked_by else ""
    yield f"{_SIGNS[stage.state]} {stage.name}  {word}{blocked}{said}"
    for reason in stage.reasons:
        if reason.kind != "never_run":
            yield f"    {reason.text}"
