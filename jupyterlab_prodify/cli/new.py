"""``jupyter prodify new``: a project of stages, or what an existing one lacks."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyterlab_prodify.cli.outcome import DONE, REFUSED, UsageError

if TYPE_CHECKING:
    from jupyterlab_prodify.api.new_project import NewProject, NewProjectPlan

_DESCRIPTION = """\
Make a project of stages: one module and one notebook for each, a Git and a DVC repository, dvc.yaml and params.yaml,
in ONE commit, installed into the kernel's environment so that notebooks import the package at once.

In a folder that is a Git repository already, only what is missing is added; nothing is overwritten.
"""

_EPILOG = """\
examples:
  jupyter prodify new save-the-world --stages eda,processing,modelling
  jupyter prodify new . --stages eda --dry-run      what an existing repository lacks

--json prints exactly one object: {"project", "stages", "files", "present", "commit", "installed", "install_log",
"notes"}, with --dry-run {"project", "stages", "steps", "files", "present"}, or {"refusal": {...}}.

exit codes: 0 done, 1 our fault, 2 wrong use, 3 refused
"""


def add_parser(verbs: Any) -> None:
    """Add the verb to the program's parser."""
    parser = verbs.add_parser(
        "new",
        help="make a project of stages",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("name", metavar="NAME", help="the project's folder; `.` for this one")
    parser.add_argument("--stages", default="", metavar="A,B,C", help="names of the stages, in their order")
    parser.add_argument("--example", action="store_true", help="with the CO2 record of Mauna Loa and a long notebook")
    parser.add_argument("-m", "--message", metavar="MSG", help="message of the commit")
    parser.add_argument("--kernel", metavar="NAME", help="install into the environment of this kernel, not of ours")
    parser.add_argument("--no-install", action="store_true", help="do not install the package")
    parser.add_argument("--dry-run", action="store_true", help="tell what would be made; write nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the project, or tell what would be made."""
    from jupyterlab_prodify.cli.data_report import refusal
    from jupyterlab_prodify.project.errors import ProjectError
    from jupyterlab_prodify.vcs.errors import VcsError

    try:
        answer = _answer(arguments)
    except VcsError as error:
        refusal(error.code, error.message, error.remedy, error.paths, arguments.json)
        return REFUSED
    except ProjectError as error:
        refusal(error.code, error.message, error.remedy or "Choose another folder.", [], arguments.json)
        return REFUSED
    _print(answer, arguments.json)
    return DONE


def _answer(arguments: argparse.Namespace) -> NewProject | NewProjectPlan:
    from jupyterlab_prodify.data.new_project import new_project, plan_project
    from jupyterlab_prodify.project.errors import RequestError
    from jupyterlab_prodify.project.kernel import find_kernel
    from jupyterlab_prodify.project.scaffold import stage_names

    folder = Path(arguments.name)
    if not arguments.name or folder.is_file():
        raise UsageError(f"`{arguments.name}` is not a folder")
    try:
        stages = stage_names(arguments.stages) if arguments.stages else []
    except RequestError as error:
        raise UsageError(error.message) from error
    if arguments.dry_run:
        return plan_project(folder, stages, arguments.example)
    message = arguments.message or f"Stages: {', '.join(stages) or 'none yet'}"
    kernel = None if arguments.no_install else find_kernel(arguments.kernel)
    return new_project(folder, stages, message, kernel, arguments.example)


def _print(answer: NewProject | NewProjectPlan, as_json: bool) -> None:
    import msgspec

    if as_json:
        print(json.dumps(msgspec.to_builtins(answer)))
        return
    from jupyterlab_prodify.api.new_project import NewProject

    if not isinstance(answer, NewProject):
        print(f"{answer.project}:")
        for number, step in enumerate(answer.steps, 1):
            print(f"  {number}. {step}")
        print("Nothing was written." if answer.steps else "Nothing is missing.")
        return
    for path in answer.files:
        print(f"  {path}")
    if answer.commit is None:
        print("Nothing is missing.")
    else:
        print(f"{answer.project}: commit {answer.commit[:7]}")
    for note in answer.notes:
        print(note)
    if answer.install_log:
        print(answer.install_log, file=sys.stderr)
