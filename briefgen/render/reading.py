"""The tree of a template in, each name and each field that does not exist out: a walk with what is known at every place.

Scopes are Jinja's: loops, macros and blocks see what is outside and keep what they set to themselves, a block sees the loop
around it only if it is ``scoped``, and an ``if`` has no scope of its own. A scope maps names to the types of their values,
None where a type is not certain; nothing is said of what is not certain.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from jinja2 import Environment, nodes
from jinja2.runtime import LoopContext

from briefgen.render.faults import Told, unknown_member, unknown_name
from briefgen.render.members import element, members, nearest, plain_type

Scope = dict[str, Any]
#: Filters that give what they are given, and those that give one of it.
SAME = frozenset(["list", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique"])
ONE = frozenset(["first", "last", "max", "min"])
#: Filters and tests of what may not be there.
ASKING = frozenset(["d", "default", "defined", "undefined"])
#: What a macro knows beside its arguments.
IN_MACRO = ("caller", "kwargs", "varargs")


class Others(Protocol):
    """What is asked of whoever reads the other templates."""

    def include(self, node: nodes.Include, scope: Scope) -> None:
        """A template stands here, and sees ``scope``."""

    def imported(self, node: nodes.Import | nodes.FromImport, scope: Scope) -> Any:
        """What an imported template holds; None if that is not certain."""

    def complain(self, node: nodes.Node, told: Told, word: str = "") -> None:
        """Something is wrong with ``node``, or with a ``word`` in it."""


class Reader:
    """Walks through one template.

    ``below`` are the names that the templates which it extends have set, and ``blocks`` the scopes of their blocks, to
    which its own are added. Of one that is ``in_order`` only what sets names is read.
    """

    def __init__(
        self, environment: Environment, below: Scope, blocks: dict[str, Scope], others: Others, in_order: bool = False
    ) -> None:
        self.environment, self.below, self.blocks, self.others, self.in_order = environment, below, blocks, others, in_order
        self.top: Scope = {}
        self.optional: set[str] = set()

    def read(self, tree: nodes.Template, scope: Scope) -> Scope:
        """Walk through ``tree``, which begins with ``scope``; gives what it sets at its top."""
        if not self.in_order:
            asked = (each.node for kind in (nodes.Filter, nodes.Test) for each in tree.find_all(kind) if each.name in ASKING)
            self.optional = {_text_of(each) for each in asked} - {""}
        self.top = {**scope, **{each.name: None for each in tree.body if isinstance(each, nodes.Macro)}}
        self._all(tree.body, self.top)
        return {name: kind for name, kind in self.top.items() if name not in scope or kind is not scope[name]}

    def visit(self, node: nodes.Node, scope: Scope) -> Any:
        """Walk through a node by the rule that is called like its kind; of an expression, gives the type."""
        return getattr(self, f"_{type(node).__name__.lower()}", self._children)(node, scope)

    def _children(self, node: nodes.Node, scope: Scope) -> None:
        for child in node.iter_child_nodes():
            self.visit(child, scope)

    # Names and fields

    def _name(self, node: nodes.Name, scope: Scope) -> Any:
        if node.ctx != "load":
            scope[node.name] = None
        elif node.name not in scope and node.name not in self.optional:
            self.others.complain(node, unknown_name(node.name, scope))
        return scope.get(node.name)

    def _getattr(self, node: nodes.Getattr, scope: Scope) -> Any:
        return self._member(node, self.visit(node.node, scope), node.attr)

    def _getitem(self, node: nodes.Getitem, scope: Scope) -> Any:
        kind = self.visit(node.node, scope)
        self.visit(node.arg, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._member(node, kind, node.arg.value)
        return kind if isinstance(node.arg, nodes.Slice) else element(kind)

    def _member(self, node: nodes.Expr, kind: Any, name: str) -> Any:
        if name.startswith("_"):
            self.others.complain(node, Told("T004", f"not allowed in a template: {name!r}, as all names that begin with _"))
        if kind is None or name.startswith("_"):
            return None
        _, inside = members(kind)
        if name not in inside and _text_of(node) not in self.optional:
            self.others.complain(node, unknown_member(kind, name))
        return plain_type(inside.get(name))

    def _const(self, node: nodes.Const, scope: Scope) -> Any:
        return str if isinstance(node.value, str) else None

    def _condexpr(self, node: nodes.CondExpr, scope: Scope) -> Any:
        self.visit(node.test, scope)
        kinds = [self.visit(each, scope) for each in (node.expr1, node.expr2) if each]
        return kinds[0] if kinds[0] == kinds[-1] else None

    def _filter(self, node: nodes.Filter, scope: Scope) -> Any:
        kind = self.visit(node.node, scope) if node.node else None
        self._rest(node, scope)
        if node.name not in self.environment.filters:
            self._no(node, "filter", self.environment.filters)
        return kind if node.name in SAME else element(kind) if node.name in ONE else None

    def _test(self, node: nodes.Test, scope: Scope) -> Any:
        self._children(node, scope)
        if node.name not in self.environment.tests:
            self._no(node, "test", self.environment.tests)

    def _no(self, node: nodes.Filter | nodes.Test, what: str, known: Iterable[str]) -> None:
        self.others.complain(node, Told("T011", f"there is no {what} {node.name!r}", nearest(node.name, known)))

    def _rest(self, node: nodes.Filter, scope: Scope) -> None:
        for each in (*node.args, *node.kwargs, node.dyn_args, node.dyn_kwargs):
            if each:
                self.visit(each, scope)

    # Statements and their scopes

    def _output(self, node: nodes.Output, scope: Scope) -> None:
        if not self.in_order:
            self._children(node, scope)

    def _assign(self, node: nodes.Assign, scope: Scope) -> None:
        self._bind(node.target, self.visit(node.node, scope), scope)

    def _assignblock(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self._all(node.body, dict(scope))
        if node.filter:
            self.visit(node.filter, scope)
        self._bind(node.target, str, scope)

    def _for(self, node: nodes.For, scope: Scope) -> None:
        kind = self.visit(node.iter, scope)
        inside = {**scope, "loop": LoopContext}
        self._bind(node.target, element(kind), inside)
        if node.test:
            self.visit(node.test, inside)
        self._all(node.body, inside)
        self._all(node.else_, dict(scope))

    def _if(self, node: nodes.If, scope: Scope) -> None:
        self.visit(node.test, scope)
        ways = []
        for body in (node.body, [*node.elif_], node.else_):
            ways.append(dict(scope))
            self._all(body, ways[-1])
        for name in {name for way in ways for name in way}:
            kinds = [way[name] for way in ways if name in way]
            scope[name] = kinds[0] if all(kind == kinds[0] for kind in kinds) else None

    def _with(self, node: nodes.With, scope: Scope) -> None:
        kinds = [self.visit(value, scope) for value in node.values]
        inside = dict(scope)
        for target, kind in zip(node.targets, kinds, strict=True):
            self._bind(target, kind, inside)
        self._all(node.body, inside)

    def _macro(self, node: nodes.Macro, scope: Scope) -> None:
        scope[node.name] = None
        self._with_arguments(node, scope, IN_MACRO)

    def _callblock(self, node: nodes.CallBlock, scope: Scope) -> None:
        self.visit(node.call, scope)
        self._with_arguments(node, scope, ())

    def _with_arguments(self, node: nodes.Macro | nodes.CallBlock, scope: Scope, more: Iterable[str]) -> None:
        self._all(node.defaults, scope)
        self._all(node.body, {**scope, **dict.fromkeys((*more, *(each.name for each in node.args)))})

    def _filterblock(self, node: nodes.FilterBlock, scope: Scope) -> None:
        self.visit(node.filter, scope)
        self._all(node.body, dict(scope))

    def _block(self, node: nodes.Block, scope: Scope) -> None:
        begins = self.blocks.setdefault(node.name, dict(scope) if node.scoped else {})
        self._all(node.body, {**self.below, **self.top, **begins, "super": None})

    def _include(self, node: nodes.Include, scope: Scope) -> None:
        self.visit(node.template, scope)
        self.others.include(node, scope)

    def _import(self, node: nodes.Import, scope: Scope) -> None:
        self.visit(node.template, scope)
        scope[node.target] = self.others.imported(node, scope)

    def _fromimport(self, node: nodes.FromImport, scope: Scope) -> None:
        self.visit(node.template, scope)
        held = self.others.imported(node, scope)
        for name in node.names:
            wanted, known_as = name if isinstance(name, tuple) else (name, name)
            scope[known_as] = None
            if held is not None and wanted not in held.names:
                self.others.complain(node, unknown_member(held, wanted), wanted)

    def _all(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            self.visit(node, scope)

    def _bind(self, target: nodes.Node, kind: Any, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = kind
        elif isinstance(target, nodes.Tuple):
            for each in target.items:
                self._bind(each, None, scope)


def _text_of(node: nodes.Node | None) -> str:
    """A name or a path of fields as it is written: ``brief.title``."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_text_of(node.node)}.{node.attr}"
    return ""
