"""Random notebooks: an export keeps what the notebook shows and what later cells read, or is refused.

- ``scope``      names that the text being written may read and bind, with what they hold
- ``values``     random expressions of a kind: numbers, lists, dicts, texts, conditions
- ``bodies``     random functions, closures, classes, generators, decorators
- ``writer``     random statements and cells
- ``runner``     runs cells in this process: ordered outputs, errors, values; the export's module beside them
- ``example``    a random notebook, written cell by cell while it runs, and what is exported of it
- ``judge``      export, run again, compare: same, refused, broken, or no verdict
- ``shrink``     a smaller notebook that is still judged broken
- ``case_text``  a counterexample as a file of ``tests/cases/export``
- ``campaign``   many examples on several cores, counted
- ``library``    texts that are no notebook at all: Python's own tests, damaged pieces of them, bytes
- ``__main__``   ``python -m tests.fuzz``, which is ``make fuzz``
"""
