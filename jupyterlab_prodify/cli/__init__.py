"""``jupyter prodify``: the same services from a terminal and from CI, without a server."""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Sequence

from jupyterlab_prodify.cli import export
from jupyterlab_prodify.cli.outcome import OUR_FAULT, WRONG_USE, UsageError

_VERBS = (export,)

_DESCRIPTION = """\
From notebook to production.

  jupyter prodify export explore.ipynb --cell 7 --to src/pkg/processing.py --name clean_co2

Exit codes: 0 done (or planned), 1 our fault, 2 wrong use, 3 refused: nothing was written.
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise UsageError(f"{message} (see `{self.prog} --help`)")


def build_parser() -> argparse.ArgumentParser:
    """The parser of the program and its verbs."""
    parser = _Parser(
        prog="jupyter prodify", description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb in _VERBS:
        verb.add_parser(verbs)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in arguments
    try:
        parsed = build_parser().parse_args(arguments)
        return int(parsed.run(parsed))
    except UsageError as error:
        return _report("wrong_use", str(error), as_json, WRONG_USE)
    except KeyboardInterrupt:
        return _report("interrupted", "Stopped; nothing more is written.", as_json, OUR_FAULT)
    except Exception as error:
        if not as_json:
            traceback.print_exc()
        message = f"This is a fault of jupyterlab_prodify: {type(error).__name__}: {error}"
        return _report("our_fault", message, as_json, OUR_FAULT)


def _report(code: str, message: str, as_json: bool, exit_code: int) -> int:
    if as_json:
        print(json.dumps({"error": {"code": code, "message": message}}))
    else:
        print(f"jupyter prodify: {message}", file=sys.stderr)
    return exit_code
