"""What each name of the exported code becomes: the rule table of the export.

Inputs are decided by the notebook, not by the code alone: a parameter is data that another cell binds.
"""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, field

from jupyterlab_prodify.api.export import PassGlobal, PlanWarning
from jupyterlab_prodify.notebook.bindings import BOUND, DELETED, UNTOUCHED, Flow, ImportTarget, import_target
from jupyterlab_prodify.notebook.dataflow import (
    Piece,
    Source,
    imports_of,
    readers_of,
    rebinders_of,
    sources_of,
    surely_there,
)
from jupyterlab_prodify.notebook.evaluation import tried_names
from jupyterlab_prodify.notebook.facts import bound_to_containers
from jupyterlab_prodify.notebook.flow import analyse_statements
from jupyterlab_prodify.notebook.hazards import HazardCode, find_hazards
from jupyterlab_prodify.notebook.mutation import changed_directly
from jupyterlab_prodify.notebook.string_names import assigned_texts, names_in_text
from jupyterlab_prodify.refactor.closures import escaping_owners
from jupyterlab_prodify.refactor.display import Display, place_display, shown_expression
from jupyterlab_prodify.refactor.held_code import holders_of
from jupyterlab_prodify.refactor.lifting import Clashes, Lifting
from jupyterlab_prodify.refactor.moved_definitions import (
    BUILTINS,
    INJECTED,
    Moved,
    bring_along,
    compatible,
)
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.region import Region
from jupyterlab_prodify.refactor.statements import only_definitions

_DATA_MODULES = frozenset({"data", "datasets", "sample_data"})
_SIMPLE_KINDS = frozenset({"assign", "augmented", "annotated"})


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


def decide_roles(
    region: Region, target_import: str, target_names: frozenset[str], clashes: Clashes = lambda name, source: False
) -> Roles:
    """Decide what every name of the region becomes.

    ``target_import`` is the dotted name of the module that the code goes to and ``target_names`` what it binds already;
    ``clashes`` knows whether a name stands for something other than a given definition there.

    Raises:
        RefusalError: a name cannot be given a role that keeps the notebook's meaning.
    """
    decision = _Decision(region, target_import, target_names, clashes)
    decision.run()
    return decision.roles


class _Decision:
    def __init__(self, region: Region, target_import: str, target_names: frozenset[str], clashes: Clashes) -> None:
        self.region = region
        self.clashes = clashes
        self.target_import = target_import
        self.target_names = target_names
        statements = region.statements
        self.hoisted = _hoistable(statements)
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

    # -- the order of decisions -----------------------------------------------------------------------------------

    def run(self) -> None:
        self._check_statements()
        self._check_hazards()
        self._place_display()
        display = self.roles.display
        kept = display.statement if display is not None and display.place == "keep" else None
        self.lifting = Lifting(self.region, self.body, self.roles.flow, kept)
        self._add_hoisted_imports()
        self._decide_reads()
        self._decide_results()
        self._check_inputs()
        self._lift_definitions()
        self._check_closures()
        self._check_held_code()
        self._check_class_bodies()
        self.lifting.check([*self.roles.returns, *self.roles.params])
        self._order_moved()
        order = self.roles.flow.text_order
        self.roles.params = order(self.roles.params)
        self.roles.returns = order(self.roles.returns)

    def _order_moved(self) -> None:
        """In the module as in the notebook: a base class stands before the class that needs it."""
        order = {piece: index for index, piece in enumerate(self.lifting.pieces)}
        moved = sorted(self.roles.moved.values(), key=lambda one: (order[one.piece], one.definition.first))
        self.roles.moved = {one.name: one for one in moved}

    def _check_statements(self) -> None:
        flow = self.roles.flow
        stars = flow.star_imports or _stars(self.region.statements)
        lead_stars = [piece for piece in self._lead_pieces() if piece.facts.flow.star_imports]
        if stars or lead_stars:
            module, line = stars[0] if stars else lead_stars[0].facts.flow.star_imports[0]
            refusal = self.region.refuse(
                "star_import",
                f"`from {module} import *` hides which names the code uses; a function cannot hold it.",
                f"Import the names that you use: `from {module} import ...`.",
                line if stars else None,
            )
            raise refusal if stars else _at(refusal, lead_stars[0].cell_id, line)
        for name, line in flow.global_statements:
            raise self.region.refuse(
                "global_statement",
                f"`global {name}` changes a name of the notebook from inside a function; a module has other globals.",
                f"Return the new value of `{name}` and assign it in the notebook.",
                line,
            )

    def _lead_pieces(self) -> list[Piece]:
        chosen = {cell.cell.id for cell in self.region.cells}
        return [piece for piece in self.region.before if piece.cell_id in chosen]

    def _check_hazards(self) -> None:
        for hazard in find_hazards(ast.Module(self.body, [])):
            exposed = hazard.name in self.roles.flow.reads or hazard.code == "frame_access"
            bound = bool(self.roles.flow.bindings.get(hazard.name)) or bool(self._sources(hazard.name))
            if exposed and not bound:
                raise self.region.refuse(hazard.code, *_hazard_text(hazard.code, hazard.name), hazard.line)

    def _sources(self, name: str) -> list[Source]:
        return sources_of(name, self.region.before)

    def _place_display(self) -> None:
        if self.shown is None:
            return
        rest = self.body[:-1]
        rest_flow = analyse_statements(rest)
        inside = {name for name in rest_flow.bindings if rest_flow.final.get(name, 0) & BOUND}
        available = {name for name in inside if self._is_read_elsewhere(name)}
        display = place_display(self.shown, rest, inside, available)
        unsure = [name for name in display.flow.reads & inside if not rest_flow.surely_bound(name)]
        gone = [name for name in display.flow.reads if rest_flow.final.get(name, UNTOUCHED) & DELETED]
        if display.place == "keep" and (unsure or gone):
            display = Display(display.statement, "return", display.flow)
        self.roles.display = display
        if display.place == "keep":
            self.body = rest
            self.roles.flow = rest_flow
            for name, place in display.flow.first_seen.items():
                rest_flow.first_seen.setdefault(name, place)

    def _is_read_elsewhere(self, name: str) -> bool:
        return any(True for _ in readers_of(name, self.region.others))

    # -- reads ----------------------------------------------------------------------------------------------------

    def _add_hoisted_imports(self) -> None:
        for node in self.hoisted:
            for alias in node.names:
                self._add_import([import_target(node, alias)], node.lineno)

    def _add_import(self, targets: list[ImportTarget], line: int) -> bool:
        """Note imports for the module; False when the name must come in as a parameter instead."""
        for target in targets:
            own = self.target_import == target.module and target.attribute is not None and target.level == 0
            if not own:
                self.roles.imports.setdefault(target)
            elif target.renamed or target.attribute not in self.target_names:
                return False
        return True

    def _read_named_texts(self) -> None:
        """``df.query(text)``: the string that ``text`` stands for may name more."""
        flow = self.roles.flow
        own = assigned_texts(self.body)
        for name, method, is_pandas, line in flow.named_texts:
            texts = own.get(name) or [t for s in self._sources(name) for t in s.piece.facts.texts.get(name, ())]
            for text in texts:
                for found in names_in_text(text, method, is_pandas):
                    if found not in flow.bindings:
                        flow.in_strings.setdefault(found, line)
                        flow.first_seen.setdefault(found, (line, 1 << 20))

    def _decide_reads(self) -> None:
        self._read_named_texts()
        flow = self.roles.flow
        lines = {
            **flow.in_strings,
            **{name: read.line for name, read in flow.exposed.items()},
        }
        for name in flow.text_order(lines):
            if name in flow.exposed:
                self._decide_read(name, lines[name])
            elif self._sources(name) and not _hoists(self.hoisted, name):
                self._decide_read(name, lines[name])
                self._warn(
                    "name_in_string",
                    f"`{name}` stands in a string that is evaluated in the caller's frame.",
                    lines[name],
                )

    def _decide_read(self, name: str, line: int) -> None:
        if _hoists(self.hoisted, name):
            return
        found = self._sources(name)
        self._check_stars(name, line)
        if not found:
            self._decide_unbound_before(name, line)
        elif self._binds(name):
            self._add_param(name)
        else:
            self._decide_from_sources(name, line, found)

    def _binds(self, name: str) -> bool:
        return name in self.roles.flow.bindings

    def _decide_from_sources(self, name: str, line: int, found: list[Source]) -> None:
        kinds = {source.binding.kind for source in found}
        if kinds == {"import"}:
            targets = self._import_targets(name, found)
            if not self._is_data_set(name, targets) and compatible(targets) and self._add_import(targets, line):
                return
            self._add_param(name)
            self._warn(
                "module_passed",
                f"`{name}` is imported in more than one way; it is passed as a parameter.",
                line,
            )
        elif kinds <= {"def", "class"}:
            self._decide_definition(name, line, found)
        else:
            self._add_param(name)

    def _is_data_set(self, name: str, targets: list[ImportTarget]) -> bool:
        """``from package.data import flights``: an object that cells may have changed, not code."""
        if not targets or not all(target.attribute for target in targets):
            return False
        changed = changed_directly(self.body) | {n for p in self.region.others for n in p.facts.changed}
        from_data = all(target.module.split(".")[-1] in _DATA_MODULES for target in targets)
        called = {_called_name(node) for statement in self.body for node in ast.walk(statement)}
        return name in changed or (from_data and name not in called)

    def _import_targets(self, name: str, found: list[Source]) -> list[ImportTarget]:
        """The import that reaches here; for ``import a.b`` also the submodules of ``a`` loaded before."""
        targets = imports_of(name, [source.piece for source in found])
        every = imports_of(name, self.region.before)
        dotted = [target for target in every if target.attribute is None and not target.renamed]
        return dotted if dotted and all(target in dotted for target in targets) else targets

    def _decide_definition(self, name: str, line: int, found: list[Source]) -> None:
        along = bring_along(found[0], self.lifting.pieces)
        if along.data is not None:
            data = along.data
            raise RefusalError(
                "helper_reads_data",
                f"`{name}` is used here, and `{data.reader}` reads `{data.name}`, data of the notebook; "
                "it cannot move to the module unchanged.",
                f"Make `{data.name}` a parameter of `{data.reader}` first.",
                cell_id=data.cell_id,
                line=data.line,
                reads=PassGlobal(helper=data.reader, name=data.name),
            )
        conflict = [moved for moved in along.moved if self._binds(moved)]
        along.obstacle = along.obstacle or self.lifting.shown_home(along)
        if along.possible and not conflict:
            self.roles.moved.update(along.moved)
            for target in along.imports:
                self._add_import([target], line)
            return
        self._add_param(name)
        reason = along.obstacle or f"`{conflict[0]}` is bound again here"
        self._warn(
            "definition_passed",
            f"`{name}` stays in the notebook and is passed as a parameter: {reason}.",
            line,
        )

    def _decide_unbound_before(self, name: str, line: int) -> None:
        later = sources_of(name, self.region.after)
        read = self.roles.flow.exposed.get(name)
        if name in BUILTINS:
            if self._binds(name):
                self._add_param(name)
                self._warn(
                    "builtin_rebound",
                    f"`{name}` is a builtin that is read here and then bound.",
                    line,
                )
        elif self._binds(name):
            return
        elif name in INJECTED:
            self._add_import([INJECTED[name]], line)
            self._warn(
                "needs_ipython",
                f"`{name}` is given by IPython; the module imports it.",
                line,
            )
        elif later:
            self._decide_from_sources(name, line, later)
            self._warn("bound_later", f"`{name}` is bound only in a later cell.", line)
        elif name not in self.roles.flow.exposed:
            return
        else:
            self._decide_undefined(name, line, bool(read and read.deferred))

    def _check_stars(self, name: str, line: int) -> None:
        """An import of ``*`` that could not be looked up may be what gives the name its value."""
        for piece in reversed(self.region.before):
            flow = piece.facts.flow
            last = max((binding.line for binding in flow.bindings.get(name, ())), default=0)
            star = next((star for star in flow.star_imports if star[1] > last), None)
            if star is not None:
                raise self.region.refuse(
                    "star_import",
                    f"`{name}` may come from `from {star[0]} import *`, which could not be looked up.",
                    f"Import it by name: `from {star[0]} import {name}`.",
                    line,
                )
            if flow.final.get(name) == BOUND:
                return

    def _decide_undefined(self, name: str, line: int, deferred: bool) -> None:
        if any(magic.name == "pylab" for piece in self.region.before for magic in piece.facts.masked.magics):
            raise self.region.refuse(
                "star_import",
                f"`{name}` may come from `%pylab`.",
                "Put `%pylab` into a cell of its own, or import the name.",
                line,
            )
        if deferred:
            self._warn("undefined_name", f"`{name}` is bound nowhere in the notebook.", line)
            return
        raise self.region.refuse(
            "undefined_name",
            f"`{name}` is bound nowhere in the notebook.",
            f"Write a cell that binds `{name}` (it may have been in a cell that was deleted), or import it.",
            line,
        )

    def _add_param(self, name: str) -> None:
        if name not in self.roles.params:
            self.roles.params.append(name)

    # -- results --------------------------------------------------------------------------------------------------

    def _decide_results(self) -> None:
        flow, roles = self.roles.flow, self.roles
        kept = roles.display.flow.reads if roles.display and roles.display.place == "keep" else set()
        for name in flow.text_order(flow.bindings):
            bits = flow.final.get(name, UNTOUCHED)
            if bits & BOUND and (name in kept or self._is_read_elsewhere(name)):
                self._add_result(name, bits)
        for name, bits in flow.final.items():
            if bits == DELETED and self._sources(name):
                self._delete_after(name)
        self._decide_kept_reads(kept)
        if not roles.returns and not (roles.display and roles.display.place == "return"):
            self._return_everything()

    def _add_result(self, name: str, bits: int) -> None:
        if self.region.cells[0].masked.cell_magic == "timeit":
            return
        flow = self.roles.flow
        line = flow.bindings[name][0].line
        self.roles.returns.append(name)
        if bits == BOUND:
            return
        if bits & DELETED:
            raise self.region.refuse(
                "maybe_deleted",
                f"`{name}` may be deleted or bound here, and another cell reads it.",
                f"Delete `{name}` in the notebook, after the call.",
                line,
            )
        if self._sources(name) or name in self.roles.params or name in BUILTINS:
            self._add_param(name)
        else:
            self._check_not_tried(name, line)
            self.roles.set_to_none.append(name)
            self._warn(
                "maybe_unbound",
                f"`{name}` is bound only on some paths; where it is not, the notebook gets None.",
                line,
            )

    def _delete_after(self, name: str) -> None:
        """The notebook deletes what the code deletes, where it is surely there to be deleted."""
        if self._is_there(name):
            self.roles.deleted.append(name)
        elif any(True for _ in readers_of(name, self.region.after)):
            raise self.region.refuse(
                "maybe_deleted",
                f"`{name}` is deleted here and may be unbound before, and another cell reads it.",
                f"Delete `{name}` in the notebook, after the call.",
                self.roles.flow.bindings[name][0].line if self._binds(name) else None,
            )

    def _is_there(self, name: str) -> bool:
        """Is the name bound when the call is made, if the notebook runs without an error?"""
        read = self.roles.flow.exposed.get(name)
        surely_read = read is not None and not read.conditional
        return surely_read or surely_there(name, self.region.before) or (name in BUILTINS and not self._sources(name))

    def _check_inputs(self) -> None:
        """What is passed must exist, also where the code itself would not have looked at it."""
        for name in self.roles.params:
            if not self._is_there(name):
                first = self.roles.flow.first_seen.get(name)
                raise self.region.refuse(
                    "maybe_unbound_before",
                    f"`{name}` may be unbound when this code begins, and the code reads it only on some paths; "
                    "passing it to a function would fail.",
                    f"Bind `{name}` in a cell before, on every path (`{name} = None`).",
                    first[0] if first else None,
                )

    def _check_not_tried(self, name: str, line: int) -> None:
        """``try: name`` asks whether the name is bound; binding it to None first would change the answer."""
        if name in self.roles.flow.exposed and name in tried_names(self.body):
            raise self.region.refuse(
                "maybe_unbound_before",
                f"The code tries whether `{name}` is bound, and no cell before binds it.",
                f"Bind `{name}` in a cell before (`{name} = None`) and ask for that.",
                line,
            )
        for piece in readers_of(name, self.region.after):
            if name in tried_names(piece.tree().body):
                raise self.region.refuse(
                    "maybe_unbound_before",
                    f"`{name}` is bound only on some paths, and a later cell reads it where an error is caught.",
                    f"Bind `{name}` in a cell before (`{name} = None`).",
                    line,
                )

    def _decide_kept_reads(self, kept: set[str]) -> None:
        for name in kept:
            known = self._binds(name) or self._sources(name) or name in BUILTINS or _hoists(self.hoisted, name)
            if not known and name not in INJECTED and not sources_of(name, self.region.after) and self.shown:
                self._decide_undefined(name, self.shown.lineno, False)

    def _return_everything(self) -> None:
        flow = self.roles.flow
        if self.region.cells[0].masked.cell_magic == "timeit":
            return
        names = [
            name
            for name, bindings in flow.bindings.items()
            if flow.final.get(name) == BOUND
            and not name.startswith("_")
            and name not in self.lifting.definitions
            and all(binding.kind in _SIMPLE_KINDS for binding in bindings)
        ]
        if not names:
            return
        self.roles.returns = flow.text_order(names)
        listed = ", ".join(f"`{name}`" for name in self.roles.returns)
        verb = "is" if len(self.roles.returns) == 1 else "are"
        self._warn("nothing_read_later", f"No other cell reads a result; {listed} {verb} returned all the same.", None)

    # -- definitions and closures ---------------------------------------------------------------------------------

    def _lift_definitions(self) -> None:
        """Functions and classes of the code stand better at the top of the module."""
        roles, lifting = self.roles, self.lifting
        kept = [*roles.returns, *roles.params]
        lifting.lift(roles.params, self.clashes, kept)
        roles.lifted = lifting.lifted
        roles.moved.update(lifting.along.moved)
        for target in lifting.along.imports:
            self._add_import([target], 1)
        shown_inside = roles.display is not None and roles.display.place == "return"
        inside = set(lifting.definitions)
        roles.only_definitions = only_definitions(self.body) and inside <= set(roles.lifted) and not shown_inside

    def _check_closures(self) -> None:
        roles = self.roles
        locals_ = {name for name in roles.flow.bindings if name not in roles.lifted} | set(roles.params)
        captured = {name: reads for name, reads in roles.flow.captured.items() if name in locals_}
        if not captured:
            return
        escaping = escaping_owners(self.body, roles.returns)
        for name, reads in captured.items():
            live = [read for read in reads if read.owner in escaping and read.owner not in (name, *roles.lifted)]
            if not live:
                continue
            rebound = next(rebinders_of(name, self.region.after), None)
            owner = "a lambda" if live[0].owner.startswith("<") else f"`{live[0].owner}`"
            if rebound is not None:
                raise self.region.refuse(
                    "late_binding",
                    f"{owner} reads `{name}` when it is called, and a later cell binds `{name}` again; "
                    "in a module it would keep the old value.",
                    f"Make `{name}` a parameter of the function first.",
                    live[0].line,
                )
            self._warn("closure", f"{owner} keeps the `{name}` of this call.", live[0].line)

    def _check_held_code(self) -> None:
        """Code of the notebook that is called from here sees the notebook's names, not those bound here."""
        reads = self.roles.flow.exposed
        holders = holders_of(self.roles.flow.bindings, self.region.before)
        for holder in self.roles.flow.text_order(set(holders) & (set(reads) | set(self.roles.params))):
            if holder in self.roles.moved:
                continue
            name = min(holders[holder])
            raise self.region.refuse(
                "late_binding",
                f"`{holder}` runs code of the notebook that reads `{name}`, and `{name}` is bound here; "
                "in a module that code would still see the old value.",
                f"Make `{name}` a parameter of the function that reads it, or bind it in a cell before.",
                reads[holder].line if holder in reads else None,
            )

    def _check_class_bodies(self) -> None:
        for name, line in self.roles.flow.class_shadowed.items():
            if name in self.roles.params or self._binds(name):
                raise self.region.refuse(
                    "class_body_name",
                    f"The class body reads `{name}` and binds a name of its own `{name}`; inside a function Python "
                    "does not find the outer one.",
                    f"Give the class's own `{name}` another name.",
                    line,
                )

    def _warn(self, code: str, message: str, line: int | None) -> None:
        cell_id, real_line = self.region.place(line) if line is not None else (self.region.cells[0].cell.id, None)
        self.roles.warnings.append(PlanWarning(code=code, message=message, cell_id=cell_id, line=real_line))


def _at(error: RefusalError, cell_id: str, line: int) -> RefusalError:
    refusal = error.refusal
    return RefusalError(refusal.code, refusal.message, refusal.remedy, cell_id=cell_id, line=line)


def _called_name(node: ast.AST) -> str:
    """The name in ``name(...)`` and ``name.load...(...)``: code, not data."""
    if isinstance(node, ast.Attribute) and node.attr.startswith(("load", "get_", "fetch")):
        return getattr(node.value, "id", "")
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _stars(statements: list[ast.stmt]) -> list[tuple[str, int]]:
    return [
        ("." * statement.level + (statement.module or ""), statement.lineno)
        for statement in statements
        if isinstance(statement, ast.ImportFrom) and any(alias.name == "*" for alias in statement.names)
    ]


def _hoistable(statements: list[ast.stmt]) -> list[ast.Import | ast.ImportFrom]:
    """Imports at the top level of the region whose names nothing else in it binds."""
    flow = analyse_statements(statements)
    at_top = Counter(name for statement in statements for name in _imported_names(statement))
    found: list[ast.Import | ast.ImportFrom] = []
    for statement in statements:
        if isinstance(statement, ast.Import | ast.ImportFrom) and not any(a.name == "*" for a in statement.names):
            names = _imported_names(statement)
            targets = [{binding.target for binding in flow.bindings.get(name, ())} for name in names]
            alone = all(None not in found_ and _one_object(found_) for found_ in targets)
            kept = all(flow.final.get(name) == BOUND for name in names)
            # An import further in would make the name local to the function.
            only_here = all(len(flow.bindings.get(name, ())) == at_top[name] for name in names)
            if alone and kept and only_here:
                found.append(statement)
    return found


def _imported_names(statement: ast.stmt) -> list[str]:
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        return []
    return [alias.asname or alias.name.split(".")[0] for alias in statement.names]


def _one_object(targets: set[ImportTarget | None]) -> bool:
    return compatible([target for target in targets if target is not None])


def _hoists(hoisted: list[ast.Import | ast.ImportFrom], name: str) -> bool:
    return any((a.asname or a.name.split(".")[0]) == name for node in hoisted for a in node.names)


def _hazard_text(code: HazardCode, name: str) -> tuple[str, str]:
    """Message and remedy."""
    if code == "dynamic_namespace":
        return (
            f"`{name}` works on the notebook's own namespace, which a module does not see.",
            f"Replace `{name}` by the names it stands for.",
        )
    if code == "ipython_history":
        return (
            f"`{name}` is IPython's history of the notebook, which a module does not have.",
            "Give the value a name in the cell that makes it, and use that name.",
        )
    if code == "module_dunder":
        return (
            f"`{name}` has another value in a module than in the notebook.",
            f"Take the lines out of what depends on `{name}`.",
        )
    return (
        f"`{name}` looks at the frame of the caller, which is another one in a module.",
        f"Pass the values that are needed instead of using `{name}`.",
    )
