"""Why a notebook cannot be verified."""

from __future__ import annotations

from jupyterlab_prodify.project.errors import RequestError


class NotPythonError(RequestError):
    """The notebook is of another language."""

    code = "not_python"


class NoKernelError(RequestError):
    """There is no kernelspec of the notebook's name."""

    code = "no_kernel"


class NoSavedOutputsError(RequestError):
    """A notebook that was never run, or saved without its outputs, has nothing to compare with."""

    code = "no_saved_outputs"
