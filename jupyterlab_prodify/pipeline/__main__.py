"""The process of a run: ``python -m jupyterlab_prodify.pipeline``."""

from __future__ import annotations

import sys

import msgspec

from jupyterlab_prodify.api.pipeline import PipelineRan
from jupyterlab_prodify.jobs.child import Task, serve
from jupyterlab_prodify.jobs.errors import JobFailedError
from jupyterlab_prodify.pipeline.order import Order
from jupyterlab_prodify.pipeline.perform import StoppedError, perform


def work(task: Task) -> PipelineRan:
    """The order that the request holds."""
    try:
        return perform(msgspec.json.decode(task.request, type=Order), task.reporter)
    except StoppedError as error:
        raise JobFailedError("stopped", "The run was stopped.") from error


if __name__ == "__main__":
    sys.exit(serve(work))
