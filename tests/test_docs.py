"""The documentation names what there is, and its examples behave as it says."""

from __future__ import annotations

import argparse
import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from jupyterlab_prodify.api.export import Cell, ExportRequest, Plan, Refusal
from jupyterlab_prodify.cli import build_parser
from jupyterlab_prodify.notebook.hazards import HazardCode
from jupyterlab_prodify.project import errors
from jupyterlab_prodify.refactor import cautions
from jupyterlab_prodify.refactor.export import plan_export
from jupyterlab_prodify.refactor.target import Target

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
EXPORT = (DOCS / "export.md").read_text("utf-8")
EVERYTHING = "\n".join(path.read_text("utf-8") for path in sorted(DOCS.glob("*.md")))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]

# Calls whose first text argument (or `code=`) is the code of a warning or of a refusal.
GIVES_CODE = {"RefusalError", "Refusal", "refuse", "_bad", "_bad_name", "PlanWarning", "_warn", "_warning"}


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def codes_in(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and called(node) in GIVES_CODE:
            values = [*node.args[:2], *(keyword.value for keyword in node.keywords if keyword.arg == "code")]
            texts = [
                value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)
            ]
            yield from texts[:1]


def engine_codes() -> set[str]:
    found = {code for path in (ROOT / "jupyterlab_prodify").rglob("*.py") for code in codes_in(path.read_text("utf-8"))}
    found |= set(get_args(HazardCode)) | {code for code, _ in cautions._GLOBAL_STATE.values()}
    return found | {kind.code for kind in errors.ProjectError.__subclasses__()}


def schema() -> dict[str, object]:
    return json.loads((ROOT / "schema" / "plugin.json").read_text("utf-8"))


class TestNamed:
    @pytest.mark.parametrize("code", sorted(engine_codes()))
    def test_each_warning_and_refusal(self, code: str) -> None:
        assert f"`{code}`" in EXPORT

    def test_codes_are_found_at_all(self) -> None:
        assert {"late_binding", "mutates_argument", "frame_access", "global_seed", "changed"} <= engine_codes()

    def test_each_setting(self) -> None:
        missing = [name for name in schema().get("properties", {}) if f"`{name}`" not in EVERYTHING]
        assert missing == []

    def test_each_command(self) -> None:
        tokens = (ROOT / "src" / "tokens.ts").read_text("utf-8")
        commands = re.findall(r"'(prodify:[a-z-]+)'", tokens)
        assert commands
        assert [command for command in commands if f"`{command}`" not in EVERYTHING] == []

    def test_each_shortcut(self) -> None:
        shortcuts = [key for entry in schema().get("jupyter.lab.shortcuts", []) for key in entry["keys"]]
        assert [keys for keys in shortcuts if f"`{keys}`" not in EVERYTHING] == []

    def test_each_route(self) -> None:
        from jupyterlab_prodify.routes import handlers

        routes = [re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route) for route, _ in handlers]
        assert [route for route in routes if route not in EVERYTHING] == []

    def test_each_option_of_the_command_line(self) -> None:
        page = (DOCS / "command-line.md").read_text("utf-8")
        assert [option for option in sorted(options(build_parser())) if f"`{option}" not in page] == []


def options(parser: argparse.ArgumentParser) -> set[str]:
    """Long options of a program and of its verbs."""
    found = {text for action in parser._actions for text in action.option_strings if text.startswith("--")}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb in action.choices.values():
                found |= options(verb)
    return found - {"--help"}


# -- the examples -------------------------------------------------------------------------------------------------

BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
CELL = re.compile(r"^# %%( export)?\n", re.MULTILINE)


def without_blocks(text: str) -> str:
    """Lines such as `# %%` inside code are no headings."""
    return BLOCK.sub(lambda found: found.group().replace("\n# %%", "\n\0# %%"), text)


def examples() -> list[tuple[str, str]]:
    """(title of the section, its example) for all sections that have one."""
    found = []
    for section in re.split(r"\n(?=#{2,4} )", without_blocks(EXPORT)):
        title, _, body = section.partition("\n")
        block = BLOCK.search(body)
        if "`" in title and block:
            found.append((title.lstrip("# "), block.group(1).replace("\0", "")))
    return found


def plan_of(example: str) -> Plan | Refusal:
    _, *parts = CELL.split(example)
    marks, sources = parts[::2], parts[1::2]
    cells = [Cell(id=f"c{number}", source=source.rstrip("\n")) for number, source in enumerate(sources)]
    selected = [cell.id for cell, mark in zip(cells, marks, strict=True) if mark]
    request = ExportRequest(notebook="notebook.ipynb", cells=cells, selected=selected, language="python")
    return plan_export(request, Target("steps.py", "steps"))


class TestExamples:
    @pytest.mark.parametrize(
        ("title", "example"), examples(), ids=lambda text: text.split("`")[1] if "`" in text else ""
    )
    def test_gives_what_its_section_says(self, title: str, example: str) -> None:
        codes = set(re.findall(r"`(\w+)`", title))
        answer = plan_of(example)
        is_warning = EXPORT.index(f" {title}\n") < EXPORT.index("\n## Refusals")
        assert isinstance(answer, Plan) == is_warning, answer
        given = {warning.code for warning in answer.warnings} if isinstance(answer, Plan) else {answer.code}
        assert given & codes, answer

    def test_there_are_many(self) -> None:
        assert len(examples()) > 30


# -- the pages ----------------------------------------------------------------------------------------------------


def anchor_of(heading: str) -> str:
    """The anchor that GitHub makes of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
class TestPages:
    def test_links_lead_somewhere(self, page: Path) -> None:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
            if "://" in target:
                continue
            name, _, anchor = target.partition("#")
            other = page.parent / name if name else page
            assert other.exists(), target
            if anchor:
                headings = re.findall(r"^#+ (.*)$", other.read_text("utf-8"), re.MULTILINE)
                assert anchor in map(anchor_of, headings), target

    def test_make_targets_exist(self, page: Path) -> None:
        targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
        assert set(re.findall(r"^(?: {4})?make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE)) <= targets
