"""What is known of the names at one point of a program, and where several paths meet."""

from __future__ import annotations

from dataclasses import dataclass, field

from jupyterlab_prodify.notebook.bindings import UNTOUCHED

#: What is known of each name at one point: untouched, bound, deleted, or several of these.
State = dict[str, int]


def join(*states: State | None) -> State | None:
    """What is known where several paths meet; None stands for a path that is never taken to its end."""
    alive = [state for state in states if state is not None]
    if len(alive) < 2:
        return dict(alive[0]) if alive else None
    joined: State = {}
    for state in alive:
        for name in state:
            if name not in joined:
                joined[name] = 0
                for other in alive:
                    joined[name] |= other.get(name, UNTOUCHED)
    return joined


@dataclass
class Loop:
    """The states in which ``break`` and ``continue`` leave a loop."""

    breaks: list[State] = field(default_factory=list)
    continues: list[State] = field(default_factory=list)
