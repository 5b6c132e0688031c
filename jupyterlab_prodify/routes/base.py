"""What every route shares: decoding requests, encoding answers, and errors as status codes."""

from __future__ import annotations

import functools
import http.client
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec
from jupyter_server.base.handlers import APIHandler
from tornado.web import HTTPError, MissingArgumentError

from jupyterlab_prodify.api.files import ErrorAnswer
from jupyterlab_prodify.jobs.errors import NoSuchJobError
from jupyterlab_prodify.project.errors import (
    ChangedError,
    ForbiddenPathError,
    NotFoundError,
    OutsideRootError,
    ProjectError,
    RequestError,
)
from jupyterlab_prodify.project.export_service import ExportService
from jupyterlab_prodify.vcs.errors import VcsError

T = TypeVar("T")

_STATUS: dict[type[ProjectError], int] = {
    RequestError: 400,
    OutsideRootError: 403,
    ForbiddenPathError: 403,
    NotFoundError: 404,
    ChangedError: 409,
}

# The state of the repository, of DVC or of a remote does not allow it: 409, and a few others.
_VCS_STATUS = {
    "bad_path": 400,
    "bad_remote": 400,
    "credentials_refused": 400,
    "data_refused": 400,
    "no_such_revision": 404,
    "no_such_stage": 404,
    "no_such_version": 404,
    "not_versioned": 404,
}

_CODES = {400: "bad_request", 401: "not_logged_in", 403: "not_allowed", 404: "not_found", 405: "wrong_method"}


class ProdifyHandler(APIHandler):
    """Base of the routes. Whoever may change files may plan and apply."""

    auth_resource = "contents"

    @property
    def service(self) -> ExportService:
        service = self.settings["prodify_export_service"]
        assert isinstance(service, ExportService)
        return service

    def decode(self, kind: type[T]) -> T:
        """The request's body. An unknown field or a wrong type is a ``msgspec.ValidationError`` that names it."""
        return msgspec.json.decode(self.request.body or b"{}", type=kind)

    def answer(self, value: Any, status: int = 200) -> None:
        """Send a wire type as JSON."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(msgspec.json.encode(value))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Errors of the web server itself (not logged in, not allowed, our fault) in the form of all others."""
        error = (kwargs.get("exc_info") or (None, None))[1]
        if isinstance(error, MissingArgumentError):
            message = f"The request lacks `{error.arg_name}`."
        elif isinstance(error, HTTPError) and error.log_message:
            message = error.log_message
        else:
            message = http.client.responses.get(status_code, "Unknown error")
        code = _CODES.get(status_code, "our_fault" if status_code >= 500 else "refused")
        self.answer(ErrorAnswer(code=code, message=message), status_code)


Method = Callable[..., Awaitable[None]]


def errors_to_status(method: Method) -> Method:
    """Turn errors of decoding and of services into answers; everything else is our fault and stays a 500."""

    @functools.wraps(method)
    async def wrapped(self: ProdifyHandler, *args: Any, **kwargs: Any) -> None:
        try:
            await method(self, *args, **kwargs)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            self.answer(ErrorAnswer(code="bad_request", message=str(error)), 400)
        except ProjectError as error:
            status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
            told = ErrorAnswer(code=error.code, message=error.message, path=error.path, remedy=error.remedy)
            self.answer(told, status)
        except VcsError as error:
            path = error.paths[0] if error.paths else None
            told = ErrorAnswer(code=error.code, message=error.message, path=path, remedy=error.remedy)
            self.answer(told, _VCS_STATUS.get(error.code, 409))
        except NoSuchJobError as error:
            self.answer(ErrorAnswer(code=error.code, message=error.message), 404)

    return wrapped
