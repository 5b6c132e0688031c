"""The process of a run: ``python -m jupyterlab_prodify.pipeline ROOT PYTHON``."""

from __future__ import annotations

import contextlib
import sys
import threading
from pathlib import Path

from jupyterlab_prodify.vcs.dvc import DvcWorker
from jupyterlab_prodify.vcs.errors import VcsError


def main(root: str, python: str) -> int:
    """Serve one errand. DVC takes longest to start, so that it begins before all else."""
    worker = DvcWorker(Path(root), python)
    threading.Thread(target=_warm, args=(worker,), daemon=True).start()

    from jupyterlab_prodify.jobs.child import serve
    from jupyterlab_prodify.pipeline.perform import work

    return serve(lambda task: work(task, worker))


def _warm(worker: DvcWorker) -> None:
    with contextlib.suppress(VcsError, OSError):  # the run itself will tell
        worker.call("stage_warm")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
