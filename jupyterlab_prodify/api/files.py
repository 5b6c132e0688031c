"""Wire types of writing files: all edits of one plan, or none."""

from __future__ import annotations

from jupyterlab_prodify.api.export import FileEdit
from jupyterlab_prodify.api.wire import WireType


class ApplyRequest(WireType, frozen=True):
    """Write these files: all or none. The same request with before and after swapped is the undo."""

    edits: list[FileEdit]


class WrittenFile(WireType, frozen=True):
    """A file as it is now; ``hash`` is None where it was removed."""

    path: str
    hash: str | None


class ApplyResult(WireType, frozen=True):
    """What was written, in the order of the edits."""

    written: list[WrittenFile]


class ErrorAnswer(WireType, frozen=True):
    """Body of every answer with a status of 400 and above."""

    code: str
    message: str
    path: str | None = None
    remedy: str | None = None
