"""Data and code, versioned together: Git holds the commits, DVC the content of data.

Map of the parts:

- ``errors``     why an action on data is refused
- ``workspace``  the project: its repository, its DVC, its lock; paths in and out
- ``items``      what a path stands for: a ``.dvc`` file, or files that Git holds
- ``advice``     where a path belongs: DVC, Git, or nowhere
- ``add``        new versions, in one commit
- ``versions``   status, history and differences
- ``restore``    an old version; the present one is kept first
- ``share``      push and pull, verified
- ``recovery``   finish or explain what a killed process left

Each action is a function of a ``Workspace``. Actions that write hold the project's lock, and begin with the recovery.
"""
