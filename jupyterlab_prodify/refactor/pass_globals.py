"""A helper that reads data of the notebook gets that data as a parameter, and everybody who calls it passes it.

The notebook keeps its meaning: a global is looked up when the helper runs, and an argument is looked up when it is
called, which is the same moment unless something between the two binds the name again. Where that cannot be excluded,
or a use of the helper is not a plain call, the answer says so and nothing is changed.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jupyterlab_prodify.api.export import Cell
from jupyterlab_prodify.notebook.bindings import DELETED
from jupyterlab_prodify.notebook.dataflow import Piece, surely_there
from jupyterlab_prodify.notebook.facts import Facts, facts_of
from jupyterlab_prodify.refactor.views import with_sources

_Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
_QUIET = frozenset({tokenize.NL, tokenize.COMMENT, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT})


@dataclass(frozen=True)
class Obstacle:
    """Why the helper cannot take the name as a parameter, and where."""

    reason: str
    cell_id: str
    line: int


@dataclass(frozen=True)
class Passed:
    """The notebook in which ``helper`` takes ``name``; ``cell_id`` and ``line`` are those of its definition."""

    cells: list[Cell]
    helper: str
    name: str
    calls: int
    cell_id: str
    line: int


@dataclass(frozen=True)
class _Insertion:
    """Text to put at a line and a column in characters."""

    line: int
    column: int
    text: str


@dataclass(frozen=True)
class _Use:
    """One place that names the helper, with the nodes around it from the outside in."""

    node: ast.Name
    around: tuple[ast.AST, ...]


def pass_global(cells: Sequence[Cell], helper: str, name: str) -> Passed | Obstacle:
    """Make ``name``, data of the notebook, a parameter of the function ``helper`` and an argument of all its calls."""
    try:
        return _Passing(helper, name).over(cells)
    except _Blocked as blocked:
        return blocked.obstacle


class _Blocked(Exception):
    def __init__(self, reason: str, cell_id: str, line: int) -> None:
        super().__init__(reason)
        self.obstacle = Obstacle(reason, cell_id, line)


class _Passing:
    """Collects the edits of one name and one helper over the whole notebook."""

    def __init__(self, helper: str, name: str) -> None:
        self.helper = helper
        self.name = name
        self.edits: dict[str, list[_Insertion]] = {}
        self.definitions: list[tuple[str, int]] = []
        self.calls = 0
        self.before: list[Piece] = []
        self.bindings = 0

    def over(self, cells: Sequence[Cell]) -> Passed:
        code = [cell for cell in cells if cell.cell_type == "code"]
        self.bindings = sum(_times_bound(facts_of(cell.source), self.name) for cell in code)
        for cell in code:
            self._cell(cell)
        if len(self.definitions) != 1:
            cell_id, line = self.definitions[-1] if self.definitions else (cells[0].id, 1)
            raise _Blocked(f"`{self.helper}` is not defined exactly once", cell_id, line)
        sources = {cell.id: _inserted(cell.source, self.edits[cell.id]) for cell in cells if cell.id in self.edits}
        cell_id, line = self.definitions[0]
        return Passed(with_sources(cells, sources), self.helper, self.name, self.calls, cell_id, line)

    def _cell(self, cell: Cell) -> None:
        facts = facts_of(cell.source)
        if any(name == self.name for name, _ in facts.flow.global_statements):
            raise _Blocked(f"`{self.name}` is changed with `global` here", cell.id, 1)
        if re.search(rf"\b{re.escape(self.helper)}\b", cell.source):
            self._uses_in(cell, facts)
        self.before.append(Piece(cell.id, cell.source))

    def _uses_in(self, cell: Cell, facts: Facts) -> None:
        if facts.problem is not None or not facts.masked.is_python or "\r" in cell.source:
            raise _Blocked(f"the cell names `{self.helper}` and cannot be read", cell.id, 1)
        if self.helper in facts.flow.in_strings or re.search(rf"@\s*{re.escape(self.helper)}\b", cell.source):
            raise _Blocked(f"`{self.helper}` is used in a magic, a string or as a decorator", cell.id, 1)
        tree = ast.parse(facts.masked.text)
        places = _Places(facts.masked.text)
        edits: list[_Insertion] = []
        for node in _definitions(tree, self.helper):
            self._check(_problem_of_definition(node, self.name), cell, node.lineno)
            if self.bindings > 1:
                self._check(_problem_of_later(node, self.name), cell, node.lineno)
            self.definitions.append((cell.id, node.lineno))
            edits.append(_new_parameter(node, self.name, places))
        for use in _uses(tree, self.helper):
            self._check(_problem_of_use(use, self.helper, self.name), cell, use.node.lineno)
            self._check(self._problem_of_time(use, facts), cell, use.node.lineno)
            call = use.around[-1]
            assert isinstance(call, ast.Call)
            edits.append(_new_argument(call, self.name, places))
            self.calls += 1
        if edits:
            self.edits[cell.id] = edits

    def _problem_of_time(self, use: _Use, facts: Facts) -> str | None:
        here = facts.flow.bindings.get(self.name, ())
        above = any(binding.toplevel and binding.line < use.node.lineno for binding in here)
        if above or surely_there(self.name, self.before):
            return None
        return f"`{self.name}` may not be bound yet where `{self.helper}` is called here"

    def _check(self, problem: str | None, cell: Cell, line: int) -> None:
        if problem:
            raise _Blocked(problem, cell.id, line)


# -- what stands in the way -------------------------------------------------------------------------------------------


def _definitions(tree: ast.Module, helper: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds) and node.name == helper]


def _problem_of_definition(node: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> str | None:
    signature = [*ast.walk(node.args), *(ast.walk(node.returns) if node.returns else ())]
    if any(isinstance(child, ast.Name) and child.id == name for child in signature):
        return f"the signature of `{node.name}` reads `{name}` when the function is defined"
    if node.decorator_list:
        return f"`{node.name}` is decorated, and the decorator may depend on its parameters"
    if any(isinstance(child, ast.Yield | ast.YieldFrom) for child in ast.walk(node)):
        return f"`{node.name}` is a generator, which reads the name whenever it is asked for a value"
    if any(isinstance(child, ast.Global) for child in ast.walk(node)):
        return f"`{node.name}` changes names of the notebook with `global`"
    return None


def _times_bound(facts: Facts, name: str) -> int:
    """How often a cell binds the name; a binding in a loop or a branch, and a ``del``, count as several."""
    bindings = facts.flow.bindings.get(name, ())
    gone = bool(facts.flow.final.get(name, 0) & DELETED)
    return sum(1 if binding.toplevel and binding.kind != "for" else 2 for binding in bindings) + 2 * gone


def _problem_of_later(node: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> str | None:
    """Code of the helper that may run after the call, when the name may have another value."""
    if isinstance(node, ast.AsyncFunctionDef):
        return f"`{node.name}` runs when it is awaited, and `{name}` is bound more than once"
    inner = (ast.Lambda, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.GeneratorExp)
    scopes = [child for child in ast.walk(node) if child is not node and isinstance(child, inner)]
    if any(isinstance(child, ast.Name) and child.id == name for scope in scopes for child in ast.walk(scope)):
        return f"a function inside `{node.name}` reads `{name}`, perhaps after the call, and it is bound more than once"
    return None


def _problem_of_use(use: _Use, helper: str, name: str) -> str | None:
    parent = use.around[-1] if use.around else None
    if not isinstance(use.node.ctx, ast.Load):
        return f"`{helper}` is bound again"
    if not isinstance(parent, ast.Call) or parent.func is not use.node:
        return f"`{helper}` is passed on as a value here, not called"
    if any(isinstance(node, ast.JoinedStr) for node in use.around):
        return f"`{helper}` is called inside an f-string"
    if any(keyword.arg == name for keyword in parent.keywords):
        return f"`{helper}` is called with an argument `{name}` of its own"
    if any(isinstance(argument, ast.GeneratorExp) for argument in parent.args) and len(parent.args) == 1:
        return f"`{helper}` is called with a bare generator expression"
    for scope in use.around:
        if getattr(scope, "name", None) == helper:
            continue
        if isinstance(scope, _Scope | _Comprehension) and (_binds(scope, name) or _binds(scope, helper)):
            return f"`{name}` has another meaning where `{helper}` is called here"
    return None


def _binds(scope: ast.AST, name: str) -> bool:
    """Does the function, class or comprehension have a ``name`` of its own?"""
    for child in ast.walk(scope):
        if isinstance(child, ast.Name) and child.id == name and not isinstance(child.ctx, ast.Load):
            return True
        if isinstance(child, ast.arg) and child.arg == name:
            return True
        if child is not scope and getattr(child, "name", None) == name:
            return True
        if isinstance(child, ast.alias) and (child.asname or child.name.split(".")[0]) == name:
            return True
    return False


def _uses(tree: ast.Module, helper: str) -> Iterator[_Use]:
    """Every place that names the helper, with what is around it."""
    stack: list[tuple[ast.AST, tuple[ast.AST, ...]]] = [(tree, ())]
    while stack:
        node, around = stack.pop()
        for child in ast.iter_child_nodes(node):
            inner = around if isinstance(node, ast.Module) else (*around, node)
            if isinstance(child, ast.Name) and child.id == helper:
                yield _Use(child, inner)
            else:
                stack.append((child, inner))


# -- the text ---------------------------------------------------------------------------------------------------------


class _Places:
    """The tokens of a cell, to find where an argument can be put."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        self.tokens = [token for token in tokens if token.type not in _QUIET]

    def column(self, line: int, byte: int) -> int:
        """Characters before a byte of a line."""
        return len(self._lines[line - 1].encode()[:byte].decode())

    def index_ending(self, line: int, column: int) -> int:
        """The position in ``tokens`` of the one that ends at a place."""
        return next(index for index, token in enumerate(self.tokens) if token.end == (line, column))

    def closing(self, start: int) -> int:
        """The position in ``tokens`` of the bracket that closes the first ``(`` from a position on that stands in no
        other bracket: not in the type parameters of a function, for instance."""
        depth, is_call = 0, False
        for index in range(start, len(self.tokens)):
            string = self.tokens[index].string
            if string in ("(", "[", "{"):
                is_call = is_call or (depth == 0 and string == "(")
                depth += 1
            elif string in (")", "]", "}"):
                depth -= 1
                if depth == 0 and is_call:
                    return index
        raise ValueError("a bracket is not closed")

    def append(self, closing: int, text: str) -> _Insertion:
        """Add an item before a closing bracket, in the form that the list has."""
        last = self.tokens[closing - 1]
        if last.string in ("(", "["):
            added = text
        elif last.string == ",":
            added = f" {text},"
        else:
            added = f", {text}"
        return _Insertion(last.end[0], last.end[1], added)

    def before(self, closing: int, string: str, text: str) -> _Insertion:
        """Add an item before the last token ``string`` that stands before a closing bracket."""
        index = next(i for i in range(closing - 1, -1, -1) if self.tokens[i].string == string)
        token = self.tokens[index]
        return _Insertion(token.start[0], token.start[1], f"{text}, ")


def _new_parameter(node: ast.FunctionDef | ast.AsyncFunctionDef, name: str, places: _Places) -> _Insertion:
    start = (node.lineno, places.column(node.lineno, node.col_offset))
    closing = places.closing(next(index for index, token in enumerate(places.tokens) if token.start >= start))
    arguments = node.args
    by_keyword = bool(arguments.vararg or arguments.kwonlyargs)
    text = f"*, {name}" if arguments.defaults and not by_keyword else name
    return places.before(closing, "**", text) if arguments.kwarg else places.append(closing, text)


def _new_argument(call: ast.Call, name: str, places: _Places) -> _Insertion:
    end = call.end_lineno or call.lineno
    closing = places.index_ending(end, places.column(end, call.end_col_offset or 0))
    return places.append(closing, f"{name}={name}")


def _inserted(source: str, insertions: Sequence[_Insertion]) -> str:
    lines = source.split("\n")
    for insertion in sorted(insertions, key=lambda one: (one.line, one.column), reverse=True):
        line = lines[insertion.line - 1]
        lines[insertion.line - 1] = line[: insertion.column] + insertion.text + line[insertion.column :]
    return "\n".join(lines)
