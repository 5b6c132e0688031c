"""Take a notebook to production without leaving JupyterLab."""
