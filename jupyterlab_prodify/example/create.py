"""Make the example project in a new folder: the files of ``template/`` in a Git repository with one commit."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

TEMPLATE = Path(__file__).parent / "template"

# A file named `.gitignore` would already act inside this package.
_RENAMED = {"gitignore": ".gitignore"}
_BUILT = ("__pycache__", "*.pyc", ".ipynb_checkpoints", "*.egg-info")
_AUTHOR = {"user.name": "Example", "user.email": "example@localhost"}
_MESSAGE = "Weekly CO2 record of Mauna Loa and a first notebook"
_GIT_SECONDS = 60
# Set inside a hook, they would lead git to another repository.
_REPOSITORY_VARIABLES = frozenset(
    {
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_NAMESPACE",
    }
)


class ExampleError(Exception):
    """The example could not be made; the target folder is as it was."""


class FolderExistsError(ExampleError):
    """Something stands where the project would go."""


def create_project(folder: Path) -> Path:
    """Make the project in ``folder``, which must not exist yet, and return its absolute path.

    The project is finished in a temporary folder beside it and then renamed, so that it is there whole or not at all.

    Raises:
        FolderExistsError: something stands at ``folder``; it is left alone.
        ExampleError: the files cannot be written, or git is missing or failed.
    """
    target = Path(os.path.abspath(folder))
    _require_free(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".prodify-example-", dir=target.parent) as workshop:
            project = Path(workshop) / target.name
            _copy_template(project)
            _commit_everything(project)
            _require_free(target)
            project.rename(target)
    except OSError as error:
        raise ExampleError(f"The example project cannot be written to {target}: {error}") from error
    return target


def _require_free(target: Path) -> None:
    # A broken link does not "exist", and is somebody's all the same.
    if target.exists() or target.is_symlink():
        raise FolderExistsError(f"{target} exists already. Nothing was written; give a folder that does not exist.")


def _copy_template(project: Path) -> None:
    # Contents only: an installed package may be read-only, the person's project must not be.
    shutil.copytree(TEMPLATE, project, ignore=shutil.ignore_patterns(*_BUILT), copy_function=shutil.copyfile)
    for path in [project, *project.rglob("*")]:
        if path.is_dir():
            path.chmod(path.stat().st_mode | 0o700)
    for plain, hidden in _RENAMED.items():
        (project / plain).rename(project / hidden)


def _commit_everything(project: Path) -> None:
    files = sorted(path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file())
    _git(project, "init", "--quiet")
    # The list is ours, whatever the person's global ignore rules say about data or notebooks.
    _git(project, "add", "--force", "--", *files)
    _git(project, *_author_options(project), "commit", "--quiet", "--message", _MESSAGE)


def _author_options(project: Path) -> list[str]:
    """Nothing where the person has told git who they are; else a neutral author, for this one commit."""
    if all(_is_configured(project, key) for key in _AUTHOR):
        return []
    return [word for key, value in _AUTHOR.items() for word in ("-c", f"{key}={value}")]


def _is_configured(project: Path, key: str) -> bool:
    found = _run(project, "config", "--get", key)
    return found.returncode == 0 and bool(found.stdout.strip())


def _git(project: Path, *arguments: str) -> None:
    done = _run(project, *arguments)
    if done.returncode:
        reason = (done.stderr or done.stdout).strip() or f"exit code {done.returncode}"
        raise ExampleError(f"git could not make the example's first commit: {reason}")


def _run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=project,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_GIT_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise ExampleError("The example project needs git, which is not installed or not on PATH.") from error
    except subprocess.TimeoutExpired as error:
        raise ExampleError(f"git did not finish within {_GIT_SECONDS} s: git {' '.join(arguments[:2])}") from error


def _environment() -> dict[str, str]:
    """Our environment, with git left to find the repository by the folder, in English and without prompts."""
    kept = {name: value for name, value in os.environ.items() if name not in _REPOSITORY_VARIABLES}
    return {**kept, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
