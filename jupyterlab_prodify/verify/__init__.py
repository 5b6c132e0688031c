"""Verify: does a notebook show the same before and after, each run in a fresh kernel?

Map of the parts:

- ``errors``      why a notebook cannot be verified
- ``order``       what the job is to run, as data
- ``service``     requests in, jobs out; used by the server and by the command line
- ``outside``     folders above the project that the cells name
- ``folder_copy`` the private copy of the project in which notebooks run
- ``preamble``    what a kernel is told before the first cell
- ``kernel_run``  all cells of one notebook in one fresh kernel
- ``cell_groups`` which cells of the one notebook stand for which of the other
- ``judge``       two runs in, a verdict out
- ``perform``     the order of work inside the job
- ``__main__``    the job's process
"""
