"""``plan_export``: the plan of moving cells or lines of a notebook to a function in a module, or a refusal."""

from __future__ import annotations
import __future__

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jupyterlab_prodify.api.export import (
    CellEdit,
    ExportRequest,
    FileEdit,
    Function,
    Param,
    Plan,
    PlanWarning,
    Refusal,
)
from jupyterlab_prodify.notebook.bindings import ImportTarget
from jupyterlab_prodify.refactor.annotations import FUTURE, Annotations, decide_annotations
from jupyterlab_prodify.refactor.cautions import find_cautions
from jupyterlab_prodify.refactor.decision import decide_roles
from jupyterlab_prodify.refactor.definitions_only import describe
from jupyterlab_prodify.refactor.expression_names import imports_for, names_in
from jupyterlab_prodify.refactor.function_text import (
    FunctionText,
    build_function,
    choose_params,
    draws_figures,
    shows_between,
)
from jupyterlab_prodify.refactor.module_edit import (
    Module,
    check_builtins,
    edit_module,
    has_same,
    is_same,
    read_module,
    split_imports,
)
from jupyterlab_prodify.refactor.moved_definitions import INJECTED, Moved
from jupyterlab_prodify.refactor.names_in_module import NamesInModule
from jupyterlab_prodify.refactor.naming import choose_names
from jupyterlab_prodify.refactor.notebook_edit import NotebookEdit, call_lines, too_late, writes_modules
from jupyterlab_prodify.refactor.preconditions import (
    check_display_mode,
    check_language,
    check_not_exported,
    check_not_failed,
)
from jupyterlab_prodify.refactor.prepared import plan_prepared
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.region import Region, find_region
from jupyterlab_prodify.refactor.rename import prints_its_name, rename_locals
from jupyterlab_prodify.refactor.roles import Roles
from jupyterlab_prodify.refactor.self_check import check_function, check_module
from jupyterlab_prodify.refactor.star_imports import StarNames
from jupyterlab_prodify.refactor.target import Target
from jupyterlab_prodify.refactor.type_checking import add_type_imports, drop_type_imports

_PYPLOT = ImportTarget("matplotlib.pyplot", None, "plt", 0, True)


def plan_export(request: ExportRequest, target: Target, stars: StarNames | None = None) -> Plan | Refusal:
    """The plan of an export. Whatever the cells hold, the answer is a plan or a refusal; nothing is raised.

    ``stars`` are the names that ``from module import *`` gives, for the modules of which they are known.
    """
    try:
        return plan_prepared(request, stars or {}, lambda prepared: _Export(prepared, target).plan())
    except RefusalError as error:
        return error.refusal
    except RecursionError:
        return Refusal(
            code="too_complex",
            message="The code is nested too deeply to be analysed.",
            remedy="Split the longest expression into several statements.",
            cell_id=request.selected[0] if request.selected else None,
        )


@dataclass(frozen=True)
class _Written:
    """The new function. ``text`` has the names of the notebook, ``source`` those that the person chose; ``imports``
    are what the module needs for it, ``inside`` the imports that it holds itself."""

    name: str
    text: FunctionText
    source: str
    imports: Sequence[ImportTarget]
    inside: Sequence[ImportTarget]
    annotations: Annotations


class _Export:
    def __init__(self, request: ExportRequest, target: Target) -> None:
        self.request = request
        self.target = target

    def plan(self) -> Plan:
        check_language(self.request)
        check_display_mode(self.request)
        module = read_module(self.target.source, self.target.path)
        region = find_region(self.request)
        check_not_exported(region, self.target)
        roles = decide_roles(region, self.target.import_name, module.names, module.hides, self.target.has)
        check_not_failed(region, roles)
        _add_between_cells(region, roles)
        if roles.only_definitions:
            return self._plan_definitions(module, region, roles)
        names = choose_names(self.request, region, roles, module.names, self.target.import_name)
        function = self._reused(names[:-1], module, region, roles) or self._write(names[-1], module, region, roles)
        text = self._module_text(module, region, roles, function, function.imports)
        edits, line = self._cell_edits(region, roles, function)
        return self._answer(roles, region, function.name, function.text, function.source, text, edits, line)

    def _reused(self, names: Sequence[str], module: Module, region: Region, roles: Roles) -> _Written | None:
        """The function as the module already has it, under one of these names."""
        for name in names:
            function = self._write(name, module, region, roles)
            if is_same(module, name, function.source, function.annotations.suggested):
                return function
        return None

    def _write(self, name: str, module: Module, region: Region, roles: Roles) -> _Written:
        """The function under this name."""
        params = choose_params(self.request, roles)
        _bring_names_of_defaults(params, region, roles)
        top, inside = split_imports(module, roles.imports, {name, *roles.moved, *roles.params})
        self._check_moved_imports(roles, inside)
        late = self._late_imports(top, region, roles)
        top, inside = [target for target in top if target not in late], [*inside, *late]
        check_builtins(module, roles.flow.reads - set(roles.flow.bindings), self.target.path)
        annotations = self._annotations(params, module, region, roles, name, top)
        function = build_function(self.request, region, roles, name, inside, annotations)
        check_function(function.source, region, roles, function.shown)
        return _Written(name, function, self._with_renames(function), top, inside, annotations)

    def _annotations(
        self,
        params: Sequence[Param],
        module: Module,
        region: Region,
        roles: Roles,
        name: str,
        top: Sequence[ImportTarget],
    ) -> Annotations:
        names = NamesInModule(module, self.target.import_name, top, roles.moved, name)
        has_future = FUTURE in [*_futures(region), *module.imports.get(FUTURE.name, ())]
        return decide_annotations(self.request, params, region, roles, names, has_future)

    def _plan_definitions(self, module: Module, region: Region, roles: Roles) -> Plan:
        """The region's functions and classes move as they are; the notebook imports them."""
        top, inside = split_imports(module, roles.imports, set(roles.moved))
        self._check_moved_imports(roles, inside)
        self._late_imports(top, region, roles)
        main = roles.moved[roles.lifted[-1]]
        function = describe(main, region, roles)
        roles.returns, roles.warnings = (
            [],
            [w for w in roles.warnings if w.code != "nothing_read_later"],
        )
        if self.request.name not in (None, *roles.lifted):
            message = f"Definitions keep their names: `{main.name}` is not renamed."
            roles.warnings.append(PlanWarning(code="keeps_name", message=message, cell_id=region.cells[0].cell.id))
        text = self._module_text(module, region, roles, None, top)
        edit = NotebookEdit(self.request.cells, region, self.target)
        listed = ", ".join(f"`{name}`" for name in roles.lifted)
        note = f"# {listed}: see {self.target.path.rsplit('/', 1)[-1]}"
        edit.replace_body([*function.kept_imports, note, *function.kept_display.splitlines()])
        if not function.kept_display:
            edit.keep_last_value_hidden(region.cells[0].cell.id)
        along = [moved for moved in roles.moved.values() if moved.name not in roles.lifted]
        edit.remove_definitions(along, self.target.path)
        names = [
            *roles.lifted,
            *(moved.name for moved in along if _is_still_used(moved, region, roles)),
        ]
        line = edit.add_import(names, roles.imports)
        return self._answer(roles, region, main.name, function, main.source, text, edit.edits(), line)

    def _check_moved_imports(self, roles: Roles, inside: Sequence[ImportTarget]) -> None:
        """A definition that moves along finds its imports only at the top of the module."""
        needed = {name for moved in roles.moved.values() for name in moved.definition.flow.reads}
        clash = next((target for target in inside if target.name in needed), None)
        if clash is not None:
            raise RefusalError(
                "import_conflict",
                f"`{clash.name}` already has another meaning in {self.target.path}, and a definition that moves along "
                f"needs `{clash.statement()}`.",
                "Choose another module.",
                field="module",
            )

    def _late_imports(self, top: Sequence[ImportTarget], region: Region, roles: Roles) -> list[ImportTarget]:
        """Imports that are not possible yet where the notebook imports the module already."""
        late = NotebookEdit(self.request.cells, region, self.target).too_late(top)
        for moved in roles.moved.values():
            if any(target.name in moved.definition.flow.reads for target in late):
                raise too_late(moved.name, self.target.path, region)
        return late

    def _with_renames(self, function: FunctionText) -> str:
        renames = {param.source: param.name for param in function.params if param.name != param.source}
        for value in function.returns:
            if value.name != value.source:
                renames[value.source] = value.name
        if not renames:
            return function.source
        self._check_renames(function, renames)
        return rename_locals(function.source, renames)

    def _check_renames(self, function: FunctionText, renames: dict[str, str]) -> None:
        used = {node.id for node in ast.walk(ast.parse(function.source)) if isinstance(node, ast.Name)}
        used |= {param.source for param in function.params}
        returned = {value.source for value in function.returns}
        for old, new in renames.items():
            if prints_its_name(function.source, old):
                raise RefusalError(
                    "bad_name",
                    f'The code prints the name `{old}` itself (`f"{{{old}=}}"`); another name would change the output.',
                    f"Keep the name `{old}`.",
                    field="params",
                )
            if new in used - set(renames):
                is_result = old in returned and old not in {param.source for param in function.params}
                raise RefusalError(
                    "name_taken",
                    f"`{new}` already has a meaning in the function.",
                    "Choose another name.",
                    field="returns" if is_result else "params",
                )

    def _module_text(
        self,
        module: Module,
        region: Region,
        roles: Roles,
        function: _Written | None,
        imports: Sequence[ImportTarget],
    ) -> str:
        path = self.target.path
        blocks = [(moved.name, moved.source) for moved in roles.moved.values()]
        fresh = [text for block, text in blocks if not has_same(module, block, text, path)]
        new = function if function is not None and not self._is_there(function, module) else None
        fresh += [new.source] if new else []
        future = [FUTURE] if new and new.annotations.future else []
        imports = [*_futures(region), *future, *imports]
        missing = [target for target in imports if target not in module.imports.get(target.name, ())]
        if not fresh and not missing:
            return self.target.source or ""
        header = f'"""Functions of {self.request.notebook.rsplit("/", 1)[-1]}."""'
        text = edit_module(module, missing, fresh, self.target.first_party, header)
        text = drop_type_imports(text, [target for target in missing if module.only_for_types(target)])
        if new:
            text = add_type_imports(text, new.annotations.type_imports, self.target.first_party)
        check_module(self.target.source, text)
        return text

    def _is_there(self, function: _Written, module: Module) -> bool:
        return has_same(module, function.name, function.source, self.target.path, function.annotations.suggested)

    def _cell_edits(self, region: Region, roles: Roles, function: _Written) -> tuple[list[CellEdit], str]:
        edit = NotebookEdit(self.request.cells, region, self.target)
        moved_up = [magic.text for cell in region.cells for magic in cell.moved_up]
        edit.replace_body(call_lines(function.name, function.text, roles.deleted, moved_up))
        along = [moved for moved in roles.moved.values() if moved.name not in roles.lifted]
        edit.remove_definitions(along, self.target.path)
        still_used = [moved.name for moved in along if _is_still_used(moved, region, roles)]
        needed = [target for target in roles.imports if target not in function.inside]
        line = edit.add_import([function.name, *still_used], needed)
        return edit.edits(), line

    def _answer(
        self,
        roles: Roles,
        region: Region,
        name: str,
        function: FunctionText,
        source: str,
        text: str,
        cell_edits: list[CellEdit],
        import_line: str,
    ) -> Plan:
        warnings = [
            *roles.warnings,
            *find_cautions(region, roles),
            *self._dropped(roles, function, region),
            *self._path_warning(region),
        ]
        return Plan(
            function=Function(
                name=name,
                params=function.params,
                returns=[value.source for value in function.returns],
                return_values=function.returns,
                is_async=function.is_async,
                source=source,
                docstring=function.docstring,
                display=roles.display.place if roles.display else None,
            ),
            module=self.target.path,
            import_name=self.target.import_name,
            import_line=import_line,
            moved=list(roles.moved),
            cell_edits=cell_edits,
            file_edits=self._file_edits(text),
            warnings=sorted(warnings, key=lambda warning: warning.line or 0),
            setup=setup_code(self.target, import_line, 1 if writes_modules(region) else 2),
        )

    def _path_warning(self, region: Region) -> list[PlanWarning]:
        line = self.target.path_line
        if line is None or any(line in cell.source for cell in self.request.cells):
            return []
        message = (
            f"`{self.target.import_name}` is not installed for the notebook's kernel; "
            f"the notebook gets the line `{self.target.path_line}`."
        )
        return [PlanWarning(code="path_added", message=message, cell_id=region.cells[0].cell.id)]

    def _dropped(self, roles: Roles, function: FunctionText, region: Region) -> list[PlanWarning]:
        returned = {value.source for value in function.returns}
        cell_id = region.cells[0].cell.id
        return [
            PlanWarning(
                code="result_dropped",
                message=f"`{name}` is not returned, and other cells read it; they keep an older value or fail.",
                cell_id=cell_id,
            )
            for name in roles.returns
            if name not in returned
        ]

    def _file_edits(self, text: str) -> list[FileEdit]:
        target = self.target
        edits = list(target.extra_files)
        if text != target.source:
            edits.append(
                FileEdit(
                    path=target.path,
                    hash_before=target.hash,
                    text_before=target.source,
                    text_after=text,
                    encoding=target.encoding,
                )
            )
        return edits


def _bring_names_of_defaults(params: Sequence[Param], region: Region, roles: Roles) -> None:
    """Defaults are evaluated when the module is imported."""
    for param in params:
        for name in names_in(param.default):
            roles.imports.update(dict.fromkeys(imports_for(name, param.name, region)))


def _add_between_cells(region: Region, roles: Roles) -> None:
    """Imports for what several cells need between them (see ``function_text``)."""
    if shows_between(region):
        roles.imports.setdefault(INJECTED["display"])
        message = "A cell before the last one shows a value; the function shows it with `display`."
        roles.warnings.append(PlanWarning(code="display_inside", message=message, cell_id=region.cells[0].cell.id))
    if any(draws_figures(cell) for cell in region.cells[:-1]):
        roles.imports.setdefault(_PYPLOT)
        message = "Between the cells `plt.show()` ends the figure, as the end of a cell does."
        roles.warnings.append(PlanWarning(code="figures_between", message=message, cell_id=region.cells[0].cell.id))


def _futures(region: Region) -> list[ImportTarget]:
    """``from __future__`` imports hold for all later cells of a notebook; a feature that there is not binds nothing."""
    found: dict[ImportTarget, None] = {}
    for piece in region.before:
        for bindings in piece.facts.flow.bindings.values():
            for binding in bindings:
                target = binding.target
                if (
                    target is not None
                    and target.module == "__future__"
                    and target.attribute in __future__.all_feature_names
                ):
                    found.setdefault(target)
    return list(found)


def _is_still_used(moved: Moved, region: Region, roles: Roles) -> bool:
    """Does anything that stays in the notebook read a definition that has moved away?"""
    name = moved.name
    kept = roles.display.flow.reads if roles.display and roles.display.place == "keep" else set()
    if name in kept or name in roles.params:
        return True
    for piece in region.others:
        if name not in piece.facts.flow.reads and not piece.facts.is_read(name):
            continue
        if piece.facts.reads_everything:
            return True
        definitions = [m.definition for m in roles.moved.values() if m.piece == piece]
        elsewhere = analyse_without(piece.source, [(d.first, d.last) for d in definitions])
        if name in elsewhere:
            return True
    return False


def analyse_without(source: str, spans: Sequence[tuple[int, int]]) -> frozenset[str]:
    """Names that a piece may read outside the given lines."""
    from jupyterlab_prodify.notebook.facts import facts_of

    lines = source.split("\n")
    for first, last in spans:
        lines[first - 1 : last] = [""] * (last - first + 1)
    facts = facts_of("\n".join(lines))
    return frozenset(facts.flow.reads | set(facts.flow.in_strings))


def setup_code(target: Target, import_line: str, autoreload: Literal[1, 2] = 2) -> str:
    """Code that makes the module usable in a kernel that runs already: path, reload, import, autoreload."""
    path = f"    exec({target.path_line!r})\n" if target.path_line else ""
    return (
        "def _prodify_setup():\n"
        "    import importlib, sys\n"
        f"{path}"
        "    importlib.invalidate_caches()\n"
        f"    if {target.import_name!r} in sys.modules:\n"
        f"        importlib.reload(sys.modules[{target.import_name!r}])\n"
        "    shell = get_ipython()\n"
        "    if 'autoreload' not in shell.extension_manager.loaded:\n"
        "        shell.run_line_magic('load_ext', 'autoreload')\n"
        f"        shell.run_line_magic('autoreload', '{autoreload}')\n"
        "_prodify_setup()\n"
        "del _prodify_setup\n"
        f"{import_line}\n"
    )
