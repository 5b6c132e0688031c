"""Errors of jobs: of asking for one, and of the work itself."""

from __future__ import annotations


class NoSuchJobError(Exception):
    """There is no job of this id: never was, or it was forgotten with time."""

    code = "no_such_job"

    def __init__(self, job_id: str) -> None:
        self.message = f"There is no job `{job_id}`."
        super().__init__(self.message)


class JobFailedError(Exception):
    """Raised inside a job: it ends as ``failed`` with this code, message and remedy."""

    def __init__(self, code: str, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy
