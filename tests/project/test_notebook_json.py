from __future__ import annotations

import pytest

from jupyterlab_prodify.project.notebook_json import elements, members


def test_members_and_elements_keep_their_places() -> None:
    text = ' {"a" : [1,  {"b": "]}"} ,"x\\"\\\\" ] , "c":{}, "a2": null}'
    found = members(text, 1)
    assert {name: span.of(text) for name, span in found.items()} == {
        "a": '[1,  {"b": "]}"} ,"x\\"\\\\" ]',
        "c": "{}",
        "a2": "null",
    }
    assert [span.of(text) for span in elements(text, found["a"].start)] == ["1", '{"b": "]}"}', '"x\\"\\\\"']


def test_empty_ones() -> None:
    assert members("{ \n}", 0) == {}
    assert elements("[]", 0) == []


def test_of_equal_names_the_last_counts() -> None:
    text = '{"a": 1, "a": 2}'
    assert members(text, 0)["a"].of(text) == "2"


@pytest.mark.parametrize("text", ["", "[]", '{"a" 1}', '{"a": 1 "b": 2}'])
def test_no_object(text: str) -> None:
    with pytest.raises(ValueError):
        members(text, 0)
