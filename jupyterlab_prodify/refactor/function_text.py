"""The source of the new function, and what stays in the notebook beside its call."""

from __future__ import annotations

import ast
from dataclasses import dataclass

import msgspec

from jupyterlab_prodify.api.export import ExportRequest, Param, ReturnValue
from jupyterlab_prodify.notebook.bindings import ImportTarget
from jupyterlab_prodify.notebook.defining import defined_name
from jupyterlab_prodify.notebook.facts import string_lines
from jupyterlab_prodify.refactor.annotations import Annotations
from jupyterlab_prodify.refactor.display import is_none_valued, is_surely_a_value
from jupyterlab_prodify.refactor.naming import problem_of_name
from jupyterlab_prodify.refactor.refusals import Field, RefusalError
from jupyterlab_prodify.refactor.region import (
    LINE_BASE,
    Region,
    RegionCell,
    end_line,
    start_line,
)
from jupyterlab_prodify.refactor.roles import Roles
from jupyterlab_prodify.refactor.text_edits import TextEdits

INDENT = "    "
LINE_LENGTH = 88


@dataclass
class FunctionText:
    """The function and the texts that the notebook keeps. ``shown_name`` holds the shown value after the call."""

    source: str
    params: list[Param]
    returns: list[ReturnValue]
    is_async: bool
    docstring: str | None
    kept_imports: list[str]
    kept_display: str
    shown_name: str | None
    shown: str = "shown"


def build_function(
    request: ExportRequest,
    region: Region,
    roles: Roles,
    name: str,
    local_imports: list[ImportTarget],
    annotations: Annotations,
) -> FunctionText:
    """The text of the function.

    Raises:
        RefusalError: a chosen parameter or return value cannot be used.
    """
    params = [
        msgspec.structs.replace(param, annotation=annotations.shown.get(param.source))
        for param in choose_params(request, roles)
    ]
    returns = choose_returns(request, roles)
    shown = _unused("shown", region, roles)
    body = _Body(region, roles, shown, bool(returns))
    lines = [
        *(f"{target.statement()}" for target in local_imports),
        *(f"{n} = None" for n in roles.set_to_none),
    ]
    text = "\n".join([*lines, body.text.strip("\n")]) if lines else body.text.strip("\n")
    is_async = roles.flow.uses_await
    tail = _return_line(returns, roles, shown)
    # The body still has the notebook's names; renaming changes signature and body together.
    named = [
        msgspec.structs.replace(param, name=param.source, annotation=annotations.written.get(param.source))
        for param in params
    ]
    parts = [
        signature(name, named, is_async),
        *_docstring(request.docstring),
        indent(text),
    ]
    source = "\n".join([part for part in [*parts, INDENT + tail if tail else ""] if part.strip()])
    if not text.strip() and not tail:
        source += f"\n{INDENT}pass"
    returned = roles.display is not None and roles.display.place == "return"
    # After the call the notebook may have names to delete; what is shown must come last.
    shown_name = shown if returned and (returns or roles.deleted) else None
    return FunctionText(
        source,
        params,
        returns,
        is_async,
        request.docstring,
        body.kept_imports,
        body.kept_display,
        shown_name,
        shown,
    )


# -- parameters and results ---------------------------------------------------------------------------------------


def choose_params(request: ExportRequest, roles: Roles) -> list[Param]:
    """Parameters as the person ordered and named them; those not mentioned follow."""
    choices = {choice.source: choice for choice in request.params or ()}
    order = [source for source in choices if source in roles.params]
    order += [source for source in roles.params if source not in choices]
    params = [
        Param(name=(c.name or source) if c else source, source=source, default=c.default if c else None,
              annotation=(c.annotation or "").strip() or None if c else None)
        for source in order
        for c in [choices.get(source)]
    ]  # fmt: skip
    _check_params(params)
    return params


def _check_params(params: list[Param]) -> None:
    seen: set[str] = set()
    with_default = None
    for param in params:
        _check_local_name(param.name, "params")
        if param.name in seen:
            raise _bad(
                "bad_name",
                f"Two parameters are called `{param.name}`.",
                "Give one of them another name.",
                "params",
            )
        seen.add(param.name)
        _check_expression(param)
        if param.default is None and with_default is not None:
            raise _bad(
                "default_order",
                f"`{param.name}` has no default and follows `{with_default}`, which has one.",
                f"Move `{param.name}` before `{with_default}`, or give it a default.",
                "params",
            )
        with_default = param.name if param.default is not None else with_default


def _check_expression(param: Param) -> None:
    """Annotation and default must be one expression each, without a comment."""
    annotation = f": {param.annotation}" if param.annotation is not None else ""
    default = f" = {param.default}" if param.default is not None else ""
    try:
        node = ast.parse(f"def f(x{annotation}{default}):\n    pass").body[0]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        node = ast.Pass()
    args = node.args if isinstance(node, ast.FunctionDef) else None
    lines = (param.annotation or "").count("\n") + (param.default or "").count("\n")
    alone = args is not None and len(args.args) == 1 and not (args.kwonlyargs or args.vararg or args.kwarg)
    if alone and args is not None and len(args.defaults) == (param.default is not None) and not lines:
        return
    what = "annotation" if param.annotation is not None and param.default is None else "default or annotation"
    raise _bad(
        "bad_expression",
        f"The {what} of `{param.name}` is not one Python expression.",
        "Write a single expression on one line, such as `12` or `pd.DataFrame`.",
        "params",
    )


def _check_local_name(name: str, field: Field) -> None:
    problem = problem_of_name(name)
    if problem is not None:
        raise _bad("bad_name", *problem, field)


def _bad(code: str, message: str, remedy: str, field: Field) -> RefusalError:
    return RefusalError(code, message, remedy, field=field)


def choose_returns(request: ExportRequest, roles: Roles) -> list[ReturnValue]:
    """Return values as the person ordered, named and dropped them.

    Raises:
        RefusalError: a name cannot be used.
    """
    if request.returns is None:
        return [ReturnValue(name=source, source=source) for source in roles.returns]
    choices = {choice.source: choice for choice in request.returns if choice.source in roles.returns}
    values = [ReturnValue(name=choice.name or source, source=source) for source, choice in choices.items()]
    for value in values:
        _check_local_name(value.name, "returns")
    names = [value.name for value in values]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        code = "name_taken" if twice in choices else "bad_name"
        raise _bad(code, f"Two results are called `{twice}`.", "Give one of them another name.", "returns")
    return values


def signature(name: str, params: list[Param], is_async: bool) -> str:
    """``def name(...):`` on one line, or one parameter per line when that is too long."""
    head = f"{'async ' if is_async else ''}def {name}("
    texts = [_param_text(param) for param in params]
    line = f"{head}{', '.join(texts)}):"
    if len(line) <= LINE_LENGTH:
        return line
    return "\n".join([head, *(f"{INDENT}{text}," for text in texts), "):"])


def _param_text(param: Param) -> str:
    annotation = f": {param.annotation.strip()}" if param.annotation else ""
    if param.default is None:
        return param.name + annotation
    equals = " = " if annotation else "="
    return f"{param.name}{annotation}{equals}{param.default.strip()}"


def _docstring(docstring: str | None) -> list[str]:
    if not docstring or not docstring.strip():
        return []
    text, last = docstring.strip(), ""
    if text.endswith('"'):
        text, last = text[:-1], '\\"'
    text = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return [f'{INDENT}"""{text}{last}"""']


def _return_line(returns: list[ReturnValue], roles: Roles, shown: str) -> str:
    values = [value.source for value in returns]
    if roles.display and roles.display.place == "return" and returns:
        values.append(shown)
    if not values:
        return ""
    line = f"return {', '.join(values)}"
    if len(INDENT + line) <= LINE_LENGTH:
        return line
    inner = "\n".join(f"{INDENT}{INDENT}{value}," for value in values)
    return f"return (\n{inner}\n{INDENT})"


def _unused(name: str, region: Region, roles: Roles) -> str:
    taken = set(roles.flow.reads) | set(roles.flow.bindings)
    for piece in region.others:
        taken |= set(piece.facts.flow.bindings) | set(piece.facts.flow.reads)
    number = 2
    candidate = name
    while candidate in taken:
        candidate = f"{name}_{number}"
        number += 1
    return candidate


# -- the body -----------------------------------------------------------------------------------------------------


def indent(text: str) -> str:
    """Indent by one level; lines that begin inside a string, and blank lines, stay as they are."""
    inside = string_lines(text)
    return "\n".join(
        line if number in inside or not line.strip() else INDENT + line
        for number, line in enumerate(text.split("\n"), start=1)
    )


class _Body:
    """The statements of the region as text, without what stays in the notebook."""

    def __init__(self, region: Region, roles: Roles, shown: str, has_returns: bool) -> None:
        self.kept_imports: list[str] = []
        self.kept_display = ""
        self._roles = roles
        self._shown = shown
        self._has_returns = has_returns
        texts = [self._cell_text(region, index) for index in range(len(region.cells))]
        self.text = "\n\n".join(text for text in texts if text.strip())

    def _cell_text(self, region: Region, index: int) -> str:
        cell = region.cells[index]
        for statement in cell.statements:
            ast.increment_lineno(statement, -index * LINE_BASE)
        edits = TextEdits(cell.lines[cell.first - 1 : cell.last], cell.first)
        for magic in cell.moved_up:
            edits.cut_lines(magic.first, magic.last)
        for statement in cell.statements:
            self._statement(cell, statement, edits)
        tail = ""
        if index < len(region.cells) - 1:
            tail = self._between_cells(region, cell, edits)
        result = (edits.result().rstrip() + tail).strip("\n")
        for statement in cell.statements:
            ast.increment_lineno(statement, index * LINE_BASE)
        return result

    def _statement(self, cell: RegionCell, statement: ast.stmt, edits: TextEdits) -> None:
        roles = self._roles
        if any(statement is node for node in roles.hoisted):
            self.kept_imports.append(self._cut(cell, statement, edits))
        elif defined_name(statement) in roles.lifted:
            self._cut_definition(cell, statement, edits)
        elif roles.display is not None and statement is roles.display.statement:
            self._display(cell, statement, edits)

    def _cut_definition(self, cell: RegionCell, statement: ast.stmt, edits: TextEdits) -> None:
        first = start_line(statement)
        while first > cell.first and cell.lines[first - 2].startswith("#"):
            first -= 1
        edits.cut_lines(first, end_line(statement))

    def _cut(self, cell: RegionCell, statement: ast.stmt, edits: TextEdits) -> str:
        """Remove a statement from the body; returns its text (with its comment, when it stands alone)."""
        first, last = start_line(statement), end_line(statement)
        position = next(index for index, s in enumerate(cell.statements) if s is statement)
        before = [s for s in cell.statements[:position] if end_line(s) == first]
        behind = [s for s in cell.statements[position + 1 :] if start_line(s) == last]
        if not before and not behind:
            edits.cut_lines(first, last)
            return "\n".join(cell.lines[first - 1 : last])
        start, end = edits.start(statement), edits.end(statement)
        text = edits.text[start:end]
        if behind:
            edits.replace(start, edits.start(behind[0]), "")
        else:
            edits.replace(edits.end(before[-1]), end, "")
        return text

    def _display(self, cell: RegionCell, statement: ast.stmt, edits: TextEdits) -> None:
        display = self._roles.display
        assert display is not None
        start = edits.start(statement)
        if display.place == "return":
            edits.replace(start, start, f"{self._shown} = " if self._has_returns else "return ")
            return
        self.kept_display = edits.text[start:].rstrip()
        before = [s for s in cell.statements if s is not statement and end_line(s) == start_line(statement)]
        edits.replace(edits.end(before[-1]) if before else start, len(edits.text), "")

    def _between_cells(self, region: Region, cell: RegionCell, edits: TextEdits) -> str:
        """What IPython does at the end of a cell: show the last value, and the open figures."""
        tail = ""
        last = cell.statements[-1] if cell.statements else None
        if cell.shows_last and isinstance(last, ast.Expr) and not is_none_valued(last.value):
            start = edits.start(last)
            edits.replace(start, start, f"{self._shown} = ")
            sure = is_surely_a_value(last.value)
            show = f"display({self._shown})"
            tail += f"\n{show}" if sure else f"\nif {self._shown} is not None:\n{INDENT}{show}"
        if draws_figures(cell):
            tail += "\nplt.show()"
        return tail


def draws_figures(cell: RegionCell) -> bool:
    """May the cell leave a pyplot figure open, which IPython shows when the cell ends?"""
    for statement in cell.statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.Attribute) and node.attr in (
                "plot",
                "hist",
                "boxplot",
                "scatter",
                "subplots",
                "imshow",
            ):
                return True
            if isinstance(node, ast.Name) and node.id in ("plt", "sns", "pyplot"):
                return True
    return False


def shows_between(region: Region) -> bool:
    """Does a selected cell other than the last one show a value?"""
    return any(
        cell.shows_last and isinstance(last := cell.statements[-1], ast.Expr) and not is_none_valued(last.value)
        for cell in region.cells[:-1]
        if cell.statements
    )
