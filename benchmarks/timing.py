"""Medians and 95th percentiles of calls."""

from __future__ import annotations

import functools
import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass
class Row:
    """One line of the table. ``limit`` is what was promised, in the same order as the figures."""

    what: str
    median: float | None
    p95: float | None = None
    unit: str = "ms"
    limit: str = ""
    holds: bool | None = None
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def milliseconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def row(
    what: str,
    figures: Sequence[float],
    median_limit: float | None = None,
    p95_limit: float | None = None,
    note: str = "",
) -> Row:
    """Median and 95th percentile of the figures, and whether they keep the limits."""
    if not figures:
        return Row(what, None, note=note or "not measured")
    median = statistics.median(figures)
    p95 = sorted(figures)[min(len(figures) - 1, round(len(figures) * 0.95))]
    limits = [limit for limit in (median_limit, p95_limit) if limit is not None]
    holds = (median_limit is None or median <= median_limit) and (p95_limit is None or p95 <= p95_limit)
    shown = " / ".join(f"{limit:g}" for limit in limits)
    return Row(what, round(median, 3), round(p95, 3), limit=shown, holds=holds if limits else None, note=note)


def forget() -> None:
    """Empty every cache of the package: the next call is a cold one."""
    for found in gc.get_objects():
        if isinstance(found, functools._lru_cache_wrapper) and found.__module__.startswith("jupyterlab_prodify"):
            found.cache_clear()
