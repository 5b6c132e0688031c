"""Git and DVC: readers and executors with typed results.

Map of the parts:

- ``errors``      what can go wrong, each with a code and a way out
- ``processes``   run a program to its end, without a terminal and with a limit of time
- ``git``         read a repository, and run Git in it
- ``own_index``   an index of our own beside the person's
- ``commit``      one commit of exactly the chosen paths, and its repair after a crash
- ``snapshot``    the state of files under a private ref
- ``dvc_file``    ``.dvc`` files and DVC's cache, read without DVC
- ``dvc``         DVC in a process of its own, and the protocol with it
- ``dvc_worker``  that process, the only part that imports DVC

What changes a repository expects that the caller holds the project's lock.
"""
