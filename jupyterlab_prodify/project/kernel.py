"""The Python of a notebook's kernel: how to run it as the kernel would be run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FindSpec = Callable[[str], Any]
"""Gives the kernelspec of a name, and raises when there is none."""


@dataclass(frozen=True)
class Kernel:
    """``command`` is what stands before ``-m ipykernel_launcher``, so that wrappers such as ``conda run`` are kept."""

    command: tuple[str, ...] = (sys.executable,)
    environment: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def name(self) -> str:
        """The interpreter as a person would name it."""
        return " ".join(self.command)

    def run(self, *arguments: str, folder: Path, seconds: float) -> subprocess.CompletedProcess[str]:
        """Run Python in a folder and wait for it.

        Raises:
            OSError, subprocess.SubprocessError: it does not start, takes too long, or fails.
        """
        return subprocess.run(
            [*self.command, *arguments],
            cwd=folder,
            env=self.full_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=True,
        )

    def full_environment(self) -> dict[str, str]:
        """Our environment with what the kernelspec adds."""
        return {**os.environ, **self.environment}


def find_kernel(kernel_name: str | None, find_spec: FindSpec | None = None) -> Kernel:
    """The Python that a kernelspec starts; our own when there is no such kernelspec or it starts something else."""
    if kernel_name is None:
        return Kernel()
    try:
        spec = (find_spec or _spec_of)(kernel_name)
    except Exception:  # every manager has its own error for an unknown name
        return Kernel()
    argv = [str(part) for part in spec.argv]
    language = str(spec.language or "python").lower()
    if not argv or not language.startswith("python"):
        return Kernel()
    command = argv[: argv.index("-m")] if "-m" in argv[1:] else argv[:1]
    return Kernel((_program(command[0]), *command[1:]), {key: str(value) for key, value in (spec.env or {}).items()})


def kernel_exists(kernel_name: str, find_spec: FindSpec | None = None) -> bool:
    """There is a kernelspec of this name."""
    try:
        (find_spec or _spec_of)(kernel_name)
    except Exception:  # every manager has its own error for an unknown name
        return False
    return True


def _program(name: str) -> str:
    """Jupyter starts its own Python where a kernelspec only says ``python``."""
    if re.fullmatch(r"python(\d+(\.\d+)?)?", name):
        return sys.executable
    return shutil.which(name) or name


def _spec_of(name: str) -> Any:
    from jupyter_client.kernelspec import KernelSpecManager

    return KernelSpecManager().get_kernel_spec(name)
