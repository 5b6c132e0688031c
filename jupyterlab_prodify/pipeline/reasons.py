"""Changes in words that a person can act on."""

from __future__ import annotations

from jupyterlab_prodify.api.pipeline import StageReason
from jupyterlab_prodify.pipeline.facts import Change, StageFacts

_USUAL_PARAMS = "params.yaml"


def reasons_of(facts: StageFacts, makers: dict[str, str]) -> list[StageReason]:
    """Why a stage is not up to date by itself. ``makers`` tells which stage makes a path."""
    if not facts.locked:
        missing = [_dependency(change, makers) for change in facts.changes if _is_missing(change)]
        return [StageReason("never_run", "never run"), *missing]
    found = [_reason(change, makers) for change in facts.changes]
    if facts.always_changed:
        found.append(StageReason("always_changed", "runs every time"))
    return found


def waits_for(stage: str) -> StageReason:
    """A stage that it needs is not up to date."""
    return StageReason("upstream", f"waits for `{stage}`", stage=stage)


def _is_missing(change: Change) -> bool:
    return change.kind in ("deps", "params") and change.how == "deleted" and change.key is None


def _reason(change: Change, makers: dict[str, str]) -> StageReason:
    if change.how == "unknown":
        return StageReason(change.kind, f"`{change.file}` cannot be looked at: {change.after}", change.file)
    if change.kind == "cmd":
        text = f"the command changed: {_quoted(change.before)} -> {_quoted(change.after)}"
        return StageReason("cmd", text, before=change.before, after=change.after)
    if change.kind == "params":
        return _parameter(change)
    return _dependency(change, makers) if change.kind == "deps" else _output(change)


def _parameter(change: Change) -> StageReason:
    if change.how == "deleted" and change.key is None:
        return StageReason("missing", f"`{change.file}` is missing", change.file)
    if change.key is None:
        return StageReason("params", f"parameters of `{change.file}` are new here", change.file)
    name = change.key if change.file == _USUAL_PARAMS else f"{change.file}:{change.key}"
    if change.how == "modified":
        text = f"params `{name}` {change.before} -> {change.after}"
    elif change.how == "new":
        text = f"params `{name}` is new: {change.after}"
    else:
        text = f"params `{name}` is gone; it was {change.before}"
    return StageReason("params", text, change.file, change.key, change.before, change.after)


def _dependency(change: Change, makers: dict[str, str]) -> StageReason:
    if change.how == "deleted":
        maker = _maker(change.file or "", makers)
        text = f"`{change.file}` is missing" if maker is None else f"`{change.file}` is missing; `{maker}` makes it"
        return StageReason("missing", text, change.file, stage=maker)
    text = f"`{change.file}` was added to what it reads" if change.how == "new" else f"`{change.file}` changed"
    return StageReason("deps", text, change.file)


def _output(change: Change) -> StageReason:
    words = {
        "deleted": "is missing",
        "not_in_cache": "is not in the cache",
        "new": "was added to what it writes",
    }
    said = words.get(change.how, "is not as the stage wrote it")
    return StageReason("outs", f"output `{change.file}` {said}", change.file)


def _maker(path: str, makers: dict[str, str]) -> str | None:
    """The stage that makes a path, or a folder around it."""
    parts = path.split("/")
    return next((makers[one] for end in range(len(parts), 0, -1) if (one := "/".join(parts[:end])) in makers), None)


def _quoted(text: str | None) -> str:
    return f"`{text}`" if text else "nothing"
