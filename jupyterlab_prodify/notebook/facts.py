"""Facts of one cell, or of a part of it, kept by its text so that unchanged cells cost nothing.

The cache holds names and line numbers, no syntax trees: 5,000 cells stay small.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from jupyterlab_prodify.notebook.bindings import BOUND, Binding, Flow
from jupyterlab_prodify.notebook.defining import defined_name, made_name
from jupyterlab_prodify.notebook.flow import analyse_statements
from jupyterlab_prodify.notebook.hazards import Hazard, find_hazards
from jupyterlab_prodify.notebook.import_signs import ImportSigns, signs_of
from jupyterlab_prodify.notebook.magics import Masked, mask, normalise_newlines
from jupyterlab_prodify.notebook.mutation import changed_directly
from jupyterlab_prodify.notebook.string_names import Parts, assigned_texts

#: Longer cells are not analysed: they are data pasted into a cell, not code.
LARGEST_CELL = 1_000_000

_NAME = re.compile(r"[^\W\d]\w*")
_READS_ALL_MAGICS = frozenset(
    {
        "who",
        "whos",
        "who_ls",
        "store",
        "save",
        "reset",
        "reset_selective",
        "xdel",
        "run",
    }
)


@dataclass(frozen=True)
class Problem:
    """Why a cell cannot be analysed."""

    message: str
    line: int


@dataclass(frozen=True)
class Definition:
    """A function or class at the top level of a cell, with its decorators and the comments right above it. ``kind`` is
    ``function``, ``class`` or, where a call makes the class, ``made``."""

    name: str
    kind: str
    first: int
    last: int
    flow: Flow
    hazards: tuple[Hazard, ...]
    has_magic: bool


@dataclass(frozen=True)
class ImportLines:
    """An import statement at the top level of a piece. ``alone``: it shares no line; ``starred``: ``*``.
    ``module`` is None for ``import a``."""

    first: int
    last: int
    module: str | None
    alone: bool
    starred: bool


@dataclass(frozen=True)
class Facts:
    """What the rest of the notebook must know about a piece of it. Lines are 1-based within the piece."""

    masked: Masked
    flow: Flow
    hazards: tuple[Hazard, ...] = ()
    problem: Problem | None = None
    definitions: dict[str, Definition] = field(default_factory=dict)
    scalars: frozenset[str] = frozenset()
    containers: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    texts: dict[str, Parts] = field(default_factory=dict)
    import_signs: ImportSigns = field(default_factory=ImportSigns)
    imports: tuple[ImportLines, ...] = ()
    autoreload: bool = False
    only_setup: bool = False
    reads_everything: bool = False

    def is_read(self, name: str) -> bool:
        """May the piece read a value of ``name`` that was bound outside it?"""
        return name in self.flow.exposed or name in self.flow.in_strings or self.reads_everything


@lru_cache(maxsize=20_000)
def facts_of(source: str) -> Facts:
    """Facts of a piece of a notebook; never raises, whatever the text."""
    if len(source) > LARGEST_CELL:
        return _opaque(Masked(source), Problem("the cell is larger than 1 MB", 1))
    masked = mask(normalise_newlines(source))
    if not masked.is_python:
        return _opaque(masked, None, " ".join(masked.names()))
    try:
        tree = ast.parse(masked.text)
        return _python_facts(masked, tree)
    except SyntaxError as error:
        return _opaque(masked, Problem(error.msg or "invalid syntax", error.lineno or 1), source)
    except RecursionError:
        return _opaque(masked, Problem("an expression is nested too deeply", 1), source)
    except (ValueError, MemoryError) as error:
        return _opaque(masked, Problem(str(error) or "the text is too large or nested too deeply", 1), source)


def _opaque(masked: Masked, problem: Problem | None, text: str = "") -> Facts:
    """A piece that we cannot read: every word in it may be a name that it reads."""
    flow = Flow()
    for name in _NAME.findall(text[:LARGEST_CELL]):
        flow.in_strings.setdefault(name, 1)
    return Facts(masked, flow, problem=problem, import_signs=signs_of(masked, ast.Module([], [])))


def _python_facts(masked: Masked, tree: ast.Module) -> Facts:
    flow = analyse_statements(tree.body)
    if masked.cell_magic == "timeit":
        # It runs its body in a function of its own: nothing reaches the notebook.
        flow.bindings.clear()
        flow.final.clear()
    if masked.cell_magic == "capture":
        _bind_captured(masked, flow)
    # Names in a masked line may be read by the magic; their values come from anywhere.
    for magic in masked.magics:
        for name in _NAME.findall(magic.text):
            if flow.final.get(name) != BOUND:
                flow.in_strings.setdefault(name, magic.first)
    hazards = tuple(find_hazards(tree))
    everything = any(hazard.code == "dynamic_namespace" for hazard in hazards)
    everything = everything or any(magic.name in _READS_ALL_MAGICS for magic in masked.magics)
    return Facts(
        masked,
        flow,
        hazards,
        definitions=_definitions(masked, tree),
        scalars=_scalars(tree),
        containers=bound_to_containers(tree.body),
        changed=changed_directly(tree.body),
        texts=assigned_texts(tree.body),
        imports=tuple(_imports(tree)),
        autoreload=any(magic.name in ("autoreload", "aimport") for magic in masked.magics),
        import_signs=signs_of(masked, tree),
        only_setup=all(_is_setup(statement) for statement in tree.body),
        reads_everything=everything,
    )


def _bind_captured(masked: Masked, flow: Flow) -> None:
    """``%%capture out`` binds ``out``."""
    words = [word for word in masked.magics[0].text.split()[1:] if word.isidentifier()]
    for name in words[:1]:
        flow.bindings.setdefault(name, []).append(Binding(name, "assign", masked.cell_magic_line, True))
        flow.final[name] = BOUND


def _is_setup(statement: ast.stmt) -> bool:
    """Imports, definitions and bare strings: running them earlier or later shows nothing."""
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(
        statement,
        ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Pass,
    )


def _definitions(masked: Masked, tree: ast.Module) -> dict[str, Definition]:
    lines = masked.text.split("\n")
    return {
        name: _definition(name, node, lines, masked)
        for node in tree.body
        if (name := defined_name(node)) is not None and (made_name(node) is None or _is_alone(node, tree))
    }


def _is_alone(node: ast.stmt, tree: ast.Module) -> bool:
    """Does the statement share no line with another?"""
    last = node.end_lineno or node.lineno
    return sum(one.lineno <= last and (one.end_lineno or one.lineno) >= node.lineno for one in tree.body) == 1


def _definition(name: str, node: ast.stmt, lines: list[str], masked: Masked) -> Definition:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    last = node.end_lineno or node.lineno
    has_magic = any(first <= magic.first <= last for magic in masked.magics)
    while first > 1 and lines[first - 2].startswith("#"):
        first -= 1
    kind = "class" if isinstance(node, ast.ClassDef) else "made" if isinstance(node, ast.Assign) else "function"
    hazards = tuple(find_hazards(node))
    return Definition(name, kind, first, last, analyse_statements([node]), hazards, has_magic)


def _imports(tree: ast.Module) -> list[ImportLines]:
    spans = [(node.lineno, node.end_lineno or node.lineno) for node in tree.body]
    found: list[ImportLines] = []
    for node, (first, last) in zip(tree.body, spans, strict=True):
        if isinstance(node, ast.Import | ast.ImportFrom):
            alone = sum(low <= last and high >= first for low, high in spans) == 1
            module = "." * node.level + (node.module or "") if isinstance(node, ast.ImportFrom) else None
            found.append(ImportLines(first, last, module, alone, any(alias.name == "*" for alias in node.names)))
    return found


def _scalars(tree: ast.Module) -> frozenset[str]:
    """Names that the piece binds only to numbers, strings and the like."""
    scalar: set[str] = set()
    other: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    plain = isinstance(node.value, ast.Constant) and node.value.value is not None
                    (scalar if plain else other).add(target.id)
    return frozenset(scalar - other)


def bound_to_containers(statements: Iterable[ast.stmt]) -> frozenset[str]:
    """Names that statements bind only to lists, dicts and sets, so that ``append`` and the like give None."""
    displays = ast.List | ast.ListComp | ast.Dict | ast.DictComp | ast.Set | ast.SetComp
    container: set[str] = set()
    other: set[str] = set()
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        (container if isinstance(node.value, displays) else other).add(target.id)
    return frozenset(container - other)


def string_lines(text: str) -> frozenset[int]:
    """1-based lines that begin inside a string, which must not be re-indented.

    Raises:
        tokenize.TokenError: the text is not complete Python.
    """
    if '"""' not in text and "'''" not in text and "\\\n" not in text:
        return frozenset()
    found: set[int] = set()
    starts: list[int] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        name = tokenize.tok_name[token.type]
        if name in ("FSTRING_START", "TSTRING_START"):
            starts.append(token.start[0])
        elif name in ("FSTRING_END", "TSTRING_END"):
            found.update(range(starts.pop() + 1, token.end[0] + 1))
        elif name == "STRING":
            found.update(range(token.start[0] + 1, token.end[0] + 1))
    return frozenset(found)
