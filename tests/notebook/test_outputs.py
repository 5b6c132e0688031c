from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import pytest

from jupyterlab_prodify.notebook.outputs import (
    around_difference,
    differing,
    fits,
    joined,
    picture_hash,
    shown,
    side_by_side,
)


def stream(text: str | list[str], name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def value(kind: str = "execute_result", **data: Any) -> dict[str, Any]:
    return {"output_type": kind, "metadata": {}, "data": {mime.replace("_", "/", 1): it for mime, it in data.items()}}


def error(name: str, message: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": [f"line {id(message)}"]}


def png(pixel: int, software: str) -> str:
    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    text = part(b"tEXt", b"Software\0" + software.encode())
    picture = part(b"IDAT", zlib.compress(bytes([0, pixel])))
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + header + text + picture + part(b"IEND", b"")).decode()


class TestShown:
    def test_streams_are_whole_texts(self) -> None:
        assert shown([stream("a"), stream(["b\n", "c"])]) == shown([stream("ab\nc")])

    def test_the_order_between_the_two_streams_does_not_count(self) -> None:
        assert shown([stream("a"), stream("b", "stderr")]) == shown([stream("b", "stderr"), stream("a")])

    def test_the_order_of_shown_values_counts(self) -> None:
        one, two = value(text_plain="1"), value(text_plain="2")
        assert differing(shown([one, two]), shown([two, one])) == ["display"]

    def test_text_as_lines(self) -> None:
        assert shown([value(text_plain=["a\n", "b"])]) == shown([value(text_plain="a\nb")])

    def test_every_representation_counts(self) -> None:
        one = shown([value(text_plain="x", text_html="<b>x</b>")])
        assert differing(one, shown([value(text_plain="x", text_html="<i>x</i>")])) == ["display"]
        assert differing(one, shown([value(text_plain="x")])) == ["display"]

    def test_errors_count_by_name_and_message(self) -> None:
        one = shown([error("ValueError", "no")])
        assert one == shown([error("ValueError", "no")])
        assert differing(one, shown([error("ValueError", "yes")])) == ["error"]
        assert differing(one, shown([])) == ["error"]

    def test_json(self) -> None:
        assert shown([value(application_json={"a": 1, "b": 2})]) == shown([value(application_json={"b": 2, "a": 1})])

    def test_nothing(self) -> None:
        assert not shown([])
        assert not shown([{"output_type": "unknown"}])
        assert not shown([stream("a.py:3: UserWarning: x\n  code\n", "stderr")])
        assert shown([stream("x")])


class TestWarnings:
    def test_they_are_set_apart_from_the_rest(self) -> None:
        text = (
            "before\n"
            "/tmp/ipykernel_1/2.py:3: FutureWarning: do not\nuse this\n  df.append()\n"
            "after\n"
            "<string>:1: DeprecationWarning: old\n"
        )
        got = shown([stream(text, "stderr")])
        assert got.stderr == "before\nafter\n"
        assert got.warnings == ("DeprecationWarning: old", "FutureWarning: do not\nuse this")

    def test_file_line_and_code_do_not_count(self) -> None:
        one = shown([stream("/tmp/ipykernel_1/2.py:3: UserWarning: odd\n  a()\n", "stderr")])
        two = shown([stream("/home/me/src/pkg/my file.py:30: UserWarning: odd\n  return a()\n", "stderr")])
        assert one == two

    def test_a_warning_less_is_no_difference_of_the_cell(self) -> None:
        one = shown([stream("a.py:3: UserWarning: odd\n  a()\n", "stderr")])
        assert differing(one, shown([])) == []
        assert one.warnings != shown([]).warnings

    @pytest.mark.parametrize(
        ("text", "rest"),
        [
            ("a.py:1: UserWarning: x\n  code()\nlost: 3\n", "lost: 3\n"),
            ("<string>:1: UserWarning: x\nlost: 3\n", "lost: 3\n"),
            ("a.py:1: UserWarning: x\nlost: 3\nlost: 4\n", "lost: 3\nlost: 4\n"),
            ("a.py:1: UserWarning: x\nlost: 3\nb.py:1: UserWarning: y\n  code()\n", "lost: 3\n"),
            ("a.py:1: UserWarning: x\n" + "more\n" * 40 + "  code()\n", "more\n" * 40 + "  code()\n"),
            ("a.py:1: UserWarning: STOP\n\nSee:\n    https://x\n  code()\nend\n", "end\n"),
        ],
    )
    def test_only_what_is_surely_of_the_warning_is_set_apart(self, text: str, rest: str) -> None:
        assert shown([stream(text, "stderr")]).stderr == rest

    def test_several_in_a_row(self) -> None:
        text = "a.py:1: UserWarning: x\nb.py:2: UserWarning: y\n  code\nc.py:3: UserWarning: z"
        assert shown([stream(text, "stderr")]).warnings == ("UserWarning: x", "UserWarning: y", "UserWarning: z")


class TestImages:
    def test_by_content(self) -> None:
        one = shown([value("display_data", image_png=png(1, "matplotlib 3.8"))])
        assert differing(one, shown([value("display_data", image_png=png(1, "matplotlib 3.9") + "\n")])) == []
        assert differing(one, shown([value("display_data", image_png=png(2, "matplotlib 3.8"))])) == ["display"]

    def test_other_formats(self) -> None:
        assert picture_hash("R0lGODlh") != picture_hash("R0lGODlg")
        assert picture_hash("not base64 é") == picture_hash("not base64 é")

    def test_a_broken_png(self) -> None:
        assert picture_hash(png(1, "x")[:40]) != picture_hash(png(2, "y")[:52])

    def test_svg_by_its_text_without_generated_ids(self) -> None:
        picture = '<svg><defs><path id="m{0}"/></defs><use href="#m{0}" x="{1}"/></svg>'
        one = shown([value("display_data", **{"image_svg+xml": picture.format("0a1b2c3d4e", 3)})])
        two = shown([value("display_data", **{"image_svg+xml": picture.format("ffffffffff", 3)})])
        assert differing(one, two) == []
        other = shown([value("display_data", **{"image_svg+xml": picture.format("0a1b2c3d4e", 4)})])
        assert differing(one, other) == ["display"]
        left, _ = side_by_side(one, other)
        assert left[0].image
        assert left[0].image.startswith("data:image/svg+xml;base64,")


class TestSideBySide:
    def test_only_what_differs(self) -> None:
        one = shown([stream("same"), value(text_plain="1"), value(text_plain="2")])
        two = shown([stream("same"), value(text_plain="1"), value(text_plain="3")])
        left, right = side_by_side(one, two)
        assert [(o.kind, o.text) for o in left] == [("display", "2")]
        assert [(o.kind, o.text) for o in right] == [("display", "3")]

    def test_what_only_one_shows(self) -> None:
        left, right = side_by_side(shown([stream("a", "stderr"), value(text_plain="1")]), shown([error("E", "m")]))
        assert [(o.kind, o.text) for o in left] == [("display", "1"), ("stderr", "a")]
        assert [(o.kind, o.text) for o in right] == [("error", "E: m")]

    def test_pictures(self) -> None:
        one = shown([value("display_data", image_png=png(1, "a"), text_plain="<Figure>")])
        two = shown([value("display_data", image_png=png(2, "a"), text_plain="<Figure>")])
        (left,), (right,) = side_by_side(one, two)
        assert left.image == f"data:image/png;base64,{png(1, 'a')}"
        assert right.image == f"data:image/png;base64,{png(2, 'a')}"
        assert left.text == "<Figure>"

    def test_html_that_differs_where_the_plain_text_does_not(self) -> None:
        (left,), _ = side_by_side(
            shown([value(text_plain="x", text_html="<b>")]), shown([value(text_plain="x", text_html="<i>")])
        )
        assert left.text == "<b>"

    def test_of_long_texts_the_part_where_they_differ(self) -> None:
        one, two = around_difference("a" * 9000 + "X" + "b" * 9000, "a" * 9000 + "Y" + "b" * 9000, 100)
        assert "X" in one
        assert "Y" in two
        assert len(one) == len(two) == 102
        assert around_difference("short", "shorter", 100) == ("short", "shorter")
        assert around_difference("a" * 200, "a" * 900, 100)[0].startswith("…")


def test_cells_one_after_the_other() -> None:
    cells = [shown([stream("a\n"), value(text_plain="1")]), shown([]), shown([stream("b\n"), error("E", "m")])]
    assert joined(cells) == shown([stream("a\nb\n"), value(text_plain="1"), error("E", "m")])


@pytest.mark.parametrize(
    ("parts", "whole", "expected"),
    [
        ([], "", True),
        ([], "a", False),
        (["a", "b"], "ab", True),
        (["a", "b"], "abc", False),
        ([None], "anything", True),
        (["a", None], "a", True),
        (["ab", None, "bc"], "abc", False),
        (["ab", None, "bc"], "abbc", True),
        ([None, "b", None, "b", None], "xbx", False),
        ([None, "b", None, "b", None], "xbxb", True),
        ([["x"], None, ["y"]], ["x", "1", "2", "y"], True),
        ([None, ["y", "z"], None], ["x", "y", "z"], True),
        ([None, ["z", "y"], None], ["x", "y", "z"], False),
    ],
)
def test_parts_with_something_between_them(parts: Sequence[Any], whole: Sequence[str], expected: bool) -> None:
    assert fits(parts, whole) == expected
