"""The server extension: the one place where services are built and routes registered."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

from jupyter_server.extension.application import ExtensionApp
from traitlets import Float, Unicode

from jupyterlab_prodify.project.export_service import ExportService
from jupyterlab_prodify.routes import handlers


class ProdifyApp(ExtensionApp):
    """``jupyter server`` extension ``jupyterlab_prodify``; its routes start with ``prodify/``."""

    name = "jupyterlab_prodify"
    extension_url = "/lab"
    load_other_extensions = True

    root = Unicode("", help="Folder that exports may write to; the server's root folder when empty.").tag(config=True)

    patience = Float(
        0.2,
        help="Seconds that a plan waits to learn what the kernel's Python can import, before it takes the safe way "
        "and adds a line to the notebook.",
    ).tag(config=True)

    def initialize_settings(self) -> None:
        """Build the services, and finish what a killed server may have left."""
        service = ExportService(Path(self.root or self._server_root()), self._find_spec, self.patience)
        self._recover(service)
        self.settings["prodify_export_service"] = service

    def _recover(self, service: ExportService) -> None:
        try:
            left = service.recover()
        except OSError as error:
            self.log.warning("Interrupted exports could not be looked for: %s", error)
            return
        if left:
            self.log.warning("An interrupted export could not be finished; changed since: %s", ", ".join(left))

    def _find_spec(self, name: str) -> Any:
        app: Any = self.serverapp
        return app.kernel_spec_manager.get_kernel_spec(name)

    def initialize_handlers(self) -> None:
        """Register the routes."""
        self.handlers.extend(handlers)

    async def _start_jupyter_server_extension(self, serverapp: Any) -> None:
        """The server answers already: load what the first plan needs, so that nobody waits for it."""
        service: ExportService = self.settings["prodify_export_service"]
        await asyncio.to_thread(service.warm_up)

    def _server_root(self) -> str:
        app: Any = self.serverapp
        return os.path.expanduser(app.root_dir) if app is not None else os.getcwd()
