"""Random notebooks: the export of any cell keeps what the notebook shows and what later cells read, or is refused.

``PROOF_EXPLORE=1`` tries new notebooks instead of always the same ones.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tests.proof.prove import Export, as_cells, prove_each, worker_for

NUMBERS = ("a", "b", "c", "n")
LISTS = ("xs", "ys")
FIRST = "import math\na, b = 3, 5\nxs = [4, 1, 3]\nd = {'k': 1}"
EXAMPLES = int(os.environ.get("PROOF_EXAMPLES", "150"))


class Writer:
    """Writes cells; ``bound`` are the numbers and lists that surely exist, so that most cells run without errors."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.bound = ["a", "b", "xs", "d"]
        self.functions: list[str] = []

    def pick(self, *options: str) -> str:
        return self.draw(st.sampled_from(options))

    def number(self) -> str:
        return self.pick(*[name for name in NUMBERS if name in self.bound], "7")

    def list_name(self) -> str:
        return self.pick(*[name for name in LISTS if name in self.bound])

    def value(self, depth: int = 0) -> str:
        """An expression that gives a number."""
        one, two, many = self.number(), self.number(), self.list_name()
        calls = [f"{name}({one})" for name in self.functions]
        return self.pick(
            one,
            f"{one} + {two}",
            f"{one} * 2 - {two}",
            f"len({many})",
            f"sum(v + {one} for v in {many})",
            f"max({many} or [{two}])",
            f"({one} if {two} > 4 else {many}[0])" if many == "xs" else one,
            f"(lambda v: v + {one})({two})",
            "d['k']",
            f"math.floor({one} / 2)",
            *calls,
        )

    def bind(self, name: str) -> str:
        if name not in self.bound:
            self.bound.append(name)
        return name

    def statement(self, depth: int = 0) -> list[str]:
        """Lines of one statement."""
        simple = [self.assign, self.assign, self.augment, self.change, self.show, self.swap, self.collect, self.walrus]
        blocks = [self.branch, self.loop, self.count, self.attempt, self.choose, self.define, self.closure]
        kinds = simple if depth > 1 else [*simple, *simple, *blocks]
        if depth == 0:
            kinds = [*kinds, self.forget, self.klass]
        return self.draw(st.sampled_from(kinds))(depth)

    def block(self, depth: int) -> list[str]:
        """An indented body; what it binds is not sure afterwards."""
        before = list(self.bound)
        lines = self.statement(depth + 1)
        if self.draw(st.booleans()):
            lines += self.statement(depth + 1)
        self.bound = before
        return ["    " + line for line in lines]

    def assign(self, _depth: int) -> list[str]:
        value = self.value()
        return [f"{self.bind(self.pick(*NUMBERS))} = {value}"]

    def augment(self, _depth: int) -> list[str]:
        name = self.number()
        return [f"{name} += {self.value()}"] if name != "7" else self.assign(0)

    def change(self, _depth: int) -> list[str]:
        many = self.list_name()
        return [
            self.pick(
                f"{many}.append({self.value()})", f"{many}[:1] = [{self.number()}]", "d['k'] += 1", f"{many}.sort()"
            )
        ]

    def show(self, _depth: int) -> list[str]:
        return [f"print({self.value()}, {self.list_name()})"]

    def swap(self, _depth: int) -> list[str]:
        return ["a, b = b, a"] if {"a", "b"} <= set(self.bound) else self.assign(0)

    def collect(self, _depth: int) -> list[str]:
        many, one = self.list_name(), self.number()
        made = self.pick(
            f"[v * {one} for v in {many} if v]", f"sorted({many})", many, f"list(map(lambda q: q + {one}, {many}))"
        )
        return [f"{self.bind('ys')} = {made}"]

    def walrus(self, _depth: int) -> list[str]:
        value, many = self.value(), self.list_name()
        return [f"print(({self.bind('n')} := {value}), {many})"]

    def branch(self, depth: int) -> list[str]:
        lines = [f"if {self.value()} > {self.number()}:", *self.block(depth)]
        return lines + (["else:", *self.block(depth)] if self.draw(st.booleans()) else [])

    def loop(self, depth: int) -> list[str]:
        target = self.pick("c", "n", "i")
        lines = [f"for {target} in list({self.list_name()}):", *self.block(depth)]
        leave = self.pick("", "    break", "    continue")
        lines += [f"    if {self.number()} > 5:", "    " + leave] if leave else []
        return lines + (["else:", *self.block(depth)] if self.draw(st.booleans()) else [])

    def count(self, depth: int) -> list[str]:
        return ["k = 0", "while k < 3:", "    k += 1", *self.block(depth)]

    def attempt(self, depth: int) -> list[str]:
        fail = self.pick("d['missing']", "int('x')", "pass", "{}[0]")
        lines = [
            "try:",
            *self.block(depth),
            f"    {fail}",
            *self.block(depth),
            "except (KeyError, ValueError) as problem:",
            *self.block(depth),
        ]
        lines += ["else:", *self.block(depth)] if self.draw(st.booleans()) else []
        return lines + (["finally:", *self.block(depth)] if self.draw(st.booleans()) else [])

    def choose(self, depth: int) -> list[str]:
        return [
            f"match {self.value()}:",
            "    case 1 | 3:",
            *["    " + line for line in self.block(depth)],
            "    case c:",
            *["    " + line for line in self.block(depth)],
        ]

    def define(self, _depth: int) -> list[str]:
        name = self.pick("f", "g")
        read = self.value()
        head = self.pick(f"def {name}(v):", f"def {name}(v, w={self.number()}):", f"def {name}(v, *rest, **more):")
        body = self.pick(f"    return v + {read}", "    return v * 2", "    t = v + 1\n    return t")
        if name not in self.functions:
            self.functions.append(name)
        return [head, *body.split("\n")]

    def closure(self, _depth: int) -> list[str]:
        step, start = self.number(), self.number()
        return [
            "def outer(start):",
            "    total = start",
            "    def step(v):",
            "        nonlocal total",
            f"        total += v + {step}",
            "        return total",
            "    return step",
            f"{self.bind('c')} = outer({start})(2)",
        ]

    def klass(self, _depth: int) -> list[str]:
        size = self.number()
        head = ["class Box:", f"    size = {size}", "    def get(self):", "        return self.size + 1"]
        return [*head, f"{self.bind('n')} = Box().get()"]

    def forget(self, _depth: int) -> list[str]:
        if self.draw(st.integers(0, 4)):
            return self.assign(0)
        return ["t = 1", "print(t)", "del t"]

    def cell(self) -> str:
        lines = [line for _ in range(self.draw(st.integers(1, 4))) for line in self.statement()]
        if self.draw(st.booleans()):
            lines.append(
                self.pick(
                    self.number(),
                    f"{self.value()}, {self.number()}",
                    self.list_name(),
                    f"{self.list_name()}.pop(0) if xs else None",
                )
            )
            lines[-1] += self.pick("", "", ";", "  # shown")
        return "\n".join(lines)


@st.composite
def notebooks(draw: st.DrawFn) -> tuple[list[str], list[int]]:
    """The cells and the positions to export (mostly one, sometimes two in a row)."""
    writer = Writer(draw)
    cells = [FIRST, *[writer.cell() for _ in range(draw(st.integers(2, 5)))]]
    chosen = draw(st.integers(1, len(cells) - 1))
    export = [chosen, chosen + 1] if chosen + 1 < len(cells) and draw(st.integers(0, 3)) == 0 else [chosen]
    tail = draw(st.lists(st.sampled_from([*NUMBERS[:2], "xs", "d"]), min_size=1, max_size=3, unique=True))
    return [*cells, f"print({', '.join(tail)})"], export


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not os.environ.get("PROOF_EXPLORE"),
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(notebooks())
def test_export_of_any_cell_keeps_the_notebook(notebook: tuple[list[str], list[int]]) -> None:
    texts, export = notebook
    cells = as_cells(texts)
    proof = prove_each(cells, [Export(tuple(export))], worker_for(cells), exact=True)[0]
    note("\n\n".join(f"# %%{' [export]' if i in export else ''}\n{text}" for i, text in enumerate(texts)))
    note(proof.describe())
    assert proof.same is not False, str(proof)
    assert not proof.refusal or proof.refusal.code != "self_check", str(proof)
