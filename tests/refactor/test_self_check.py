"""The engine's own check stops a plan that would change a statement."""

from __future__ import annotations

import pytest

from jupyterlab_prodify.api.export import ExportRequest
from jupyterlab_prodify.refactor.decision import decide_roles
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.region import Region, find_region
from jupyterlab_prodify.refactor.roles import Roles
from jupyterlab_prodify.refactor.self_check import check_function, check_module
from tests.refactor.asking import cells_of

GUARD = "from typing import TYPE_CHECKING\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "x = 1\n"),
        ("", "import os\n"),
        ("x = 1\n", "import os\n\nx = 1\n\n\ndef f(): pass\n"),
        ("from a import b\nx = 1\n", "from a import b, c\nx = 1\n"),
        ("x = 1  # one\n", "x = 1\n"),
        ("'doc'\nimport b\n", "'doc'\nimport a\nimport b\n"),
        (f"{GUARD}if TYPE_CHECKING:\n    import a\n", f"{GUARD}if TYPE_CHECKING:\n    import a\n    import b\n"),
        (f"{GUARD}if TYPE_CHECKING:\n    import a\n", "import a\n"),
        (
            f"{GUARD}if TYPE_CHECKING:\n    from a import b, c\n",
            f"{GUARD}from a import b\nif TYPE_CHECKING:\n    from a import c\n",
        ),
    ],
)
def test_a_module_that_keeps_its_statements(before: str | None, after: str) -> None:
    check_module(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1\n", "x = 2\n"),
        ("x = 1\ny = 2\n", "y = 2\nx = 1\n"),
        ("x = 1\n", ""),
        ("import os\n", "import sys\n"),
        ("def f():\n    return 1\n", "def f():\n    return 2\n"),
        ("'doc'\nx = 1\n", "import os\nx = 1\n"),
        ("x = 1\n", "x = 1\n\n\ndef f(:\n"),
        ("x = 1\n", "x = 1\n\n\ndef f():\n    nonlocal y\n"),
        ("x = 1\n", "x = 1\n\n\ndef f(a, a):\n    return a\n"),
        ("from a import b\n", "from a import c\n"),
        ("from a import b\n", ""),
        (f"{GUARD}if TYPE_CHECKING:\n    import a\n", GUARD),
        (f"{GUARD}if TYPE_CHECKING:\n    import a\n", "if TYPE_CHECKING:\n    import a\n"),
        (f"{GUARD}if TYPE_CHECKING:\n    import a as b\n", "import a\n"),
        (f"{GUARD}if TYPE_CHECKING:\n    A = int\n", f"{GUARD}if TYPE_CHECKING:\n    A = str\n"),
        (f"{GUARD}if TYPE_CHECKING:\n    import a\nelse:\n    a = 1\n", f"{GUARD}if TYPE_CHECKING:\n    import a\n"),
        ("from __future__ import annotations\nx = 1\n", "import os\nfrom __future__ import annotations\nx = 1\n"),
    ],
)
def test_a_module_that_would_change(before: str, after: str) -> None:
    with pytest.raises(RefusalError) as caught:
        check_module(before, after)
    assert caught.value.refusal.code == "self_check"
    assert "nothing was written" in caught.value.refusal.remedy


def _decided(sources: list[str], selected: list[str]) -> tuple[Region, Roles]:
    region = find_region(ExportRequest(notebook="nb.ipynb", cells=cells_of(sources), selected=selected))
    return region, decide_roles(region, "steps", frozenset())


GOOD = "def f(a):\n    b = a\n    c = b\n    return c"


def test_a_function_that_holds_the_statements() -> None:
    check_function(GOOD, *_decided(["a = 1", "b = a\nc = b", "c"], ["c1"]))


@pytest.mark.parametrize(
    "source",
    [
        "def f(a):\n    b = a\n    return c",
        "def f(a):\n    c = b\n    b = a\n    return c",
        "def f(a):\n    b = a + 0\n    c = b\n    return c",
        "def f(a):\n    if a:\n        b = a\n        c = b\n    return c",
        "def f(a):\n    b = a\n    b = a\n    c = b\n    return c",
        "def f(a):\n    b = a\n    c = b\n    c = None\n    return c",
        "def f(a:\n    b = a",
    ],
)
def test_a_function_that_would_differ(source: str) -> None:
    with pytest.raises(RefusalError) as caught:
        check_function(source, *_decided(["a = 1", "b = a\nc = b", "c"], ["c1"]))
    assert caught.value.refusal.code == "self_check"


def test_the_check_leaves_the_region_as_it_was() -> None:
    region, roles = _decided(["a = 1", "b = a\nc = b", "c"], ["c1"])
    lines = [statement.lineno for statement in region.statements]
    check_function(GOOD, region, roles)
    assert [statement.lineno for statement in region.statements] == lines
