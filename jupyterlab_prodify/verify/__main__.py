"""The process of a job of Verify: ``python -m jupyterlab_prodify.verify``."""

from __future__ import annotations

import sys

import msgspec

from jupyterlab_prodify.api.verify import VerifyResult
from jupyterlab_prodify.jobs.child import Task, serve
from jupyterlab_prodify.verify.order import Order
from jupyterlab_prodify.verify.perform import perform

#: jsonschema, which comes with nbformat, would build a grammar for addresses (IRIs), for longer than a kernel takes to
#: start. Without this optional package it does not check them, and no notebook has any.
_SLOW = "rfc3987_syntax"


def work(task: Task) -> VerifyResult:
    """The order that the request holds."""
    return perform(msgspec.json.decode(task.request, type=Order), task)


if __name__ == "__main__":
    sys.modules.setdefault(_SLOW, None)  # type: ignore[arg-type]
    sys.exit(serve(work))
