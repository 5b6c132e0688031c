"""The project on disk: where things are, and how they are read and written safely."""
