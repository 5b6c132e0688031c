"""The order for a job: which action, for which server root, with which request."""

from __future__ import annotations

from typing import Literal

import msgspec

Action = Literal["add", "commit", "restore", "push", "pull", "compare"]


class Order(msgspec.Struct):
    """``request`` is the body of the request; its paths are relative to ``root``. ``python`` runs DVC."""

    action: Action
    root: str
    python: str
    request: msgspec.Raw
