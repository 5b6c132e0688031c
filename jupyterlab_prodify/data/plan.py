"""What versioning would do, told before it is done: nothing is hashed, nothing is written, DVC is not started."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from jupyterlab_prodify.api.data import DataAdvice, DataKind
from jupyterlab_prodify.api.data_plan import DataPlan, DataProblem, DataStep, Initialise
from jupyterlab_prodify.data.add import check_advice, file_for, leaving_git
from jupyterlab_prodify.data.advice import Ground, advise_on, ground_of, size_text
from jupyterlab_prodify.data.errors import AdviceError
from jupyterlab_prodify.data.initialise import DVC_FILES
from jupyterlab_prodify.data.rules import check_data, line_for, new_to_git, rules_of
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.dvc_file import SUFFIX
from jupyterlab_prodify.vcs.errors import NotADvcProjectError, VcsError

_NAMED = 3


def plan(
    workspace: Workspace, paths: Sequence[str], choices: Mapping[str, DataKind] | None = None, push: bool = False
) -> DataPlan:
    """What ``add`` would do with the same paths and choices."""
    return _plan(workspace, ground_of(workspace, paths), paths, choices or {}, push)


def plan_without_repository(
    folder: Path,
    paths: Sequence[str],
    threshold: int,
    choices: Mapping[str, DataKind] | None = None,
    push: bool = False,
) -> DataPlan:
    """The same where ``folder`` would become a repository first."""
    return _plan(None, Ground(folder, threshold), paths, choices or {}, push)


def _plan(
    workspace: Workspace | None, ground: Ground, paths: Sequence[str], choices: Mapping[str, DataKind], push: bool
) -> DataPlan:
    advice = [advise_on(ground, path, choices.get(path)) for path in dict.fromkeys(paths)]
    chosen = [one for one in advice if one.chosen is not None]
    data = [one for one in chosen if one.chosen == "dvc"]
    needs: list[Initialise] = ["git"] if workspace is None else []
    if data and (workspace is None or not workspace.has_dvc):
        needs.append("dvc")
    files = {one.path: _file(workspace, one.path) for one in data}
    lines = _lines(workspace, data)
    steps = list(_steps(ground.root, needs, chosen, files, lines, push))
    committed = [*(DVC_FILES if "dvc" in needs else ()), *files.values(), *(rules for rules, _ in lines)]
    committed += _held_by_git(workspace, chosen)
    if committed:
        message = f"One commit of {_count(len(dict.fromkeys(committed)), 'file')}, and of nothing else"
        steps.append(DataStep("commit", ".", message))
    return DataPlan(
        str(ground.root),
        advice,
        needs,
        steps,
        list(dict.fromkeys(committed)),
        suggested_message(chosen),
        list(_problems(workspace, advice, choices, needs, chosen)),
    )


def _file(workspace: Workspace | None, path: str) -> str:
    return file_for(workspace, path) if workspace is not None else path + SUFFIX


def _lines(workspace: Workspace | None, data: Sequence[DataAdvice]) -> list[tuple[str, str]]:
    """The ``.gitignore`` files that get a line, and the line."""
    new = [one.path for one in data if one.tracked != "dvc"]
    if workspace is not None and new:
        new = new_to_git(workspace, new)
    return [(rules_of(path), line_for(path)) for path in new]


def _held_by_git(workspace: Workspace | None, chosen: Sequence[DataAdvice]) -> Iterator[str]:
    """The single files of the commit that are no ``.dvc`` and ``.gitignore`` files."""
    in_git = [one.path for one in chosen if one.chosen == "git"]
    if workspace is None:
        yield from in_git
        return
    if in_git:
        yield from (one.path for one in workspace.repository.status(in_git))
    leaving = leaving_git(chosen)
    if leaving:
        yield from workspace.repository.tracked(leaving)


def _steps(
    root: Path,
    needs: Sequence[Initialise],
    chosen: Sequence[DataAdvice],
    files: Mapping[str, str],
    lines: Sequence[tuple[str, str]],
    push: bool,
) -> Iterator[DataStep]:
    if "git" in needs:
        yield DataStep("git_init", ".", f"Make `{root.name}` a Git repository (`git init`)")
    if "dvc" in needs:
        named = ", ".join(f"`{path}`" for path in DVC_FILES)
        yield DataStep("dvc_init", ".dvc", f"Make it a DVC project (`dvc init`): {named}")
    for one in chosen:
        if one.chosen == "dvc":
            what = f"{size_text(one.size)} in {_count(one.files, 'file')}"
            again = "; what has not changed is not read again" if one.tracked == "dvc" else ""
            yield DataStep("hash", one.path, f"Copy `{one.path}` to DVC's cache: {what}{again}")
    for file in dict.fromkeys(files.values()):
        yield DataStep("write", file, f"Write `{file}`, which names this version")
    for rules, line in lines:
        yield DataStep("ignore", rules, f"Add the line `{line}` to `{rules}`, so that Git leaves the data to DVC")
    if push and files:
        yield DataStep("push", ".", "Push the data to the remote, and ask it whether it holds all of it")
    for path in leaving_git(chosen):
        text = f"Git holds `{path}` no longer from this commit on; it stays on disk and in earlier commits"
        yield DataStep("untrack", path, text)


def _problems(
    workspace: Workspace | None,
    advice: Sequence[DataAdvice],
    choices: Mapping[str, DataKind],
    needs: Sequence[Initialise],
    chosen: Sequence[DataAdvice],
) -> Iterator[DataProblem]:
    for one in advice:
        try:
            check_advice(one, choices.get(one.path))
        except AdviceError as error:
            yield problem_of(error)
    if workspace is None:
        return
    data = [one.path for one in chosen if one.chosen == "dvc"]
    try:
        workspace.repository.check_can_commit()
        check_data(workspace, data, [file_for(workspace, path) for path in data], leaving_git(chosen))
    except NotADvcProjectError as error:
        if "dvc" not in needs:
            yield problem_of(error)
    except VcsError as error:
        yield problem_of(error)


def problem_of(error: VcsError) -> DataProblem:
    """A refusal as an answer holds it."""
    return DataProblem(error.code, error.message, error.remedy, list(error.paths))


def suggested_message(chosen: Sequence[DataAdvice]) -> str:
    """A message for the commit, from what it holds."""
    if not chosen:
        return ""
    if leaving_git(chosen):
        verb, end = "Move", " from Git to DVC"
    else:
        verb, end = ("Update" if all(one.tracked for one in chosen) else "Version"), ""
    names = [PurePosixPath(one.path).as_posix() for one in chosen]
    if len(names) <= _NAMED:
        return f"{verb} {' and '.join([', '.join(names[:-1]), names[-1]] if len(names) > 1 else names)}{end}"
    return f"{verb} {', '.join(names[:_NAMED])} and {len(names) - _NAMED} more{end}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
