"""``jupyter prodify status``: which stages are up to date, and why the others are not."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from jupyterlab_prodify.cli.outcome import DONE, REFUSED, STALE

_DESCRIPTION = """\
Tell for each stage of dvc.yaml whether it is up to date, and why not: a parameter, a file or the command changed, an
output is missing, it never ran, or it waits for another one. Stages that run at this moment, and those whose last run
failed, are shown as such. Nothing is written.
"""

_EXAMPLES = """\
examples:
  for people:            jupyter prodify status
  for another program:   jupyter prodify status --json
  in CI:                 jupyter prodify status || echo "Run the pipeline and commit dvc.lock."

--json prints exactly one object: {"stages": [{"name", "state", "reasons": [{"kind", "text", "file", "key", "before",
"after", "stage"}], ...}], "problems": [{"file", "line", "message"}], ...}, {"refusal": {...}} or {"error": {...}}.
`state` is up_to_date, stale, never_run, queued, running, failed or blocked.

exit codes: 0 all is up to date, 4 something is not, 3 refused, 2 wrong use, 1 our fault, 130 stopped with Ctrl C
"""


def add_parser(verbs: Any) -> None:
    """Add the verb to the program's parser."""
    parser = verbs.add_parser(
        "status",
        help="which stages are up to date, and why the others are not",
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Look at the project around the current folder, and tell."""
    from jupyterlab_prodify.cli import pipeline_report as report
    from jupyterlab_prodify.pipeline.panel import Panel
    from jupyterlab_prodify.pipeline.project import PipelineProject, find_pipeline
    from jupyterlab_prodify.vcs.errors import VcsError

    try:
        project = PipelineProject(find_pipeline(Path.cwd()))
        try:
            status = Panel(project, repairs=False).now()
        finally:
            project.close()
    except VcsError as error:
        report.refusal(error.code, error.message, error.remedy, arguments.json)
        return REFUSED
    report.status(status, arguments.json)
    fresh = all(stage.state == "up_to_date" for stage in status.stages) and not status.problems
    return DONE if fresh else STALE
