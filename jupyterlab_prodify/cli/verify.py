"""``jupyter prodify verify``: does a notebook show the same before and after, or again what it has saved?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyterlab_prodify.cli.interrupts import uninterrupted
from jupyterlab_prodify.cli.outcome import DIFFERS, DONE, OUR_FAULT, REFUSED, UsageError

if TYPE_CHECKING:
    from jupyterlab_prodify.api.export import Refusal
    from jupyterlab_prodify.api.jobs import Job
    from jupyterlab_prodify.jobs.service import JobService

_DESCRIPTION = """\
Run notebooks in fresh kernels, in a private copy of the project, and compare what their cells show.

With two notebooks: does AFTER show the same as BEFORE? With one: does it show again, from a fresh kernel, the outputs
that it has saved? Memory addresses, timings, progress bars and the like do not count; images are compared by content.
A cell that differs between two runs of the original is told, and is no failure. Your files and running kernels stay as
they are.
"""

_EXAMPLES = """\
examples:
  after an export:          git show HEAD:./explore.ipynb > before.ipynb
                            jupyter prodify verify before.ipynb explore.ipynb
  is it reproducible?       jupyter prodify verify explore.ipynb
  for another program:      jupyter prodify verify before.ipynb explore.ipynb --json

--json prints exactly one object: {"verify": {"verdict", "summary", "same", "total", "differences", ...}},
{"refusal": {"code", "message", "remedy"}} or {"error": {"code", "message"}}.

exit codes: 0 same, 1 our fault, 2 wrong use, 3 refused or not able to run, 5 differs, 130 stopped with Ctrl C
"""

_LOOK_SECONDS = 0.1


def add_parser(verbs: Any) -> None:
    """Add the verb to the program's parser."""
    parser = verbs.add_parser(
        "verify",
        help="run notebooks in fresh kernels and compare their outputs",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("notebook", metavar="NOTEBOOK", help="the notebook, or the one before the change")
    parser.add_argument("after", metavar="AFTER", nargs="?", help="the notebook after the change")
    parser.add_argument("--timeout", type=_seconds, metavar="SECONDS", help="longest time for one cell (no limit)")
    parser.add_argument("--kernel", metavar="NAME", help="kernel to run with, instead of the notebook's own")
    parser.add_argument("--folder", metavar="DIR", help="run both notebooks as if they stood here")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e9:
        raise argparse.ArgumentTypeError(f"a number of seconds above 0, not `{text}`")
    return seconds


def run(arguments: argparse.Namespace) -> int:
    """Start the job, show its progress on a terminal, and tell the result."""
    from jupyterlab_prodify.cli import verify_report
    from jupyterlab_prodify.jobs.service import JobService
    from jupyterlab_prodify.project.errors import NotFoundError, ProjectError
    from jupyterlab_prodify.project.journal import state_folder

    jobs = JobService(state_folder() / "jobs" / "command-line")
    try:
        jobs.recover()
        job = _wait(jobs, _start(arguments, jobs), verify_report.Progress(sys.stderr))
        jobs.forget(job.id)
    except NotFoundError as error:
        raise UsageError(error.message) from error
    except ProjectError as error:
        verify_report.refusal(_refusal(error.code, error.message, error.remedy), arguments.json)
        return REFUSED
    finally:
        with uninterrupted():
            jobs.close()
    return _tell(job, arguments.json)


def _start(arguments: argparse.Namespace, jobs: JobService) -> Job:
    from jupyterlab_prodify.verify.service import VerifyService

    notebook, folder = Path(arguments.notebook), Path(arguments.folder) if arguments.folder else None
    service = VerifyService(Path(Path.cwd().anchor), jobs)
    if arguments.after is None:
        if folder is not None:
            raise UsageError("--folder goes with two notebooks")
        return service.saved(notebook, arguments.kernel, arguments.timeout)
    if folder is not None and not folder.is_dir():
        raise UsageError(f"there is no folder `{folder}`")
    return service.pair(notebook, Path(arguments.after), arguments.kernel, arguments.timeout, folder)


def _wait(jobs: JobService, job: Job, show: Any) -> Job:
    """Wait for the job; an interruption ends it with all that it has started."""
    try:
        while job.state in ("queued", "running"):
            show(job.progress)
            job = jobs.wait(job.id, _LOOK_SECONDS)
    except BaseException:
        with uninterrupted():
            jobs.cancel(job.id)
        raise
    finally:
        show.end()
    return job


def _tell(job: Job, as_json: bool) -> int:
    from jupyterlab_prodify.api.verify import VerifyResult
    from jupyterlab_prodify.cli import verify_report

    if isinstance(job.result, VerifyResult):
        verify_report.result(job.result, as_json)
        return {"same": DONE, "differs": DIFFERS, "not_run": REFUSED}[job.result.verdict]
    error = job.error
    if error is None or error.code in ("our_fault", "no_result", "killed", "lost", "not_started"):
        message = error.message if error else "The job was cancelled."
        verify_report.failure(error.code if error else "cancelled", message, as_json)
        return OUR_FAULT
    verify_report.refusal(_refusal(error.code, error.message, error.remedy), as_json)
    return REFUSED


def _refusal(code: str, message: str, remedy: str | None) -> Refusal:
    from jupyterlab_prodify.api.export import Refusal

    return Refusal(code=code, message=message, remedy=remedy or "Check the path.")
