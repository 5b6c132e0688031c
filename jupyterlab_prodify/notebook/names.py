"""Reads and bindings of names, in the scope and on the path where they stand."""

from __future__ import annotations

import ast
from collections.abc import Callable

from jupyterlab_prodify.notebook.bindings import (
    BOUND,
    DELETED,
    UNTOUCHED,
    Binding,
    BindingKind,
    Flow,
    ImportTarget,
    Read,
)
from jupyterlab_prodify.notebook.paths import Loop, State
from jupyterlab_prodify.notebook.scopes import Scope


class Names:
    """What reading and binding a name means at the point that the analysis has reached."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._state: State | None = {}
        self._scopes: list[Scope] = []
        self._loops: list[Loop] = []
        self._try_marks: list[State] = []
        self._pending: dict[str, list[ast.AST]] = {}
        self._owner = ""
        self._deferred = 0
        self._conditional = 0

    def _see(self, name: str, node: ast.AST) -> None:
        place = (getattr(node, "lineno", 1 << 30), getattr(node, "col_offset", 0))
        if place < self.flow.first_seen.get(name, (1 << 31, 0)):
            self.flow.first_seen[name] = place

    def _resolves_inside(self, name: str) -> bool:
        for depth, scope in enumerate(reversed(self._scopes)):
            if name in scope.declared_global:
                return False
            # A class body's names are seen by the body itself, not by the functions in it.
            visible = scope.bound_so_far if scope.kind == "class" else scope.local
            if name in visible and (depth == 0 or scope.kind != "class"):
                return True
        return False

    def read(self, name: str, node: ast.AST) -> None:
        """A name is loaded somewhere in the piece."""
        implicit = name == "__class__" and any(scope.kind == "class" for scope in self._scopes)
        if implicit or self._resolves_inside(name):
            return
        self._read_cell_name(name, node)

    def _read_cell_name(self, name: str, node: ast.AST) -> None:
        flow = self.flow
        flow.reads.add(name)
        self._see(name, node)
        line = getattr(node, "lineno", 0)
        bits = UNTOUCHED if self._state is None else self._state.get(name, UNTOUCHED)
        if bits & DELETED:
            flow.deleted_reads.setdefault(name, line)
        unsure = bool(self._conditional or self._deferred or self._try_marks) or bits != UNTOUCHED
        read = Read(name, line, bool(self._deferred), unsure, self._owner)
        if self._deferred:
            flow.captured.setdefault(name, []).append(read)
        if self._scopes and self._scopes[-1].kind == "class" and name in self._scopes[-1].local:
            flow.class_shadowed.setdefault(name, line)
        if name in self._pending:
            self._run_pending(name)
        if self._state is not None and self._state.get(name, UNTOUCHED) & UNTOUCHED:
            known = flow.exposed.get(name)
            if known is None or (known.conditional and not read.conditional):
                flow.exposed[name] = read

    def bind(
        self,
        name: str,
        node: ast.AST,
        kind: BindingKind,
        target: ImportTarget | None = None,
    ) -> None:
        """A name is bound in the innermost scope (walrus targets skip comprehensions)."""
        scopes = self._scopes
        if kind == "walrus":
            scopes = [scope for scope in scopes if scope.kind != "comprehension"]
        if scopes and name not in scopes[-1].declared_global:
            scopes[-1].bound_so_far.add(name)
            return
        if scopes:
            return
        self._see(name, node)
        line = getattr(node, "lineno", 0)
        toplevel = not (self._conditional or self._loops or self._try_marks)
        self.flow.bindings.setdefault(name, []).append(Binding(name, kind, line, toplevel, target))
        self._set(name, BOUND)

    def _set(self, name: str, bits: int) -> None:
        if self._state is None:
            return
        before = self._state.get(name, UNTOUCHED)
        for marks in self._try_marks:
            marks[name] = marks.get(name, before) | bits
        self._state[name] = bits

    def _unbind(self, name: str, node: ast.AST) -> None:
        if self._scopes:
            return
        self._read_cell_name(name, node)
        self._set(name, DELETED)

    def _run_pending(self, name: str) -> None:
        bodies = self._pending.pop(name, [])
        for body in bodies:
            self._function_body(body, name)

    def _enter(self, scope: Scope, action: Callable[[], None], deferred: bool) -> None:
        loops, self._loops = self._loops, []
        self._scopes.append(scope)
        self._deferred += deferred
        action()
        self._deferred -= deferred
        self._scopes.pop()
        self._loops = loops

    def _end_path(self) -> None:
        if not self._scopes:
            self._state = None

    def _await(self) -> None:
        if not any(scope.kind in ("function", "lambda") for scope in self._scopes):
            self.flow.uses_await = True

    def _function_body(self, node: ast.AST, owner: str) -> None:
        """Analyse a body that was put off; given by ``flow.Analyser``."""
        raise NotImplementedError
