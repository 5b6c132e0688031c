"""Export an example, run both notebooks, compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from jupyterlab_prodify.api.export import Cell, Plan, Refusal
from tests.fuzz.example import Example
from tests.fuzz.runner import Shown, run_all
from tests.proof.exported import BrokenPlan, apply
from tests.proof.normalise import plain
from tests.proof.prove import MODULE, Export, as_cells, planned, prove_each, watched, worker_for

State = Literal["same", "refused", "broken", "announced", "fails", "slow"]


@dataclass(frozen=True)
class Verdict:
    """What became of an example.

    ``fails``: the exported cell itself raises in the original, so there is nothing to keep. ``announced``: it differs
    only where a later cell fails in the original too, for want of a name of which the plan says that it may be unbound.
    """

    state: State
    code: str = ""
    differences: tuple[str, ...] = field(default=())
    message: str = ""
    failing: int = 0
    """Cells of the original that raise."""


@dataclass(frozen=True)
class _Asked:
    """One planned export: the ids of its cells, and the names that later cells may read."""

    example: Example
    answer: Plan | Refusal
    group: list[str]
    names: list[str]


def _export(example: Example) -> Export:
    return Export(example.export, example.lines, pass_globals=example.pass_globals)


def judge(example: Example) -> Verdict:
    """The verdict on an example."""
    return judge_all([example])[0]


def judge_all(examples: Sequence[Example]) -> list[Verdict]:
    """The verdicts on several exports of one notebook, whose original runs once."""
    cells = as_cells(examples[0].cells)
    texts = [{"id": cell.id, "source": cell.source} for cell in cells]
    asked = []
    for example in examples:
        group = [cells[index].id for index in example.export]
        answer = planned(cells, _export(example))
        asked.append(_Asked(example, answer, group, watched(texts, group)))
    watch: dict[str, set[str]] = {}
    for one in asked:
        for key in (one.group[-1], cells[-1].id):
            watch.setdefault(key, set()).update(one.names)
    before = run_all([(cell.id, cell.source) for cell in cells], watch, {})
    return [_verdict(cells, one, before) for one in asked]


def _verdict(cells: list[Cell], asked: _Asked, before: dict[str, Shown] | None) -> Verdict:
    if isinstance(asked.answer, Refusal):
        refusal = asked.answer
        state: State = "broken" if refusal.code == "self_check" else "refused"
        where = f"{refusal.message} (cell {refusal.cell_id}, line {refusal.line})"
        return Verdict(state, refusal.code, (refusal.message,), where)
    if before is None:
        return Verdict("slow")
    if any(before[key].error for key in asked.group):
        return Verdict("fails")
    failing = sum(shown.error is not None for shown in before.values())
    return replace(_compare(cells, asked, asked.answer, before), failing=failing)


def _compare(cells: list[Cell], asked: _Asked, plan: Plan, before: dict[str, Shown]) -> Verdict:
    try:
        exported = apply(cells, plan)
    except BrokenPlan as error:
        return Verdict("broken", differences=(f"the plan is broken: {error}",))
    group, last = asked.group, cells[-1].id
    watch = {group[0]: asked.names} if last in group else {group[0]: asked.names, last: asked.names}
    order = [(cell["id"], cell["source"]) for cell in exported.cells]
    after = run_all(order, watch, {MODULE: exported.files.get(plan.module, "")})
    if after is None:
        return Verdict("broken", differences=("the exported notebook does not come to its end",))
    found = _differences([cell.id for cell in cells], asked, before, after)
    found += _value_differences(cells, asked, before, after)
    if not found:
        return Verdict("same")
    unbound = any(warning.code == "maybe_unbound" for warning in plan.warnings)
    if unbound and any(shown.error and shown.error[0] == "NameError" for shown in before.values()):
        return Verdict("announced", differences=tuple(found))
    return Verdict("broken", differences=tuple(found))


def _value_differences(
    cells: list[Cell], asked: _Asked, before: dict[str, Shown], after: dict[str, Shown]
) -> list[str]:
    """Values that differ, of names that later cells really read."""
    group, last = asked.group, cells[-1].id
    found = _values(before[group[-1]], after[group[0]], asked.names, "after the call")
    if last not in group:
        found += _values(before[last], after.get(last, Shown()), asked.names, "at the end")
    names = {name for name, _ in found if name}
    unread = {name for name in names if not _is_read(cells, group[-1], name, before)}
    return [text for name, text in found if name not in unread]


def _is_read(cells: list[Cell], place: str, name: str, before: dict[str, Shown]) -> bool:
    """Do the cells after ``place`` show something else when the name is gone?"""
    gone = ("gone", f"globals().pop({name!r}, None);")
    order: list[tuple[str, str]] = []
    for cell in cells:
        order += [(cell.id, cell.source), *([gone] if cell.id == place else [])]
    last = cells[-1].id
    names = set(before[last].values) - {name}
    without = run_all(order, {last: names}, {})
    if without is None or any(_merged(without[key].outputs) != _merged(shown.outputs) for key, shown in before.items()):
        return True
    changed = any(without[last].values[one] != before[last].values[one] for one in without[last].values)
    return changed or any(without[key].error != shown.error for key, shown in before.items())


def _differences(order: Sequence[str], asked: _Asked, before: dict[str, Shown], after: dict[str, Shown]) -> list[str]:
    """What is shown differently."""
    group, found = asked.group, list[str]()
    inserted = [key for key in after if key not in before]
    found += [f"new cell {key} shows {after[key]}" for key in inserted if after[key].outputs or after[key].error]
    one = [output for key in group for output in before[key].outputs]
    found += _differ("+".join(group), _merged(one), _merged(after[group[0]].outputs))
    found += _differ(f"{group[0]}: error", before[group[-1]].error, after[group[0]].error)
    for key in order:
        if key not in group:
            twin = after.get(key, Shown())
            found += _differ(key, _merged(before[key].outputs), _merged(twin.outputs))
            found += _differ(f"{key}: error", _plain_error(before[key]), _plain_error(twin))
    return found


def _plain_error(shown: Shown) -> tuple[str, str] | None:
    return shown.error and (shown.error[0], plain(shown.error[1]))


def _merged(outputs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neighbouring texts of one stream are one."""
    merged: list[tuple[str, str]] = []
    for kind, text in outputs:
        if kind == "stdout" and merged and merged[-1][0] == kind:
            merged[-1] = (kind, merged[-1][1] + text)
        else:
            merged.append((kind, text))
    return [(kind, plain(text)) for kind, text in merged]


def _values(before: Shown, after: Shown, names: Sequence[str], when: str) -> list[tuple[str, str]]:
    """(name, what differs); the name is "" where it is about several names."""
    found = []
    for name in names:
        if name in before.values:
            differ = _differ(f"{name} {when}", before.values[name], after.values.get(name))
            found += [(name, text) for text in differ]
    common = set(before.values) & set(after.values) & set(names)
    alike = {name for name in common if before.values[name] == after.values[name]}
    return found + [("", text) for text in _differ(f"one object {when}", _kept(before, alike), _kept(after, alike))]


def _kept(shown: Shown, names: set[str]) -> list[list[str]]:
    groups = [[name for name in names_ if name in names] for names_ in shown.one_object]
    return sorted(group for group in groups if len(group) > 1)


def _differ(what: str, before: object, after: object) -> list[str]:
    return [] if before == after else [f"{what}\n  before {before}\n  after  {after}"]


def confirm(example: Example) -> bool:
    """Is the example broken in a real IPython shell too?"""
    cells = as_cells(example.cells)
    proof = prove_each(cells, [_export(example)], worker_for(cells), exact=True)[0]
    return proof.same is False or bool(proof.refusal and proof.refusal.code == "self_check")
