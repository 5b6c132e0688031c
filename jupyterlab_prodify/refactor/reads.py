"""What the exported code reads: builtins, imports, definitions that move along, parameters."""

from __future__ import annotations

import ast

from jupyterlab_prodify.api.export import PassGlobal
from jupyterlab_prodify.notebook.bindings import BOUND, DELETED, UNTOUCHED, ImportTarget, import_target
from jupyterlab_prodify.notebook.dataflow import Source, imports_of, sources_of
from jupyterlab_prodify.notebook.mutation import changed_directly
from jupyterlab_prodify.notebook.string_names import (
    Parts,
    assigned_texts,
    builds_texts,
    kind_of,
    named_arguments,
    names_in_strings,
    names_in_text,
)
from jupyterlab_prodify.refactor.hoisting import hoists
from jupyterlab_prodify.refactor.moved_definitions import BUILTINS, INJECTED, bring_along, compatible
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.roles import Draft

_FRAMES = (
    ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp | ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef
)
_DATA_MODULES = frozenset({"data", "datasets", "sample_data"})


def decide_reads(draft: Draft) -> None:
    """Give each name that the code reads its role.

    Raises:
        RefusalError: a name cannot have one.
    """
    _add_hoisted_imports(draft)
    _read_named_texts(draft)
    flow = draft.roles.flow
    lines = {
        **flow.in_strings,
        **{name: read.line for name, read in flow.exposed.items()},
    }
    for name in flow.text_order(lines):
        if name in flow.exposed:
            _decide_read(draft, name, lines[name])
        elif draft.sources(name) and not hoists(draft.hoisted, name):
            _decide_read(draft, name, lines[name])
            draft.warn(
                "name_in_string",
                f"`{name}` stands in a string that is evaluated in the caller's frame.",
                lines[name],
            )
    _check_frames(draft)


def _check_frames(draft: Draft) -> None:
    """A comprehension or a function inside the new function has a frame of its own, which does not hold its names."""
    own = assigned_texts(draft.body)
    local = {*draft.roles.params, *draft.roles.flow.bindings}
    for scope in (node for statement in draft.body for node in ast.walk(statement) if isinstance(node, _FRAMES)):
        names = {node.id for node in ast.walk(scope) if isinstance(node, ast.Name)}
        names |= {node.arg for node in ast.walk(scope) if isinstance(node, ast.arg)}
        for call in (node for node in ast.walk(scope) if isinstance(node, ast.Call)):
            method, is_pandas = kind_of(call)
            if not builds_texts(method):
                continue
            texts = [text for name in named_arguments(call) for text in _built_texts(draft, name, own)]
            found = [*names_in_strings(call), *(n for text in texts for n in names_in_text(text, method, is_pandas))]
            unseen = next((name for name in found if name in local - names), None)
            if unseen is not None:
                raise draft.region.refuse(
                    "dynamic_namespace",
                    f"`{method}` looks for `{unseen}` where it is called: in a comprehension or a function inside the "
                    "new function, which does not see it.",
                    "Write a loop instead, or put the value into the text.",
                    call.lineno,
                )


def _add_hoisted_imports(draft: Draft) -> None:
    for node in draft.hoisted:
        for alias in node.names:
            draft.add_import([import_target(node, alias)], node.lineno)


def _read_named_texts(draft: Draft) -> None:
    """``df.query(text)``: the string that ``text`` stands for may name more."""
    flow = draft.roles.flow
    own = assigned_texts(draft.body)
    for name, method, is_pandas, line in flow.named_texts:
        if builds_texts(method):
            texts = _built_texts(draft, name, own)
        elif name in own:
            texts = own[name].texts
        else:
            texts = [t for s in draft.sources(name) for t in s.piece.facts.texts.get(name, Parts()).texts]
        for text in texts:
            for found in names_in_text(text, method, is_pandas):
                if found not in flow.bindings:
                    flow.in_strings.setdefault(found, line)
                    flow.first_seen.setdefault(found, (line, 1 << 20))


def _built_texts(draft: Draft, name: str, own: dict[str, Parts]) -> list[str]:
    """All strings that a text under this name may be put together from."""
    texts: list[str] = []
    seen, waiting = {name}, [name]
    while waiting:
        current = waiting.pop()
        found = [own[current]] if current in own else []
        found += [piece.facts.texts[current] for piece in draft.region.before if current in piece.facts.texts]
        for parts in found:
            texts += parts.texts
            waiting += parts.names - seen
            seen |= parts.names
    return list(dict.fromkeys(texts))


def _decide_read(draft: Draft, name: str, line: int) -> None:
    if hoists(draft.hoisted, name):
        return
    found = draft.sources(name)
    _check_stars(draft, name, line)
    if not found:
        _decide_unbound_before(draft, name, line)
    elif draft.binds(name) or draft.roles.flow.final.get(name, UNTOUCHED) & DELETED:
        draft.add_param(name)
    else:
        _decide_from_sources(draft, name, line, found)


def _decide_from_sources(draft: Draft, name: str, line: int, found: list[Source]) -> None:
    kinds = {source.binding.kind for source in found}
    if kinds == {"import"}:
        targets = _import_targets(draft, name, found)
        if not _is_data_set(draft, name, targets) and compatible(targets) and draft.add_import(targets, line):
            return
        draft.add_param(name)
        draft.warn(
            "module_passed",
            f"`{name}` is imported in more than one way; it is passed as a parameter.",
            line,
        )
    elif kinds <= {"def", "class"}:
        _decide_definition(draft, name, line, found)
    else:
        draft.add_param(name)


def _is_data_set(draft: Draft, name: str, targets: list[ImportTarget]) -> bool:
    """``from package.data import flights``: an object that cells may have changed, not code."""
    if not targets or not all(target.attribute for target in targets):
        return False
    changed = changed_directly(draft.body) | {n for p in draft.region.others for n in p.facts.changed}
    from_data = all(target.module.split(".")[-1] in _DATA_MODULES for target in targets)
    called = {_called_name(node) for statement in draft.body for node in ast.walk(statement)}
    return name in changed or (from_data and name not in called)


def _import_targets(draft: Draft, name: str, found: list[Source]) -> list[ImportTarget]:
    """The import that reaches here; for ``import a.b`` also the submodules of ``a`` loaded before."""
    targets = imports_of(name, [source.piece for source in found])
    every = imports_of(name, draft.region.before)
    dotted = [target for target in every if target.attribute is None and not target.renamed]
    return dotted if dotted and all(target in dotted for target in targets) else targets


def _decide_definition(draft: Draft, name: str, line: int, found: list[Source]) -> None:
    along = bring_along(found[0], draft.lifting.pieces)
    if along.data is not None:
        data = along.data
        if _is_only_handed_on(name, draft.body):
            draft.add_param(name)
            reason = f"`{data.reader}` reads `{data.name}`, data of the notebook, and the code hands `{name}` on"
            draft.warn(
                "definition_passed", f"`{name}` stays in the notebook and is passed as a parameter: {reason}.", line
            )
            return
        raise RefusalError(
            "helper_reads_data",
            f"`{name}` is used here, and `{data.reader}` reads `{data.name}`, data of the notebook; "
            "it cannot move to the module unchanged.",
            f"Make `{data.name}` a parameter of `{data.reader}` first.",
            cell_id=data.cell_id,
            line=data.line,
            reads=PassGlobal(helper=data.reader, name=data.name),
        )
    conflict = [moved for moved in along.moved if draft.binds(moved)]
    along.obstacle = along.obstacle or draft.lifting.shown_home(along)
    if along.possible and not conflict:
        draft.roles.moved.update(along.moved)
        for target in along.imports:
            draft.add_import([target], line)
        return
    draft.add_param(name)
    reason = along.obstacle or f"`{conflict[0]}` is bound again here"
    draft.warn(
        "definition_passed",
        f"`{name}` stays in the notebook and is passed as a parameter: {reason}.",
        line,
    )


def _decide_unbound_before(draft: Draft, name: str, line: int) -> None:
    later = sources_of(name, draft.region.after)
    read = draft.roles.flow.exposed.get(name)
    if name in BUILTINS:
        if draft.binds(name):
            draft.add_param(name)
            draft.warn(
                "builtin_rebound",
                f"`{name}` is a builtin that is read here and then bound.",
                line,
            )
    elif draft.binds(name):
        return
    elif name in INJECTED:
        draft.add_import([INJECTED[name]], line)
        draft.warn(
            "needs_ipython",
            f"`{name}` is given by IPython; the module imports it.",
            line,
        )
    elif later:
        _decide_from_sources(draft, name, line, later)
        draft.warn("bound_later", f"`{name}` is bound only in a later cell.", line)
    elif name not in draft.roles.flow.exposed:
        return
    else:
        draft.decide_undefined(name, line, bool(read and read.deferred))


def _check_stars(draft: Draft, name: str, line: int) -> None:
    """An import of ``*`` that could not be looked up may be what gives the name its value."""
    for piece in reversed(draft.region.before):
        flow = piece.facts.flow
        last = max((binding.line for binding in flow.bindings.get(name, ())), default=0)
        star = next((star for star in flow.star_imports if star[1] > last), None)
        if star is not None:
            raise draft.region.refuse(
                "star_import",
                f"`{name}` may come from `from {star[0]} import *`, which could not be looked up.",
                f"Import it by name: `from {star[0]} import {name}`.",
                line,
            )
        if flow.final.get(name) == BOUND:
            return


def _is_only_handed_on(name: str, statements: list[ast.stmt]) -> bool:
    """Is the function a value here, as a callback is? It is never called, and decorates nothing."""
    nodes = [node for statement in statements for node in ast.walk(statement)]
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    called += [decorator for node in nodes for decorator in getattr(node, "decorator_list", ())]
    used = [node for node in nodes if isinstance(node, ast.Name) and node.id == name]
    return bool(used) and not any(node is one for node in used for one in called)


def _called_name(node: ast.AST) -> str:
    """The name in ``name(...)`` and ``name.load...(...)``: code, not data."""
    if isinstance(node, ast.Attribute) and node.attr.startswith(("load", "get_", "fetch")):
        return getattr(node.value, "id", "")
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
