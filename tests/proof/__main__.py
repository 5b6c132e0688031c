"""Prove every logic cell of a notebook, one by one.

    python -m tests.proof NOTEBOOK.ipynb [--cell N ...] [--lines A:B] [--python PY] [--exact] [--json OUT] [--show]

Prints for each code cell: exported, refused (with the code) or BROKEN (with the difference). ``--python`` is the
interpreter of the notebook's kernel. Exit 1 when something is broken.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

from jupyterlab_prodify.api.export import Cell
from tests.proof.notebook_file import read_cells
from tests.proof.prove import Export, Proof, prove_each
from tests.proof.session import PRELOAD, Worker


def candidates(cells: list[Cell]) -> list[int]:
    """Code cells with something in them."""
    return [index for index, cell in enumerate(cells) if cell.cell_type == "code" and cell.source.strip()]


def describe(index: int, proof: Proof, show: bool) -> str:
    """One line, and the differences or the new cells below it."""
    if proof.refusal:
        refusal = proof.refusal
        return f"  [{index}] refused {refusal.code} (line {refusal.line}): {refusal.message}"
    assert proof.plan
    function = proof.plan.function
    head = f"{function.name}({', '.join(param.name for param in function.params)}) -> {', '.join(function.returns)}"
    lines = [f"  [{index}] {'exported' if proof.same else 'NOT RUN' if proof.same is None else 'BROKEN'} {head}"]
    if not proof.same:
        lines += ["      " + line for text in proof.differences for line in text.split("\n")]
    if proof.exported and (show or proof.same is False):
        lines += ["      | " + line for line in proof.exported.files.get(proof.plan.module, "").split("\n")]
        for cell in proof.exported.cells:
            if cell["id"] in proof.selected:
                lines += ["      > " + line for line in cell["source"].split("\n")]
    return "\n".join(lines)


def record(index: int, proof: Proof) -> dict[str, object]:
    """One proof as JSON."""
    state = "refused" if proof.refusal else {True: "exported", False: "broken", None: "not run"}[proof.same]
    found: dict[str, object] = {"cell": index, "state": state, "differences": proof.differences}
    if proof.refusal:
        found.update(code=proof.refusal.code, message=proof.refusal.message, line=proof.refusal.line)
    if proof.plan:
        function = proof.plan.function
        found.update(params=[p.name for p in function.params], returns=function.returns, display=function.display)
        found.update(warnings=sorted({w.code for w in proof.plan.warnings}), moved=proof.plan.moved)
    return found


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.proof", description=__doc__.split("\n")[0])
    parser.add_argument("notebook", type=Path, nargs="+")
    parser.add_argument("--cell", type=int, action="append", help="position among all cells, from 0")
    parser.add_argument("--lines", help="A:B within the cell")
    parser.add_argument("--python", help="the interpreter of the notebook's kernel")
    parser.add_argument("--exact", action="store_true", help="run each variant from its first edited cell on")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--show", action="store_true", help="print the function and the call too")
    parser.add_argument("--seconds", type=float, default=120, help="for the rest of the notebook, per export")
    parser.add_argument("--total-seconds", type=float, default=3600, help="for one notebook")
    options = parser.parse_args(arguments)
    tally: Counter[str] = Counter()
    answers: dict[str, list[dict[str, object]]] = {}
    lines = tuple(int(part) for part in options.lines.split(":")) if options.lines else None
    with Worker(options.python, PRELOAD) as worker:
        for path in options.notebook:
            began = time.monotonic()
            cells = read_cells(path)
            chosen = options.cell or candidates(cells)
            exports = [Export((index,), lines) for index in chosen]  # type: ignore[arg-type]
            folder = str(path.resolve().parent)
            proofs = prove_each(cells, exports, worker, folder, options.exact, options.seconds, options.total_seconds)
            print(f"{path}  ({time.monotonic() - began:.1f} s)", flush=True)
            for index, proof in zip(chosen, proofs, strict=True):
                print(describe(index, proof, options.show), flush=True)
            answers[str(path)] = [record(index, proof) for index, proof in zip(chosen, proofs, strict=True)]
            tally.update(str(answer["state"]) for answer in answers[str(path)])
    print(", ".join(f"{count} {state}" for state, count in tally.most_common()))
    if options.json:
        options.json.write_text(json.dumps(answers, indent=1))
    return 1 if tally["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
