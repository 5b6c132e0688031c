"""Functions and classes of the exported code: to the top level of the module wherever they can stand there.

At the top level a class is found by ``pickle``, is one class however often the function is called, and shows itself by
its name. One that reads data of the notebook has to stay inside the new function; that is refused where the notebook
would show it, or needs its full name.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from functools import cached_property

from jupyterlab_prodify.notebook.bindings import BOUND, Flow
from jupyterlab_prodify.notebook.dataflow import Piece, definition_of
from jupyterlab_prodify.notebook.defining import defined_name
from jupyterlab_prodify.notebook.sightings import GENERATOR, LAMBDA, Sightings, look_at
from jupyterlab_prodify.refactor.moved_definitions import Along, all_sources, bring_along
from jupyterlab_prodify.refactor.places import Kind, Looks, kind_of, leaves, tells_home, tells_place
from jupyterlab_prodify.refactor.region import Region

#: Is a name of the target module taken by something other than this text?
Clashes = Callable[[str, str], bool]


def region_piece(region: Region) -> Piece:
    """The exported code as a piece of the notebook."""
    text = "\n".join("\n".join(cell.body_lines) for cell in region.cells)
    return Piece(region.cells[0].cell.id, text)


def region_sightings(region: Region, kept: ast.Expr | None) -> list[Sightings]:
    """What the exported code shows. ``kept`` is the shown expression that stays in the notebook."""
    found: list[Sightings] = []
    for cell in region.cells:
        last = cell.statements[-1] if cell.statements and cell.shows_last else None
        displayed = last if isinstance(last, ast.Expr) else None
        found += look_at(cell.statements, displayed)
        if displayed is not None and displayed is kept:
            found[-1].shown = [one for one in found[-1].shown if one.value not in (LAMBDA, GENERATOR)]
    return found


class Lifting:
    """Decides for each function and class of the code; ``along`` gathers what goes to the module with them."""

    def __init__(self, region: Region, body: Sequence[ast.stmt], flow: Flow, kept_display: ast.Expr | None) -> None:
        self.region = region
        self.flow = flow
        self.here = region_piece(region)
        self.pieces = [*region.before, self.here, *region.after]
        self.definitions = {name: node for node in body if (name := defined_name(node)) is not None}
        self.lifted: list[str] = []
        self.along = Along()
        self._kept_display = kept_display
        self._nameless = any(isinstance(node, ast.Lambda | ast.GeneratorExp) for s in body for node in ast.walk(s))

    @cached_property
    def looks(self) -> Looks:
        here = region_sightings(self.region, self._kept_display)
        return Looks(here, self.region.before, self.region.after)

    @cached_property
    def _kinds(self) -> dict[str, Kind]:
        kinds = kinds_of(self.pieces)
        for name, node in self.definitions.items():
            kinds[name] = kind_of(node, kinds)
        return kinds

    def lift(self, params: Sequence[str], clashes: Clashes, needed: Sequence[str]) -> None:
        """Lift what can be. ``needed`` names live on after the call."""
        for name in self.flow.text_order(self.definitions):
            if name in self.lifted or not self._may_stand_elsewhere(name, params):
                continue
            found = self._along(name)
            if found.possible and not self._is_better_inside(name, found, clashes, needed):
                self.lifted += [moved for moved in found.moved if moved in self.definitions]
                self.along.moved.update(found.moved)
                self.along.imports.update(found.imports)

    def _may_stand_elsewhere(self, name: str, params: Sequence[str]) -> bool:
        """Is this the only meaning that the code gives to the name, from its beginning to its end?"""
        return self.flow.final.get(name) == BOUND and name not in params and name not in self.flow.exposed

    def _along(self, name: str) -> Along:
        source = next(iter(all_sources(name, [self.here])), None)
        if source is None or definition_of(source) is None:
            return Along(obstacle=f"`{name}` is not defined at the top level of the cell")
        found = bring_along(source, self.pieces)
        found.obstacle = found.obstacle or self.shown_home(found)
        return found

    def _is_better_inside(self, name: str, found: Along, clashes: Clashes, needed: Sequence[str]) -> bool:
        """A function that nothing outside knows need not fight for its name in the module."""
        if not any(clashes(one.name, one.source) for one in found.moved.values()):
            return False
        is_class = any(self._kinds[moved].is_class for moved in found.moved if moved in self.definitions)
        return (
            name not in needed and not is_class and tells_place(self._kinds[name], self.looks, self.here.source) is None
        )

    def shown_home(self, along: Along) -> str | None:
        """Why a definition of another cell must stay there: the notebook shows in which module it is."""
        for moved in along.moved.values():
            if moved.name not in self.definitions:
                kind = self._kinds.get(moved.name) or kind_of(ast.parse(moved.source).body[-1], self._kinds)
                text = tells_home(kind, self.looks, is_here=False)
                if text is not None:
                    return f"`{text}` shows in which module `{moved.name}` is defined"
        return None

    # -- what cannot be kept as it is -----------------------------------------------------------------------------

    def check(self, kept: Sequence[str]) -> None:
        """``kept`` are the names that live on after the call: results, and what parameters hold.

        Raises:
            RefusalError: the notebook shows, or needs, the place where something is defined.
        """
        for name in self.flow.text_order(self.definitions):
            if name in self.lifted:
                self._check_lifted(self._kinds[name])
            else:
                self._check_local(self._kinds[name], kept)
        if self._nameless:
            for name, what in ((LAMBDA, "A lambda"), (GENERATOR, "A generator")):
                self._check_nameless(name, what)

    def _check_lifted(self, kind: Kind) -> None:
        text = tells_home(kind, self.looks, is_here=True)
        if text is not None:
            raise self.region.refuse(
                "module_shown",
                f"`{text}` shows in which module `{kind.name}` is defined; after the export that is another one.",
                _remedy(kind),
                self.flow.bindings[kind.name][0].line,
            )

    def _check_local(self, kind: Kind, kept: Sequence[str]) -> None:
        check = leaves(kind, self.looks, kept, self.here.source) if kind.is_class else None
        text = check or tells_place(kind, self.looks, self.here.source)
        if text is None:
            return
        raise self.region.refuse(
            "local_definition",
            f"`{kind.name}` cannot stand at the top level of the module ({self._why_not(kind.name)}), and inside the "
            f"function it would have another full name, which `{text}` shows or needs.",
            f"Put `{kind.name}` into a cell of its own, and let it read no data of the notebook.",
            self.flow.bindings[kind.name][0].line,
        )

    def _why_not(self, name: str) -> str:
        found = self._along(name)
        if found.data is not None:
            return f"it reads `{found.data.name}`, data of the notebook"
        return found.obstacle or f"`{name}` has another meaning in the code too"

    def _check_nameless(self, name: str, what: str) -> None:
        text = tells_place(Kind(name), self.looks, "") if self._makes(name) else None
        if text is not None:
            raise self.region.refuse(
                "local_definition",
                f"{what} made here would have another full name inside a function, which `{text}` shows or needs.",
                "Do not show it, or make it in the cell that shows it.",
                None,
            )

    def _makes(self, name: str) -> bool:
        return any(
            any(name in values for values in seen.held.values()) or any(one.value == name for one in seen.shown)
            for seen in self.looks.here
        )


def _remedy(kind: Kind) -> str:
    if kind.is_class and not kind.is_exception:
        return f"Give `{kind.name}` a `__repr__` if its objects are shown, or show `{kind.name}.__name__`."
    return f"Show `{kind.name}.__name__` instead."


def kinds_of(pieces: Sequence[Piece]) -> dict[str, Kind]:
    """The classes of the notebook."""
    kinds: dict[str, Kind] = {}
    for piece in pieces:
        if any(definition.kind == "class" for definition in piece.facts.definitions.values()):
            for node in piece.tree().body:
                if isinstance(node, ast.ClassDef):
                    kinds[node.name] = kind_of(node, kinds)
    return kinds
