"""Finish or take back what a killed process left.

A journal that is not ready: nothing has been changed yet, so what was staged is removed. A ready one: the missing
steps are done, so that all files are new. Where that cannot be, because somebody has changed a file that was still
old, the steps that were done are taken back, so that all others are old. A changed file is never touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jupyterlab_prodify.project.journal import Journal, lock_file, open_journals, state_folder, sync_folder
from jupyterlab_prodify.project.lock import exclusive
from jupyterlab_prodify.project.made_folders import note_folders
from jupyterlab_prodify.project.steps import Step


def recover() -> list[str]:
    """Settle all journals; returns the files that somebody has changed since, which were left as they are."""
    if not (state_folder() / "journal").is_dir():
        return []
    with exclusive(lock_file()):
        return settle_all()


def settle_all() -> list[str]:
    """Like ``recover``, for a caller that holds the lock."""
    return [path for journal in open_journals() for path in settle(journal)]


def settle(journal: Journal) -> list[str]:
    """Bring one transaction to an end; returns the files that were left as somebody else has made them."""
    left = _settle_ready(journal.steps) if journal.ready else []
    journal.close()
    return left


def take_back(steps: Sequence[Step]) -> None:
    """Undo the steps that were done, the last one first."""
    for step in reversed(steps):
        if step.state() == "new" and step.can_go_back():
            step.back()
    _sync(steps)


def complete(steps: Sequence[Step]) -> None:
    """All steps are done: make that last, and tidy up."""
    _sync(steps)
    for step in steps:
        step.discard()
    note_folders(steps)


def _sync(steps: Sequence[Step]) -> None:
    for folder in {Path(step.target).parent for step in steps}:
        sync_folder(folder)


def _settle_ready(steps: Sequence[Step]) -> list[str]:
    states = [step.state() for step in steps]
    others = [step for step, state in zip(steps, states, strict=True) if state == "other"]
    open_steps = [step for step, state in zip(steps, states, strict=True) if state == "old"]
    if all(step.was_done() for step in others) and all(step.can_go_forward() for step in open_steps):
        for step in open_steps:
            step.forward()
        complete(steps)
    else:
        take_back(steps)
    return [step.target for step in others]
