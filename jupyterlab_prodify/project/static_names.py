"""The names that ``from module import *`` gives, read from the text of a module: nothing of it is run.

- ``Names`` are what a module gives: names that are sure, and names that it may bind.
- ``find_module`` finds the file of a module below some folders.
- ``_Reading`` reads one file; it is kept as long as the file stays as it is.
- ``StaticNames`` puts files together: a module may hand on what others give.

A module is not told of (None) where its text does not tell: no Python, names that are made by ``globals()`` or
``exec``, an ``__all__`` that is computed.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

_LARGEST = 2_000_000
_DYNAMIC = frozenset({"globals", "vars", "locals", "exec"})


@dataclass(frozen=True)
class Names:
    """``sure`` are always bound, ``maybe`` on some paths or by somebody else."""

    sure: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()


External = Callable[[str], "Sequence[str] | None"]
"""What a module outside of the folders gives; None where that is not known."""


class StaticNames:
    """Modules below ``folders``, the first of which comes first. ``external`` is asked for all others."""

    def __init__(self, folders: Sequence[Path], external: External) -> None:
        self._folders = folders
        self._external = external
        self._open: set[str] = set()

    def star(self, module: str) -> Names | None:
        """What ``from module import *`` binds."""
        file = find_module(module, self._folders)
        if file is None:
            given = self._external(module)
            return None if given is None else Names(frozenset(given))
        if module.split(".")[0] in sys.stdlib_module_names:
            return None  # which of the two a kernel gives depends on what it has loaded
        if module in self._open:
            return Names()  # in a circle: the other one adds what it has
        self._open.add(module)
        try:
            return self._of(module, file)
        finally:
            self._open.discard(module)

    def _of(self, module: str, file: Path) -> Names | None:
        reading = read(file)
        if reading is None:
            return None
        package = module if file.name == "__init__.py" else module.rpartition(".")[0]
        if reading.exported is not None:
            listed = self._listed(reading.exported, reading, package)
            return None if listed is None else Names(frozenset(listed))
        sure, maybe = set(reading.sure), set(reading.maybe)
        for star in reading.stars:
            given = self.star(_absolute(star, package))
            if given is None:
                return None
            sure |= given.sure
            maybe |= given.maybe
        if file.name == "__init__.py":
            maybe |= {path.stem for path in file.parent.glob("*.py")} | {
                p.parent.name for p in file.parent.glob("*/*.py")
            }
        public = frozenset(name for name in sure if not name.startswith("_"))
        return Names(public, frozenset(name for name in maybe - sure if not name.startswith("_")))

    def _listed(self, parts: Sequence[str | tuple[str]], reading: _Reading, package: str) -> set[str] | None:
        """The names of an ``__all__``; a part in a tuple stands for the ``__all__`` of a module."""
        found: set[str] = set()
        for part in parts:
            if isinstance(part, str):
                found.add(part)
                continue
            module = reading.modules.get(part[0], f".{part[0]}" if package else part[0])
            given = self.star(_absolute(module, package))
            if given is None:
                return None
            found |= given.sure
        return found


def _absolute(module: str, package: str) -> str:
    """A relative module of a package in full."""
    dots = len(module) - len(module.lstrip("."))
    if not dots:
        return module
    parts = package.split(".") if package else []
    kept = parts[: len(parts) - dots + 1]
    return ".".join([*kept, *filter(None, [module[dots:]])])


def find_module(module: str, folders: Iterable[Path]) -> Path | None:
    """The file of a module, or of the package of its name. What is there and cannot be read as text is given too."""
    parts = module.split(".")
    if not all(parts):
        return None
    for folder in folders:
        place = folder.joinpath(*parts)
        inner = place / "__init__.py"
        if inner.is_file():
            return inner
        if place.with_name(f"{place.name}.py").is_file():
            return place.with_name(f"{place.name}.py")
        built = next(
            (one for one in sorted(place.parent.glob(f"{place.name}.*")) if one.suffix in (".so", ".pyd")), None
        )
        if built is not None:
            return built
        if (folder / parts[0] / "__init__.py").is_file():
            return inner  # the package is ours, the module is not there
    return None


# -- one file -----------------------------------------------------------------------------------------------------


@dataclass
class _Reading:
    """What one file, or a part of it, binds and deletes (``gone``). ``exported`` is its ``__all__``; ``modules`` are
    those that it gives names to."""

    sure: set[str] = field(default_factory=set)
    maybe: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    stars: list[str] = field(default_factory=list)
    exported: list[str | tuple[str]] | None = None
    modules: dict[str, str] = field(default_factory=dict)
    ends: bool = False


class _Opaque(Exception):
    """The text does not tell."""


def read(file: Path) -> _Reading | None:
    """What the file binds, None where its text does not tell."""
    try:
        state = os.stat(file)
    except OSError:
        return None
    if file.suffix != ".py" or state.st_size > _LARGEST:
        return None
    return _read(file, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=500)
def _read(file: Path, _size: int, _modified: int) -> _Reading | None:
    try:
        tree = ast.parse(file.read_bytes())
        reader = _Reader()
        reading = reader.block(tree.body)
        reading.exported, reading.modules = reader.exported, reader.modules
        reading.maybe |= {name for node in ast.walk(tree) if isinstance(node, ast.Global) for name in node.names}
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError, _Opaque):
        return None
    return None if reading.ends else reading


class _Reader:
    """Follows the statements of a module."""

    def __init__(self) -> None:
        self.exported: list[str | tuple[str]] | None = None
        self.modules: dict[str, str] = {}
        self._depth = 0

    def block(self, body: Sequence[ast.stmt]) -> _Reading:
        """What these statements bind, when they run from the first one on."""
        found = _Reading()
        for node in body:
            if found.ends:
                break
            self._check_static(node)
            if not self._is_about_all(node):
                self._statement(node, found)
        return found

    def inner(self, body: Sequence[ast.stmt]) -> _Reading:
        """The same for statements that need not run."""
        self._depth += 1
        try:
            return self.block(body)
        finally:
            self._depth -= 1

    def _statement(self, node: ast.stmt, found: _Reading) -> None:
        if isinstance(node, ast.If):
            self._if(node, found)
        elif isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
            self._try(node, found)  # type: ignore[arg-type]
        elif isinstance(node, ast.With | ast.AsyncWith):
            self._with(node, found)
        elif isinstance(node, ast.Delete):
            names = {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
            found.sure -= names
            found.maybe -= names
            found.gone |= names
        elif isinstance(node, ast.For | ast.AsyncFor | ast.While | ast.Match):
            for part in _bodies(node):
                _add_maybe(found, self.inner(part))
            found.maybe |= set(_stored(node))
        elif isinstance(node, ast.Raise):
            found.ends = True
        elif isinstance(node, ast.Import | ast.ImportFrom):
            self._import(node, found)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.sure.add(node.name)
        elif not (isinstance(node, ast.AnnAssign) and node.value is None):
            walrus = {n.target.id for n in ast.walk(node) if isinstance(n, ast.NamedExpr)}
            found.sure |= set(_stored(node)) - walrus
            found.maybe |= walrus

    def _import(self, node: ast.Import | ast.ImportFrom, found: _Reading) -> None:
        source = "." * node.level + (node.module or "") if isinstance(node, ast.ImportFrom) else ""
        for alias in node.names:
            if alias.name == "*":
                if self._depth:
                    raise _Opaque
                found.stars.append(source)
                continue
            name = alias.asname or (alias.name if source else alias.name.split(".")[0])
            found.sure.add(name)
            joint = "" if not source or source.endswith(".") else "."
            self.modules[name] = f"{source}{joint}{alias.name}" if alias.asname or source else name

    def _if(self, node: ast.If, found: _Reading) -> None:
        if _is_never(node.test):
            _add(found, self.block(node.orelse))
            return
        one, two = self.inner(node.body), self.inner(node.orelse)
        _add_either(found, [one, two])

    def _try(self, node: ast.Try, found: _Reading) -> None:
        whole = self.inner([*node.body, *node.orelse])
        caught = [self.inner(handler.body) for handler in node.handlers]
        for handler, one in zip(node.handlers, caught, strict=True):
            one.sure -= {handler.name} if handler.name else set()
        _add_either(found, [whole, *caught])
        _add(found, self.block(node.finalbody))

    def _with(self, node: ast.With | ast.AsyncWith, found: _Reading) -> None:
        found.sure |= {name for item in node.items if item.optional_vars for name in _stored(item.optional_vars)}
        if any("suppress" in ast.unparse(item.context_expr) for item in node.items):
            _add_maybe(found, self.inner(node.body))
        else:
            _add(found, self.block(node.body))

    # -- what the text does not tell ------------------------------------------------------------------------------

    def _check_static(self, node: ast.stmt) -> None:
        """No names that are made at the module's own level by other means."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            # Whatever runs in a function: ``globals()`` there binds names of the module too.
            suspects = {"globals"}
        else:
            suspects = set(_DYNAMIC)
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and inner.id in suspects:
                raise _Opaque
            if isinstance(inner, ast.Attribute) and inner.attr == "modules" and ast.unparse(inner) == "sys.modules":
                raise _Opaque

    def _is_about_all(self, node: ast.stmt) -> bool:
        """``__all__`` is bound or changed here."""
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return False
        if not any(isinstance(n, ast.Name) and n.id == "__all__" for n in ast.walk(node)):
            return False
        change = _change_of_all(node)
        if change is None or self._depth:
            raise _Opaque
        kind, value = change
        if kind == "set":
            self.exported = _parts(value)
        elif self.exported is None:
            raise _Opaque
        elif kind == "remove":
            self.exported = [part for part in self.exported if part not in _parts(value)]
        else:
            self.exported += _parts(value)
        return True


def _change_of_all(node: ast.stmt) -> tuple[str, ast.expr] | None:
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if [ast.unparse(target) for target in targets] == ["__all__"] and node.value is not None:
            return "set", node.value
    elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add) and ast.unparse(node.target) == "__all__":
        return "add", node.value
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and len(node.value.args) == 1:
        call, argument = ast.unparse(node.value.func), node.value.args[0]
        if call == "__all__.extend":
            return "add", argument
        if call in ("__all__.append", "__all__.remove"):
            return call.rpartition(".")[2].replace("append", "add"), ast.List([argument], ast.Load())
    return None


def _parts(value: ast.expr) -> list[str | tuple[str]]:
    """The names in an expression of lists; a tuple holds the name of a module whose ``__all__`` is meant."""
    if isinstance(value, ast.List | ast.Tuple | ast.Set):
        found: list[str | tuple[str]] = []
        for element in value.elts:
            if isinstance(element, ast.Starred):
                found += _parts(element.value)
            elif isinstance(element, ast.Constant) and isinstance(element.value, str):
                found.append(element.value)
            else:
                raise _Opaque
        return found
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        return _parts(value.left) + _parts(value.right)
    if isinstance(value, ast.Attribute) and value.attr == "__all__" and isinstance(value.value, ast.Name):
        return [(value.value.id,)]
    if isinstance(value, ast.Call) and ast.unparse(value.func) in ("list", "tuple", "sorted") and len(value.args) == 1:
        return _parts(value.args[0])
    raise _Opaque


def _is_never(test: ast.expr) -> bool:
    """``TYPE_CHECKING``, ``False``, and ``__name__ == "__main__"`` in a module that is imported."""
    text = ast.unparse(test)
    return text in ("TYPE_CHECKING", "typing.TYPE_CHECKING", "t.TYPE_CHECKING", "False", "0") or text in (
        "__name__ == '__main__'",
        "'__main__' == __name__",
    )


def _bodies(node: ast.stmt) -> Iterator[Sequence[ast.stmt]]:
    if isinstance(node, ast.Match):
        yield from (case.body for case in node.cases)
        return
    yield getattr(node, "body", [])
    yield getattr(node, "orelse", [])


def _stored(node: ast.AST) -> Iterator[str]:
    """Names that are bound at the level of the statement: not inside functions, classes and comprehensions."""
    waiting: list[ast.AST] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
            yield one.id
        elif isinstance(one, ast.MatchAs | ast.MatchStar) and one.name:
            yield one.name
        elif isinstance(one, ast.MatchMapping) and one.rest:
            yield one.rest
        if type(one).__name__ == "TypeAlias":
            yield one.name.id  # type: ignore[attr-defined]
        if isinstance(one, ast.comprehension):
            waiting.append(one.iter)
        elif not isinstance(one, ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            waiting += ast.iter_child_nodes(one)


def _add(found: _Reading, more: _Reading) -> None:
    """What surely runs next."""
    found.sure = found.sure - more.gone | more.sure
    found.maybe = found.maybe - more.gone | more.maybe
    found.gone |= more.gone
    found.stars += more.stars
    found.ends |= more.ends


def _add_maybe(found: _Reading, more: _Reading) -> None:
    """What may run, or not, or stop somewhere inside."""
    found.maybe |= more.sure | more.maybe | more.gone & found.sure
    found.sure -= more.gone


def _add_either(found: _Reading, ways: Sequence[_Reading]) -> None:
    """One of the ways is gone; those that end in an error come to nothing."""
    open_ways = [way for way in ways if not way.ends]
    for way in ways:
        _add_maybe(found, way)
    found.sure |= frozenset.intersection(*(frozenset(way.sure) for way in open_ways)) if open_ways else frozenset()
    found.ends |= not open_ways
