"""Many examples on several cores, counted."""

from __future__ import annotations

import contextlib
import io
import itertools
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.fuzz.example import Example, write_examples
from tests.fuzz.judge import Verdict, judge_all

CHUNK = 10
PER_NOTEBOOK = 4


@dataclass
class Tally:
    """What became of the examples so far."""

    states: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[str, Example, Verdict]] = field(default_factory=list)
    refused: dict[str, list[tuple[str, Example, Verdict]]] = field(default_factory=dict)
    notebooks: int = 0
    seconds: float = 0.0

    @property
    def count(self) -> int:
        return sum(self.states.values())

    @property
    def refusal_rate(self) -> float:
        """The share of refusals among the examples in which there is something to export."""
        return self.states["refused"] / max(1, self.count)

    def add(self, seed: str, example: Example, verdict: Verdict) -> None:
        self.states[verdict.state] += 1
        if verdict.state == "refused":
            self.codes[verdict.code] += 1
            examples = self.refused.setdefault(verdict.code, [])
            if len(examples) < 5:
                examples.append((seed, example, verdict))
        if verdict.state == "broken":
            self.broken.append((seed, example, verdict))

    def line(self) -> str:
        """The figures in one line."""
        states = ", ".join(f"{count} {state}" for state, count in self.states.most_common())
        codes = ", ".join(f"{code} {count}" for code, count in self.codes.most_common())
        rate = self.count / max(self.seconds, 0.001)
        refused = f"; refused {self.refusal_rate:.1%}: {codes}" if codes else ""
        return f"{self.count} exports of {self.notebooks} notebooks, {rate:.0f}/s: {states}{refused}"


Result = tuple[str, Example, Verdict]


def try_notebook(seed: str) -> list[Result]:
    """The verdicts on some exports of the notebook of a seed; each has a name for ``--one``."""
    with contextlib.redirect_stderr(io.StringIO()):
        examples = write_examples(seed, PER_NOTEBOOK)
        verdicts = judge_all(examples)
    return [(f"{seed}/{n}", *one) for n, one in enumerate(zip(examples, verdicts, strict=True))]


def try_one(name: str) -> Result:
    """The verdict on one example, by its name."""
    seed, number = name.split("/")
    return try_notebook(seed)[int(number)]


def campaign(seed: str, count: int, jobs: int, watch: Callable[[Tally], bool] = lambda tally: True) -> Tally:
    """Try ``count`` examples. ``watch`` sees the figures now and then; False ends the campaign."""
    tally = Tally()
    began = time.monotonic()
    for results in _results(seed, jobs):
        tally.notebooks += 1
        for result in results:
            tally.add(*result)
            tally.seconds = time.monotonic() - began
            if not watch(tally) or tally.count >= count:
                return tally
    return tally


def _results(seed: str, jobs: int) -> Iterator[list[Result]]:
    """Without an end."""
    seeds = (f"{seed}:{number}" for number in itertools.count())
    if jobs < 2:
        yield from map(try_notebook, seeds)
        return
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        while True:
            yield from pool.imap_unordered(try_notebook, list(itertools.islice(seeds, CHUNK * jobs * 4)), CHUNK)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
