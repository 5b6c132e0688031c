from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from jupyterlab_prodify.api.export import CellEdit, DeleteCell, InsertCell, ReplaceCell
from jupyterlab_prodify.project.errors import ChangedError, NotebookFileError, NotFoundError
from jupyterlab_prodify.project.notebook_file import read_notebook


def code(source: Any, **more: Any) -> dict[str, Any]:
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": source}
    return {**cell, **more}


OUTPUT = {"output_type": "stream", "name": "stdout", "text": ["größer \u2028 ☃ 😀\n"]}
NOTEBOOK: dict[str, Any] = {
    "cells": [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": ["# Übersicht\n", "text"]},
        code(["a = 1\n", "b = 'ü'"], id="one", outputs=[OUTPUT]),
        code([], id="two"),
        code(["c = 3"], id="three", metadata={"tags": ["x"]}),
    ],
    "metadata": {"kernelspec": {"name": "python3", "language": "python", "display_name": "P"}, "x": [1.0, 1e5]},
    "nbformat": 4,
    "nbformat_minor": 5,
}
EDITS: list[CellEdit] = [
    InsertCell(cell_id="new", source="import m\n\nx = '☃'", before="one"),
    ReplaceCell(cell_id="one", source_before="a = 1\nb = 'ü'", source_after="a, b = f()\n# ö"),
    DeleteCell(cell_id="three", source_before="c = 3"),
]


def expected(notebook: dict[str, Any]) -> dict[str, Any]:
    after = copy.deepcopy(notebook)
    new = code(["import m\n", "\n", "x = '☃'"], execution_count=None, id="new")
    after["cells"][1]["source"] = ["a, b = f()\n", "# ö"]
    after["cells"] = [after["cells"][0], new, after["cells"][1], after["cells"][2]]
    return after


STYLES: dict[str, dict[str, Any]] = {
    "nbformat": {"indent": 1, "ensure_ascii": False, "sort_keys": True},
    "two spaces": {"indent": 2, "ensure_ascii": False, "sort_keys": True},
    "four spaces and escapes": {"indent": 4, "sort_keys": True},
    "tabs": {"indent": "\t", "ensure_ascii": False, "sort_keys": True},
    "one line": {"ensure_ascii": False, "sort_keys": True},
    "one line, tight": {"separators": (",", ":"), "ensure_ascii": True, "sort_keys": True},
}


@pytest.mark.parametrize("ending", ["\n", "", "\n\n"])
@pytest.mark.parametrize("style", STYLES)
def test_the_style_of_the_file_is_kept(tmp_path: Path, style: str, ending: str) -> None:
    path = tmp_path / "nb.ipynb"
    path.write_bytes((json.dumps(NOTEBOOK, **STYLES[style]) + ending).encode())
    edited = read_notebook(path).edited(EDITS)
    assert edited.decode() == json.dumps(expected(NOTEBOOK), **STYLES[style]) + ending


def test_order_of_keys_and_windows_line_ends_are_kept(tmp_path: Path) -> None:
    reverse = {key: NOTEBOOK[key] for key in reversed(NOTEBOOK)}
    reverse["cells"] = [dict(reversed(cell.items())) for cell in NOTEBOOK["cells"]]
    path = tmp_path / "nb.ipynb"
    path.write_bytes(json.dumps(reverse, indent=1, ensure_ascii=False).replace("\n", "\r\n").encode())
    after = expected(reverse)
    after["cells"] = [{key: cell[key] for key in _order(cell)} for cell in after["cells"]]
    wanted = json.dumps(after, indent=1, ensure_ascii=False).replace("\n", "\r\n")
    assert read_notebook(path).edited(EDITS).decode() == wanted


def _order(cell: dict[str, Any]) -> list[str]:
    return (
        ["id", "source", "outputs", "metadata", "execution_count", "cell_type"] if cell.get("id") == "new" else [*cell]
    )


def test_what_no_style_writes_is_kept_byte_for_byte(tmp_path: Path) -> None:
    text = (
        '\ufeff{"nbformat":4 , "nbformat_minor" : 2,\n\n "cells":[ {"cell_type":"code","source":"a = 1","outputs":[ ],\n'
        '"metadata" : {"k":1.50, "k":2}, "execution_count":null}\n,  {"source":"b","cell_type":"code"} ], "metadata":{} }  '
    )
    path = tmp_path / "nb.ipynb"
    path.write_bytes(text.encode())
    edit = ReplaceCell(cell_id="#1", source_before="b", source_after='x\n"y"')
    assert read_notebook(path).edited([edit]).decode() == text.replace('"b"', '"x\\n\\"y\\""')


def test_no_edit_no_change(tmp_path: Path) -> None:
    path = tmp_path / "nb.ipynb"
    path.write_text(json.dumps(NOTEBOOK, indent=3))
    assert read_notebook(path).edited([]) == path.read_bytes()


@pytest.mark.parametrize("minor", [0, 4])
def test_a_notebook_without_ids_gets_none(tmp_path: Path, minor: int) -> None:
    path = tmp_path / "nb.ipynb"
    notebook = {"cells": [code("a"), code("b")], "metadata": {}, "nbformat": 4, "nbformat_minor": minor}
    path.write_text(json.dumps(notebook, indent=1))
    read = read_notebook(path)
    assert [cell.id for cell in read.cells] == ["#0", "#1"]
    data = json.loads(read.edited([InsertCell(cell_id="new", source="i\nj", before="#1")]))
    assert data["nbformat_minor"] == minor
    assert data["cells"][1] == code("i\nj", execution_count=None)


def test_the_error_that_is_shown(tmp_path: Path) -> None:
    error = {"output_type": "error", "ename": "KeyError", "evalue": "'x'", "traceback": []}
    stream = {"output_type": "stream", "name": "stdout", "text": "x"}
    cells = [{**code("a"), "outputs": outputs} for outputs in ([], [stream, error], [error, stream], [None])]
    path = tmp_path / "nb.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    assert [cell.error for cell in read_notebook(path).cells] == [None, "KeyError", None, None]


@pytest.mark.parametrize(
    ("traceback", "line"),
    [
        (
            [
                "\x1b[31m---\x1b[39m",
                "\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[2]\x1b[39m\x1b[32m, line 12\x1b[39m",
                "Cell In[1], line 3",
            ],
            12,
        ),
        (
            [
                "\x1b[0;32m<ipython-input-3-3f>\x1b[0m in \x1b[0;36m<module>\x1b[0m\n      1 \n\x1b[0;32m----> 2\x1b[0;31m f(x)\n"
            ],
            2,
        ),
        ([], None),
        (None, None),
    ],
)
def test_the_line_of_the_error(tmp_path: Path, traceback: object, line: int | None) -> None:
    output = {"output_type": "error", "ename": "KeyError", "evalue": "", "traceback": traceback}
    raw = {"cells": [{"cell_type": "code", "source": "f(x)", "metadata": {}, "outputs": [output]}]}
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps({**raw, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    assert [cell.error_line for cell in read_notebook(path).cells] == [line]


@pytest.mark.parametrize(("before", "text"), [(None, "[a, n]"), ("#0", "[n, a]")])
def test_a_new_cell_in_a_notebook_of_one(tmp_path: Path, before: str | None, text: str) -> None:
    path = tmp_path / "nb.ipynb"
    notebook = {"cells": [code("a")], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    path.write_text(json.dumps(notebook, indent=1))
    edited = read_notebook(path).edited([InsertCell(cell_id="n", source="n", before=before)])
    found = json.loads(edited)
    assert f"[{', '.join(cell['source'] for cell in found['cells'])}]" == text
    assert edited.decode() == json.dumps(found, indent=1)


@pytest.mark.parametrize("indent", [1, 4, None])
def test_a_new_cell_in_an_empty_notebook(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "nb.ipynb"
    path.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=indent))
    edited = read_notebook(path).edited([InsertCell(cell_id="n", source="n", before=None)]).decode()
    data = json.loads(edited)
    assert data["cells"] == [code(["n"], execution_count=None, id="n")]
    assert json.dumps(data, indent=indent, sort_keys=True) == edited


def test_all_cells_removed(tmp_path: Path) -> None:
    path = tmp_path / "nb.ipynb"
    path.write_text(json.dumps({"cells": [code("a")], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1))
    edited = read_notebook(path).edited([DeleteCell(cell_id="#0", source_before="a")])
    assert json.loads(edited)["cells"] == []


def test_half_a_surrogate_pair_and_control_signs(tmp_path: Path) -> None:
    path = tmp_path / "nb.ipynb"
    path.write_text(json.dumps({"cells": [code("'\ud800'")], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}))
    edit = ReplaceCell(cell_id="#0", source_before="'\ud800'", source_after="'\ud800\x00\x0c'")
    assert json.loads(read_notebook(path).edited([edit]))["cells"][0]["source"] == "'\ud800\x00\x0c'"


def test_an_id_that_two_cells_share_is_no_id(tmp_path: Path) -> None:
    path = tmp_path / "nb.ipynb"
    cells = [code("a", id="x"), code("b", id="x"), code("c", id="y")]
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    assert [cell.id for cell in read_notebook(path).cells] == ["#0", "#1", "y"]


@pytest.mark.parametrize(
    "edit",
    [
        ReplaceCell(cell_id="one", source_before="other", source_after=""),
        DeleteCell(cell_id="nowhere", source_before=""),
        InsertCell(cell_id="new", source="", before="nowhere"),
    ],
)
def test_an_edit_of_another_state(tmp_path: Path, edit: CellEdit) -> None:
    path = tmp_path / "nb.ipynb"
    path.write_text(json.dumps(NOTEBOOK))
    with pytest.raises(ChangedError):
        read_notebook(path).edited([edit])


@pytest.mark.parametrize(
    ("metadata", "language", "kernel"),
    [
        ({"kernelspec": {"name": "ir", "language": "R"}}, "R", "ir"),
        ({"language_info": {"name": "julia"}}, "julia", None),
        ({"kernelspec": None, "language_info": []}, None, None),
        ({"kernelspec": {"name": 3}}, None, None),
        (None, None, None),
    ],
)
def test_language_and_kernel(tmp_path: Path, metadata: Any, language: str | None, kernel: str | None) -> None:
    path = tmp_path / "nb.ipynb"
    path.write_text(json.dumps({"cells": [], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
    read = read_notebook(path)
    assert (read.language, read.kernel_name) == (language, kernel)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"[1]",
        b'"text"',
        b"{}",
        b'{"nbformat": 4}',
        b'{"nbformat": 4, "cells": {}}',
        b'{"nbformat": 4, "cells": [1]}',
        b'{"nbformat": 4, "cells": [{"cell_type": "code"}]}',
        b'{"nbformat": 4, "cells": [{"source": [1]}]}',
        b'{"nbformat": "4", "cells": []}',
        b'{"nbformat": 4, "cells": [',
        b'\xff\xfe{"nbformat": 4, "cells": []}',
        b"[" * 100_000,
    ],
)
def test_not_a_notebook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "nb.ipynb"
    path.write_bytes(content)
    with pytest.raises(NotebookFileError) as caught:
        read_notebook(path)
    assert caught.value.remedy


def test_an_old_format_says_how_to_convert(tmp_path: Path) -> None:
    path = tmp_path / "nb.ipynb"
    path.write_text(json.dumps({"worksheets": [{"cells": []}], "nbformat": 3, "nbformat_minor": 0}))
    with pytest.raises(NotebookFileError, match="format 3") as caught:
        read_notebook(path)
    assert "nbconvert" in str(caught.value.remedy)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_notebook(tmp_path / "nb.ipynb")
    with pytest.raises(NotFoundError):
        read_notebook(tmp_path)
