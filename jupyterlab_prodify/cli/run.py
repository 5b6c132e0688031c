"""``jupyter prodify run``: bring stages up to date as ``dvc repro`` would, several at once."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyterlab_prodify.cli.interrupts import uninterrupted
from jupyterlab_prodify.cli.outcome import DONE, OUR_FAULT, REFUSED, STALE, UsageError

if TYPE_CHECKING:
    from jupyterlab_prodify.api.jobs import Job
    from jupyterlab_prodify.jobs.service import JobService

_DESCRIPTION = """\
Run the stages of dvc.yaml that are not up to date, and all they need. Without a STAGE: all of them.

Stages that do not need each other run at the same time. dvc.lock, the cache and the run cache are as after `dvc repro`.
A stage that fails holds up only what needs it. Ctrl C ends what runs, with all that it has started, and brings its
outputs back as they were. Commands run with the project's Python first on PATH: that of [tool.prodify] in
pyproject.toml, else of the stage's notebook's kernel.
"""

_EXAMPLES = """\
examples:
  all that is not up to date:    jupyter prodify run
  one stage and what it needs:   jupyter prodify run modelling
  all of a foreach or matrix:    jupyter prodify run train
  one of them:                   jupyter prodify run train@large
  of another dvc.yaml:           jupyter prodify run reports/dvc.yaml:table
  one after the other:           jupyter prodify run --jobs 1
  also what is up to date:       jupyter prodify run --force

STAGE is a name as `jupyter prodify status` shows it. Logs of stages are in .dvc/tmp/prodify/logs.

--json prints exactly one object: {"run": {"ok", "stages": [{"name", "outcome", "seconds", "error", "changed"}],
"seconds", "notes"}}, {"refusal": {"code", "message", "remedy"}} or {"error": {"code", "message"}}.

exit codes: 0 all is up to date, 4 a stage failed, 3 refused, 2 wrong use, 1 our fault, 130 stopped with Ctrl C
"""

_LOOK_SECONDS = 0.1
_FAULTS = ("our_fault", "no_result", "killed", "lost", "not_started")


def add_parser(verbs: Any) -> None:
    """Add the verb to the program's parser."""
    parser = verbs.add_parser(
        "run",
        help="bring stages of dvc.yaml up to date, several at once",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("stages", metavar="STAGE", nargs="*", help="only these and what they need (all when left out)")
    parser.add_argument("--jobs", type=_jobs, metavar="N", help="how many stages run at once (the number of cores)")
    parser.add_argument("--downstream", action="store_true", help="also everything that needs one of the stages")
    parser.add_argument("--force", action="store_true", help="run stages also where nothing has changed")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 10_000:
        raise argparse.ArgumentTypeError(f"a number of stages, 1 or more, not `{text}`")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Start the job, show its progress on a terminal, and tell what has become of the stages."""
    from jupyterlab_prodify.cli import pipeline_report as report
    from jupyterlab_prodify.jobs.service import JobService
    from jupyterlab_prodify.project.journal import state_folder
    from jupyterlab_prodify.vcs.errors import VcsError

    if arguments.downstream and not arguments.stages:
        raise UsageError("--downstream goes with the name of a stage")
    jobs = JobService(state_folder() / "jobs" / "command-line")
    try:
        jobs.recover()
        job = _wait(jobs, _start(arguments, jobs), report.Lines(sys.stderr))
        jobs.forget(job.id)
    except VcsError as error:
        report.refusal(error.code, error.message, error.remedy, arguments.json)
        return REFUSED
    finally:
        with uninterrupted():
            jobs.close()
    return _tell(job, arguments.json)


def _start(arguments: argparse.Namespace, jobs: JobService) -> Job:
    from jupyterlab_prodify.api.pipeline import PipelineRunRequest
    from jupyterlab_prodify.pipeline.service import PipelineService

    here = Path.cwd()
    service = PipelineService(Path(here.anchor), jobs)
    path = here.relative_to(here.anchor).as_posix()
    return service.run(
        PipelineRunRequest(path, arguments.stages, arguments.downstream, arguments.force, arguments.jobs)
    )


def _wait(jobs: JobService, job: Job, show: Any) -> Job:
    """Wait for the job; an interruption ends it with all that it has started."""
    try:
        while job.state in ("queued", "running"):
            show(job.progress, jobs.log(job.id, show.offset))
            job = jobs.wait(job.id, _LOOK_SECONDS)
        show(job.progress, jobs.log(job.id, show.offset))
    except BaseException:
        with uninterrupted():
            jobs.cancel(job.id)
        raise
    finally:
        show.end()
    return job


def _tell(job: Job, as_json: bool) -> int:
    from jupyterlab_prodify.api.pipeline import PipelineRan
    from jupyterlab_prodify.cli import pipeline_report as report

    if isinstance(job.result, PipelineRan):
        report.ran(job.result, as_json)
        return DONE if job.result.ok else STALE
    error = job.error
    if error is not None and error.code == "no_such_stage":
        raise UsageError(error.message)
    if error is None or error.code in _FAULTS:
        report.failure(
            error.code if error else "cancelled", error.message if error else "The run was stopped.", as_json
        )
        return OUR_FAULT
    report.refusal(error.code, error.message, error.remedy or "Look at `jupyter prodify status`.", as_json)
    return REFUSED
