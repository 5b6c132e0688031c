"""Code that runs in the notebook's kernel, never in the server: it may import only the standard library."""
