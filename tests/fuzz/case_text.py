"""A counterexample as a file of ``tests/cases/export``."""

from __future__ import annotations

from tests.fuzz.example import Example


def case_text(example: Example, why: str) -> str:
    """The text of the case file."""
    lines = f" {example.lines[0]}:{example.lines[1]}" if example.lines else ""
    parts = []
    for index, text in enumerate(example.cells):
        mark = f"# %% [export{lines}]" if index in example.export else "# %%"
        parts.append(f"{mark}\n{text}\n")
    return "\n".join([*parts, f"# refused or proved\n# why: {why}\n"])
