"""Try the export on random notebooks, and on texts that are none.

    python -m tests.fuzz [EXAMPLES] [--seed TEXT] [--jobs N] [--one SEED] [--refusals] [--no-library]

Prints the figures as it goes. A counterexample is made small, run again in a real IPython shell, and printed as a file
for ``tests/cases/export``. Exit 1 when there is one.
"""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.campaign import Tally, campaign, cores, try_one
from tests.fuzz.case_text import case_text
from tests.fuzz.example import Example
from tests.fuzz.judge import confirm, judge
from tests.fuzz.library import library_files, try_files
from tests.fuzz.shrink import shrink

#: Counterexamples after which the search ends, and refusals above which the property says too little.
MOST_BROKEN = 10
MOST_REFUSED = 0.10
EVERY = 1_000


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    options = _options(arguments)
    if options.one:
        return _show_one(options.one)
    tally = campaign(options.seed, options.examples, options.jobs, lambda now: _progress(now, options.most))
    if options.refusals:
        _print_refusals(tally)
    wrong = sum(_report(seed, example) for seed, example, _ in tally.broken)
    too_many = tally.count >= EVERY and tally.refusal_rate > MOST_REFUSED
    if too_many:
        print(f"more than {MOST_REFUSED:.0%} are refused: the property says too little")
    print(f"{tally.line()}\n{'FAILED' if tally.broken or too_many else 'ok'}: {wrong} counterexamples", flush=True)
    return int(bool(tally.broken) or too_many or (options.library and not _library_holds(options.jobs)))


def _library_holds(jobs: int) -> bool:
    tally = try_files(library_files(), jobs)
    print(tally.report())
    return not tally.wrong


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.split("\n")[0])
    parser.add_argument("examples", type=int, nargs="?", default=20_000)
    parser.add_argument("--seed", default="0", help="another seed gives other notebooks")
    parser.add_argument("--jobs", type=int, default=cores())
    parser.add_argument("--one", help="show one example, by the seed that a report names")
    parser.add_argument("--no-library", dest="library", action="store_false", help="random notebooks only")
    parser.add_argument("--refusals", action="store_true", help="print refused notebooks of each code")
    parser.add_argument("--most", type=int, default=MOST_BROKEN, help="counterexamples after which to stop")
    return parser.parse_args(arguments)


def _progress(tally: Tally, most: int) -> bool:
    if tally.count % EVERY == 0:
        print(tally.line(), flush=True)
        print("".join(f"  broken: --one {seed}\n" for seed, _, _ in tally.broken), end="", flush=True)
    return len(tally.broken) < most


def _report(seed: str, example: Example) -> bool:
    """Print a counterexample, as small as it gets; is it one in a real IPython shell too?"""
    failing = judge(example).failing
    small = shrink(example, lambda one: (now := judge(one)).state == "broken" and now.failing <= failing)
    sure = confirm(small)
    if not sure and confirm(example):
        small, sure = example, True
    title = "COUNTEREXAMPLE" if sure else "DIFFERS ONLY IN THE QUICK RUN"
    print(f"\n{title}, seed {seed}\n" + "\n".join(judge(small).differences))
    print(case_text(small, "..."), flush=True)
    return sure


def _print_refusals(tally: Tally) -> None:
    for code, examples in tally.refused.items():
        for seed, example, verdict in examples[:2]:
            print(f"\nREFUSED {code}, seed {seed}: {verdict.message}\n{case_text(example, verdict.code)}")


def _show_one(seed: str) -> int:
    _, example, verdict = try_one(seed)
    print(case_text(example, verdict.message or verdict.state))
    print("\n".join([verdict.state, *verdict.differences]))
    return int(verdict.state == "broken")


if __name__ == "__main__":
    sys.exit(main())
