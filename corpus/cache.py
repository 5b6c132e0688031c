"""Results remembered by content: what would run in the same way is not run again."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from corpus.manifest import HOME, Entry
from tests import proof

FOLDER = HOME / "cache"
#: The parts of the harness that decide what is seen and what counts as the same.
JUDGES = ("worker", "fingerprint", "session", "normalise", "compare", "exported", "reads", "prove", "notebook_file")


def key_of(entry: Entry, environment: str, content: object) -> str:
    """A key that changes with the notebook, its data, the kernel's packages, the harness or what is to be run."""
    facts = [harness(), environment, entry.notebook, sorted((file.path, file.sha256) for file in entry.files), content]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def harness() -> str:
    """Changes when the harness works in another way; comments and blank lines do not count."""
    folder = Path(proof.__file__).parent
    texts = [ast.dump(ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))) for name in JUDGES]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def recall(key: str) -> dict[str, Any] | None:
    """The result that was kept under the key."""
    try:
        found: dict[str, Any] = json.loads((FOLDER / key[:2] / key).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def keep(key: str, result: Mapping[str, Any]) -> None:
    """Remember a result."""
    place = FOLDER / key[:2] / key
    place.parent.mkdir(parents=True, exist_ok=True)
    partial = place.with_suffix(".partial")
    partial.write_text(json.dumps(result), encoding="utf-8", errors="surrogatepass")
    partial.replace(place)
