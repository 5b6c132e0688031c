"""The project on disk: where things are, and how they are read and written safely.

Map of the parts:

- ``errors``          what can go wrong, each with a code, a path and a remedy
- ``paths``           every path of a request passes here
- ``text_file``       text with its encoding, line ends and hash
- ``lock``            one writer at a time, also between processes
- ``steps``           one file or new folder of a transaction: forward, back
- ``journal``         what a transaction is about to do, written down before it does it
- ``recovery``        finish or take back what a killed process left
- ``transaction``     several files are written, or none
- ``made_folders``    new folders that may go away again with their last file
- ``layout``          the project of a notebook, its package and modules
- ``module_place``    the name under which a notebook imports a file
- ``kernel``          the Python of a notebook's kernel
- ``imports``         can that Python import the module?
- ``install``         editable install of the project into that Python
- ``notebook_json``   where the cells stand in the text of an .ipynb file
- ``notebook_file``   read and rewrite an .ipynb file, touching only the edited cells
- ``export_service``  plan and apply the export of cells
"""
