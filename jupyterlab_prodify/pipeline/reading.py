"""Facts of DVC and records of our own make the stages that a person sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jupyterlab_prodify.api.pipeline import (
    PipelineRun,
    Stage,
    StageEdge,
    StageReason,
    StageState,
)
from jupyterlab_prodify.pipeline.facts import PipelineFacts, StageFacts
from jupyterlab_prodify.pipeline.reasons import reasons_of, waits_for
from jupyterlab_prodify.pipeline.records import Records, RunRecord, StageRecord, State

_PLACE = re.compile(r'^\s*File "(?P<file>[^"<]+)", line (?P<line>\d+)')


@dataclass
class _View:
    """A stage on the way to what a person sees."""

    facts: StageFacts
    record: StageRecord | None
    needs: list[str]
    state: StageState = "up_to_date"
    reasons: list[StageReason] = field(default_factory=list)
    blocked_by: list[str] = field(default_factory=list)


def edges_of(stages: Sequence[StageFacts]) -> list[StageEdge]:
    """Who reads what another one writes: the path itself, a folder around it, or something inside."""
    makers = makers_of(stages)
    inside: dict[str, set[str]] = {}
    for path in makers:
        for folder in _around(path):
            inside.setdefault(folder, set()).add(path)
    found: dict[tuple[str, str], list[str]] = {}
    for stage in stages:
        for path in [*stage.deps, *(params.file for params in stage.params)]:
            here = [one for one in (path, *_around(path)) if one in makers] or sorted(inside.get(path, ()))
            for made in here:
                if makers[made] != stage.name:
                    found.setdefault((makers[made], stage.name), []).append(path)
    return [StageEdge(before, after, list(dict.fromkeys(paths))) for (before, after), paths in found.items()]


def makers_of(stages: Iterable[StageFacts]) -> dict[str, str]:
    return {path: stage.name for stage in stages for path in stage.writes}


def _around(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:end]) for end in range(len(parts) - 1, 0, -1)]


def in_order(stages: Sequence[StageFacts], edges: Sequence[StageEdge]) -> list[StageFacts]:
    """What is needed comes first, else as it is written down; a circle stays as it is written."""
    needs: dict[str, set[str]] = {stage.name: set() for stage in stages}
    for edge in edges:
        needs[edge.after].add(edge.before)
    left, done, found = list(stages), set[str](), []
    while left:
        ready = [stage for stage in left if needs[stage.name] <= done] or left
        found += ready
        done |= {stage.name for stage in ready}
        left = [stage for stage in left if stage.name not in done]
    return found


def read_stages(facts: PipelineFacts, records: Records, state: State, running: bool) -> list[Stage]:
    """The stages in the order of the pipeline. ``running``: the run of the record goes on."""
    edges = edges_of(facts.stages)
    makers = makers_of(facts.stages)
    needs: dict[str, list[str]] = {}
    for edge in edges:
        needs.setdefault(edge.after, []).append(edge.before)
    views: dict[str, _View] = {}
    for one in in_order(facts.stages, edges):
        view = _View(one, state.stages.get(one.name), needs.get(one.name, []))
        _judge(view, views, makers, state.run if running else None)
        views[one.name] = view
    return [_stage(view, records) for view in views.values()]


def _judge(view: _View, before: dict[str, _View], makers: dict[str, str], run: RunRecord | None) -> None:
    facts, record = view.facts, view.record
    view.reasons = reasons_of(facts, makers)
    needed = [] if facts.frozen else [before[name] for name in view.needs if name in before]
    view.reasons += [waits_for(one.facts.name) for one in needed if _holds_up(one)]
    if view.reasons:
        view.state = "stale" if facts.locked else "never_run"
    own = record is not None and run is not None and record.run == run.id
    if own and record is not None and record.state != "ended":
        view.state = record.state
        return
    if record is not None and view.state != "up_to_date":
        if record.outcome == "failed" and record.reads == facts.reads:
            view.state = "failed"
            return
        view.blocked_by = list(
            dict.fromkeys(
                name
                for one in needed
                for name in (one.blocked_by if one.state == "blocked" else [one.facts.name])
                if one.state in ("failed", "blocked")
            )
        )
        if view.blocked_by and (own or record.outcome == "blocked"):
            view.state = "blocked"


def _holds_up(view: _View) -> bool:
    """What only runs every time has made what it makes; all else may make something new."""
    if view.state == "up_to_date":
        return False
    return view.state in ("queued", "running", "failed", "blocked") or any(
        reason.kind != "always_changed" for reason in view.reasons
    )


def _stage(view: _View, records: Records) -> Stage:
    facts, record = view.facts, view.record
    lines = records.last_lines(facts.name) if record is not None and record.started is not None else []
    return Stage(
        name=facts.name,
        file=facts.file,
        line=facts.line,
        state=view.state,
        reasons=view.reasons,
        description=facts.description,
        cmd=facts.cmd,
        wdir=facts.wdir,
        deps=facts.deps,
        params=facts.params,
        outs=facts.outs,
        metrics=facts.metrics,
        plots=facts.plots,
        frozen=facts.frozen,
        always_changed=facts.always_changed,
        notebook=facts.notebook,
        module=facts.module,
        started=record.started if record else None,
        duration=record.duration if record else None,
        log_line=lines[-1] if lines else None,
        error=record.error if record is not None and view.state == "failed" else None,
        blocked_by=view.blocked_by if view.state == "blocked" else [],
    )


def error_of(lines: Sequence[str], code: int) -> str:
    """The last line of a log, with the place in the person's code where a traceback names one."""
    if not lines:
        return f"It ended with code {code} and said nothing."
    last = lines[-1].strip()
    places = [found for line in lines if (found := _PLACE.match(line))]
    own = [place for place in places if "site-packages" not in place["file"] and "/lib/python" not in place["file"]]
    if own and re.match(r"[\w.]+(Error|Exception|Warning|Interrupt|Exit)?\b", last):
        name = re.split(r"[\\/]", own[-1]["file"])[-1]
        return f"{last} ({name}:{own[-1]['line']})"
    return last


def run_of(state: State, running: bool, job: str | None) -> PipelineRun | None:
    """The run as a person sees it. ``job`` is the one to cancel, where it is known."""
    run = state.run
    if run is None:
        return None
    records = [state.stages[name] for name in run.planned if name in state.stages]
    ended = [one for one in records if one.run == run.id and one.state == "ended"]
    told = "lost" if run.state == "running" and not running else run.state
    return PipelineRun(run.id, told, job if running else None, run.started, run.ended, len(ended), len(run.planned))
