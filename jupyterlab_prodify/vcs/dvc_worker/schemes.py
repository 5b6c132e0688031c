"""Which package DVC needs for an address, and whether it is there."""

from __future__ import annotations

import importlib.util

_PACKAGES = {
    "s3": "dvc-s3",
    "gs": "dvc-gs",
    "azure": "dvc-azure",
    "ssh": "dvc-ssh",
    "oss": "dvc-oss",
    "gdrive": "dvc-gdrive",
    "hdfs": "dvc-hdfs",
    "webhdfs": "dvc-webhdfs",
    "webdav": "dvc-webdav",
    "webdavs": "dvc-webdav",
}


def missing_for(url: str) -> str | None:
    """The package that must be installed before a remote of this address works; None when it is there."""
    scheme, mark, _ = url.partition("://")
    package = _PACKAGES.get(scheme.lower()) if mark else None
    if package is None or importlib.util.find_spec(package.replace("-", "_")) is not None:
        return None
    return package
