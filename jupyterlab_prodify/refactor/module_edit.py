"""Write into a module: merge imports, put definitions at the end, leave everything else as it is."""

from __future__ import annotations

import ast
import builtins
import copy
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from jupyterlab_prodify.notebook.bindings import Flow, ImportTarget, import_target
from jupyterlab_prodify.notebook.defining import defined_name
from jupyterlab_prodify.notebook.flow import analyse_statements
from jupyterlab_prodify.refactor.import_order import name_key, section, statement_key
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.type_blocks import type_imports

LINE_LENGTH = 88
_NEWLINE = re.compile(r"\r\n|\r|\n")
_BUILTINS = frozenset(dir(builtins))


@dataclass
class Module:
    """An existing module, or an empty one. ``lines`` are joined by ``separator``; where the file has several kinds of
    line ends, they keep their own ``\\r``. ``ending`` is what a new line needs at its end to look like the others."""

    lines: list[str]
    separator: str
    ending: str
    tree: ast.Module
    flow: Flow
    definitions: dict[str, ast.stmt] = field(default_factory=dict)
    imports: dict[str, list[ImportTarget]] = field(default_factory=dict)
    type_imports: dict[str, list[ImportTarget]] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Everything that the module binds at its top level."""
        return frozenset(self.flow.bindings)

    def hides(self, name: str, source: str) -> bool:
        """Does the name stand for something other than this definition?"""
        return name in self.names and not is_same(self, name, source)

    def only_imports(self, name: str) -> bool:
        """Is the name bound at the top by plain imports alone, and by nothing that could come after them?"""
        bound = len(self.flow.bindings.get(name, ())) == len(self.imports.get(name, ()))
        return bound and not self.flow.star_imports and all(name != one for one, _ in self.flow.global_statements)

    def only_for_types(self, target: ImportTarget) -> bool:
        """Is this import, and nothing else of its name, under ``if TYPE_CHECKING:``?"""
        found = self.type_imports.get(target.name, [])
        return target in found and len(self.flow.bindings[target.name]) == len(found)


def read_module(source: str | None, path: str) -> Module:
    """Parse a module's text.

    Raises:
        RefusalError: the text is not valid Python.
    """
    lines, separator, ending = _split(source or "")
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        where = f", line {line}" if line else ""
        raise RefusalError(
            "module_syntax_error",
            f"{path}{where}: {getattr(error, 'msg', None) or error}.",
            "Correct the module, or choose another one.",
            line=line,
            field="module",
        ) from error
    module = Module(lines, separator, ending, tree, analyse_statements(tree.body))
    _index(module)
    return module


def _split(text: str) -> tuple[list[str], str, str]:
    """Lines, what joins them, and the end of a new line."""
    ends = _NEWLINE.findall(text)
    commonest = max(("\n", "\r\n", "\r"), key=ends.count) if ends else "\n"
    if commonest == "\r" or "\r" in ends:
        return _NEWLINE.split(text), commonest, ""
    return text.split("\n"), "\n", commonest[:-1]


def _index(module: Module) -> None:
    for node in module.tree.body:
        name = defined_name(node)
        if name is not None:
            module.definitions[name] = node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                if alias.name != "*":
                    target = import_target(node, alias)
                    module.imports.setdefault(target.name, []).append(target)
    for target in type_imports(module.tree.body):
        module.type_imports.setdefault(target.name, []).append(target)


# -- what fits ----------------------------------------------------------------------------------------------------


def split_imports(
    module: Module, imports: Iterable[ImportTarget], other_names: Iterable[str]
) -> tuple[list[ImportTarget], list[ImportTarget]]:
    """Imports for the top of the module, and those that must stand inside the function because the module already
    means something else by the name."""
    top: list[ImportTarget] = []
    inside: list[ImportTarget] = []
    others = set(other_names)
    for target in imports:
        known = module.imports.get(target.name, [])
        alone = module.only_imports(target.name)
        if target in known and alone:
            continue
        dotted = target.attribute is None and not target.renamed
        same_root = bool(known) and alone and dotted and all(k.attribute is None and not k.renamed for k in known)
        clash = (
            (target.name in module.names and not same_root and not module.only_for_types(target))
            or _hides_builtin(module, target.name)
            or target.name in others
            or bool(module.flow.star_imports)
        )
        (inside if clash and target.module != "__future__" else top).append(target)
    return top, inside


def _hides_builtin(module: Module, name: str) -> bool:
    """Would binding ``name`` change what the module's own functions mean by it?"""
    return name in _BUILTINS and name in module.flow.reads and name not in module.names


def check_builtins(module: Module, names: Iterable[str], path: str) -> None:
    """Refuse a module that gives builtins of the exported code another meaning, or may do so."""
    star = next(iter(module.flow.star_imports), None)
    for name in names:
        if star is not None and name in _BUILTINS:
            raise RefusalError(
                "module_hides_builtin",
                f"The code uses the builtin `{name}`, and {path} imports `*` from `{star[0]}`, which may give it "
                "another meaning.",
                "Choose another module, or import by name there.",
                line=star[1],
                field="module",
            )
        if name in _BUILTINS and name in module.names:
            raise RefusalError(
                "module_hides_builtin",
                f"The code uses the builtin `{name}`, and {path} gives `{name}` another meaning.",
                "Choose another module.",
                field="module",
            )


def has_same(module: Module, name: str, source: str, path: str, any_annotation: Collection[str] = frozenset()) -> bool:
    """True when the module already holds this very definition. The parameters in ``any_annotation`` may have other
    annotations there.

    Raises:
        RefusalError: the name is taken by something else.
    """
    if name not in module.names:
        return False
    if is_same(module, name, source, any_annotation):
        return True
    raise RefusalError(
        "name_taken",
        f"{path} already has a `{name}` with another body.",
        f"Choose another name, such as `{name}_2`, or another module.",
        field="name",
    )


def is_same(module: Module, name: str, source: str, any_annotation: Collection[str] = frozenset()) -> bool:
    """Is what the module means by ``name`` this very definition? For ``any_annotation`` see ``has_same``."""
    existing = module.definitions.get(name)
    if existing is None or len(module.flow.bindings.get(name, ())) != 1:
        return False
    new = ast.parse(source).body[-1]
    return _dump(existing, any_annotation) == _dump(new, any_annotation)


def _dump(definition: ast.stmt, without_annotation: Collection[str]) -> str:
    """A definition for comparison."""
    if without_annotation and isinstance(definition, ast.FunctionDef | ast.AsyncFunctionDef):
        definition = copy.deepcopy(definition)
        for arg in definition.args.args:
            arg.annotation = None if arg.arg in without_annotation else arg.annotation
    return ast.dump(definition)


# -- writing ------------------------------------------------------------------------------------------------------


def edit_module(
    module: Module,
    imports: Sequence[ImportTarget],
    definitions: Sequence[str],
    first_party: frozenset[str],
    header: str,
) -> str:
    """The module's text with these imports and, at the end, these definitions."""
    if not "".join(module.lines).strip():
        module = read_module(f"{header}\n", "")
    lines = add_imports(module, imports, first_party)
    lines = _append(lines, definitions, module.ending)
    return module.separator.join(lines)


def add_imports(module: Module, imports: Sequence[ImportTarget], first_party: frozenset[str]) -> list[str]:
    """The module's lines with these imports."""
    return _Imports(module, list(module.lines), first_party).add(imports)


def _append(lines: list[str], definitions: Sequence[str], ending: str) -> list[str]:
    for definition in definitions:
        while lines and not lines[-1].strip():
            lines.pop()
        if lines and not lines[-1].endswith(ending):
            lines[-1] += ending
        new = ["", "", *definition.split("\n")]
        lines += [*(line + ending for line in new), ""]
    return lines


class _Imports:
    """Adds import statements to the header of a module."""

    def __init__(self, module: Module, lines: list[str], first_party: frozenset[str]) -> None:
        self._module = module
        self._lines = lines
        self._first_party = first_party
        self._header = _header_imports(module.tree)
        self._merged: dict[int, list[ImportTarget]] = {}
        self._ending = module.ending

    def add(self, imports: Sequence[ImportTarget]) -> list[str]:
        fresh = [target for target in imports if not self._merge(target)]
        groups: dict[str, list[ImportTarget]] = {}
        for target in sorted(fresh, key=lambda t: (statement_key(t, self._first_party), t.name)):
            groups.setdefault(self._group(target), []).append(target)
        self._apply_merges()
        for group in groups.values():
            self._insert(group)
        return self._lines

    def _group(self, target: ImportTarget) -> str:
        return target.statement() if target.attribute is None else f"from {'.' * target.level}{target.module}"

    def _merge(self, target: ImportTarget) -> bool:
        """Add the name to a ``from`` import that stands there already."""
        if target.attribute is None:
            return False
        for index, node in enumerate(self._header):
            if isinstance(node, ast.ImportFrom) and (node.module or "", node.level) == (
                target.module,
                target.level,
            ):
                if any(alias.name == "*" for alias in node.names) or self._shares_line(node):
                    continue
                self._merged.setdefault(index, []).append(target)
                return True
        return False

    def _shares_line(self, node: ast.stmt) -> bool:
        return any(
            other is not node and (other.lineno == node.end_lineno or other.end_lineno == node.lineno)
            for other in self._module.tree.body
        )

    def _apply_merges(self) -> None:
        for index in sorted(self._merged, reverse=True):
            node = self._header[index]
            first, last = node.lineno - 1, self._end_row(node)
            text = "\n".join(line.rstrip("\r") for line in self._lines[first:last])
            merged = merge_from_import(text, [_alias_text(target) for target in self._merged[index]]).split("\n")
            self._lines[first:last] = [line + self._ending for line in merged]
        if self._merged:
            self._reparse()

    def _reparse(self) -> None:
        self._module = read_module("\n".join(self._lines), "")
        self._header = _header_imports(self._module.tree)

    def _insert(self, group: list[ImportTarget]) -> None:
        statement = from_statement(group) if group[0].attribute is not None else group[0].statement()
        row, above, below = self._place(group[0])
        lines = statement.split("\n")
        own = section(group[0], self._first_party)
        blank_before = row > 0 and self._lines[row - 1].strip() and (above is None or above != own)
        next_blank = row < len(self._lines) and self._lines[row].strip()
        blank_after = bool(next_blank) and (below is None or below != own)
        new = [*([""] if blank_before else []), *lines, *([""] if blank_after else [])]
        if row > 0 and not self._lines[row - 1].endswith(self._ending):
            self._lines[row - 1] += self._ending
        self._lines[row:row] = [line + self._ending for line in new]
        self._reparse()

    def _place(self, target: ImportTarget) -> tuple[int, int | None, int | None]:
        """Row to insert at (0-based), and the sections of the imports above and below."""
        key = statement_key(target, self._first_party)
        previous: ast.stmt | None = None
        for node in self._header:
            node_key = statement_key(_first_target(node), self._first_party)
            if node_key > key:
                return self._row_before(node, previous, key, node_key)
            previous = node
        if previous is None:
            return self._row_without_imports(), None, None
        above = section(_first_target(previous), self._first_party)
        return self._end_row(previous), above, None

    def _row_before(
        self,
        node: ast.stmt,
        previous: ast.stmt | None,
        key: tuple[int, int, int, str],
        node_key: tuple[int, int, int, str],
    ) -> tuple[int, int | None, int | None]:
        above = section(_first_target(previous), self._first_party) if previous is not None else None
        if previous is not None and node_key[0] != key[0]:
            return self._end_row(previous), above, None
        row = node.lineno - 1
        while row > 0 and self._lines[row - 1].startswith("#") and not self._is_file_comment(row - 1):
            row -= 1
        return row, above, node_key[0]

    def _is_file_comment(self, row: int) -> bool:
        """Comments at the very top (licence, encoding, interpreter) belong to the file."""
        return all(line.startswith("#") or not line.strip() for line in self._lines[: row + 1])

    def _end_row(self, node: ast.stmt) -> int:
        return node.end_lineno or node.lineno

    def _row_without_imports(self) -> int:
        body = self._module.tree.body
        if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            return self._end_row(body[0])
        row = 0
        while row < len(self._lines) and self._lines[row].startswith("#"):
            row += 1
        return row


def _header_imports(tree: ast.Module) -> list[ast.Import | ast.ImportFrom]:
    """Imports before any other code."""
    found: list[ast.Import | ast.ImportFrom] = []
    for index, node in enumerate(tree.body):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.append(node)
        elif not (index == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            break
    return found


def _first_target(node: ast.stmt) -> ImportTarget:
    assert isinstance(node, ast.Import | ast.ImportFrom)
    return import_target(node, node.names[0])


def _alias_text(target: ImportTarget) -> str:
    return f"{target.attribute} as {target.name}" if target.renamed else str(target.attribute)


def from_statement(group: Sequence[ImportTarget]) -> str:
    """One ``from`` import of several names, wrapped when it is too long."""
    head = f"from {'.' * group[0].level}{group[0].module} import"
    return wrap_from_import(head, [_alias_text(target) for target in group])


def wrap_from_import(head: str, names: Iterable[str]) -> str:
    """``head`` is ``from x import``; names are sorted as isort does."""
    ordered = sorted(dict.fromkeys(names), key=name_key)
    line = f"{head} {', '.join(ordered)}"
    if len(line) <= LINE_LENGTH:
        return line
    return "\n".join([f"{head} (", *(f"    {name}," for name in ordered), ")"])


def merge_from_import(text: str, names: Sequence[str]) -> str:
    """The statement with more names; comments in it are kept."""
    node = ast.parse(text).body[0]
    assert isinstance(node, ast.ImportFrom)
    old = [alias.name + (f" as {alias.asname}" if alias.asname else "") for alias in node.names]
    if "#" not in text and "\n" not in text:
        return wrap_from_import(text.split(" import ")[0] + " import", [*old, *names])
    return _append_names(text, node, [name for name in names if name not in old])


def _append_names(text: str, node: ast.ImportFrom, names: Sequence[str]) -> str:
    """Put names after the last one, on lines of their own where the last one has one; comments keep their names."""
    last = node.names[-1]
    lines = text.split("\n")
    row = (last.end_lineno or 1) - 1
    column = len(lines[row].encode()[: last.end_col_offset].decode())
    rest = lines[row][column:].lstrip()
    own_line = row + 1 < len(lines) and not rest.lstrip(",").lstrip().startswith(")")
    if not names:
        return text
    if not own_line:
        lines[row] = lines[row][:column] + "".join(f", {name}" for name in names) + lines[row][column:]
        return "\n".join(lines)
    comma = rest.startswith(",")
    if not comma:
        lines[row] = lines[row][:column] + "," + lines[row][column:]
    indent = lines[row][: len(lines[row]) - len(lines[row].lstrip())] if row else "    "
    new = [f"{indent}{name}," for name in names]
    if not comma:
        new[-1] = new[-1][:-1]
    lines[row + 1 : row + 1] = new
    return "\n".join(lines)
