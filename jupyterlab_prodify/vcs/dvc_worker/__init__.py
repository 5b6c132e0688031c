"""The worker process: the only part that imports DVC. Its protocol stands in ``vcs/dvc.py``.

Map of the parts:

- ``__main__``      the loop: a request in, progress and an answer out; ends when idle or alone
- ``library``       the operations through DVC's own library, for the versions that were tried
- ``command_line``  the same operations through the program ``dvc``, for all others
- ``reporting``     DVC's progress bars as messages
- ``failure``       DVC's errors as codes and messages without secrets
"""
