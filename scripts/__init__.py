"""What the Makefile runs. Only the standard library is used by the parts that set up the environment."""
