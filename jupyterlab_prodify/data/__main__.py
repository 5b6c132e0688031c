"""The process of a job on data: ``python -m jupyterlab_prodify.data``."""

from __future__ import annotations

import sys

import msgspec

from jupyterlab_prodify.api.jobs import JobResult
from jupyterlab_prodify.data.order import Order
from jupyterlab_prodify.data.perform import perform
from jupyterlab_prodify.jobs.child import Task, serve


def work(task: Task) -> JobResult:
    """The order that the request holds."""
    return perform(msgspec.json.decode(task.request, type=Order), task)


if __name__ == "__main__":
    sys.exit(serve(work))
