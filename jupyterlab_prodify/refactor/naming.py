"""Names for the new function: a suggestion, and what a person may not choose."""

from __future__ import annotations

import builtins
import itertools
import keyword
import re
import unicodedata
from collections.abc import Collection, Iterator

from jupyterlab_prodify.api.export import Cell, ExportRequest
from jupyterlab_prodify.notebook.mutation import find_mutations
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.region import Region
from jupyterlab_prodify.refactor.roles import Roles

_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
_STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "for",
        "to",
        "in",
        "on",
        "and",
        "or",
        "with",
        "by",
        "from",
        "our",
        "we",
        "is",
        "are",
        "be",
        "this",
        "that",
        "some",
        "into",
        "at",
        "as",
        "let",
        "s",
    ]
)
_MOST_WORDS = 4


def choose_names(
    request: ExportRequest, region: Region, roles: Roles, module_names: Collection[str], module: str
) -> list[str]:
    """The name that the person gave, checked; or suggestions, of which only the last is free in the target.

    The others have a meaning in the target, which may be that of this very function. ``module`` is the target's dotted
    name.

    Raises:
        RefusalError: the given name is not a name, a keyword, a builtin, or taken in the notebook.
    """
    taken = _notebook_names(region, roles, module)
    if request.name is not None:
        check_name(request.name, taken)
        return [request.name]
    taken |= set(dir(builtins))
    names: list[str] = []
    for name in _numbered(_suggestion(request, region, roles, taken)):
        if name in taken or keyword.iskeyword(name):
            continue
        names.append(name)
        if name not in module_names:
            return names
    raise AssertionError("numbers do not end")


def check_name(name: str, taken: set[str]) -> None:
    """Refuse what cannot be the name of a new function."""
    problem = problem_of_name(name)
    if problem is not None:
        raise _bad_name("bad_name", *problem)
    if name in dir(builtins):
        raise _bad_name(
            "bad_name",
            f"`{name}` is a builtin of Python.",
            f"Choose another name, such as `{name}_2`.",
        )
    if name in taken:
        raise _bad_name(
            "name_taken",
            f"`{name}` already has another meaning in the notebook.",
            f"Choose another name, such as `{name}_2`.",
        )


def problem_of_name(name: str) -> tuple[str, str] | None:
    """Why this is no name in Python, and what to do; None where it is one."""
    if not name.strip():
        return "There is no name.", "Give one, such as `clean_data`."
    if keyword.iskeyword(name):
        return f"`{name}` is a keyword of Python.", f"Choose another name, such as `{name}_`."
    if not name.isidentifier():
        return f"`{name}` is not a Python name.", "Use letters, digits and underscores: `clean_data`."
    return None


def _bad_name(code: str, message: str, remedy: str) -> RefusalError:
    return RefusalError(code, message, remedy, field="name")


def _notebook_names(region: Region, roles: Roles, module: str) -> set[str]:
    """Names with a meaning in the notebook; what it imports from the target itself is ours."""
    taken = set(roles.flow.reads) | set(roles.flow.bindings)
    for piece in region.others:
        for name, bindings in piece.facts.flow.bindings.items():
            if any(b.target is None or b.target.module != module or b.target.attribute is None for b in bindings):
                taken.add(name)
    return taken


def _numbered(name: str) -> Iterator[str]:
    yield name
    for number in itertools.count(2):
        yield f"{name}_{number}"


def _suggestion(request: ExportRequest, region: Region, roles: Roles, taken: Collection[str]) -> str:
    heading = _heading_above(request.cells, region.cells[0].cell.id)
    named = slug(heading) if heading else ""
    if named in roles.flow.bindings or any(named in piece.facts.flow.bindings for piece in region.others):
        # Under "Training data" stands ``training_data = ...``.
        named = f"make_{named}" if f"make_{named}" not in taken else named
    return named or _from_result(region, roles)


def _heading_above(cells: list[Cell], cell_id: str) -> str | None:
    index = next(i for i, cell in enumerate(cells) if cell.id == cell_id)
    if index == 0 or cells[index - 1].cell_type != "markdown":
        return None
    headings = _HEADING.findall(cells[index - 1].source)
    return str(headings[-1]) if headings and not headings[-1].endswith("?") else None


def slug(text: str) -> str:
    """A function name made of the first telling words of a text; "" when there are none."""
    text = unicodedata.normalize("NFKD", re.sub(r"`|\(.*?\)|\[|\]", " ", text.casefold()))
    plain = text.encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in _STOP_WORDS]
    while words and words[0].isdigit():
        words.pop(0)
    name = "_".join(words[:_MOST_WORDS])
    return f"step_{name}" if name[:1].isdigit() else name


def _from_result(region: Region, roles: Roles) -> str:
    plots = any(
        "plt." in line or ".plot" in line or "sns." in line for cell in region.cells for line in cell.body_lines
    )
    fresh = [name for name in roles.returns if name not in roles.params]
    if plots and not fresh:
        return f"plot_{slug(roles.params[0])}" if roles.params and slug(roles.params[0]) else "plot_figure"
    if fresh:
        return f"make_{slug(fresh[-1])}" if slug(fresh[-1]) else "make_result"
    if roles.returns or roles.params:
        changed = (roles.returns or roles.params)[0]
        changes = roles.returns or any(one.name in roles.params for one in find_mutations(region.statements))
        verb = "update" if changes else "show"
        return f"{verb}_{slug(changed)}" if slug(changed) else f"{verb}_values"
    return "run_step"
