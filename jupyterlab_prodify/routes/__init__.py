"""HTTP: decode, call one service, encode. One file per feature."""

from __future__ import annotations

from jupyterlab_prodify.routes.export import ExportPlanHandler
from jupyterlab_prodify.routes.files import ApplyFilesHandler
from jupyterlab_prodify.routes.project import ImportCheckHandler, InstallHandler, ProjectHandler

handlers = [
    (r"prodify/export/plan", ExportPlanHandler),
    (r"prodify/files/apply", ApplyFilesHandler),
    (r"prodify/project", ProjectHandler),
    (r"prodify/import/check", ImportCheckHandler),
    (r"prodify/import/install", InstallHandler),
]
