"""The stages of ``dvc.yaml``: how fresh each is and why, and running them as ``dvc repro`` would, several at once.

Map of the parts:

- ``errors``          why a run is refused
- ``project``         the DVC project: its worker, and the folder of our own state in ``.dvc/tmp``
- ``records``         what has become of each stage, on disk; whose run it is
- ``facts``           what the worker tells of a stage
- ``reasons``         changes in words
- ``reading``         facts and records make the stages that a person sees
- ``notebooks``       notebooks that belong to no stage
- ``panel``           the last known status at once, a newer one soon
- ``environment``     the project's interpreter first on PATH
- ``executor``        the interface: submit, cancel, completed
- ``local_executor``  stages as processes of this machine
- ``scheduler``       which stage is next; nothing here knows where it runs
- ``recovery``        what a killed run has left
- ``perform``         one run, inside the process of its job
- ``service``         requests of the server and of the command line
"""
