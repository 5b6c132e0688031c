"""What stands under ``if TYPE_CHECKING:`` in a module, which never runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from jupyterlab_prodify.notebook.bindings import ImportTarget, import_target

GUARD_NAME = "TYPE_CHECKING"


def is_type_block(node: ast.AST) -> TypeGuard[ast.If]:
    """``if TYPE_CHECKING:`` or ``if typing.TYPE_CHECKING:``."""
    if not isinstance(node, ast.If):
        return False
    test = node.test
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return name == GUARD_NAME


def type_imports(body: Sequence[ast.stmt]) -> Iterator[ImportTarget]:
    """What the blocks at the top level of a module import."""
    for block in body:
        for node in block.body if is_type_block(block) else ():
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield from (import_target(node, alias) for alias in node.names if alias.name != "*")
