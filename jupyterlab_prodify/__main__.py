"""``python -m jupyterlab_prodify`` is ``jupyter prodify``."""

import sys

from jupyterlab_prodify.cli import main

if __name__ == "__main__":
    sys.exit(main())
