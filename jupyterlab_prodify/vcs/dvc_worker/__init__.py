"""The worker process: the only part that imports DVC. Its protocol stands in ``vcs/dvc.py``.

Map of the parts:

- ``__main__``      the loop: a request in, progress and an answer out; ends when idle or alone
- ``library``       the operations through DVC's own library, for the versions that were tried
- ``command_line``  the same operations through the program ``dvc``, for all others
- ``stages``        the operations on stages of pipelines: status, plan, before and after a stage's command
- ``stage_files``   all stages, kept until a file changes that they are made from
- ``stage_facts``   what a stage is, and how it differs from its last run
- ``stage_work``    running a stage as ``dvc repro`` does, without its command
- ``lock_text``     ``dvc.lock`` as text, one piece for each stage
- ``stage_problems``  what is wrong with a ``dvc.yaml``, with its line
- ``parameter_files`` files of parameters, read once
- ``reporting``     DVC's progress bars as messages
- ``failure``       DVC's errors as codes and messages without secrets
"""
