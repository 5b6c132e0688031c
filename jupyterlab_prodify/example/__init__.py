"""The example project ``save-the-world``: real data and one long notebook, to try everything on.

``python -m jupyterlab_prodify.example DIR`` makes it; ``create_project`` does the same from Python.
"""

from jupyterlab_prodify.example.create import ExampleError, FolderExistsError, create_project

__all__ = ["ExampleError", "FolderExistsError", "create_project"]
