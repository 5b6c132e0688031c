"""Which names a piece of a notebook reads, binds and captures, and what is surely bound at its end.

Map of the parts:

- ``paths``         what is known of each name at one point, and where paths meet
- ``names``         what reading and binding a name means
- ``expressions``   expressions, in the order in which Python evaluates them
- ``control_flow``  branches, loops, ``try``, ``with``, ``match``
- ``Analyser``      the other statements and definitions; here

A name is *exposed* when the piece may read it before having bound it. Bodies of functions and lambdas run later:
their reads count from the first use of the function's name, or from the end of the piece. Scopes follow the language
reference (sections 4.2 "Naming and binding" and 6.2.4 "Displays"); a test compares them with CPython's ``symtable``.
``named_texts`` are calls that are given a name: (name, method, of pandas, line); the name may stand for such a string.
``in_strings`` holds names that a library may look up in the calling frame (see ``string_names``).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable

from jupyterlab_prodify.notebook.bindings import Flow, import_target
from jupyterlab_prodify.notebook.control_flow import ControlFlow
from jupyterlab_prodify.notebook.scopes import Function, Scope, bound_in, function_scope


def analyse_statements(statements: Iterable[ast.stmt]) -> Flow:
    """Analyse top-level statements of a notebook."""
    analyser = Analyser()
    analyser.run(list(statements))
    return analyser.flow


class Analyser(ControlFlow):
    """One pass over statements; ``flow`` holds the answer afterwards."""

    def run(self, statements: list[ast.stmt]) -> None:
        """Analyse the piece; to be called once."""
        self._block(statements)
        for name in list(self._pending):
            self._run_pending(name)
        self.flow.final = self._state if self._state is not None else {}

    def _do_Assign(self, node: ast.Assign) -> None:
        self._expression(node.value)
        for target in node.targets:
            self._bind_target(target, "assign")

    def _do_AnnAssign(self, node: ast.AnnAssign) -> None:
        if not any(scope.kind in ("function", "lambda") for scope in self._scopes[-1:]):
            self._expression(node.annotation)
        if node.value is not None:
            self._expression(node.value)
            self._bind_target(node.target, "annotated")
        elif not isinstance(node.target, ast.Name):
            self._expression(node.target)

    def _do_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.read(node.target.id, node.target)
        self._expression(node.value)
        self._bind_target(node.target, "augmented")

    def _do_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self._delete_target(target)

    def _delete_target(self, target: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._unbind(target.id, target)
        elif isinstance(target, ast.Tuple | ast.List):
            for element in target.elts:
                self._delete_target(element)
        else:
            self._children(target)

    def _do_Global(self, node: ast.Global) -> None:
        self.flow.global_statements.extend((name, node.lineno) for name in node.names)

    def _do_Nonlocal(self, node: ast.Nonlocal) -> None:
        pass

    def _do_Raise(self, node: ast.Raise) -> None:
        self._children(node)
        self._end_path()

    def _do_Return(self, node: ast.Return) -> None:
        self._children(node)

    def _do_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            name = alias.asname or alias.name.split(".")[0]
            self.bind(name, node, "import", import_target(node, alias))

    def _do_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name == "*":
                self.flow.star_imports.append(("." * node.level + (node.module or ""), node.lineno))
                continue
            self.bind(alias.asname or alias.name, node, "import", import_target(node, alias))

    def _do_FunctionDef(self, node: Function) -> None:
        for decorator in node.decorator_list:
            self._expression(decorator)
        self._with_type_params(node, lambda: self._signature(node))
        at_cell = not self._scopes
        if at_cell and not node.decorator_list:
            self.bind(node.name, node, "def")
            # A name bound again on some path keeps all its bodies: any of them may be the one that is called.
            self._pending.setdefault(node.name, []).append(node)
            return
        if at_cell:
            self._function_body(node, node.name)
            self.bind(node.name, node, "def")
            return
        self.bind(node.name, node, "def")
        self._function_body(node, node.name)

    def _signature(self, node: Function) -> None:
        self._parameters(node.args)
        if node.returns is not None:
            self._expression(node.returns)

    def _with_type_params(self, node: ast.AST, action: Callable[[], None]) -> None:
        """Names of ``def f[T]`` (PEP 695) are local to the definition; their bounds are read."""
        params = getattr(node, "type_params", [])
        if not params:
            action()
            return
        names = {str(getattr(param, "name", "")) for param in params}
        bounds = [bound for param in params if (bound := getattr(param, "bound", None)) is not None]

        def inside() -> None:
            for bound in bounds:
                self._expression(bound)
            action()

        self._enter(Scope("lambda", names), inside, deferred=False)

    def _do_TypeAlias(self, node: ast.stmt) -> None:
        self._with_type_params(node, lambda: self._expression(getattr(node, "value", node)))
        self.bind(str(getattr(getattr(node, "name", None), "id", "")), node, "assign")

    _do_AsyncFunctionDef = _do_FunctionDef

    def _function_body(self, node: ast.AST, owner: str) -> None:
        assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        scope = function_scope(node)
        self.flow.global_statements.extend((name, node.lineno) for name in scope.declared_global)
        outer, self._owner = self._owner, self._owner or owner
        body = lambda: self._enter(scope, lambda: self._block(node.body), deferred=True)  # noqa: E731
        self._with_type_params(node, body)
        self._owner = outer

    def _do_ClassDef(self, node: ast.ClassDef) -> None:
        for expression in [
            *node.decorator_list,
            *node.bases,
            *[keyword.value for keyword in node.keywords],
        ]:
            self._expression(expression)
        scope = Scope("class", *bound_in(node.body))
        outer, self._owner = self._owner, self._owner or node.name
        # The class's own name is read by its methods only after it is bound.
        pending_reads = self.flow.exposed.get(node.name)
        self._with_type_params(node, lambda: self._class_parts(node, scope))
        self._owner = outer
        if not self._scopes and pending_reads is None:
            read = self.flow.exposed.get(node.name)
            if read is not None and read.deferred and not node.decorator_list:
                del self.flow.exposed[node.name]
        self.bind(node.name, node, "class")

    def _class_parts(self, node: ast.ClassDef, scope: Scope) -> None:
        for expression in [*node.bases, *[keyword.value for keyword in node.keywords]]:
            self._expression(expression)
        self._enter(scope, lambda: self._block(node.body), deferred=False)
