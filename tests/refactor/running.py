"""Run the cells of a small notebook before and after a plan, without a kernel."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType

from jupyterlab_prodify.api.export import Plan
from tests.refactor.asking import notebook_after


def printed(cells: Sequence[str]) -> str:
    """What the cells print, one after the other in one namespace; magics are left out."""
    names: dict[str, object] = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()) as out:
        for cell in cells:
            exec("\n".join(line for line in cell.split("\n") if not line.startswith("%")), names)
    return out.getvalue()


def printed_after(cells: Sequence[str], plan: Plan) -> str:
    """What the cells print once the plan is applied, its module being ``steps``."""
    text = plan.file_edits[-1].text_after
    with module("steps", text or ""):
        return printed(notebook_after(cells, plan))


@contextlib.contextmanager
def module(name: str, text: str) -> Iterator[None]:
    """A module of this text, for as long as the block runs."""
    made = ModuleType(name)
    exec(text, made.__dict__)
    before = sys.modules.get(name)
    sys.modules[name] = made
    try:
        yield
    finally:
        if before is None:
            del sys.modules[name]
        else:
            sys.modules[name] = before
