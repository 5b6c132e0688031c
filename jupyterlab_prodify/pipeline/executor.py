"""Where a stage runs: an interface, so that nothing else needs to know. The local one stands in ``local_executor``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class StageCommand:
    """What one stage has to run: argv lists, one after the other; the first that fails is the last. What they say goes
    to the end of ``log``."""

    name: str
    commands: Sequence[Sequence[str]]
    folder: Path
    log: Path
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Completed:
    """A stage that has ended. ``code`` is that of its last command; ``message`` tells why there is none."""

    name: str
    code: int | None
    message: str | None = None
    cancelled: bool = False

    @property
    def ok(self) -> bool:
        return self.code == 0 and not self.cancelled


OnPlace = Callable[[str, str], None]
"""Is called, from any thread, with a stage and a text by which ``end_left`` finds where it runs."""


class Executor(Protocol):
    """Runs stages. After ``submit`` each one appears exactly once in ``completed``, also when it was cancelled."""

    def submit(self, command: StageCommand) -> None:
        """Start a stage; returns at once."""

    def cancel(self, name: str) -> None:
        """End a stage with all that it has started; returns at once."""

    def completed(self, seconds: float) -> list[Completed]:
        """Stages that have ended since the last time; waits up to ``seconds`` for the first one."""

    def end_left(self, where: str) -> bool:
        """End what an executor that is gone has left in this place; True when something was there."""

    def close(self) -> None:
        """Cancel all, and wait until they have ended."""
