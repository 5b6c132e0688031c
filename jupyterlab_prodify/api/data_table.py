"""Wire types of two versions of a table side by side."""

from __future__ import annotations

from jupyterlab_prodify.api.wire import WireType


class DataCompareRequest(WireType, frozen=True):
    """Compare a CSV, TSV or Parquet file of two versions. ``path`` is the file; it may lie in a versioned folder.
    ``after`` is None for the file as it is on disk."""

    path: str
    before: str
    after: str | None = None


class ColumnSummary(WireType, frozen=True):
    """One column of one version. ``minimum``, ``maximum`` and ``mean`` are of numbers (as text, so that nothing is
    rounded); ``unique`` and ``top`` of anything else. What is not known or has no meaning is None."""

    type: str
    """``integer``, ``number``, ``text``, ``empty``; of Parquet the name of its type."""
    count: int
    """Values that are there."""
    missing: int
    minimum: str | None = None
    maximum: str | None = None
    mean: float | None = None
    unique: int | None = None
    """None when there are more distinct values than are counted (10,000)."""
    top: str | None = None
    """The most frequent value, shortened."""
    top_count: int | None = None


class ColumnComparison(WireType, frozen=True):
    """A column by its name; None on the side that does not have it."""

    name: str
    before: ColumnSummary | None
    after: ColumnSummary | None
    differs: bool


class TableSide(WireType, frozen=True):
    """One version as a whole."""

    rows: int
    columns: int
    size: int


class TableComparison(WireType, frozen=True, tag_field="kind", tag="table"):
    """Both versions. ``columns`` are in the order of the version after, then those that it lost."""

    path: str
    before: TableSide
    after: TableSide
    columns: list[ColumnComparison]
    reordered: bool
    """The columns that both have stand in another order."""
