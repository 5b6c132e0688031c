"""Wire types of "Export to Module...": what the frontend asks and what it gets.

Everything here is data. ``ExportRequest`` goes in; ``Planned`` or ``Refused`` comes out (a union told
apart by ``kind``). All lines are 1-based and count within the cell they speak of.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from jupyterlab_prodify.api.wire import WireType


class Cell(WireType, frozen=True):
    """One cell as the person sees it now, saved or not."""

    id: str
    source: str
    cell_type: Literal["code", "markdown", "raw"] = "code"
    execution_count: int | None = None
    error: str | None = None
    """Name of the exception with which the shown output ends, such as ``KeyError``."""
    error_line: int | None = None
    """The line of the cell, 1-based, that the traceback of this exception names."""


class LineRange(WireType, frozen=True):
    """Lines of one cell, 1-based, both ends included."""

    first: int
    last: int


class LiveType(WireType, frozen=True):
    """The type of a value in the notebook's kernel: a class that ``module`` has under ``name`` (a dotted path for a
    class inside another one). ``__main__`` is the notebook itself."""

    module: str
    name: str
    args: list[LiveType] = msgspec.field(default_factory=list)
    """What is in a builtin container, the alternatives of ``types.UnionType``; empty where that is not known."""
    defined_in: str | None = None
    """The module that the class says it is from, where ``module`` only gives it a public name."""


class ParamChoice(WireType, frozen=True):
    """What the person chose for one parameter; ``source`` is the notebook's name for the value."""

    source: str
    name: str | None = None
    default: str | None = None
    annotation: str | None = None
    """None: the one that ``types`` suggests; empty: none at all."""


class ReturnChoice(WireType, frozen=True):
    """What the person chose for one returned value; ``source`` is the notebook's name for it.

    A return value that is left out of the list is dropped.
    """

    source: str
    name: str | None = None


class ExportRequest(WireType, frozen=True):
    """Ask for a plan. Fields left at None are suggested by us."""

    notebook: str
    """Path of the notebook, relative to the server's root, with forward slashes."""
    cells: list[Cell]
    """All cells of the notebook in order."""
    selected: list[str]
    """Ids of the cells to export."""
    lines: LineRange | None = None
    """Only these lines of the (single) selected cell."""
    language: str | None = None
    """Language of the notebook's kernel; None when there is no kernel."""
    kernel_name: str | None = None
    """Name of the notebook's kernelspec, whose Python must be able to import the module."""
    module: str | None = None
    """Target module, relative to the server's root."""
    name: str | None = None
    params: list[ParamChoice] | None = None
    returns: list[ReturnChoice] | None = None
    docstring: str | None = None
    make_importable: Literal["auto", "path", "none"] = "auto"
    """"path" adds a ``sys.path`` line to the notebook when the module lies elsewhere; "none" never does; "auto" does it
    when nothing else makes the module importable from the notebook's folder."""
    types: dict[str, LiveType] | None = None
    """Types that names of the notebook have in its kernel now; None when the kernel was not asked."""
    pass_globals: bool = False
    """Functions of the notebook that move along and read its data get that data as parameters, and all their calls in
    the notebook pass it."""


class Param(WireType, frozen=True):
    """A parameter of the new function."""

    name: str
    source: str
    """The expression that the notebook passes: a name of the notebook."""
    default: str | None = None
    annotation: str | None = None


class ReturnValue(WireType, frozen=True):
    """A value that the new function returns and the name that the notebook gives it."""

    name: str
    source: str


class Function(WireType, frozen=True):
    """The new function. ``source`` is its text as it stands in the module."""

    name: str
    params: list[Param]
    returns: list[str]
    """Names that the notebook binds to the results, in order."""
    return_values: list[ReturnValue]
    is_async: bool
    source: str
    docstring: str | None = None
    display: Literal["keep", "return"] | None = None
    """Where the shown last expression goes: stays in the notebook, is returned, or there is none."""


class ReplaceCell(WireType, frozen=True, tag_field="op", tag="replace"):
    """Give the cell a new text, provided that it still reads ``source_before``."""

    cell_id: str
    source_before: str
    source_after: str


class InsertCell(WireType, frozen=True, tag_field="op", tag="insert"):
    """A new code cell; ``before`` is the id of the cell that follows it, None at the end."""

    cell_id: str
    source: str
    before: str | None = None


class DeleteCell(WireType, frozen=True, tag_field="op", tag="delete"):
    """Remove the cell, provided that it still reads ``source_before``."""

    cell_id: str
    source_before: str


CellEdit = ReplaceCell | InsertCell | DeleteCell


class FileEdit(WireType, frozen=True):
    """One file before and after. ``hash_before`` is None where the file must not exist yet; ``text_after`` is None
    where it is to be removed. Hashes are ``sha256:`` and the hex digest of the bytes on disk."""

    path: str
    hash_before: str | None
    text_before: str | None
    text_after: str | None
    encoding: str = "utf-8"
    """How ``text_after`` becomes bytes; line ends in the texts are those of the file."""


class PlanWarning(WireType, frozen=True):
    """Something that the person should know before applying; ``line`` counts within ``cell_id``."""

    code: str
    message: str
    cell_id: str | None = None
    line: int | None = None


class Plan(WireType, frozen=True):
    """All that an export would change. Nothing is written yet."""

    function: Function
    module: str
    """Path of the module, relative to the server's root."""
    import_name: str
    """Dotted name under which the notebook imports the module."""
    import_line: str
    """The import statement that the notebook gets."""
    moved: list[str]
    """Names of notebook functions and classes that move along."""
    cell_edits: list[CellEdit]
    file_edits: list[FileEdit]
    warnings: list[PlanWarning]
    setup: str = ""
    """Code that makes the module usable in a running kernel at once (path, autoreload, reload, import)."""


class PassGlobal(WireType, frozen=True):
    """A way out: ``helper``, a function of the notebook, can take ``name`` as a parameter (see ``pass_globals``)."""

    helper: str
    name: str


class Refusal(WireType, frozen=True):
    """Why the export cannot be done safely, where, and what to do instead."""

    code: str
    message: str
    remedy: str
    cell_id: str | None = None
    line: int | None = None
    field: Literal["name", "module", "params", "returns", "docstring", "selected"] | None = None
    """The dialog's field that can mend it, where there is one."""
    offer: PassGlobal | None = None
    """What the same request with ``pass_globals`` would do about it."""


class Planned(WireType, frozen=True, tag_field="kind", tag="plan"):
    """The export can be done."""

    plan: Plan


class Refused(WireType, frozen=True, tag_field="kind", tag="refusal"):
    """The export cannot be done as asked."""

    refusal: Refusal


PlanAnswer = Planned | Refused
