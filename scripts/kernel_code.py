"""The question for the types of a notebook's values, as one Python expression and as TypeScript.

``jupyterlab_prodify/in_kernel/live_types.py`` is what runs in the kernel. The frontend has its text in a generated
file, which ``make codegen`` writes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "jupyterlab_prodify" / "in_kernel" / "live_types.py"
TARGET = ROOT / "src" / "notebook" / "liveTypesCode.ts"

HEADER = """/**
 * An expression whose value is a function from names of a notebook to their types, made from
 * `jupyterlab_prodify/in_kernel` by `make codegen`. Not to be edited by hand.
 */
"""


def expression() -> str:
    """A function of a list of names.

    It is evaluated among the notebook's names and binds none of them; what it needs lives in a dictionary of its own.
    """
    code = json.dumps(SOURCE.read_text(encoding="utf-8"))
    own = '{"__builtins__": __import__("builtins"), "__name__": "prodify_live_types"}'
    return (
        f'(lambda b, own: (b.exec({code}, own), lambda names: own["answer"](b.globals(), names))[1])'
        f'(__import__("builtins"), {own})'
    )


def question(names: Sequence[str]) -> str:
    """What the frontend has the kernel evaluate for these names."""
    return f"{expression()}({json.dumps(list(names), ensure_ascii=False)})"


def generate() -> str:
    """The text of the generated file."""
    text = expression().replace("\\", "\\\\").replace("'", "\\'")
    return f"{HEADER}export const LIVE_TYPES =\n  '{text}';\n"
