"""Export of notebook cells to a module: source in, Plan or Refusal out. Nothing is read or written here.

Map of the parts, in the order in which an export uses them:

- ``region``             the selected cells or lines, and what stays around them
- ``display``            where the shown last expression goes
- ``roles``              what each name becomes: parameter, return value, import, moved definition, local
- ``moved_definitions``  notebook functions and classes that go along
- ``closures``           functions that outlive the call and would miss a later change
- ``held_code``          functions of the notebook that would miss what the code binds
- ``cautions``           warnings
- ``naming``             a name for the function, and which names are taken
- ``function_text``      the function's source
- ``module_edit``        the module with the function and its imports
- ``notebook_edit``      the cells with the call and the import
- ``self_check``         what we emit parses and holds the original statements
- ``export``             all of it: ``plan_export``
"""
