"""Does the notebook show where a function or class is defined, or look it up there?

In the notebook a class is ``__main__.A``, at the top level of a module ``module.A``, inside the new function
``module.make.<locals>.A``. Its *home* (the module) is seen in ``print(A)`` and in objects without a text of their own,
its *place* (the full name) also in dataclasses and in functions that are printed; ``pickle`` finds a class or a
function by both.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from jupyterlab_prodify.notebook.dataflow import Piece
from jupyterlab_prodify.notebook.defining import defined_name
from jupyterlab_prodify.notebook.sightings import (
    GENERATOR,
    LAMBDA,
    Sighting,
    Sightings,
    returned_by,
    sightings_of,
    values_of,
)

#: Methods that give what is in the object, or the object itself.
_GIVES = frozenset({"pop", "get", "values", "items", "copy", "setdefault", "fit", "popitem", "popleft"})
_WORD = re.compile(r"\w+")
_OWN_TEXT = frozenset({"__repr__"})
_OWN_STR = frozenset({"__str__", "__format__"})
_OWN_DISPLAY = frozenset({"_ipython_display_", "_repr_pretty_", "_repr_mimebundle_", "_repr_html_"})
#: Bases that give their classes no text of their own; that of any other base is unknown and taken to be enough.
_PLAIN_BASES = frozenset({"object", "ABC", "Generic", "Protocol"})
_WITH_TEXT = frozenset({"dataclass", "define", "attrs", "frozen", "s", "attributes"})
_EXCEPTION = re.compile(r"(Error|Exception|Warning|Interrupt|Exit|Stop\w*)$")
_ENUM = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})
_PICKLERS = re.compile(r"\b(?:pickle|dill|joblib|shelve|to_pickle)\b")
_PROCESSES = re.compile(r"\b(?:multiprocessing|ProcessPoolExecutor|multiprocess|billiard)\b")


class Looks:
    """The exported code, and the notebook before and after it."""

    def __init__(self, here: Sequence[Sightings], before: Sequence[Piece], after: Sequence[Piece]) -> None:
        self.here = here
        self.before = before
        self.after = after

    def parts(self, is_here: bool, names: Callable[[], Iterable[str]]) -> Iterator[Sequence[Sightings]]:
        """Sightings of the exported code and of the pieces that mention one of the names, in order; those before it
        do not matter for a thing that ``is_here``."""
        yield from self._mentioning(() if is_here else self.before, names)
        yield self.here
        yield from self._mentioning(self.after, names)

    def _mentioning(self, pieces: Sequence[Piece], names: Callable[[], Iterable[str]]) -> Iterator[Sequence[Sightings]]:
        for piece in pieces:
            if any(name in piece.source for name in names()):
                yield sightings_of(piece.source)

    def mentions(self, pattern: re.Pattern[str], here: str) -> bool:
        return bool(pattern.search(here)) or any(pattern.search(piece.source) for piece in (*self.before, *self.after))


@dataclass(frozen=True)
class Kind:
    """What is known of a definition. ``plain``: its objects show themselves as ``<module.A object at ...>``;
    ``giving``: methods that give such objects; ``makes``: a call of the function gives a generator or a function."""

    name: str
    is_class: bool = False
    is_enum: bool = False
    is_exception: bool = False
    plain: bool = False
    own: frozenset[str] = frozenset()
    giving: frozenset[str] = frozenset()
    makes: frozenset[str] = frozenset()
    tells_itself: bool = False


def kind_of(node: ast.stmt, others: dict[str, Kind]) -> Kind:
    """The kind of a definition; ``others`` are those of the notebook that it may be based on."""
    name = defined_name(node) or ""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return Kind(name, makes=frozenset(_made_by(node)))
    if not isinstance(node, ast.ClassDef):
        maker = ast.unparse(node.value).split("(")[0].rpartition(".")[2] if isinstance(node, ast.Assign) else ""
        return Kind(name, is_class=True, is_enum=maker in _ENUM, plain=maker == "type")
    return _class_kind(node, others)


def _made_by(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    """``function`` or ``generator``, where a call gives one."""
    inner = {child.name for child in ast.walk(node) if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)}
    if isinstance(node, ast.AsyncFunctionDef):
        yield "generator"
    for value, yielded in returned_by(node):
        values = values_of(value)
        if yielded or GENERATOR in values:
            yield "generator"
        if not yielded and values & {LAMBDA, *(inner - {node.name})}:
            yield "function"


def _class_kind(node: ast.ClassDef, others: dict[str, Kind]) -> Kind:
    methods = [child for child in node.body if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)]
    own = {method.name for method in methods}
    bases = [_last_word(base) for base in node.bases]
    above = [others[base] for base in bases if base in others]
    own |= {method for kind in above for method in kind.own}
    decorators = {_last_word(decorator) for decorator in node.decorator_list}
    unknown = [base for base in bases if base not in others and base not in _PLAIN_BASES]
    exception = any(_EXCEPTION.search(base) for base in bases) or any(kind.is_exception for kind in above)
    return Kind(
        node.name,
        is_class=True,
        is_enum=bool(_ENUM & set(bases)) or any(kind.is_enum for kind in above),
        is_exception=exception,
        plain=not unknown and not decorators & _WITH_TEXT and all(kind.plain for kind in above),
        own=frozenset(own),
        giving=frozenset(m.name for m in methods if _gives_itself(m, node.name)).union(*(k.giving for k in above)),
        tells_itself=any(isinstance(n, ast.Attribute) and n.attr == "__module__" for n in ast.walk(node)),
    )


def _last_word(node: ast.expr) -> str:
    if isinstance(node, ast.Call | ast.Subscript):
        return _last_word(node.func if isinstance(node, ast.Call) else node.value)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _gives_itself(method: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> bool:
    """Does the method return its object, or a new one of its class?"""
    values = {value for returned, _ in returned_by(method) for value in values_of(returned)}
    return bool(values & {"self", "cls()", f"{name}()", "type:self()"})


# -- following values ---------------------------------------------------------------------------------------------

#: A method of an object shows the object, one of the class only its own full name.
_THING, _OBJECT, _METHOD = "thing", "object", "method"


class Followed:
    """Follows the function or class itself (a *thing*) and what a call of it gives (an *object*) through the notebook.

    ``shown`` are its sightings, ``kept`` the names that hold it at the end of the exported code.
    """

    def __init__(self, kind: Kind, looks: Looks, is_here: bool) -> None:
        self.kind = kind
        self.nameless = kind.name in (LAMBDA, GENERATOR)
        self.known: dict[str, set[str]] = {} if self.nameless else {kind.name: {_THING}}
        self.shown: list[tuple[Sighting, str]] = []
        self.kept: set[str] = set()
        self.tracebacks = False
        self._later: list[Sighting] = []
        for part in looks.parts(is_here, self._words):
            self._here = part is looks.here
            for seen in part:
                self._take(seen)
            self._show(self._later)
            if self._here:
                self.kept = set(self.known)

    def _words(self) -> set[str]:
        tracebacks = {"traceback", "exc", "exception"} if self.kind.is_exception else set()
        return {word for name in self.known for word in _WORD.findall(name)[:1]} | tracebacks

    def _take(self, seen: Sightings) -> None:
        """One statement: what it shows still has the old values, or those that it gives itself."""
        before = {name: what for name, what in self.known.items() if name in seen.bound}
        self._spread(seen)
        self._show(seen.shown)
        self.tracebacks = self.tracebacks or seen.tracebacks
        if seen.defines is not None:
            # The body of a function runs later.
            self._later += seen.shown
        given = {name for name in seen.bound if any(map(self.what, seen.held.get(name, ())))}
        for name in before.keys() - given:
            del self.known[name]
        if seen.defines == self.kind.name:
            self.known[self.kind.name] = {_THING}

    def _show(self, sightings: Iterable[Sighting]) -> None:
        self.shown += [(one, what) for one in sightings for what in sorted(self.what(one.value))]

    def _spread(self, seen: Sightings) -> None:
        grown = True
        while grown:
            grown = False
            for target, values in seen.held.items():
                found = set().union(*(self.what(value) for value in values))
                if found - self.known.get(target, set()):
                    self.known[target] = self.known.get(target, set()) | found
                    grown = True

    def what(self, value: str) -> set[str]:
        """What a value (see ``sightings``) may be."""
        if self.nameless and value == self.kind.name:
            # Every cell may have others of these.
            return {_THING} if self._here else set()
        if value in self.known:
            return self.known[value]
        if value.startswith("type:"):
            return {_THING} if self.kind.is_class and _OBJECT in self.what(value[5:]) else set()
        if value.startswith("each:"):
            only_generators = self.kind.name == GENERATOR or self.kind.makes == {"generator"}
            return set() if only_generators else self.what(value[5:])
        if not value.endswith("()"):
            owner, _, method = value.rpartition(".")
            of = self.what(owner) if method in self.kind.own else set()
            return {_METHOD if one == _THING else one for one in of}
        called, dot, method = value[:-2].rpartition(".")
        if dot:
            gives = method in self.kind.giving or (method in _GIVES and method not in self.kind.own)
            return self.what(called) if gives else set()
        makes = self.kind.is_class or self.kind.makes
        return {_OBJECT} if makes and _THING in self.what(value[:-2]) else set()


# -- what is told -------------------------------------------------------------------------------------------------


def tells_home(kind: Kind, looks: Looks, is_here: bool) -> str | None:
    """The text that shows in which module the function or class is defined."""
    if kind.tells_itself:
        return f"{kind.name}.__module__"
    followed = Followed(kind, looks, is_here)
    if kind.is_exception and followed.tracebacks:
        return "a traceback"
    return next((sighting.text for sighting, what in followed.shown if _home_is_in(kind, sighting, what)), None)


def _home_is_in(kind: Kind, sighting: Sighting, what: str) -> bool:
    if sighting.how in ("pickle", "process"):
        return False
    if sighting.how in ("home", "help", "inspect"):
        return getattr(sighting.node, "attr", "") != "__qualname__"
    if what == _METHOD:
        return sighting.how == "display"
    if what == _THING:
        return not kind.is_enum if kind.is_class else sighting.how == "display"
    if not kind.is_class:
        return sighting.how == "display" and "function" in kind.makes
    return _object_tells(kind, sighting)


def _object_tells(kind: Kind, sighting: Sighting) -> bool:
    """Does an object show its class's module?"""
    if kind.own & _OWN_TEXT:
        return False
    if kind.is_exception:
        return sighting.how == "display" and not kind.own & _OWN_DISPLAY
    if (sighting.how == "str" and kind.own & _OWN_STR) or (sighting.how == "display" and kind.own & _OWN_DISPLAY):
        return False
    return kind.plain


def tells_place(kind: Kind, looks: Looks, here: str) -> str | None:
    """The text that shows, or needs, the full name of a function that stays inside the new function."""
    return _place_in(Followed(kind, looks, True), looks, here)


def _place_in(followed: Followed, looks: Looks, here: str) -> str | None:
    for sighting, _ in followed.shown:
        if sighting.how == "pickle" and not looks.mentions(_PICKLERS, here):
            continue
        if sighting.how == "process" and not looks.mentions(_PROCESSES, here):
            continue
        return sighting.text
    return None


def leaves(kind: Kind, looks: Looks, outer: Iterable[str], here: str) -> str | None:
    """Where a class that stays inside the new function, or an object of it, gets out: a name that holds it, or the
    text that shows it. ``outer`` are names that live on after the call."""
    followed = Followed(kind, looks, True)
    return next((name for name in outer if name in followed.kept), None) or _place_in(followed, looks, here)
