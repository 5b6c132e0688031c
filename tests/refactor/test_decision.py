"""The parts of the decision together."""

from __future__ import annotations

from tests.refactor.asking import ask, planned, roles_of


def test_order_of_cells_and_not_of_the_selection() -> None:
    assert roles_of(["xs = [1]", "t = [x for x in xs]", "s = sum(t)", "print(s)"], [2, 1]) == ("xs", "s")


def test_definitions_stand_in_the_module_as_in_the_notebook() -> None:
    cells = ["a = 1", "class Child(Base):\n    pass\nb = Child.x + a", "print(b)"]
    cells[0] += "\nclass Base:\n    x = 1"
    assert planned(ask(cells)).moved == ["Base", "Child"]


def test_lines_of_a_cell_come_after_the_lines_above_them() -> None:
    cell = "z = 1\ndef deco(function):\n    return function\n@deco\ndef f(x):\n    return x"
    assert planned(ask(["a = 1", cell, "print(f(z))"], lines=(4, 6))).moved == ["deco", "f"]
