"""Take a notebook to production without leaving JupyterLab."""

from __future__ import annotations


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Where JupyterLab finds the frontend."""
    return [{"src": "labextension", "dest": "jupyterlab_prodify"}]


def _jupyter_server_extension_points() -> list[dict[str, object]]:
    """The server extension, imported only when a server asks for it."""
    from jupyterlab_prodify.app import ProdifyApp

    return [{"module": "jupyterlab_prodify", "app": ProdifyApp}]
