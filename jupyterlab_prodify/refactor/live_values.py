"""Is the value that the kernel has now the one that the function will be called with?

The kernel knows the last value of a name only. Cells that ran after the one that gives the function its argument may
have bound the name again, the exported cell itself among them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from jupyterlab_prodify.api.export import LiveType
from jupyterlab_prodify.notebook.bindings import Flow
from jupyterlab_prodify.notebook.dataflow import sources_of
from jupyterlab_prodify.notebook.mutation import changed_directly
from jupyterlab_prodify.refactor.region import Region
from jupyterlab_prodify.refactor.roles import Roles
from jupyterlab_prodify.refactor.same_type import keeps_type


@dataclass(frozen=True)
class _Writer:
    """Code that binds the name. ``count`` is when it ran last, -1 for never; ``is_source``: it gives the argument;
    ``text`` is None for the exported code itself."""

    count: int
    place: int
    is_source: bool
    is_earlier: bool
    text: str | None
    flow: Flow
    region: Region

    @property
    def statements(self) -> list[ast.stmt]:
        return self.region.statements if self.text is None else ast.parse(self.text).body


def type_of_argument(
    name: str, live: LiveType, region: Region, roles: Roles, counts: Mapping[str, int | None]
) -> LiveType | None:
    """The type that ``name`` surely has when the function is called; None where the kernel's value may be another one.

    ``counts`` are the execution counts of the cells.
    """
    writers = list(_writers(name, region, roles, counts))
    sources = [writer for writer in writers if writer.is_source]
    if not sources:
        return None
    began = max(_moment(writer) for writer in sources)
    # Where no source has a count the outputs were cleared: then any other cell may have run.
    later = [writer for writer in writers if not writer.is_source and _may_follow(writer, began)]
    if any(writer.is_earlier for writer in later):
        return None
    if not all(keeps_type(name, live, writer.statements, writer.flow) for writer in later):
        return None
    return msgspec.structs.replace(live, args=[]) if _contents_change(name, region) else live


def _moment(writer: _Writer) -> tuple[int, int]:
    return writer.count, writer.place


def _may_follow(writer: _Writer, began: tuple[int, int]) -> bool:
    if began[0] < 0:
        return writer.count >= 0 or not writer.is_earlier
    return writer.count >= 0 and _moment(writer) > began


def _writers(name: str, region: Region, roles: Roles, counts: Mapping[str, int | None]) -> Iterator[_Writer]:
    sources = [source.piece for source in sources_of(name, region.before)]
    middle = len(region.before)
    for place, piece in enumerate(region.others):
        facts, earlier = piece.facts, place < middle
        if name in facts.flow.final:
            count, place = _count(counts, piece.cell_id), place if earlier else place + 1
            yield _Writer(count, place, earlier and piece in sources, earlier, facts.masked.text, facts.flow, region)
    if name in roles.flow.final:
        count = max(_count(counts, cell.cell.id) for cell in region.cells)
        yield _Writer(count, middle, False, False, None, roles.flow, region)


def _count(counts: Mapping[str, int | None], cell_id: str) -> int:
    count = counts.get(cell_id)
    return -1 if count is None else count


def _contents_change(name: str, region: Region) -> bool:
    """May the exported code or a later cell have put other items into the value?"""
    return name in changed_directly(region.statements) or any(name in piece.facts.changed for piece in region.after)
