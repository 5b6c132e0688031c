"""Names in the defaults and annotations that a person writes: what they mean in the notebook."""

from __future__ import annotations

import ast

from jupyterlab_prodify.notebook.bindings import ImportTarget
from jupyterlab_prodify.notebook.dataflow import imports_of, sources_of
from jupyterlab_prodify.refactor.moved_definitions import BUILTINS, compatible
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.region import Region


def names_in(expression: str | None) -> list[str]:
    """The names that an expression reads, in text order."""
    tree = ast.parse(expression.strip(), mode="eval") if expression and expression.strip() else None
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Name)] if tree is not None else []
    return list(dict.fromkeys(node.id for node in nodes))


def imports_for(name: str, param: str, region: Region) -> list[ImportTarget]:
    """The imports that give the name its meaning; none for a builtin.

    Raises:
        RefusalError: the name is data of the notebook, or nothing at all.
    """
    targets = imports_of(name, region.before)
    kinds = {source.binding.kind for source in sources_of(name, region.before)}
    if kinds == {"import"} and compatible(targets):
        return targets
    if kinds or name not in BUILTINS:
        what = "is data of the notebook" if kinds else "is not imported in the notebook"
        raise RefusalError(
            "bad_expression",
            f"The default or annotation of `{param}` uses `{name}`, which {what}.",
            f"Use a literal value, or import `{name}` in a cell before.",
            field="params",
        )
    return []
