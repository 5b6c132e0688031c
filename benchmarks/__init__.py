"""What is fast, measured: ``python -m benchmarks``. Never a test; limits are printed beside the figures.

- ``notebook_source`` real cells, and notebooks of any length made from them
- ``timing``          medians and 95th percentiles
- ``one_cell``        analysis of one cell, beside ``ast.parse`` and rope
- ``long_notebook``   the whole plan in long notebooks, and how it grows
- ``server_start``    what the server extension adds to the start of the server
- ``peers``           the corpus through rope and jedi, beside ours (only with ``--only peers``)
- ``peer_tools``      what their extractions mean for a notebook
- ``data``            status, add and memory of versioned data, beside the command line of DVC and Git
- ``frontend``        size of the bundle, time from click to diff
"""
