"""How the type of a live value is written in a module: by the notebook's own imports where it has some."""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jupyterlab_prodify.api.export import LiveType
from jupyterlab_prodify.notebook.bindings import ImportTarget
from jupyterlab_prodify.notebook.dataflow import imports_of, sources_of
from jupyterlab_prodify.refactor.moved_definitions import BUILTINS, compatible
from jupyterlab_prodify.refactor.names_in_module import NamesInModule
from jupyterlab_prodify.refactor.region import Region

#: What everybody calls these modules, where the notebook has no import of its own.
_CUSTOMARY = {"numpy": "np", "pandas": "pd", "polars": "pl", "xarray": "xr"}
#: Modules that importing their parent always loads.
_LOADED_WITH_PARENT = frozenset({"numpy.random", "numpy.ma"})
_CONTAINERS = frozenset({"list", "dict", "tuple", "set", "frozenset"})
#: Classes that differ between systems, and the one that stands for both.
_EVERYWHERE = {("pathlib", "PosixPath"): "Path", ("pathlib", "WindowsPath"): "Path"}


@dataclass(frozen=True)
class Spelling:
    """An annotation and the imports that it needs."""

    text: str
    imports: tuple[ImportTarget, ...] = ()


def spell(live: LiveType, region: Region, names: NamesInModule) -> Spelling | None:
    """The annotation for a value of this type; None where the module has no way to name it."""
    if (live.module, live.name) == ("types", "UnionType"):
        return _joined(" | ", live.args, region, names) if len(live.args) > 1 else None
    if live.module == "builtins":
        return _builtin(live, region, names)
    name = _EVERYWHERE.get((live.module, live.name), live.name)
    path = name.split(".")
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in [*path, *live.module.split(".")]):
        return None
    if live.module in ("__main__", names.import_name):
        found = names.defines(path[0], along_only=live.module == "__main__")
        return Spelling(name) if found else None
    return _imported(live, name, region, names)


def _builtin(live: LiveType, region: Region, names: NamesInModule) -> Spelling | None:
    fixed = {"NoneType": "None", "ellipsis": "..."}.get(live.name)
    if fixed:
        return Spelling(fixed)
    if live.name not in BUILTINS or not names.is_builtin(live.name):
        return None
    if live.name not in _CONTAINERS or not live.args:
        return Spelling(live.name)
    inner = _joined(", ", live.args, region, names)
    return Spelling(f"{live.name}[{inner.text}]", inner.imports) if inner else Spelling(live.name)


def _joined(by: str, parts: Sequence[LiveType], region: Region, names: NamesInModule) -> Spelling | None:
    found = [spell(part, region, names) for part in parts]
    known = [spelling for spelling in found if spelling is not None]
    if not known or len(known) < len(found):
        return None
    imports = tuple(target for spelling in known for target in spelling.imports)
    return Spelling(by.join(spelling.text for spelling in known), imports)


def _imported(live: LiveType, name: str, region: Region, names: NamesInModule) -> Spelling | None:
    """The first way that costs the module nothing, else the first that it can have."""
    ways = list(_ways(live, name, region, names))
    possible = [way for way in ways if names.can_import(way.imports[0])]
    free = [way for way in possible if names.at_run_time(way.imports[0])]
    return next(iter([*free, *possible]), None)


def _ways(live: LiveType, name: str, region: Region, names: NamesInModule) -> Iterator[Spelling]:
    modules = frozenset({live.module, live.defined_in or live.module})
    notebook = [*_notebook_imports(region), *names.top]
    for target in sorted(notebook, key=lambda target: target.attribute is None):
        text = _through(target, modules, name)
        if text:
            yield Spelling(text, (target,))
    if live.module in _CUSTOMARY:
        alias = _CUSTOMARY[live.module]
        yield Spelling(f"{alias}.{name}", (ImportTarget(live.module, None, alias, 0, True),))
    root = name.split(".")[0]
    yield Spelling(name, (ImportTarget(live.module, root, root),))


def _through(target: ImportTarget, modules: frozenset[str], name: str) -> str | None:
    """The type by an import of the notebook, None where that import does not lead to it."""
    root, _, rest = name.partition(".")
    if target.level:
        return None
    if target.attribute is not None:
        if target.module in modules and target.attribute == root:
            return target.name + (f".{rest}" if rest else "")
        return f"{target.name}.{name}" if f"{target.module}.{target.attribute}" in modules else None
    base = target.name if target.renamed else target.module
    if target.module in modules:
        return f"{base}.{name}"
    inner = next((module for module in modules & _LOADED_WITH_PARENT if module.startswith(f"{target.module}.")), None)
    return f"{base}{inner[len(target.module) :]}.{name}" if inner else None


def _notebook_imports(region: Region) -> Iterator[ImportTarget]:
    """What cells before the exported code import, where the name always means that."""
    names = {name: None for piece in region.before for name in piece.facts.flow.bindings}
    for name in names:
        targets = imports_of(name, region.before)
        if not targets or {source.binding.kind for source in sources_of(name, region.before)} != {"import"}:
            continue
        if compatible(targets):
            yield from targets
