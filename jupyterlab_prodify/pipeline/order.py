"""What a job of the pipeline is told to do."""

from __future__ import annotations

import msgspec


class Order(msgspec.Struct, frozen=True):
    """``root`` is the DVC project; ``python`` runs DVC; ``jobs`` stages run at once."""

    root: str
    python: str
    stages: list[str]
    downstream: bool
    force: bool
    jobs: int
