"""Branches, loops, ``try``, ``with`` and ``match``: what is surely bound behind them."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from jupyterlab_prodify.notebook.bindings import DELETED, BindingKind
from jupyterlab_prodify.notebook.evaluation import constant_truth, irrefutable, may_suppress, surely_not_empty
from jupyterlab_prodify.notebook.expressions import Expressions
from jupyterlab_prodify.notebook.paths import Loop, State, join
from jupyterlab_prodify.notebook.scopes import pattern_names


class ControlFlow(Expressions):
    """Walks statements that choose or repeat others: what is bound on every way through them, and on some."""

    def _block(self, statements: Iterable[ast.stmt]) -> None:
        for statement in statements:
            self._statement(statement)

    def _statement(self, node: ast.stmt) -> None:
        handler = getattr(self, f"_do_{type(node).__name__}", None)
        if handler is None:
            self._children(node)
        else:
            handler(node)

    def _children(self, node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                self._statement(child)
            else:
                self._expression(child)

    def _bind_target(self, target: ast.expr, kind: BindingKind) -> None:
        if isinstance(target, ast.Name):
            self.bind(target.id, target, kind)
        elif isinstance(target, ast.Tuple | ast.List):
            for element in target.elts:
                self._bind_target(element, kind)
        elif isinstance(target, ast.Starred):
            self._bind_target(target.value, kind)
        else:
            self._children(target)

    def _branches(self, blocks: Iterable[Iterable[ast.stmt]]) -> None:
        if self._scopes:
            for block in blocks:
                self._block(block)
            return
        start, ends = self._state, list[State | None]()
        self._conditional += 1
        for block in blocks:
            self._state = dict(start) if start is not None else None
            self._block(block)
            ends.append(self._state)
        self._conditional -= 1
        self._state = join(*ends)

    def _do_If(self, node: ast.If) -> None:
        self._expression(node.test)
        known = constant_truth(node.test)
        if known is True:
            self._block(node.body)
            self._never(node.orelse)
            return
        self._branches([node.body, node.orelse])

    def _never(self, block: list[ast.stmt]) -> None:
        """Code that does not run: what it binds is local to a function all the same."""
        state, self._state = self._state, None
        self._conditional += 1
        self._block(block)
        self._conditional -= 1
        self._state = state

    def _do_For(self, node: ast.For | ast.AsyncFor) -> None:
        if isinstance(node, ast.AsyncFor):
            self._await()
        self._expression(node.iter)
        enters = surely_not_empty(node.iter)
        self._loop(node.body, node.orelse, enters, False, target=node.target)

    _do_AsyncFor = _do_For

    def _do_While(self, node: ast.While) -> None:
        self._expression(node.test)
        truth = constant_truth(node.test)
        self._loop(node.body, node.orelse, truth is True, truth is True, test=node.test)

    def _loop(
        self,
        body: list[ast.stmt],
        orelse: list[ast.stmt],
        enters: bool,
        endless: bool,
        target: ast.expr | None = None,
        test: ast.expr | None = None,
    ) -> None:
        if self._scopes:
            if target is not None:
                self._bind_target(target, "for")
            self._block([*body, *orelse])
            return
        start = dict(self._state) if self._state is not None else None
        loop = Loop()
        self._loops.append(loop)
        self._conditional += not enters
        if target is not None:
            self._bind_target(target, "for")
        self._block(body)
        if test is not None:
            self._expression(test)
        self._conditional -= not enters
        self._loops.pop()
        ends = [self._state, *loop.continues, *([] if enters else [start])]
        self._state = None if endless else join(*ends)
        self._block(orelse)
        self._state = join(self._state, *loop.breaks)

    def _do_Break(self, node: ast.Break) -> None:
        if not self._scopes and self._loops and self._state is not None:
            self._loops[-1].breaks.append(dict(self._state))
        self._end_path()

    def _do_Continue(self, node: ast.Continue) -> None:
        if not self._scopes and self._loops and self._state is not None:
            self._loops[-1].continues.append(dict(self._state))
        self._end_path()

    def _do_With(self, node: ast.With | ast.AsyncWith) -> None:
        if isinstance(node, ast.AsyncWith):
            self._await()
        for item in node.items:
            self._expression(item.context_expr)
            if item.optional_vars is not None:
                self._bind_target(item.optional_vars, "with")
        if self._scopes or not any(may_suppress(item.context_expr) for item in node.items):
            self._block(node.body)
            return
        half_way = self._guarded(node.body)
        self._state = join(self._state, half_way)

    _do_AsyncWith = _do_With

    def _guarded(self, body: list[ast.stmt]) -> State | None:
        """Analyse statements that may stop at any point; the state in which that can leave things."""
        if self._state is None:
            self._block(body)
            return None
        start = dict(self._state)
        self._try_marks.append(dict(start))
        self._block(body)
        return self._try_marks.pop()

    def _do_Try(self, node: ast.Try) -> None:
        if self._scopes:
            self._try_in_scope(node)
            return
        half_way = self._guarded(node.body)
        self._conditional += 1
        self._block(node.orelse)
        ends = [self._state]
        for handler in node.handlers:
            self._state = dict(half_way) if half_way is not None else None
            self._handler(handler)
            ends.append(self._state)
        self._conditional -= 1
        normal = join(*ends)
        if not node.finalbody:
            self._state = normal
            return
        self._finally(node.finalbody, normal, join(half_way, *ends))

    _do_TryStar = _do_Try

    def _finally(self, body: list[ast.stmt], normal: State | None, any_way: State | None) -> None:
        # Reads must hold on the exceptional way too; what is bound afterwards only on the normal one.
        self._state = dict(any_way) if any_way is not None else None
        self._block(body)
        after = self._state
        if normal is None or after is None:
            self._state = None
            return
        changed = {name: bits for name, bits in after.items() if (any_way or {}).get(name) != bits}
        self._state = {**normal, **changed}

    def _try_in_scope(self, node: ast.Try) -> None:
        self._block(node.body)
        for handler in node.handlers:
            self._handler(handler)
        self._block([*node.orelse, *node.finalbody])

    def _handler(self, handler: ast.ExceptHandler) -> None:
        if handler.type is not None:
            self._expression(handler.type)
        if handler.name:
            self.bind(handler.name, handler, "except")
        self._block(handler.body)
        if handler.name and not self._scopes:
            self._set(handler.name, DELETED)

    def _do_Match(self, node: ast.Match) -> None:
        self._expression(node.subject)
        if self._scopes:
            for case in node.cases:
                self._case(case)
            return
        start, ends = self._state, list[State | None]()
        exhaustive = False
        self._conditional += 1
        for case in node.cases:
            self._state = dict(start) if start is not None else None
            self._case(case)
            ends.append(self._state)
            exhaustive = exhaustive or (case.guard is None and irrefutable(case.pattern))
        self._conditional -= 1
        self._state = join(*ends, *([] if exhaustive else [start]))

    def _case(self, case: ast.match_case) -> None:
        self._pattern(case.pattern)
        if case.guard is not None:
            self._expression(case.guard)
        self._block(case.body)

    def _pattern(self, pattern: ast.pattern) -> None:
        for name in pattern_names(pattern):
            self.bind(name, pattern, "match")
        for child in ast.walk(pattern):
            if isinstance(child, ast.MatchValue):
                self._expression(child.value)
            elif isinstance(child, ast.MatchClass):
                self._expression(child.cls)
            elif isinstance(child, ast.MatchMapping):
                for key in child.keys:
                    self._expression(key)
