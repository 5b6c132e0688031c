"""``jupyter prodify``: the same services from a terminal and from CI, without a server.

A verb is a module with ``add_parser(verbs)``, which sets ``run``: parsed arguments in, exit code out.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn, TextIO

from jupyterlab_prodify.cli import data, export, new, run, status, verify
from jupyterlab_prodify.cli.outcome import DONE, INTERRUPTED, OUR_FAULT, WRONG_USE, UsageError

_VERBS = (export, verify, data, new, status, run)

_DESCRIPTION = """\
Take a notebook to production: its code becomes functions in modules, and the notebook goes on working.
"""

_EPILOG = """\
examples:
  jupyter prodify export explore.ipynb --cell 7 --to src/pkg/processing.py --name clean_co2 --dry-run
  jupyter prodify verify before.ipynb explore.ipynb
  jupyter prodify data add data/raw.csv -m "Raw data of May"
  jupyter prodify status
  jupyter prodify run modelling
  jupyter prodify commit -m "Better features" src/pkg/features.py

exit codes:
  0 done, planned with --dry-run, same  2 wrong use: see --help
  1 our fault                           3 refused: nothing was written, the message says why and what to do
  4 not all stages are up to date         5 the outputs are not the same
130 stopped with Ctrl C

`jupyter prodify VERB --help` tells all about a verb. `python -m jupyterlab_prodify` is the same program.
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see `{self.prog} --help`)")


def build_parser() -> argparse.ArgumentParser:
    """The parser of the program and its verbs."""
    parser = _Parser(
        prog="jupyter prodify",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, title="verbs")
    for verb in _VERBS:
        verb.add_parser(verbs)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code. Asking for help ends with SystemExit(0), as argparse does."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _print_anything(sys.stdout)
    _print_anything(sys.stderr)
    try:
        code = _run(arguments, "--json" in arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return DONE


def _run(arguments: Sequence[str], as_json: bool) -> int:
    try:
        parsed = build_parser().parse_args(arguments)
        return int(parsed.run(parsed))
    except UsageError as error:
        return _report("wrong_use", str(error), as_json, WRONG_USE)
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        return _report("interrupted", "Stopped by Ctrl C.", as_json, INTERRUPTED)
    except Exception as error:
        traceback.print_exc()
        message = f"This is a fault of jupyterlab_prodify: {type(error).__name__}: {error}"
        return _report("our_fault", message, as_json, OUR_FAULT)


def _print_anything(stream: TextIO) -> None:
    """A terminal that cannot show a sign gets an escape instead of an error."""
    with contextlib.suppress(AttributeError, ValueError):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]


def _report(code: str, message: str, as_json: bool, exit_code: int) -> int:
    if as_json:
        print(json.dumps({"error": {"code": code, "message": message}}))
    else:
        print(f"jupyter prodify: {message}", file=sys.stderr)
    return exit_code
