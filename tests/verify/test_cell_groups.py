from __future__ import annotations

from collections.abc import Sequence

from jupyterlab_prodify.verify.cell_groups import Group, groups, with_common_ids
from jupyterlab_prodify.verify.order import CodeCell


def cells(text: str) -> list[CodeCell]:
    """``a b:2`` are the cells a (source a) and b (source 2)."""
    parts = [part.partition(":") for part in text.split()]
    return [CodeCell(name, source or name, index) for index, (name, _, source) in enumerate(parts)]


def grouped(before: str, after: str) -> str:
    def text(ids: Sequence[str]) -> str:
        return "".join(ids) or "-"

    return " ".join(f"{text(one.before)}>{text(one.after)}" for one in groups(cells(before), cells(after)))


class TestGroups:
    def test_nothing_changes(self) -> None:
        assert grouped("a b c", "a b c") == "a>a b>b c>c"

    def test_a_changed_cell(self) -> None:
        assert grouped("a b c", "a b:2 c") == "a>a b>b c>c"

    def test_three_become_one(self) -> None:
        assert grouped("a b c d e", "a b:2 e") == "a>a bcd>b e>e"

    def test_a_new_cell_alone(self) -> None:
        assert grouped("a b", "a n b") == "a>a ->n b>b"
        assert grouped("a b", "n a b") == "->n a>a b>b"
        assert grouped("a b", "a b n") == "a>a b>b ->n"

    def test_a_new_cell_beside_a_changed_one(self) -> None:
        assert grouped("a b c", "a n b:2 c") == "a>a b>nb c>c"

    def test_one_cell_becomes_others(self) -> None:
        assert grouped("a b c", "a n m c") == "a>a b>nm c>c"

    def test_changed_cells_that_are_no_neighbours(self) -> None:
        assert grouped("a b c d", "a:1 b c:1 d") == "a>a b>b c>c d>d"

    def test_a_moved_cell_is_the_same_cell(self) -> None:
        assert groups(cells("a b c"), cells("c a b"))[2] == Group(("c",), ("c",))

    def test_empty(self) -> None:
        assert groups([], []) == []
        assert grouped("", "a") == "->a"


class TestCommonIds:
    def ids(self, before: str, after: str) -> str:
        return " ".join(cell.id for cell in with_common_ids(cells(before), cells(after)))

    def test_shared_ids_are_kept(self) -> None:
        assert self.ids("a b c", "a b:2 n c") == "a b n c"

    def test_other_ids_and_equal_text(self) -> None:
        assert self.ids("a:1 b:2 c:3", "x:1 y:2 z:3") == "a b c"
        assert self.ids("a:1 b:2 c:3", "x:1 y:9 z:3") == "a b c"
        assert self.ids("a:1 b:2 c:3", "x:1 z:3") == "a c"
        assert self.ids("a:1 c:3", "x:1 y:2 z:3") == "a +y c"

    def test_made_up_ids_say_nothing(self) -> None:
        assert self.ids("#0:1 #1:2 #2:3", "#0:2 #1:3") == "#1 #2"
