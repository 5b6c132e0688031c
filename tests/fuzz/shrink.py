"""A smaller example that is still broken: cells, statements and parts of expressions are taken away while it is."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.fuzz.example import Example

#: Tries without success after which the example is small enough.
MOST_TRIES = 3_000


def shrink(example: Example, is_broken: Callable[[Example], bool], tries: int = MOST_TRIES) -> Example:
    """The smallest example found for which ``is_broken`` holds."""
    progress = True
    while progress and tries > 0:
        progress = False
        for smaller in _smaller(example):
            tries -= 1
            if tries <= 0:
                break
            if _holds(smaller, is_broken):
                example, progress = smaller, True
                break
    return example


def _holds(example: Example, is_broken: Callable[[Example], bool]) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return is_broken(example)
    except (SyntaxError, IndexError, ValueError):
        return False


def _smaller(example: Example) -> Iterator[Example]:
    if example.pass_globals:
        yield replace(example, pass_globals=False)
    yield from _without_cells(example)
    if len(example.export) > 1:
        yield replace(example, export=example.export[1:])
        yield replace(example, export=example.export[:-1])
    if example.lines:
        yield replace(example, lines=None)
    for index, text in enumerate(example.cells):
        for smaller in _smaller_texts(text):
            if len(smaller) < len(text):
                cells = (*example.cells[:index], smaller, *example.cells[index + 1 :])
                for lines in _lines(example, index, text, smaller):
                    yield replace(example, cells=cells, lines=lines)


def _without_cells(example: Example) -> Iterator[Example]:
    for index in range(len(example.cells)):
        if index in example.export and len(example.export) == 1:
            continue
        export = tuple(place - (place > index) for place in example.export if place != index)
        yield replace(example, cells=(*example.cells[:index], *example.cells[index + 1 :]), export=export)


def _lines(example: Example, index: int, before: str, after: str) -> Iterator[tuple[int, int] | None]:
    """Where the selected lines may be after a change of their cell."""
    if example.lines is None or index not in example.export:
        yield example.lines
        return
    first, last = example.lines
    gone = before.count("\n") - after.count("\n")
    yield first, max(first, last - gone)
    yield max(1, first - gone), max(1, last - gone)


def _smaller_texts(text: str) -> Iterator[str]:
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            yield from _smaller_statement(text, node)
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and not isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
            yield from _smaller_expression(text, node)
    plain = ast.unparse(tree)
    if len(plain) < len(text):
        yield plain


def _smaller_statement(text: str, node: ast.stmt) -> Iterator[str]:
    """Without the statement; or only what stands in it."""
    lines = text.split("\n")
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first, last = min([node.lineno, *(one.lineno for one in decorators)]), node.end_lineno or node.lineno
    indent = " " * node.col_offset
    yield "\n".join([*lines[: first - 1], *lines[last:]])
    yield "\n".join([*lines[: first - 1], indent + "pass", *lines[last:]])
    if decorators:
        yield "\n".join([*lines[: first - 1], *lines[node.lineno - 1 :]])
    for name in ("body", "orelse", "finalbody"):
        block: list[ast.stmt] = getattr(node, name, [])
        if block and isinstance(node, ast.stmt):
            inner = lines[block[0].lineno - 1 : block[-1].end_lineno]
            out = block[0].col_offset - node.col_offset
            yield "\n".join([*lines[: first - 1], *[line[out:] for line in inner], *lines[last:]])
            if name != "body":
                yield "\n".join([*lines[: block[0].lineno - 2], *lines[block[-1].end_lineno or 0 :]])
    for handler in getattr(node, "handlers", []):
        yield "\n".join([*lines[: handler.lineno - 1], *lines[handler.end_lineno or 0 :]])


def _smaller_expression(text: str, node: ast.expr) -> Iterator[str]:
    """A part of the expression in its place, or 1."""
    start, end = (
        _offset(text, node.lineno, node.col_offset),
        _offset(text, node.end_lineno or 1, node.end_col_offset or 0),
    )
    parts = [ast.get_source_segment(text, child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    for part in [*parts, "1", "[1]"]:
        if part and len(part) < end - start:
            yield text[:start] + part + text[end:]


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return sum(len(one) + 1 for one in lines[: line - 1]) + len(lines[line - 1].encode()[:column].decode())
