"""Which names expressions read, bind and capture."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from jupyterlab_prodify.notebook.bindings import UNTOUCHED
from jupyterlab_prodify.notebook.names import Names
from jupyterlab_prodify.notebook.paths import join
from jupyterlab_prodify.notebook.scopes import Scope, all_args, target_expressions, target_names
from jupyterlab_prodify.notebook.string_names import kind_of, named_arguments, names_in_strings

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class Expressions(Names):
    """Walks expressions in the order in which Python evaluates them."""

    def _expression(self, node: ast.AST) -> None:
        handler = getattr(self, f"_ex_{type(node).__name__}", None)
        if handler is not None:
            handler(node)
            return
        for child in ast.iter_child_nodes(node):
            self._expression(child)

    def _ex_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.read(node.id, node)
        elif isinstance(node.ctx, ast.Store):
            self.bind(node.id, node, "assign")

    def _ex_NamedExpr(self, node: ast.NamedExpr) -> None:
        self._expression(node.value)
        self.bind(node.target.id, node.target, "walrus")

    def _maybe(self, nodes: Iterable[ast.AST]) -> None:
        """Expressions that may not be evaluated: what they bind is not sure."""
        if self._state is None or (self._scopes and all(scope.kind != "comprehension" for scope in self._scopes)):
            for node in nodes:
                self._expression(node)
            return
        start = dict(self._state)
        self._conditional += 1
        for node in nodes:
            self._expression(node)
        self._conditional -= 1
        self._state = join(start, self._state)

    def _ex_BoolOp(self, node: ast.BoolOp) -> None:
        self._expression(node.values[0])
        self._maybe(node.values[1:])

    def _ex_Compare(self, node: ast.Compare) -> None:
        self._expression(node.left)
        self._expression(node.comparators[0])
        if len(node.comparators) > 1:
            self._maybe(node.comparators[1:])

    def _ex_IfExp(self, node: ast.IfExp) -> None:
        self._expression(node.test)
        start = dict(self._state) if self._state is not None else None
        self._conditional += 1
        self._expression(node.body)
        after_body = self._state
        self._state = start
        self._expression(node.orelse)
        self._conditional -= 1
        self._state = join(after_body, self._state)

    def _ex_Call(self, node: ast.Call) -> None:
        self._expression(node.func)
        for argument in [*node.args, *node.keywords]:
            self._expression(argument)
        for name in named_arguments(node):
            self.flow.named_texts.append((name, *kind_of(node), node.lineno))
        for name in names_in_strings(node):
            untouched = self._state is not None and self._state.get(name, UNTOUCHED) & UNTOUCHED
            if untouched and not self._resolves_inside(name):
                # After the name that the call begins with.
                self.flow.first_seen.setdefault(name, (node.lineno, node.col_offset + 1))
                self.flow.in_strings.setdefault(name, node.lineno)

    def _ex_Lambda(self, node: ast.Lambda) -> None:
        self._parameters(node.args)
        walrus = {child.target.id for child in ast.walk(node.body) if isinstance(child, ast.NamedExpr)}
        scope = Scope("lambda", {arg.arg for arg in all_args(node.args)} | walrus)
        outer, self._owner = (
            self._owner,
            self._owner or f"<lambda>:{node.lineno}:{node.col_offset}",
        )
        self._enter(scope, lambda: self._expression(node.body), deferred=True)
        self._owner = outer

    def _parameters(self, args: ast.arguments) -> None:
        for default in [*args.defaults, *args.kw_defaults]:
            if default is not None:
                self._expression(default)
        for arg in all_args(args):
            if arg.annotation is not None:
                self._expression(arg.annotation)

    def _comprehension(self, node: Comprehension) -> None:
        first = node.generators[0]
        self._expression(first.iter)
        if any(generator.is_async for generator in node.generators):
            self._await()
        targets = {name for generator in node.generators for name in target_names(generator.target)}
        lazy = isinstance(node, ast.GeneratorExp)
        outer, self._owner = (
            self._owner,
            self._owner or (f"<genexp>:{node.lineno}:{node.col_offset}" if lazy else ""),
        )
        self._enter(
            Scope("comprehension", targets),
            lambda: self._comprehension_parts(node),
            deferred=lazy,
        )
        self._owner = outer

    _ex_ListComp = _ex_SetComp = _ex_DictComp = _ex_GeneratorExp = _comprehension

    def _comprehension_parts(self, node: Comprehension) -> None:
        parts: list[ast.AST] = []
        for index, generator in enumerate(node.generators):
            parts.extend(target_expressions(generator.target))
            parts.extend([generator.iter] if index else [])
            parts.extend(generator.ifs)
        parts.extend([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])
        self._maybe(parts)

    def _ex_Await(self, node: ast.Await) -> None:
        self._await()
        self._expression(node.value)
