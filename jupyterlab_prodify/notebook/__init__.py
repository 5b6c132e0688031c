"""Pure analysis of notebook cells: text in, facts out. No files, no processes, no Jupyter."""
