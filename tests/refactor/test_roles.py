"""The rule table while it is filled in."""

from __future__ import annotations

import pytest

from jupyterlab_prodify.notebook.bindings import ImportTarget
from jupyterlab_prodify.refactor.region import find_region
from jupyterlab_prodify.refactor.roles import Draft
from tests.refactor.asking import request_for


def draft_of(*sources: str) -> Draft:
    return Draft(find_region(request_for(sources)), "steps", frozenset({"taken"}))


def test_imports_leave_the_body() -> None:
    draft = draft_of("a = 1", "b = a\nimport os\nc = os.sep", "print(b, c)")
    assert [node.lineno for node in draft.hoisted] == [2]
    assert [node.lineno for node in draft.body] == [1, 3]


def test_questions_about_names() -> None:
    draft = draft_of("a = 1", "b = a\nmax(b)", "print(b)")
    assert [source.binding.line for source in draft.sources("a")] == [1]
    assert draft.sources("b") == []
    assert [name for name in "ab" if draft.binds(name)] == ["b"]
    assert [name for name in "ab" if draft.is_read_elsewhere(name)] == ["b"]
    assert [name for name in ("a", "max", "other") if draft.is_there(name)] == ["a", "max"]


@pytest.mark.parametrize(
    ("target", "possible"),
    [
        (ImportTarget("os", None, "os"), True),
        (ImportTarget("steps", "taken", "taken"), True),
        (ImportTarget("steps", "taken", "other", 0, True), False),
        (ImportTarget("steps", "missing", "missing"), False),
    ],
)
def test_imports_from_the_module_itself(target: ImportTarget, possible: bool) -> None:
    assert draft_of("a = 1", "b = a").add_import([target], 1) is possible


def test_a_parameter_is_added_once() -> None:
    draft = draft_of("a = 1", "b = a")
    draft.add_param("a")
    draft.add_param("a")
    assert draft.roles.params == ["a"]


def test_a_warning_knows_its_cell() -> None:
    draft = draft_of("a = 1", "b = a")
    draft.warn("code", "What.", 1)
    (warning,) = draft.roles.warnings
    assert (warning.cell_id, warning.line) == ("c1", 1)
