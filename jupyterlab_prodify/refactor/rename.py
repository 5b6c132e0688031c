"""Give parameters and local names of the new function other names, wherever they mean that name."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING

from jupyterlab_prodify.notebook.scopes import own_names

if TYPE_CHECKING:
    import libcst as cst


def rename_locals(source: str, renames: Mapping[str, str]) -> str:
    """Rename names of the function's own scope; attributes, keywords and names that an inner scope binds stay.

    ``source`` ends with the function; ``renames`` maps old names to new ones and may swap two names.
    """
    import libcst as cst

    module = cst.parse_module(source + "\n")
    return module.visit(_renamer(module, renames)).code.rstrip("\n")


def _renamer(module: cst.Module, renames: Mapping[str, str]) -> cst.CSTTransformer:
    import libcst as cst
    from libcst import matchers

    class Renamer(cst.CSTTransformer):
        """``shadows`` holds, for each scope inside the function, the names that it binds itself."""

        def __init__(self) -> None:
            super().__init__()
            self.shadows: list[frozenset[str]] = []
            self.fixed: set[int] = set()
            self.first_loops: set[int] = set()
            self.suspended: list[frozenset[str]] = []
            self.depth = 0

        def _enter(self, node: cst.CSTNode) -> None:
            self.shadows.append(frozenset(own_names(module.code_for_node(node))))

        def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
            self.depth += 1
            if self.depth == 1:
                self.fixed.add(id(node.name))

        def visit_FunctionDef_body(self, node: cst.FunctionDef) -> None:
            self._enter(node)

        def leave_FunctionDef_body(self, node: cst.FunctionDef) -> None:
            self.shadows.pop()

        def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> cst.FunctionDef:
            self.depth -= 1
            return updated_node

        def visit_Param(self, node: cst.Param) -> None:
            if self.depth > 1 or self.shadows:
                self.fixed.add(id(node.name))
                return
            # Defaults and annotations of the function itself are evaluated in the module.
            for part in (node.default, node.annotation):
                if part is not None:
                    self.fixed.update(id(name) for name in matchers.findall(part, matchers.Name()))

        def visit_Lambda_params(self, node: cst.Lambda) -> None:
            self.fixed.update(id(param.name) for param in node.params.params)

        def visit_Lambda_body(self, node: cst.Lambda) -> None:
            self._enter(node)

        def leave_Lambda_body(self, node: cst.Lambda) -> None:
            self.shadows.pop()

        def _visit_comprehension(self, node: cst.BaseComp) -> None:
            self._enter(node)
            self.first_loops.add(id(node.for_in))

        def visit_CompFor_iter(self, node: cst.CompFor) -> None:
            # The first iterable is evaluated outside the comprehension.
            if id(node) in self.first_loops:
                self.suspended.append(self.shadows.pop())

        def leave_CompFor_iter(self, node: cst.CompFor) -> None:
            if id(node) in self.first_loops:
                self.shadows.append(self.suspended.pop())

        visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_comprehension

        def leave_ListComp(self, original_node: cst.ListComp, updated_node: cst.ListComp) -> cst.ListComp:
            self.shadows.pop()
            return updated_node

        def leave_SetComp(self, original_node: cst.SetComp, updated_node: cst.SetComp) -> cst.SetComp:
            self.shadows.pop()
            return updated_node

        def leave_DictComp(self, original_node: cst.DictComp, updated_node: cst.DictComp) -> cst.DictComp:
            self.shadows.pop()
            return updated_node

        def leave_GeneratorExp(
            self, original_node: cst.GeneratorExp, updated_node: cst.GeneratorExp
        ) -> cst.GeneratorExp:
            self.shadows.pop()
            return updated_node

        def visit_Attribute(self, node: cst.Attribute) -> None:
            self.fixed.add(id(node.attr))

        def visit_Arg(self, node: cst.Arg) -> None:
            if node.keyword is not None:
                self.fixed.add(id(node.keyword))

        def visit_MatchKeywordElement(self, node: cst.MatchKeywordElement) -> None:
            self.fixed.add(id(node.key))

        def visit_ImportAlias(self, node: cst.ImportAlias) -> None:
            self.fixed.add(id(node.name))

        def leave_ImportAlias(self, original_node: cst.ImportAlias, updated_node: cst.ImportAlias) -> cst.ImportAlias:
            new = self._new_name(original_node.evaluated_name)
            if updated_node.asname is not None or new is None:
                return updated_node
            return updated_node.with_changes(asname=cst.AsName(cst.Name(new)))

        def _new_name(self, old: str) -> str | None:
            inside = [names for names in self.shadows[1:] if old in names]
            return None if inside else renames.get(old)

        def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
            new = None if id(original_node) in self.fixed else self._new_name(original_node.value)
            return updated_node.with_changes(value=new) if new else updated_node

    return Renamer()


def prints_its_name(source: str, name: str) -> bool:
    """``f"{name=}"`` shows the name itself, so another name would change what is shown."""
    return any(isinstance(node, ast.JoinedStr) and _shows(node, name) for node in ast.walk(ast.parse(source)))


def _shows(text: ast.JoinedStr, name: str) -> bool:
    for before, value in zip(text.values, text.values[1:], strict=False):
        if isinstance(before, ast.Constant) and isinstance(value, ast.FormattedValue):
            label = str(before.value).rstrip()
            reads = {node.id for node in ast.walk(value.value) if isinstance(node, ast.Name)}
            if label.endswith("=") and name in reads and name in label:
                return True
    return False
