"""What each name of the exported code becomes, as data: the rule table of the export while it is filled in.

Inputs are decided by the notebook, not by the code alone: a parameter is data that another cell binds.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from jupyterlab_prodify.api.export import PlanWarning
from jupyterlab_prodify.notebook.bindings import Flow, ImportTarget
from jupyterlab_prodify.notebook.dataflow import Source, readers_of, sources_of, surely_there
from jupyterlab_prodify.notebook.facts import bound_to_containers
from jupyterlab_prodify.notebook.flow import analyse_statements
from jupyterlab_prodify.notebook.import_signs import is_standard
from jupyterlab_prodify.refactor.display import Display, shown_expression
from jupyterlab_prodify.refactor.hoisting import hoistable
from jupyterlab_prodify.refactor.lifting import Lifting
from jupyterlab_prodify.refactor.moved_definitions import BUILTINS, Moved
from jupyterlab_prodify.refactor.region import Region


@dataclass
class Roles:
    """The decision for every name. ``set_to_none`` are returned names that may stay unbound inside; ``deleted`` are
    names that the notebook deletes after the call; ``lifted`` are definitions of the region that go to module level."""

    flow: Flow
    params: list[str] = field(default_factory=list)
    returns: list[str] = field(default_factory=list)
    imports: dict[ImportTarget, None] = field(default_factory=dict)
    hoisted: list[ast.Import | ast.ImportFrom] = field(default_factory=list)
    moved: dict[str, Moved] = field(default_factory=dict)
    lifted: list[str] = field(default_factory=list)
    set_to_none: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    only_definitions: bool = False
    display: Display | None = None
    warnings: list[PlanWarning] = field(default_factory=list)


class Draft:
    """The decision while it is made: the exported code, what is known of it, and the roles given so far.

    ``body`` are the statements that the function will hold, ``hoisted`` the imports that leave it, ``shown`` the
    expression whose value the cell shows.
    """

    def __init__(
        self,
        region: Region,
        target_import: str,
        target_names: frozenset[str],
        is_installed: Callable[[str], bool] = is_standard,
    ) -> None:
        self.region = region
        self.target_import = target_import
        self.target_names = target_names
        statements = region.statements
        self.hoisted = hoistable(statements, is_installed)
        hoisted_ids = {id(node) for node in self.hoisted}
        self.body = [statement for statement in statements if id(statement) not in hoisted_ids]
        self.shown = shown_expression(self.body, region.cells[-1].shows_last, self._is_container)
        self.roles = Roles(analyse_statements(self.body), hoisted=self.hoisted)

    def _is_container(self, name: str) -> bool:
        """Is the name surely a list, dict or set, directly or through ``b = a``?"""
        aliases = {
            target.id: node.value.id
            for node in self.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        if name in bound_to_containers(self.body):
            return True
        name = aliases.get(name, name)
        found = sources_of(name, self.region.before)
        return bool(found) and all(name in source.piece.facts.containers for source in found)

    @cached_property
    def lifting(self) -> Lifting:
        """To be asked once the shown expression has its place."""
        display = self.roles.display
        kept = display.statement if display is not None and display.place == "keep" else None
        return Lifting(self.region, self.body, self.roles.flow, kept)

    def sources(self, name: str) -> list[Source]:
        """The bindings that reach the exported code."""
        return sources_of(name, self.region.before)

    def binds(self, name: str) -> bool:
        """Does the code bind the name?"""
        return name in self.roles.flow.bindings

    def is_read_elsewhere(self, name: str) -> bool:
        """May another cell read the name?"""
        return any(True for _ in readers_of(name, self.region.others))

    def warn(self, code: str, message: str, line: int | None) -> None:
        """Add a warning at a line of the code."""
        cell_id, real_line = self.region.place(line) if line is not None else (self.region.cells[0].cell.id, None)
        self.roles.warnings.append(PlanWarning(code=code, message=message, cell_id=cell_id, line=real_line))

    def add_param(self, name: str) -> None:
        """The name becomes a parameter."""
        if name not in self.roles.params:
            self.roles.params.append(name)

    def add_import(self, targets: list[ImportTarget], line: int) -> bool:
        """Note imports for the module; False when the name must come in as a parameter instead."""
        for target in targets:
            own = self.target_import == target.module and target.attribute is not None and target.level == 0
            if not own:
                self.roles.imports.setdefault(target)
            elif target.renamed or target.attribute not in self.target_names:
                return False
        return True

    def is_there(self, name: str) -> bool:
        """Is the name bound when the call is made, if the notebook runs without an error?"""
        read = self.roles.flow.exposed.get(name)
        surely_read = read is not None and not read.conditional
        return surely_read or surely_there(name, self.region.before) or (name in BUILTINS and not self.sources(name))

    def decide_undefined(self, name: str, line: int, deferred: bool) -> None:
        """No cell binds the name: a warning where it is read later, else a refusal."""
        if any(magic.name == "pylab" for piece in self.region.before for magic in piece.facts.masked.magics):
            raise self.region.refuse(
                "star_import",
                f"`{name}` may come from `%pylab`.",
                "Put `%pylab` into a cell of its own, or import the name.",
                line,
            )
        if deferred:
            self.warn("undefined_name", f"`{name}` is bound nowhere in the notebook.", line)
            return
        raise self.region.refuse(
            "undefined_name",
            f"`{name}` is bound nowhere in the notebook.",
            f"Write a cell that binds `{name}` (it may have been in a cell that was deleted), or import it.",
            line,
        )
