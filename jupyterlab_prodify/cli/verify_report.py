"""What ``jupyter prodify verify`` says: one JSON object for programs, or text for people."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TextIO

import msgspec

from jupyterlab_prodify.api.export import Refusal
from jupyterlab_prodify.api.jobs import JobProgress
from jupyterlab_prodify.api.verify import CellDifference, ShownOutput, VerifyResult

_MOST_LINES = 30
_NARROWEST = 60


class Progress:
    """One line on a terminal that is written over; nothing where the output goes to a file."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shows = stream.isatty()
        self._last = ""

    def __call__(self, progress: JobProgress | None) -> None:
        if self._shows and progress is not None and progress.label != self._last:
            self._last = progress.label
            self._stream.write(f"\r\x1b[K{progress.label}")
            self._stream.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._last:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def result(result: VerifyResult, as_json: bool) -> None:
    """The result as JSON; for people the verdict, and the first difference side by side."""
    if as_json:
        print(json.dumps({"verify": msgspec.to_builtins(result)}))
        return
    print(f"{result.summary} ({result.seconds:.1f} s, kernel {result.kernel}).")
    for label, cells in (
        ("Differ from run to run by themselves", result.nondeterministic),
        ("Python warnings differ", result.warnings_differ),
    ):
        if cells:
            print(f"{label}: {', '.join(cells)}")
    if result.verdict == "not_run":
        print("The notebook does not come to its end, so there is nothing to compare.")
    elif result.differences:
        print("\n".join(_difference(result.differences[0])))
        others = [_name(one) for one in result.differences[1:]]
        if others:
            print(f"Also different: {', '.join(others)}.")


def refusal(refusal: Refusal, as_json: bool) -> None:
    """Why nothing was run, as JSON on stdout or as text on stderr."""
    if as_json:
        print(json.dumps({"refusal": msgspec.to_builtins(refusal)}))
    else:
        print(f"Refused: {refusal.message}\n{refusal.remedy}", file=sys.stderr)


def failure(code: str, message: str, as_json: bool) -> None:
    """The job has not come to a result."""
    if as_json:
        print(json.dumps({"error": {"code": code, "message": message}}))
    else:
        print(f"jupyter prodify: {message}", file=sys.stderr)


def _name(one: CellDifference) -> str:
    return f"cell {one.index}" if one.index is not None else f"new cell {one.cell_id}"


def _difference(one: CellDifference) -> Iterator[str]:
    width = max(_NARROWEST, shutil.get_terminal_size((120, 24)).columns)
    column = (width - 3) // 2
    yield f"First difference, {_name(one)} ({one.cell_id}), {one.kind}:"
    yield f"{'before':<{column}} | after"
    yield f"{'-' * column}-+-{'-' * column}"
    left, right = list(_lines(one.before, column)), list(_lines(one.after, column))
    start = _first_difference(left, right)
    if start:
        yield f"{f'({start} equal lines)':<{column}} |"
    for old, new in list(zip_longest(left[start:], right[start:], fillvalue=""))[:_MOST_LINES]:
        yield f"{old:<{column}} | {new}".rstrip()
    if max(len(left), len(right)) - start > _MOST_LINES:
        yield f"{'...':<{column}} | ..."


def _first_difference(left: Sequence[str], right: Sequence[str]) -> int:
    """How many lines are equal; some of them are kept to be seen."""
    equal = 0
    while equal < min(len(left), len(right)) and left[equal] == right[equal]:
        equal += 1
    return max(0, equal - 3)


def _lines(outputs: Sequence[ShownOutput], column: int) -> Iterator[str]:
    if not outputs:
        yield "(nothing)"
    for output in outputs:
        text = output.text + ("\n[image]" if output.image and output.text else "[image]" if output.image else "")
        for line in text.splitlines():
            yield from textwrap.wrap(line.expandtabs(), column, drop_whitespace=False, replace_whitespace=False) or [""]
