"""``dvc.lock`` piece by piece reads as DVC writes it."""

from __future__ import annotations

import pytest

from jupyterlab_prodify.vcs.dvc_worker.lock_text import LockText

HEAD = "schema: '2.0'\nstages:\n"
A = "  a:\n    cmd: echo 'a: b'\n    outs:\n    - path: a\n      md5: abc\n"
B = "  b@1:\n    cmd: |\n      one\n\n      two\n"


def test_the_first_entry() -> None:
    lock = LockText()
    assert lock.take(None, [])
    assert lock.put("a", {"cmd": "x"}, []) == f"{HEAD}  a:\n    cmd: x\n"
    assert lock.holds(f"{HEAD}  a:\n    cmd: x\n")


def test_others_stay_as_they_are_and_new_ones_stand_in_order() -> None:
    lock = LockText()
    assert lock.take(HEAD + A + "  z:\n    cmd: z\n", ["a", "z"])
    lock.put("n2", {"cmd": "2"}, ["n1", "n2"])
    text = lock.put("n1", {"cmd": "1"}, ["n1", "n2"])
    assert text == HEAD + A + "  z:\n    cmd: z\n  n1:\n    cmd: '1'\n  n2:\n    cmd: '2'\n"
    assert lock.put("a", {"cmd": "new"}, ["n1", "n2"]).startswith(HEAD + "  a:\n    cmd: new\n  z:\n")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("stages:\n  a:\n    cmd: x\n", ["a"]),
        (HEAD + A + "datasets: []\n", ["a"]),
        (HEAD + "  # mine\n" + A, ["a"]),
        (HEAD + A, ["other"]),
        (HEAD + A + B, ["a", "b@1"]),
        (HEAD + "  a: {cmd: x}\n", ["a"]),
    ],
)
def test_any_other_form_is_left_to_dvc(text: str, names: list[str]) -> None:
    lock = LockText()
    assert not lock.take(text, names)
    assert not lock.holds(text)
