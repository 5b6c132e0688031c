"""Refusals: why an export cannot be done, where, and what to do instead."""

from __future__ import annotations

from typing import Literal

from jupyterlab_prodify.api.export import PassGlobal, Refusal

Field = Literal["name", "module", "params", "returns", "docstring", "selected"]


class RefusalError(Exception):
    """Carries a refusal from where it is found to ``plan_export``, which returns it. ``reads`` is the data that a
    helper reads, where that is the reason."""

    def __init__(
        self,
        code: str,
        message: str,
        remedy: str,
        *,
        cell_id: str | None = None,
        line: int | None = None,
        field: Field | None = None,
        reads: PassGlobal | None = None,
    ) -> None:
        super().__init__(message)
        self.reads = reads
        self.refusal = Refusal(
            code=code,
            message=message,
            remedy=remedy,
            cell_id=cell_id,
            line=line,
            field=field,
        )
