"""HTTP: decode, call one service, encode. One file per feature."""

from __future__ import annotations

from jupyterlab_prodify.routes.data import DATA_HANDLERS
from jupyterlab_prodify.routes.export import ExportPlanHandler
from jupyterlab_prodify.routes.files import ApplyFilesHandler
from jupyterlab_prodify.routes.jobs import JobHandler, JobLogHandler, JobsHandler
from jupyterlab_prodify.routes.pipeline import PIPELINE_HANDLERS
from jupyterlab_prodify.routes.project import ImportCheckHandler, InstallHandler, ProjectHandler
from jupyterlab_prodify.routes.verify import VerifyExportHandler, VerifyNotebookHandler

handlers = [
    (r"prodify/export/plan", ExportPlanHandler),
    (r"prodify/files/apply", ApplyFilesHandler),
    (r"prodify/project", ProjectHandler),
    (r"prodify/import/check", ImportCheckHandler),
    (r"prodify/import/install", InstallHandler),
    (r"prodify/verify/export", VerifyExportHandler),
    (r"prodify/verify/notebook", VerifyNotebookHandler),
    (r"prodify/jobs", JobsHandler),
    (r"prodify/jobs/(?P<id>[0-9a-f]+)", JobHandler),
    (r"prodify/jobs/(?P<id>[0-9a-f]+)/log", JobLogHandler),
    *DATA_HANDLERS,
    *PIPELINE_HANDLERS,
]
