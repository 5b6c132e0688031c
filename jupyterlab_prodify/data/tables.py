"""Two versions of a table side by side: rows, columns, and a summary of each column.

Files are read once, row by row or block by block, so that a table of any size needs little memory. CSV is read by
Python itself; Parquet needs pyarrow.
"""

from __future__ import annotations

import contextlib
import csv
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from jupyterlab_prodify.api.data_table import ColumnComparison, ColumnSummary, TableComparison, TableSide
from jupyterlab_prodify.data.errors import DataError

MOST_DISTINCT = 10_000
MOST_COLUMNS = 2_000
_SHOWN = 80
_ROWS_PER_TELL = 20_000
_SEPARATORS = {".csv": ",", ".tsv": "\t"}
_MISSING = frozenset({"", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "<NA>"})

Tell = Callable[[int], None]
"""Called with the number of rows that were read, from time to time."""


class TableError(DataError):
    """The file cannot be read as a table."""

    code = "not_a_table"


class ParquetError(TableError):
    """Parquet needs a package that is not there."""

    code = "pyarrow_missing"


class Table:
    """What is known of one version: the summaries by column, in order."""

    def __init__(self, columns: dict[str, ColumnSummary], rows: int, size: int) -> None:
        self.columns = columns
        self.rows = rows
        self.size = size


def is_table(path: str) -> bool:
    """The name is that of a file that can be compared."""
    return Path(path).suffix.lower() in (*_SEPARATORS, ".parquet")


def compare(path: str, before: Path, after: Path, tell: Tell = lambda rows: None) -> TableComparison:
    """``path`` is how the table is called; its suffix tells what it is.

    Raises:
        TableError: one of the two cannot be read as that.
    """
    old, new = read_table(path, before, tell), read_table(path, after, tell)
    names = [*new.columns, *(name for name in old.columns if name not in new.columns)]
    both = [name for name in old.columns if name in new.columns]
    columns = [_column(name, old.columns.get(name), new.columns.get(name)) for name in names]
    reordered = both != [name for name in new.columns if name in old.columns]
    return TableComparison(path, _side(old), _side(new), columns, reordered)


def _column(name: str, before: ColumnSummary | None, after: ColumnSummary | None) -> ColumnComparison:
    return ColumnComparison(name, before, after, before != after)


def _side(table: Table) -> TableSide:
    return TableSide(table.rows, len(table.columns), table.size)


def read_table(path: str, place: Path, tell: Tell = lambda rows: None) -> Table:
    """
    Raises:
        TableError: it cannot be read.
    """
    suffix = Path(path).suffix.lower()
    if suffix == ".parquet":
        return _read_parquet(path, place, tell)
    if suffix not in _SEPARATORS:
        remedy = "Tables are files that end in .csv, .tsv or .parquet."
        raise TableError(f"`{path}` is not known to be a table.", remedy, [path])
    return _read_text(path, place, _SEPARATORS[suffix], tell)


# -- CSV --------------------------------------------------------------------------------------------------------------


def _read_text(path: str, place: Path, separator: str, tell: Tell) -> Table:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        with open(place, encoding="utf-8-sig", errors="replace", newline="") as lines:
            names, rows = _with_header(csv.reader(lines, delimiter=_guess(place, separator)))
            columns = [_Column() for _ in names]
            count = 0
            for row in rows:
                count += 1
                for column, value in zip(columns, row, strict=False):
                    column.take(value)
                for column in columns[len(row) :]:
                    column.take("")
                if count % _ROWS_PER_TELL == 0:
                    tell(count)
    except csv.Error as error:
        raise TableError(f"`{path}` cannot be read: {error}.", "Look at the file.", [path]) from error
    summaries = {name: column.summary() for name, column in zip(names, columns, strict=True)}
    return Table(summaries, count, place.stat().st_size)


def _guess(place: Path, separator: str) -> str:
    """A CSV of Europe has semicolons: where the first line has no comma."""
    with open(place, encoding="utf-8-sig", errors="replace") as lines:
        first = lines.readline(1 << 16)
    return ";" if separator == "," and "," not in first and ";" in first else separator


def _with_header(rows: Iterator[list[str]]) -> tuple[list[str], Iterator[list[str]]]:
    return _unique(next(rows, [])[:MOST_COLUMNS]), (row for row in rows if row)


def _unique(header: Sequence[str]) -> list[str]:
    names: list[str] = []
    taken: set[str] = set()
    for place, name in enumerate(header):
        plain = name.strip() or f"column {place + 1}"
        unique, number = plain, 2
        while unique in taken:
            unique, number = f"{plain} ({number})", number + 1
        taken.add(unique)
        names.append(unique)
    return names


class _Column:
    """Counts of one column, in bounded memory. Numbers are told of as long as all values are numbers."""

    def __init__(self) -> None:
        self._count = self._missing = 0
        self._kind = "empty"
        self._least: Any = None
        self._most: Any = None
        self._least_text = self._most_text = ""
        self._sum = 0.0
        self._lost = 0.0
        self._values: Counter[str] | None = Counter()

    def take(self, text: str) -> None:
        value = text.strip()
        if value in _MISSING:
            self._missing += 1
            return
        self._count += 1
        if self._values is not None:
            self._values[value[:_SHOWN]] += 1
            if len(self._values) > MOST_DISTINCT:
                self._values = None
        if self._kind != "text":
            self._take_number(value)

    def _take_number(self, value: str) -> None:
        number = _number(value)
        if number is None:
            self._kind = "text"
            return
        if self._kind != "number":
            self._kind = "integer" if isinstance(number, int) else "number"
        if self._least is None or number < self._least:
            self._least, self._least_text = number, value
        if self._most is None or number > self._most:
            self._most, self._most_text = number, value
        corrected = float(number) - self._lost  # Kahan: the mean of many rows stays exact enough to be compared
        total = self._sum + corrected
        self._lost = (total - self._sum) - corrected
        self._sum = total

    def summary(self) -> ColumnSummary:
        if self._kind in ("integer", "number"):
            mean = self._sum / self._count if math.isfinite(self._sum) else None
            low, high = self._least_text[:_SHOWN], self._most_text[:_SHOWN]
            return ColumnSummary(self._kind, self._count, self._missing, low, high, mean)
        return ColumnSummary(self._kind, self._count, self._missing, **_top(self._values))


def _top(values: Counter[str] | None) -> dict[str, Any]:
    if not values:
        return {"unique": None if values is None else 0}
    most = max(values.values())
    top = min(value for value, count in values.items() if count == most)
    return {"unique": len(values), "top": top, "top_count": most}


def _number(value: str) -> int | float | None:
    """``1_000`` and ``infinity`` are no numbers of a table."""
    if "_" in value or value[-1:].isalpha():
        return None
    with contextlib.suppress(ValueError, OverflowError):
        return int(value)
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


# -- Parquet ----------------------------------------------------------------------------------------------------------


def _read_parquet(path: str, place: Path, tell: Tell) -> Table:
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        message = "Comparing Parquet files needs the package `pyarrow`, which is not installed where JupyterLab runs."
        raise ParquetError(
            message, "`pip install 'jupyterlab_prodify[parquet]'` there, then compare again.", [path]
        ) from error
    try:
        with parquet.ParquetFile(place) as file:
            schema = file.schema_arrow
            columns = [_ArrowColumn(str(field.type)) for field in schema][:MOST_COLUMNS]
            rows = 0
            for batch in file.iter_batches(batch_size=_ROWS_PER_TELL, columns=schema.names[:MOST_COLUMNS]):
                rows += batch.num_rows
                for column, values in zip(columns, batch.columns, strict=True):
                    column.take(values)
                tell(rows)
            names = _unique(schema.names[:MOST_COLUMNS])
    except (OSError, pyarrow.ArrowException) as error:
        raise TableError(f"`{path}` cannot be read as Parquet: {error}.", "Look at the file.", [path]) from error
    summaries = {name: column.summary() for name, column in zip(names, columns, strict=True)}
    return Table(summaries, rows, place.stat().st_size)


class _ArrowColumn:
    """The same of a column of Parquet: numbers by pyarrow, anything else by its text."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._count = self._missing = 0
        self._numeric = kind.startswith(("int", "uint", "float", "double", "halffloat", "decimal"))
        self._least: Any = None
        self._most: Any = None
        self._sum = 0.0
        self._values: Counter[str] | None = Counter()

    def take(self, values: Any) -> None:
        import pyarrow.compute as compute

        if self._kind == "halffloat":  # pyarrow finds no least and greatest of these
            values = values.cast("float32")
        if self._kind in ("halffloat", "float", "double"):  # missing in the files that pandas writes, and in CSV
            values = compute.if_else(compute.is_nan(values), None, values)
        self._missing += values.null_count
        self._count += len(values) - values.null_count
        if self._numeric:
            found = compute.min_max(values).as_py()
            self._least = _least([self._least, found["min"]], min)
            self._most = _least([self._most, found["max"]], max)
            # As float: a sum of large integers would overflow in silence.
            self._sum += compute.sum(compute.cast(values, "float64", safe=False)).as_py() or 0.0
            return
        if self._values is None:
            return
        self._values.update(_texts(values))
        if len(self._values) > MOST_DISTINCT:
            self._values = None

    def summary(self) -> ColumnSummary:
        if self._numeric:
            mean = self._sum / self._count if self._count and math.isfinite(self._sum) else None
            low, high = (None if value is None else str(value) for value in (self._least, self._most))
            return ColumnSummary(self._kind, self._count, self._missing, low, high, mean)
        return ColumnSummary(self._kind, self._count, self._missing, **_top(self._values))


def _least(values: Sequence[Any], choose: Callable[[Iterable[Any]], Any]) -> Any:
    known = [value for value in values if value is not None]
    return choose(known) if known else None


def _texts(values: Any) -> Iterator[str]:
    return (str(value.as_py())[:_SHOWN] for value in values if value.is_valid)
