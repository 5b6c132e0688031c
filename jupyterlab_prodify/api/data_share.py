"""Wire types of sharing data: remotes, push and pull. Credentials never pass here."""

from __future__ import annotations

from typing import Literal

import msgspec

from jupyterlab_prodify.api.wire import WireType

RemoteKind = Literal["folder", "s3", "ssh", "gcs", "azure", "other"]


class DataRemote(WireType, frozen=True):
    """A remote of the DVC project. ``url`` holds no password, whatever the settings hold."""

    name: str
    url: str
    kind: RemoteKind
    default: bool
    missing: str | None
    """The package that DVC needs for it and that is not installed, such as ``dvc-s3``."""


class DataRemotes(WireType, frozen=True):
    """All remotes, in the order of their names. ``file`` is the file of settings; a change of it is to be committed."""

    remotes: list[DataRemote]
    file: str
    notes: list[str]


class RemoteAddRequest(WireType, frozen=True):
    """Add a remote to the project that holds ``path``. An address with a password, or an option that is a secret, is
    refused: credentials stay where DVC and the tools of the cloud keep them."""

    path: str
    name: str
    url: str
    options: dict[str, str] = msgspec.field(default_factory=dict)
    """As DVC names them: ``endpointurl``, ``region``, ``profile``, ``port``, ``user``, ``account_name`` ..."""
    default: bool = False


class RemoteDefaultRequest(WireType, frozen=True):
    """Make a remote the default one of the project that holds ``path``."""

    path: str
    name: str


class DataMoveRequest(WireType, frozen=True):
    """Push or pull ``paths``; all data of the project that holds ``path`` when there are none. ``remote`` is None for
    the default one. ``git`` is for a push: when all data is there, the branch is pushed as well."""

    path: str
    paths: list[str] = msgspec.field(default_factory=list)
    remote: str | None = None
    git: bool = False
