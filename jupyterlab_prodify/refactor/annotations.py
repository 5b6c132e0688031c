"""Annotations of the new function's parameters: what the person wrote, else the types that the kernel's values have.

An annotation never changes what the module does. Names that it needs and the module does not import for other reasons
come under ``if TYPE_CHECKING:``; an annotation with such a name is not evaluated: it stands in quotes, or the module
has ``from __future__ import annotations``. A new module gets that line, unless other code of the notebook has
annotations, which this module would then no longer evaluate.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jupyterlab_prodify.api.export import ExportRequest, Param
from jupyterlab_prodify.notebook.bindings import ImportTarget
from jupyterlab_prodify.refactor.expression_names import imports_for, names_in
from jupyterlab_prodify.refactor.live_values import type_of_argument
from jupyterlab_prodify.refactor.names_in_module import NamesInModule
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.region import Region
from jupyterlab_prodify.refactor.roles import Roles
from jupyterlab_prodify.refactor.type_names import Spelling, spell

FUTURE = ImportTarget("__future__", "annotations", "annotations")
_MAY_ANNOTATE = re.compile(r"\b(?:class|def)\b")


@dataclass
class Annotations:
    """By the notebook's name of the parameter: ``shown`` is the annotation as a person reads it, ``written`` as it
    stands in the module. ``type_imports`` come under ``if TYPE_CHECKING:``, ``future`` at the top. ``suggested`` are
    the names of parameters whose annotation, or none, was not the person's choice."""

    shown: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    type_imports: list[ImportTarget] = field(default_factory=list)
    future: bool = False
    suggested: frozenset[str] = frozenset()


def decide_annotations(
    request: ExportRequest,
    params: Sequence[Param],
    region: Region,
    roles: Roles,
    names: NamesInModule,
    has_future: bool,
) -> Annotations:
    """The annotations of ``params``. ``has_future``: annotations of the module are not evaluated anyway.

    Raises:
        RefusalError: the person's annotation uses a name that the module cannot have.
    """
    chosen = {choice.source: choice.annotation for choice in request.params or () if choice.annotation is not None}
    spellings: dict[str, Spelling] = {}
    for param in params:
        if param.source in chosen:
            spelling = _of_person(chosen[param.source], param.name, region, names)
        else:
            spelling = _of_kernel(param.source, request, region, roles, names)
        if spelling is not None:
            spellings[param.source] = spelling
    suggested = frozenset(param.name for param in params if param.source not in chosen)
    return _written(spellings, suggested, region, names, has_future)


def _of_person(text: str, param: str, region: Region, names: NamesInModule) -> Spelling | None:
    if not text.strip():
        return None
    imports: list[ImportTarget] = []
    for name in names_in(text):
        if names.defines(name):
            continue
        imports += imports_for(name, param, region)
    clash = next((target for target in imports if not names.can_import(target)), None)
    if clash is not None:
        raise RefusalError(
            "bad_expression",
            f"The annotation of `{param}` uses `{clash.name}`, which has another meaning in the module.",
            "Choose another module, or write another annotation.",
            field="params",
        )
    return Spelling(text.strip(), tuple(imports))


def _of_kernel(
    source: str, request: ExportRequest, region: Region, roles: Roles, names: NamesInModule
) -> Spelling | None:
    live = (request.types or {}).get(source)
    if live is None:
        return None
    counts = {cell.id: cell.execution_count for cell in request.cells}
    known = type_of_argument(source, live, region, roles, counts)
    return spell(known, region, names) if known is not None else None


def _written(
    spellings: Mapping[str, Spelling],
    suggested: frozenset[str],
    region: Region,
    names: NamesInModule,
    has_future: bool,
) -> Annotations:
    late = {s for s, spelling in spellings.items() if not all(map(names.at_run_time, spelling.imports))}
    future = bool(late) and not has_future and _can_have_future(region, names)
    quoted = set() if has_future or future else late
    needed = {t: None for s in spellings.values() for t in s.imports if not names.at_run_time(t)}
    return Annotations(
        shown={source: spelling.text for source, spelling in spellings.items()},
        written={s: _quoted(spelling.text) if s in quoted else spelling.text for s, spelling in spellings.items()},
        type_imports=[target for target in needed if not names.module.only_for_types(target)],
        future=future,
        suggested=suggested,
    )


def _quoted(text: str) -> str:
    """The annotation as a string, with the quotes that need no escapes where there are such."""
    return repr(text) if '"' in text or "\\" in text else f'"{text}"'


def _can_have_future(region: Region, names: NamesInModule) -> bool:
    """A new module, and no code of the notebook that might look at its own annotations there."""
    if "".join(names.module.lines).strip():
        return False
    texts = [piece.facts.masked.text for piece in region.others]
    texts += ["\n".join(cell.body_lines) for cell in region.cells]
    return not any(_has_annotations(text) for text in texts)


def _has_annotations(text: str) -> bool:
    if not _MAY_ANNOTATE.search(text):
        return False
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True
    return any(_annotates(node) for node in ast.walk(tree))


def _annotates(node: ast.AST) -> bool:
    if isinstance(node, ast.arg):
        return node.annotation is not None
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return node.returns is not None
    return isinstance(node, ast.AnnAssign)
