"""Imports that only type checkers need: the ``if TYPE_CHECKING:`` block of a module.

Names of that block do not exist while the module runs. When a later export needs one of them at run time, its import
moves out of the block.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from jupyterlab_prodify.notebook.bindings import ImportTarget, import_target
from jupyterlab_prodify.refactor.module_edit import Module, add_imports, read_module, wrap_from_import
from jupyterlab_prodify.refactor.type_blocks import GUARD_NAME, is_type_block

GUARD = ImportTarget("typing", GUARD_NAME, GUARD_NAME)
_INDENT = "    "


def can_guard(module: Module) -> bool:
    """May the module have an ``if TYPE_CHECKING:`` block: does the name mean what it should, or nothing yet?"""
    own_block = any(is_type_block(node) for node in module.tree.body)
    return own_block or GUARD.name not in module.names or _has_guard(module)


def _has_guard(module: Module) -> bool:
    return module.imports.get(GUARD.name) == [GUARD] and len(module.flow.bindings[GUARD.name]) == 1


def add_type_imports(text: str, targets: Sequence[ImportTarget], first_party: frozenset[str]) -> str:
    """The module's text with these imports under ``if TYPE_CHECKING:``, merged with those that are there."""
    if not targets:
        return text
    module = read_module(text, "")
    block = next((node for node in module.tree.body if is_type_block(node) and _is_plain(node, module)), None)
    if block is not None:
        return _merged(module, block, targets, first_party)
    if not _has_guard(module):
        module = _with_lines(module, add_imports(module, [GUARD], first_party))
    return _with_block(module, targets, first_party)


def _with_lines(module: Module, lines: list[str]) -> Module:
    return read_module(module.separator.join(lines), "")


def _is_plain(block: ast.If, module: Module) -> bool:
    """Does the body stand on lines of its own, indented in one way?"""
    rows = module.lines[block.lineno : _end(block)]
    first = module.lines[block.body[0].lineno - 1]
    indent = first[: len(first) - len(first.lstrip())]
    return block.body[0].lineno > block.lineno and all(row.startswith(indent) for row in rows if row.strip())


def _end(block: ast.If) -> int:
    """Last line of the body, 1-based; an ``else`` does not count."""
    last = block.body[-1]
    return last.end_lineno or last.lineno


def _merged(module: Module, block: ast.If, targets: Sequence[ImportTarget], first_party: frozenset[str]) -> str:
    lines, end = list(module.lines), _end(block)
    first = lines[block.body[0].lineno - 1]
    indent = first[: len(first) - len(first.lstrip())]
    rows = [row[len(indent) :] if row.strip() else row for row in lines[block.lineno : end]]
    inner = read_module("\n".join([*rows, ""]), "")
    inner.ending = module.ending
    known = {target for found in inner.imports.values() for target in found}
    changed = add_imports(inner, [target for target in targets if target not in known], first_party)[:-1]
    lines[block.lineno : end] = [indent + row if row.strip() else row for row in changed]
    return module.separator.join(lines)


def _with_block(module: Module, targets: Sequence[ImportTarget], first_party: frozenset[str]) -> str:
    lines = list(module.lines)
    row = _row_of_block(module)
    imports = add_imports(read_module("", ""), targets, first_party)
    body = [_INDENT + line if line else line for line in "\n".join(imports).strip("\n").split("\n")]
    before = [""] if row > 0 and lines[row - 1].strip() else []
    after = [""] if row < len(lines) and lines[row].strip() else []
    new = [*before, f"if {GUARD.name}:", *body, *after]
    if row > 0 and not lines[row - 1].endswith(module.ending):
        lines[row - 1] += module.ending
    lines[row:row] = [line + module.ending for line in new]
    return module.separator.join(lines)


def _row_of_block(module: Module) -> int:
    """Below the imports at the top of the module, and below the import of the guard wherever it is."""
    row = 0
    for index, node in enumerate(module.tree.body):
        is_import = isinstance(node, ast.Import | ast.ImportFrom)
        if is_import:
            row = node.end_lineno or node.lineno
        elif not (index == 0 and isinstance(node, ast.Expr)):
            break
    guards = [node for node in module.tree.body if isinstance(node, ast.ImportFrom) and GUARD in _targets(node)]
    return max([row, *(node.end_lineno or node.lineno for node in guards)])


def _targets(node: ast.Import | ast.ImportFrom) -> list[ImportTarget]:
    return [import_target(node, alias) for alias in node.names]


# -- names that are needed at run time after all ------------------------------------------------------------------


def drop_type_imports(text: str, targets: Collection[ImportTarget]) -> str:
    """The module's text without these imports in its ``if TYPE_CHECKING:`` blocks; a block that holds nothing more
    goes too. Statements with comments stay as they are."""
    if not targets:
        return text
    module = read_module(text, "")
    lines = list(module.lines)
    emptied = False
    for block in reversed([node for node in module.tree.body if is_type_block(node)]):
        if not _is_plain(block, module):
            continue
        gone = [node for node in _imports(block) if _cuts(node, targets, lines)]
        if len(gone) == len(block.body) and not block.orelse and not _has_comment(block, lines):
            _cut_block(lines, block)
            emptied = True
            continue
        for node in reversed(list(_imports(block))):
            if len(gone) < len(block.body) or node is not gone[0]:
                _cut_names(lines, node, targets)
    text = module.separator.join(lines)
    return _without_guard(text) if emptied else text


def _imports(block: ast.If) -> Iterator[ast.Import | ast.ImportFrom]:
    return (node for node in block.body if isinstance(node, ast.Import | ast.ImportFrom))


def _has_comment(node: ast.stmt, lines: Sequence[str]) -> bool:
    return any("#" in line for line in lines[node.lineno - 1 : node.end_lineno])


def _cuts(node: ast.Import | ast.ImportFrom, targets: Collection[ImportTarget], lines: Sequence[str]) -> bool:
    """Does the whole statement go?"""
    return not _has_comment(node, lines) and all(target in targets for target in _targets(node))


def _cut_names(lines: list[str], node: ast.Import | ast.ImportFrom, targets: Collection[ImportTarget]) -> None:
    kept = [alias for alias in node.names if import_target(node, alias) not in targets]
    if len(kept) == len(node.names) or _has_comment(node, lines):
        return
    first, last = node.lineno - 1, node.end_lineno or node.lineno
    line = lines[first]
    indent, ending = line[: len(line) - len(line.lstrip())], "\r" if line.endswith("\r") else ""
    names = [alias.name + (f" as {alias.asname}" if alias.asname else "") for alias in kept]
    if not names:
        new = []
    elif isinstance(node, ast.ImportFrom):
        new = wrap_from_import(f"from {'.' * node.level}{node.module or ''} import", names).split("\n")
    else:
        new = [f"import {', '.join(names)}"]
    lines[first:last] = [indent + row + ending for row in new]


def _cut_block(lines: list[str], block: ast.If) -> None:
    first, last = block.lineno - 1, block.end_lineno or block.lineno
    while first > 0 and not lines[first - 1].strip():
        first -= 1
    del lines[first:last]


def _without_guard(text: str) -> str:
    """The import of ``TYPE_CHECKING`` goes when nothing reads it any more."""
    module = read_module(text, "")
    if GUARD.name in module.flow.reads or not _has_guard(module):
        return text
    lines = list(module.lines)
    node = next(n for n in module.tree.body if isinstance(n, ast.ImportFrom) and GUARD in _targets(n))
    alone = len(node.names) == 1
    _cut_names(lines, node, [GUARD])
    row = node.lineno - 1
    if alone and 0 < row < len(lines) and not lines[row].strip() and not lines[row - 1].strip():
        del lines[row]
    return module.separator.join(lines)
