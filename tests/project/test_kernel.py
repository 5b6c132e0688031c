from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from jupyterlab_prodify.project.kernel import Kernel, find_kernel


def spec(argv: list[str], language: str = "python", env: dict[str, str] | None = None) -> SimpleNamespace:
    return SimpleNamespace(argv=argv, language=language, env=env or {})


@pytest.mark.parametrize(
    ("argv", "language", "command"),
    [
        (
            ["/opt/env/bin/python", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "python",
            ["/opt/env/bin/python"],
        ),
        (["/opt/python", "-Xfrozen_modules=off", "-m", "ipykernel"], "python", ["/opt/python", "-Xfrozen_modules=off"]),
        (
            ["/c/conda", "run", "-n", "e", "python", "-m", "ipykernel"],
            "python",
            ["/c/conda", "run", "-n", "e", "python"],
        ),
        (["python3", "-m", "ipykernel_launcher"], "python", [sys.executable]),
        (["python3.11", "-m", "ipykernel_launcher"], "Python", [sys.executable]),
        (["/opt/kernel.sh", "{connection_file}"], "python", ["/opt/kernel.sh"]),
        (["R", "-e", "IRkernel::main()"], "R", [sys.executable]),
        ([], "python", [sys.executable]),
    ],
)
def test_the_command_of_a_kernelspec(argv: list[str], language: str, command: list[str]) -> None:
    assert find_kernel("any", lambda name: spec(argv, language)).command == tuple(command)


def test_an_unknown_kernel_is_our_own_python() -> None:
    assert find_kernel("there-is-no-such-kernel") == Kernel()
    assert find_kernel(None) == Kernel()


def test_it_runs_in_the_folder_with_the_environment_of_the_kernelspec(tmp_path: Path) -> None:
    kernel = find_kernel("any", lambda name: spec(["python", "-m", "ipykernel"], env={"PRODIFY_TEST": "yes"}))
    code = "import os; print(os.getcwd(), os.environ['PRODIFY_TEST'], 'PATH' in os.environ)"
    assert kernel.run("-c", code, folder=tmp_path, seconds=20).stdout.split() == [str(tmp_path), "yes", "True"]
