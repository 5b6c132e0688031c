"""Remotes of the DVC project. Credentials are never taken: they stay where DVC and the tools of the cloud keep them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from jupyterlab_prodify.api.data_share import DataRemote, DataRemotes, RemoteKind
from jupyterlab_prodify.data.errors import DataError
from jupyterlab_prodify.data.workspace import Workspace

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*", re.ASCII)
_KINDS: dict[str, RemoteKind] = {
    "": "folder",
    "file": "folder",
    "s3": "s3",
    "ssh": "ssh",
    "gs": "gcs",
    "azure": "azure",
}
_SECRET = re.compile(
    r"password|passphrase|secret|token|access_?key|account_key|connection_string|sas|credential(?!path)|ask_", re.I
)
_OPTION = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


class CredentialsError(DataError):
    """An address or an option would store a secret in the project's settings, which Git shares with everybody."""

    code = "credentials_refused"


class RemoteSettingError(DataError):
    """A remote cannot have this name, address or option."""

    code = "bad_remote"


def remotes(workspace: Workspace) -> DataRemotes:
    """All remotes of the project."""
    found = [
        DataRemote(one["name"], one["url"], kind_of(one["url"]), one["default"], one["missing"])
        for one in workspace.dvc("remotes")
    ]
    notes = [f"The remote `{one.name}` needs `pip install {one.missing}`." for one in found if one.missing]
    return DataRemotes(found, workspace.from_dvc(".dvc/config"), notes)


def add_remote(
    workspace: Workspace, name: str, url: str, options: Mapping[str, str] | None = None, default: bool = False
) -> DataRemotes:
    """Add a remote to the project's settings; nothing is committed.

    Raises:
        CredentialsError: the address or an option is a secret.
        RemoteSettingError, RemoteError: the name, the address or an option cannot be.
    """
    given = dict(options or {})
    check_remote(name, url, given)
    with workspace.writing():
        first = not workspace.dvc("remotes")
        workspace.dvc("add_remote", name=name, url=url, options=given, default=default or first)
    return remotes(workspace)


def set_default(workspace: Workspace, name: str) -> DataRemotes:
    """Make a remote the one that is used when none is named.

    Raises:
        RemoteError: there is none of this name.
    """
    with workspace.writing():
        workspace.dvc("set_default", name=name)
    return remotes(workspace)


def kind_of(url: str) -> RemoteKind:
    """What kind of place an address means."""
    scheme, mark, _ = url.partition("://")
    return _KINDS.get(scheme.lower() if mark else "", "other")


def check_remote(name: str, url: str, options: Mapping[str, str]) -> None:
    """
    Raises:
        CredentialsError, RemoteSettingError: see ``add_remote``.
    """
    if not _NAME.fullmatch(name):
        raise RemoteSettingError(f"A remote cannot be called {name!r}.", "Take letters, digits, `-`, `_` and `.`.")
    if not url.strip() or not url.isprintable():
        raise RemoteSettingError("The remote has no address.", "Give a folder, or an address such as s3://bucket/path.")
    _check_address(url)
    for option, value in options.items():
        if _SECRET.search(option):
            raise CredentialsError(f"`{option}` is a secret, and is not taken here.", _remedy(url, name, option))
        if not _OPTION.fullmatch(option) or not value.isprintable():
            raise RemoteSettingError(f"A remote cannot have the option {option!r}.", "See the options of `dvc remote`.")
        _check_address(value)


def _check_address(url: str) -> None:
    if "://" not in url:
        return
    try:
        parts = urlsplit(url)
        secret = parts.password is not None or bool(parts.query)
    except ValueError as error:
        raise RemoteSettingError(f"The address cannot be read: {error}.", "Check it.") from error
    if secret:
        message = "The address holds a password or a token, and is not taken: the settings are shared through Git."
        raise CredentialsError(message, _remedy(url, "NAME", "password"))


def _remedy(url: str, name: str, option: str) -> str:
    tools = {"s3": "`aws configure`", "gcs": "`gcloud auth application-default login`", "azure": "`az login`"}
    tool = tools.get(kind_of(url), "an SSH agent" if kind_of(url) == "ssh" else "the tool of that service")
    return f"Sign in with {tool}; or in a terminal: `dvc remote modify --local {name} {option} ...`."
