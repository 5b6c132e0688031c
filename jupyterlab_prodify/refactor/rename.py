"""Give parameters and local names of the new function other names, wherever they mean that name."""

from __future__ import annotations

from collections.abc import Mapping


def rename_locals(source: str, renames: Mapping[str, str]) -> str:
    """Rename names of the function's own scope; attributes, keywords and names of inner scopes stay.

    Scopes are LibCST's (``ScopeProvider``).
    """
    import libcst as cst
    from libcst.metadata import MetadataWrapper, ScopeProvider

    wrapper = MetadataWrapper(cst.parse_module(source + "\n"))
    function = cst.ensure_type(wrapper.module.body[-1], cst.FunctionDef)
    scopes = wrapper.resolve(ScopeProvider)
    body = function.body.body[0]
    scope = scopes[body]
    nodes: dict[int, str] = {}
    for old, new in renames.items():
        for assignment in scope[old] if scope is not None else ():
            named = getattr(assignment, "node", None)
            for node in [
                _name_of(named),
                *(access.node for access in assignment.references),
            ]:
                if isinstance(node, cst.Name) and node.value == old:
                    nodes[id(node)] = new

    class Renamer(cst.CSTTransformer):
        def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
            new = nodes.get(id(original_node))
            return updated_node.with_changes(value=new) if new else updated_node

    return wrapper.module.visit(Renamer()).code.rstrip("\n")


def _name_of(node: object) -> object:
    return getattr(node, "name", node)
