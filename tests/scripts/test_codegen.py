"""The generated TypeScript says what the wire types say."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Literal

import msgspec
import pytest

from scripts import codegen


class Held(msgspec.Struct, frozen=True):
    """Travels to the server only."""

    name: str | None = None


class AskRequest(msgspec.Struct, frozen=True):
    """Asked by the frontend.

    In two paragraphs.
    """

    held: list[Held]
    shared: Shared
    mode: Literal["auto", "none"] = "auto"
    """What to do, e.g. ``auto``."""


class Shared(msgspec.Struct, frozen=True):
    """Travels both ways."""

    line: int | None = None


class Yes(msgspec.Struct, frozen=True, tag_field="kind", tag="yes"):
    values: dict[str, list[int | None]]
    shared: Shared


class No(msgspec.Struct, frozen=True, tag_field="kind", tag="no"):
    pass


Answer = Yes | No

HERE: ModuleType = sys.modules[__name__]


@pytest.fixture(scope="module")
def generated() -> str:
    return codegen.generate([HERE])


def test_a_union_is_told_apart_by_its_tag(generated: str) -> None:
    assert "export type Answer = Yes | No;\n" in generated
    assert "export interface No {\n  readonly kind: 'no';\n}\n" in generated


def test_what_only_the_frontend_sends_may_be_left_out(generated: str) -> None:
    assert "readonly name?: string | null;" in generated
    assert "readonly mode?: 'auto' | 'none';" in generated


def test_what_an_answer_holds_is_always_there(generated: str) -> None:
    assert "export interface Shared {\n  readonly line: number | null;\n}" in generated


def test_lists_and_mappings_are_read_only(generated: str) -> None:
    assert "readonly held: readonly Held[];" in generated
    assert "readonly values: Readonly<Record<string, readonly (number | null)[]>>;" in generated


def test_docstrings_become_comments(generated: str) -> None:
    assert "/** Travels both ways. */\nexport interface Shared" in generated
    assert "/**\n * Asked by the frontend.\n *\n * In two paragraphs.\n */\nexport interface AskRequest" in generated
    assert "  /** What to do, e.g. `auto`. */\n  readonly mode?" in generated


def test_an_unknown_type_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(codegen.Unsupported, match="complex"):
        codegen.typescript(complex, {})


def test_a_stale_file_is_reported_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "src" / "generated.ts"
    monkeypatch.setattr(codegen, "TARGET", target)
    assert codegen.main(["--check"]) == 1
    assert "make codegen" in capsys.readouterr().err
    assert not target.exists()
    assert codegen.main([]) == 0
    assert codegen.main(["--check"]) == 0
