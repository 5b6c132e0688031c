"""DVC's errors as codes and messages, without the secrets that an address may hold."""

from __future__ import annotations

import errno
from typing import Any

from jupyterlab_prodify.vcs.errors import redacted


class OperationError(Exception):
    """An operation cannot be done, with a code that ``vcs.dvc`` knows."""

    def __init__(self, code: str, message: str, paths: list[str] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.paths = paths or []


def failure(error: BaseException) -> dict[str, Any]:
    """The error of an answer."""
    if isinstance(error, OperationError):
        return {"code": error.code, "message": redacted(str(error)), "paths": error.paths}
    chain = _chain(error)
    message = ": ".join(dict.fromkeys(str(one) for one in chain if str(one))) or type(error).__name__
    return {"code": _code(chain), "message": redacted(message)}


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found:
        found.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found


def _code(chain: list[BaseException]) -> str:
    for one in chain:
        number = one.errno if isinstance(one, OSError) else None
        if number in (errno.ENOSPC, errno.EDQUOT):
            return "disk_full"
        if number in (errno.EROFS, errno.EACCES, errno.EPERM):
            return "read_only"
    names = {kind.__name__ for one in chain for kind in type(one).__mro__}
    if "LockError" in names:
        return "dvc_locked"
    if names & {"UploadError", "DownloadError", "NoRemoteError", "RemoteConfigError", "AuthError", "ConfigError"}:
        return "remote_failed"
    if any("unsaved files" in str(one) for one in chain):
        return "unsaved_data"
    return "data_missing" if names & {"CheckoutError", "MissingDataSource"} else "dvc_failed"
