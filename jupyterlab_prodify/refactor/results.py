"""What the exported code leaves behind: return values, and names that the notebook deletes after the call."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from jupyterlab_prodify.notebook.bindings import BOUND, DELETED, UNTOUCHED
from jupyterlab_prodify.notebook.dataflow import readers_of, sources_of
from jupyterlab_prodify.notebook.evaluation import tried_names
from jupyterlab_prodify.refactor.hoisting import hoists
from jupyterlab_prodify.refactor.moved_definitions import BUILTINS, INJECTED
from jupyterlab_prodify.refactor.roles import Draft

_OWNERS = frozenset(
    {
        *("TemporaryDirectory", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile"),
        *("FuncAnimation", "ArtistAnimation"),
    }
)
_SIMPLE_KINDS = frozenset({"assign", "augmented", "annotated"})


def decide_results(draft: Draft) -> None:
    """Decide what the function returns and what the notebook deletes after the call.

    Raises:
        RefusalError: a result may be deleted or unbound in a way that a function cannot give back.
    """
    flow, roles = draft.roles.flow, draft.roles
    kept = roles.display.flow.reads if roles.display and roles.display.place == "keep" else set()
    for name in flow.text_order(flow.bindings):
        bits = flow.final.get(name, UNTOUCHED)
        if bits & BOUND and (name in kept or draft.is_read_elsewhere(name)):
            _add_result(draft, name, bits)
    _keep_alive(draft)
    for name, bits in flow.final.items():
        if bits == DELETED and draft.sources(name):
            _delete_after(draft, name)
        elif bits & DELETED and not bits & BOUND and draft.sources(name):
            _check_deleted(draft, name)
    _decide_kept_reads(draft, kept)
    if not roles.returns and not (roles.display and roles.display.place == "return"):
        _return_everything(draft)


def _keep_alive(draft: Draft) -> None:
    """In the notebook these objects live on; with the function they would end, and with them a file or a picture."""
    flow = draft.roles.flow
    for name, line in _owners(draft.body):
        if flow.final.get(name) != BOUND or name in draft.roles.returns:
            continue
        draft.roles.returns.append(name)
        draft.warn("kept_alive", f"`{name}` is returned so that it lives on, as it does in the notebook.", line)
    draft.roles.returns = flow.text_order(draft.roles.returns)


def _owners(statements: list[ast.stmt]) -> Iterator[tuple[str, int]]:
    """Names that are given an object that does something when it goes."""
    for statement in statements:
        value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        if not isinstance(value, ast.Call):
            continue
        called = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        for target in targets:
            if isinstance(target, ast.Name) and (called in _OWNERS or (called == "open" and _writes(value))):
                yield target.id, statement.lineno


def _writes(call: ast.Call) -> bool:
    """Is a file opened for writing?"""
    given = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    mode = given[0] if given else None
    return isinstance(mode, ast.Constant) and isinstance(mode.value, str) and bool(set(mode.value) & set("wax+"))


def _add_result(draft: Draft, name: str, bits: int) -> None:
    if draft.region.cells[0].masked.cell_magic == "timeit":
        return
    flow = draft.roles.flow
    line = flow.bindings[name][0].line
    draft.roles.returns.append(name)
    if bits == BOUND:
        return
    if bits & DELETED:
        raise draft.region.refuse(
            "maybe_deleted",
            f"`{name}` may be deleted or bound here, and another cell reads it.",
            f"Delete `{name}` in the notebook, after the call.",
            line,
        )
    if draft.sources(name) or name in draft.roles.params or name in BUILTINS:
        draft.add_param(name)
    else:
        _check_not_tried(draft, name, line)
        draft.roles.set_to_none.append(name)
        draft.warn(
            "maybe_unbound",
            f"`{name}` is bound only on some paths; where it is not, the notebook gets None.",
            line,
        )


def _delete_after(draft: Draft, name: str) -> None:
    """The notebook deletes what the code deletes, where it is surely there to be deleted."""
    if draft.is_there(name):
        draft.roles.deleted.append(name)
    elif any(True for _ in readers_of(name, draft.region.after)):
        raise draft.region.refuse(
            "maybe_deleted",
            f"`{name}` is deleted here and may be unbound before, and another cell reads it.",
            f"Delete `{name}` in the notebook, after the call.",
            draft.roles.flow.bindings[name][0].line if draft.binds(name) else None,
        )


def _check_deleted(draft: Draft, name: str) -> None:
    """What is deleted on some paths only cannot be given back."""
    if any(True for _ in readers_of(name, draft.region.after)):
        raise draft.region.refuse(
            "maybe_deleted",
            f"`{name}` is deleted here on some paths, and another cell reads it.",
            f"Delete `{name}` in the notebook, after the call.",
            draft.roles.flow.bindings[name][0].line if draft.binds(name) else _deletion(draft, name),
        )


def _deletion(draft: Draft, name: str) -> int | None:
    nodes = (node for statement in draft.body for node in ast.walk(statement))
    found = (node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del))
    return next((node.lineno for node in found if node.id == name), None)


def check_inputs(draft: Draft) -> None:
    """What is passed must exist, also where the code itself would not have looked at it."""
    for name in draft.roles.params:
        if not draft.is_there(name):
            first = draft.roles.flow.first_seen.get(name)
            raise draft.region.refuse(
                "maybe_unbound_before",
                f"`{name}` may be unbound when this code begins, and the code reads it only on some paths; "
                "passing it to a function would fail.",
                f"Bind `{name}` in a cell before, on every path (`{name} = None`).",
                first[0] if first else None,
            )


def _check_not_tried(draft: Draft, name: str, line: int) -> None:
    """``try: name`` asks whether the name is bound; binding it to None first would change the answer."""
    if name in draft.roles.flow.exposed and name in tried_names(draft.body):
        raise draft.region.refuse(
            "maybe_unbound_before",
            f"The code tries whether `{name}` is bound, and no cell before binds it.",
            f"Bind `{name}` in a cell before (`{name} = None`) and ask for that.",
            line,
        )
    for piece in readers_of(name, draft.region.after):
        if name in tried_names(piece.tree().body):
            raise draft.region.refuse(
                "maybe_unbound_before",
                f"`{name}` is bound only on some paths, and a later cell reads it where an error is caught.",
                f"Bind `{name}` in a cell before (`{name} = None`).",
                line,
            )


def _decide_kept_reads(draft: Draft, kept: set[str]) -> None:
    for name in kept:
        known = draft.binds(name) or draft.sources(name) or name in BUILTINS or hoists(draft.hoisted, name)
        if not known and name not in INJECTED and not sources_of(name, draft.region.after) and draft.shown:
            draft.decide_undefined(name, draft.shown.lineno, False)


def _return_everything(draft: Draft) -> None:
    flow = draft.roles.flow
    if draft.region.cells[0].masked.cell_magic == "timeit":
        return
    names = [
        name
        for name, bindings in flow.bindings.items()
        if flow.final.get(name) == BOUND
        and not name.startswith("_")
        and name not in draft.lifting.definitions
        and all(binding.kind in _SIMPLE_KINDS for binding in bindings)
    ]
    if not names:
        return
    draft.roles.returns = flow.text_order(names)
    listed = ", ".join(f"`{name}`" for name in draft.roles.returns)
    verb = "is" if len(draft.roles.returns) == 1 else "are"
    draft.warn("nothing_read_later", f"No other cell reads a result; {listed} {verb} returned all the same.", None)
