"""The size of the production build: what every start of JupyterLab loads, and what comes on first use.

``python -m scripts.bundle_size`` prints the files, and exits with 1 when those of a start exceed the limit. Packages
that JupyterLab shares are no part of the build. Dialogs are chunks of their own, loaded when one is first opened.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from scripts.places import LABEXTENSION

LIMIT = 250_000
#: ``"./index":()=>n.e(845).then(...)``, with ``Promise.all([n.e(1),n.e(2)])`` where there are several.
_EXPOSED = re.compile(r'"\./(?:index|extension|style)":\(\)=>(.{0,400}?)\.then\(')
_CHUNK = re.compile(r"\.e\((\d+)\)")


def sizes(built: Path = LABEXTENSION) -> dict[str, int]:
    """Bytes of every script of a build, the largest first."""
    scripts = {path.name: path.stat().st_size for path in (built / "static").glob("*.js")}
    return dict(sorted(scripts.items(), key=lambda item: -item[1]))


def at_start(built: Path = LABEXTENSION) -> dict[str, int]:
    """Of these the scripts that every start loads: the entry, and the chunks of the modules that it exposes."""
    entry = "".join(path.read_text(encoding="utf-8") for path in (built / "static").glob("remoteEntry.*.js"))
    exposed = _EXPOSED.findall(entry)
    chunks = {number for part in exposed for number in _CHUNK.findall(part)}
    if not chunks:
        return sizes(built)
    loaded = {*chunks, "remoteEntry", "style"}
    return {name: size for name, size in sizes(built).items() if name.split(".")[0] in loaded}


def is_for_production(built: Path = LABEXTENSION) -> bool:
    """True when the build is minified: builds for development come with source maps of another kind."""
    text = "".join(path.read_text(encoding="utf-8") for path in (built / "static").glob("remoteEntry.*.js"))
    return text != "" and text.count("\n") < 50


def main(built: Path = LABEXTENSION) -> int:
    """Print the sizes and compare with the limit; the answer is the exit code."""
    if not is_for_production(built):
        print("There is no production build: run `make build`", file=sys.stderr)
        return 1
    found = sizes(built)
    for name, size in found.items():
        print(f"{size:>9,} {name}")
    start = sum(at_start(built).values())
    print(json.dumps({"bundle_bytes": start, "limit_bytes": LIMIT, "with_all_dialogs_bytes": sum(found.values())}))
    return int(start > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
