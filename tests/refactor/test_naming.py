"""Suggested names, and names that may not be chosen."""

from __future__ import annotations

import builtins
import keyword

import pytest

from jupyterlab_prodify.refactor.naming import check_name, slug
from jupyterlab_prodify.refactor.refusals import RefusalError
from tests.refactor.asking import ask, planned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clean the data", "clean_data"),
        ("Monthly means of CO2 without any gaps", "monthly_means_co2_without"),
        ("1. Load", "load"),
        ("2.3 Feature engineering (new)", "feature_engineering"),
        ("`df` and **bold**", "df_bold"),
        ("Füllwörter & Straße", "fullworter_strasse"),
        ("日本語", ""),
        ("...", ""),
        ("the of and", ""),
        ("3D plot", "step_3d_plot"),
        ("[Link](http://x.org)", "link"),
        ("snake_case", "snake_case"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize(
    ("before", "cell", "later", "expected"),
    [
        ("a = 1", "clean = a", "clean", "make_clean"),
        ("a = 1", "b = a\nclean = b", "clean, b", "make_clean"),
        ("df = 1", "df = sorted(df)", "df", "update_df"),
        ("df = 1", "print(df)", "", "show_df"),
        ("import matplotlib.pyplot as plt\ndf = 1", "plt.plot(df)", "", "plot_df"),
        ("import matplotlib.pyplot as plt\ndf = 1", "plt.plot([1])", "", "plot_figure"),
        ("import time", "time.sleep(0)", "", "run_step"),
        ("a = 1", "größe = a", "größe", "make_grosse"),
        ("a = 1", "日 = a", "日", "make_result"),
        ("make_b = a = 1", "b = a", "b", "make_b_2"),
        ("a = 1\ndef make_b(): pass\nmake_b_2 = 3", "b = a", "b", "make_b_3"),
    ],
)
def test_suggestion_from_the_result(before: str, cell: str, later: str, expected: str) -> None:
    assert planned(ask([before, cell, later])).function.name == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("# Clean the data", "clean_data"),
        ("Some text\n\n## Part one ##\n\ntext\n### Fill gaps\n", "fill_gaps"),
        ("# What is this?", "make_b"),
        ("no heading", "make_b"),
        ("# 日本語", "make_b"),
        ("# print", "print_2"),
        ("# class", "class_2"),
        ("#hashtag", "make_b"),
    ],
)
def test_suggestion_from_the_heading_above(heading: str, expected: str) -> None:
    plan = planned(ask(["a = 1", heading, "b = a", "b"], [2], markdown=[1]))
    assert plan.function.name == expected


def test_a_heading_further_up_is_not_the_cells() -> None:
    assert planned(ask(["# Load", "a = 1", "b = a", "b"], [2], markdown=[0])).function.name == "make_b"


def test_a_name_of_the_module_is_not_suggested() -> None:
    plan = planned(ask(["a = 1", "b = a", "b"], module="def make_b():\n    return 3\n"))
    assert plan.function.name == "make_b_2"


def test_suggestions_can_be_chosen() -> None:
    for heading in ("# None", "# List of sets", "# lambda", "# Type", "# 1"):
        name = planned(ask(["a = 1", heading, "b = a", "b"], [2], markdown=[1])).function.name
        assert name.isidentifier()
        assert not keyword.iskeyword(name)
        assert name not in dir(builtins)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("for", "bad_name"),
        ("None", "bad_name"),
        ("", "bad_name"),
        ("a b", "bad_name"),
        ("1a", "bad_name"),
        ("a\n", "bad_name"),
        ("f(", "bad_name"),
        ("print", "bad_name"),
        ("taken", "name_taken"),
    ],
)
def test_names_that_may_not_be_chosen(name: str, code: str) -> None:
    with pytest.raises(RefusalError) as caught:
        check_name(name, {"taken"})
    assert (caught.value.refusal.code, caught.value.refusal.field) == (code, "name")


@pytest.mark.parametrize("name", ["clean", "_private", "größe", "match", "type_", "x1"])
def test_names_that_may_be_chosen(name: str) -> None:
    check_name(name, {"taken"})


@pytest.mark.parametrize(
    ("sources", "name", "free"),
    [
        (["a = 1", "b = a", "b"], "b", False),
        (["a = 1", "b = a", "later = 2"], "later", False),
        (["a = 1\ndef f(): pass", "b = a", "b"], "f", False),
        (["a = 1\nimport f", "b = a", "b"], "f", False),
        (["from steps import f\na = 1", "b = a", "b"], "f", True),
        (["a = 1\ndef g():\n    f = 1", "b = a", "b"], "f", True),
        (["a = 1", "b = [f for f in [a]]", "b"], "f", True),
    ],
)
def test_names_of_the_notebook_are_taken(sources: list[str], name: str, free: bool) -> None:
    answer = ask(sources, name=name)
    assert (getattr(answer, "code", None) is None) is free, answer


MAKE_B = "def make_b(a):\n    b = a\n    return b\n"


@pytest.mark.parametrize(
    ("module", "name", "is_new"),
    [
        (MAKE_B, "make_b", False),
        ("def make_b():\n    return 3\n\n\n" + MAKE_B.replace("make_b", "make_b_2"), "make_b_2", False),
        (MAKE_B.replace("b = a", "b = -a"), "make_b_2", True),
        ("make_b = 1\n" + MAKE_B, "make_b_2", True),
    ],
)
def test_a_function_that_the_module_has_already_is_not_written_again(module: str, name: str, is_new: bool) -> None:
    plan = planned(ask(["a = 1", "b = a", "b"], module=module))
    assert plan.function.name == name
    assert bool(plan.file_edits) is is_new


def test_a_heading_that_names_the_result_gets_a_verb() -> None:
    cells = ["a = 1", "# Training data", "training_data = a", "training_data"]
    assert planned(ask(cells, [2], markdown=[1])).function.name == "make_training_data"
