"""Which names later cells read: a plain reading of their text, on purpose not the engine's own.

Events are collected in the order of evaluation. A name counts as read by a cell when it is read there before the cell
binds it on every path.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence

_MAGIC = re.compile(r"^\s*(?:%|!|\?)|^\s*[\w.]+\?{1,2}\s*$")
_MAGIC_VALUE = re.compile(r"^(\s*[\w, ]+=)\s*[%!].*$")


def without_magics(source: str) -> str:
    """The text with IPython's own lines made harmless; as it is when it parses."""
    if parses(source):
        return source
    lines = []
    for line in source.split("\n"):
        bare = line[: len(line) - len(line.lstrip())]
        lines.append(bare + "pass" if _MAGIC.match(line) else _MAGIC_VALUE.sub(r"\1 None", line))
    return "\n".join(lines)


def parses(source: str) -> bool:
    """Is the text Python (top-level ``await`` included)?"""
    try:
        compile(source, "cell", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | ast.PyCF_ONLY_AST, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def later_reads(sources: Sequence[str]) -> set[str]:
    """Names that these cells, run in order, take from what ran before them."""
    read: set[str] = set()
    bound: set[str] = set()
    for source in sources:
        try:
            tree = ast.parse(without_magics(source))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        events = _Events(bound)
        events.block(tree.body)
        events.run_pending()
        read |= events.read
        bound = events.bound
    return read


class _Events(ast.NodeVisitor):
    """Follows one scope; ``bound`` are the names bound on every path so far."""

    def __init__(self, bound: Iterable[str]) -> None:
        self.bound = set(bound)
        self.read: set[str] = set()
        self.pending: dict[str, list[ast.FunctionDef | ast.AsyncFunctionDef]] = {}

    def block(self, body: Iterable[ast.AST]) -> None:
        for node in body:
            self.visit(node)

    def run_pending(self, *names: str) -> None:
        """The bodies of functions run at the first use of their name, else after the cell."""
        for name in names or list(self.pending):
            for node in self.pending.pop(name, ()):
                self._inner(node, node.args, node.body)

    def maybe(self, *bodies: Sequence[ast.AST]) -> None:
        """Bodies that need not run: what they bind is not sure."""
        before = set(self.bound)
        for body in bodies:
            self.bound = set(before)
            self.block(body)
        self.bound = before

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.bound.add(node.id)
            return
        self.run_pending(node.id)
        if node.id not in self.bound:
            self.read.add(node.id)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        self.block(node.targets)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.visit(node.value)
            self.visit(node.target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name) and node.target.id not in self.bound:
            self.read.add(node.target.id)
        self.visit(node.value)
        self.visit(node.target)

    def visit_For(self, node: ast.For) -> None:
        self.visit(node.iter)
        self.maybe([node.target, *node.body])
        self.maybe(node.orelse)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> None:
        self.visit(node.iter)
        self.maybe([node.target, *node.body])
        self.maybe(node.orelse)

    def visit_While(self, node: ast.While) -> None:
        self.visit(node.test)
        self.maybe(node.body, node.orelse)

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        before = set(self.bound)
        self.block(node.body)
        first, self.bound = self.bound, before
        self.block(node.orelse)
        self.bound &= first

    def visit_Try(self, node: ast.Try) -> None:
        self.maybe(node.body, *[handler.body for handler in node.handlers], node.orelse)
        self.block(node.finalbody)

    def visit_Match(self, node: ast.Match) -> None:
        self.visit(node.subject)
        self.maybe(*[[case.pattern, *([case.guard] if case.guard else []), *case.body] for case in node.cases])

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        self.generic_visit(node)
        if node.name:
            self.bound.add(node.name)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name:
            self.bound.add(node.name)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self.generic_visit(node)
        if node.rest:
            self.bound.add(node.rest)

    def visit_Import(self, node: ast.Import) -> None:
        self.bound |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self.bound |= {alias.asname or alias.name for alias in node.names}

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.block(node.decorator_list)
        self.block([*node.args.defaults, *[d for d in node.args.kw_defaults if d]])
        self.bound.add(node.name)
        self.pending.setdefault(node.name, []).append(node)
        if node.decorator_list:
            self.run_pending(node.name)

    visit_AsyncFunctionDef = visit_FunctionDef  # type: ignore[assignment]

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.block([*node.args.defaults, *[d for d in node.args.kw_defaults if d]])
        self._inner(node, node.args, [node.body])

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.block([*node.decorator_list, *node.bases, *node.keywords])
        inner = _Events(self.bound)
        inner.block(node.body)
        inner.run_pending()
        self.read |= inner.read
        self.bound.add(node.name)

    def _inner(self, node: ast.AST, arguments: ast.arguments, body: Sequence[ast.AST]) -> None:
        names = {arg.arg for arg in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]}
        names |= {arg.arg for arg in (arguments.vararg, arguments.kwarg) if arg}
        names |= {
            n.id for part in body for n in ast.walk(part) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)
        }
        inner = _Events(self.bound | names)
        inner.block(body)
        inner.run_pending()
        self.read |= inner.read

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        inner = _Events(self.bound)
        for generator in node.generators:
            inner.block([generator.iter, generator.target, *generator.ifs])
        inner.block([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])
        self.read |= inner.read

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = _comprehension  # type: ignore[assignment]
