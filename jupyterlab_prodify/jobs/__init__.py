"""Long work: each job is a process of its own, with progress, a log, cancel, and an end that is known after a crash.

Map of the parts:

- ``errors``     what can go wrong when a job is asked for, or inside it
- ``processes``  start a process that can be recognised, and end it with all that it has started
- ``messages``   the lines between service and child
- ``scratch``    the folder that goes with the job
- ``records``    jobs on disk, and whose they are
- ``service``    start, look at, wait for, cancel and recover jobs
- ``child``      the other side: what runs inside the process of a job

The service writes one JSON line to the child's standard input (``Errand``) and keeps that pipe open: its end tells
the child that the server is gone. The child answers with JSON lines on standard output, each with one of ``progress``,
``result`` and ``error``; its standard error is the log.
"""
