"""Proof by execution: an exported notebook does what the original did, its function seeing only its module.

- ``worker``        runs a notebook in an IPython shell and forks it where a variant begins (own process, own Python)
- ``fingerprint``   a comparable picture of a value
- ``session``       talks to one worker
- ``normalise``     outputs without addresses, clock times and other things that differ by themselves
- ``exported``      the notebook that a plan makes
- ``compare``       two runs, cell by cell
- ``weaken``        a plan with one parameter or one returned value taken away
- ``prove``         all of it: ``prove(cells, export) -> Proof``
- ``notebook_file`` the cells of an ``.ipynb`` file
- ``__main__``      ``python -m tests.proof NOTEBOOK.ipynb``
"""
