"""Errors of reading and writing a project, each with a code that routes and the command line understand."""

from __future__ import annotations


class ProjectError(Exception):
    """Something about a file makes the action impossible; nothing has been written."""

    code = "project_error"

    def __init__(self, message: str, path: str | None = None, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.remedy = remedy


class OutsideRootError(ProjectError):
    """The path leads out of the root, directly or through a symbolic link."""

    code = "outside_root"


class ForbiddenPathError(ProjectError):
    """The path is inside the root and may not be written: read-only, hidden, or not a Python file."""

    code = "not_writable"


class ModuleNameError(ForbiddenPathError):
    """A module of this name cannot be imported, or would hide another one."""

    code = "bad_module_name"


class ChangedError(ProjectError):
    """A file is not as it was when the plan was made."""

    code = "changed"


class NotFoundError(ProjectError):
    """There is no such file or folder."""

    code = "not_found"


class NotebookFileError(ProjectError):
    """The file is not a notebook that can be edited."""

    code = "not_a_notebook"


class RequestError(ProjectError):
    """What was asked for makes no sense, whatever the files are."""

    code = "bad_request"
