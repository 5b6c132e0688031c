"""The gate: exports on real notebooks written by other people, proved by running them. ``python -m corpus``.

- ``manifest``    which notebooks, from which source packages, with the hash of every file
- ``fetch``       lays the notebooks out under ``.make/corpus/notebooks``
- ``environment`` the Python environment of their kernels
- ``original``    the notebook with the errors of its cells, as a person has it before them
- ``candidates``  which cells hold logic
- ``singles``     each of these cells exported by itself
- ``wholes``      all of them exported one after the other into one module
- ``remembered``  runs remembered by content
- ``results``     what is counted, and how it is printed
- ``verdict``     what is demanded, and what is expected of single notebooks
- ``gate``        all of it on two cores
"""
