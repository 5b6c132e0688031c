"""What every route shares: decoding requests, encoding answers, and errors as status codes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, TypeVar

import msgspec
from jupyter_server.base.handlers import APIHandler

from jupyterlab_prodify.api.files import ErrorAnswer
from jupyterlab_prodify.project.errors import (
    ChangedError,
    ForbiddenPathError,
    NotFoundError,
    OutsideRootError,
    ProjectError,
)
from jupyterlab_prodify.project.export_service import ExportService

T = TypeVar("T")

_STATUS: dict[type[ProjectError], int] = {
    OutsideRootError: 403,
    ForbiddenPathError: 403,
    NotFoundError: 404,
    ChangedError: 409,
}


class ProdifyHandler(APIHandler):
    """Base of the routes."""

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

    def fail(self, status: int, error: ErrorAnswer) -> None:
        """Send an error."""
        self.answer(error, status)


Method = Callable[..., Awaitable[None]]


def errors_to_status(method: Method) -> Method:
    """Turn errors of decoding and of services into answers; everything else is our fault and stays a 500."""

    @wraps(method)
    async def wrapped(self: ProdifyHandler, *args: Any, **kwargs: Any) -> None:
        try:
            await method(self, *args, **kwargs)
        except msgspec.DecodeError as error:
            self.fail(400, ErrorAnswer(code="bad_request", message=str(error)))
        except ProjectError as error:
            status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
            self.fail(status, ErrorAnswer(code=error.code, message=error.message, path=error.path, remedy=error.remedy))

    return wrapped
