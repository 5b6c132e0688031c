"""What is wrong with a ``dvc.yaml``, as file, line and words."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jupyterlab_prodify.vcs.errors import redacted

_CONFLICT = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.MULTILINE)
_STAGE_IN_MESSAGE = re.compile(r"'stages\.([^.'@]+)")
_NAME_IN_MESSAGE = re.compile(r"Could not find '([^']+)'")

Problem = dict[str, Any]
"""``file``, ``line``, ``message`` and ``stages``."""


def problem_of_file(path: str, error: Exception, stage: str | None = None) -> Problem:
    """Why a file, or one stage of it, cannot be read."""
    marked = _marked(error)
    lock = os.path.splitext(path)[0] + ".lock"
    file = lock if _is_about(error, lock) else path
    text = _read(file)
    found = _CONFLICT.search(text)
    if found is not None:
        line: int | None = text.count("\n", 0, found.start()) + 1
        return _problem(file, line, "There are markers of an unresolved merge conflict.", stage)
    if marked is not None:
        mark = marked.problem_mark or marked.context_mark
        return _problem(file, mark.line + 1 if mark else None, f"This is no YAML: {marked.problem}.", stage)
    message = _first_words(error)
    invalid = getattr(getattr(error, "exc", None), "errors", None)
    if invalid:
        where = " → ".join(str(part) for part in invalid[0].path)
        message = f"{invalid[0].error_message}{f', in {where}' if where else ''}."
        return _problem(file, line_of(text, [str(part) for part in invalid[0].path]), message, stage)
    return _problem(file, _line_in_message(text, str(error), stage), message, stage)


def problem_of_graph(error: Exception, known: Sequence[Any]) -> Problem:
    """Why the stages do not fit together; ``known`` are all of them, in their order."""
    kind = type(error).__name__
    message = re.sub(r"\s+", " ", str(error).split("\nUse `dvc")[0])
    stages = _stages_in(error, known)
    names = ", ".join(stage.addressing for stage in stages)
    output = os.path.basename(str(getattr(error, "output", "")))
    if kind == "CyclicGraphError":
        message = f"The stages form a circle: {names}."
    elif kind == "OutputDuplicationError":
        message = f"`{getattr(error, 'output', '')}` is the output of several stages: {names}."
    if not stages:
        return {"file": "dvc.yaml", "line": None, "message": message, "stages": []}
    stage = stages[0] if kind == "CyclicGraphError" else stages[-1]
    text = _read(stage.path)
    line = line_of_stage(text, getattr(stage, "name", None))
    if output and line is not None:
        line = _line_after(text, line, output) or line
    return {**_problem(stage.path, line, message, None), "stages": [one.addressing for one in stages]}


def _stages_in(error: Exception, known: Sequence[Any]) -> list[Any]:
    """The stages that an error of the graph is about: some errors only hold their names."""
    held = set(getattr(error, "stages", None) or [])
    names = set(re.split(r",\s+", str(error).rpartition(": ")[2].rstrip("."))) | set(
        re.findall(r"'([^']+)'", str(error))
    )
    return [stage for stage in known if stage in held or (not held and stage.addressing in names)]


def line_of_stage(text: str, name: str | None) -> int | None:
    """The line on which a stage begins; for one of a foreach or matrix that of the group."""
    return line_of(text, ["stages", name.split("@")[0]]) if name else None


def line_of(text: str, path: list[str]) -> int | None:
    """The line of a key in a YAML text, else that of the nearest key around it."""
    node = _composed(text)
    line = None
    for part in path:
        found = _inside(node, part)
        if found is None:
            break
        line, node = found
    return line


_last: tuple[str, Any] = ("", None)


def _composed(text: str) -> Any:
    """The nodes of a text; the last one is remembered, for it is asked once for each stage."""
    global _last
    if _last[0] != text:
        try:
            _last = (text, _compose(text))
        except Exception:
            _last = (text, None)
    return _last[1]


def _compose(text: str) -> Any:
    """Quickly where PyYAML is installed; DVC itself needs only the other one."""
    try:
        import yaml
    except ImportError:
        from ruamel.yaml import YAML

        return YAML().compose(text)
    return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _inside(node: Any, part: str) -> tuple[int, Any] | None:
    children = getattr(node, "value", None)
    if not isinstance(children, list):
        return None
    for place, child in enumerate(children):
        key, value = child if isinstance(child, tuple) else (None, child)
        name = str(place) if key is None else str(key.value)
        if name == part:
            return (key or value).start_mark.line + 1, value
    return None


def _problem(path: str, line: int | None, message: str, stage: str | None) -> Problem:
    file = os.path.relpath(path).replace(os.sep, "/")
    return {"file": file, "line": line, "message": redacted(message), "stages": [stage] if stage else []}


def _marked(error: BaseException | None) -> Any:
    """The YAML error with its place, in a chain of errors."""
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        if hasattr(error, "problem_mark"):
            return error
        seen.append(error)
        inner = getattr(error, "exc", None)
        error = error.__cause__ or error.__context__ or (inner if isinstance(inner, BaseException) else None)
    return None


def _is_about(error: Exception, path: str) -> bool:
    name = os.path.relpath(path)
    return name in (getattr(error, "relpath", None), getattr(error, "path", None)) or f"'{name}'" in str(error)


def _first_words(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return re.sub(r"\s+", " ", text.split("\nSee <")[0]).strip()


def _line_in_message(text: str, message: str, stage: str | None) -> int | None:
    name = _NAME_IN_MESSAGE.search(message)
    named = _STAGE_IN_MESSAGE.search(message)
    group = (stage or (named.group(1) if named else "")).split(":")[-1]
    start = line_of_stage(text, group) if group else None
    if name is not None:
        return _line_after(text, start or 1, name.group(1)) or start
    return start


def _line_after(text: str, start: int, words: str) -> int | None:
    lines = text.split("\n")
    return next((number for number in range(start, len(lines) + 1) if words in lines[number - 1]), None)


def _read(path: str) -> str:
    try:
        return Path(path).read_text("utf-8", "replace")
    except OSError:
        return ""
