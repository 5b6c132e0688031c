"""Refusals of actions on the pipeline."""

from __future__ import annotations

from jupyterlab_prodify.vcs.errors import VcsError


class RunInProgressError(VcsError):
    """One run at a time in a project."""

    code = "run_in_progress"

    def __init__(self) -> None:
        super().__init__("A run goes on in this project already.", "Wait until it has ended, or stop it.")


class NoInterpreterError(VcsError):
    """The Python of the project is named, and is not there."""

    code = "no_interpreter"
