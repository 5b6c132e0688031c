"""The size of the production build: what a browser loads for the extension, without what JupyterLab shares.

``python -m scripts.bundle_size`` prints the files and exits with 1 when they exceed the limit. Packages that
JupyterLab shares are no part of the build, so all of its scripts count.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from scripts.places import LABEXTENSION

LIMIT = 250_000


def sizes(built: Path = LABEXTENSION) -> dict[str, int]:
    """Bytes of every script of a build, the largest first."""
    scripts = {path.name: path.stat().st_size for path in (built / "static").glob("*.js")}
    return dict(sorted(scripts.items(), key=lambda item: -item[1]))


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
    total = sum(found.values())
    print(json.dumps({"bundle_bytes": total, "limit_bytes": LIMIT}))
    return int(total > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
