"""The environments that templates run in: shipped ones in Jinja's strictest sandbox, a house's also on an allowance.

A house template may loop for ever, or multiply a text until memory ends, by mistake as well as on purpose. So each step of
a loop, each call and each character that is made is paid for out of one allowance, and what a single operation would make
is estimated before it is done. It is counted and not timed: the same template fails at the same place on every machine.

Known limits: a filter that takes long over one text of the largest allowed size is not stopped in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from math import prod
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefgen.render import archive
from briefgen.render import context as seen
from briefgen.render.labels import Words

#: What one file of a brief may cost, and what more for each position and cited sentence: several times what shipped ones do.
ALLOWANCE, MORE = 500_000_000, 500_000
#: What things cost, by the time that they take: a step of a loop, a call, a filter, something printed, a character.
STEP, CALL, FILTER, PIECE, LETTER = 100, 3_000, 1_500, 500, 10
#: How many characters anything else than a text takes when it is printed inside something, about.
OBJECT = 50
#: What a single operation may make, in characters.
MOST_AT_ONCE = 100_000_000
#: Filters whose result can be far longer than what they are given; those of the second line by a number that they take.
LENGTHENING = "join pprint replace string xmlattr".split()
REPEATING = "batch center indent slice tojson wordwrap".split()
#: What has a length that says how long it was to make.
SIZED = (str, list, tuple, dict)
WIDTH = re.compile(r"\d{4,20}")
#: Formats that take their widths from values.
OPEN_WIDTH = re.compile(r"%[^a-zA-Z%]*\*|\{[^{}]*\{")
SEEN = (*vars(seen).values(), *vars(archive).values())
FIELDS = {kind: frozenset(kind._fields) for kind in SEEN if hasattr(kind, "_fields")}
FIELDS[LoopContext] = frozenset(["first", "index", "index0", "last", "length"])


class AllowanceError(Exception):
    """A template has used up what it may."""


class Printing(CodeGenerator):
    """Compiles templates so that what is printed is escaped once, by ``finalize``, and not by Jinja behind it."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(finalize.src or "str(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's strictest environment, with a short way for a brief's own fields, its labels, what is imported, and ``loop``."""

    code_generator_class = Printing

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``obj.attribute``, as far as a template may see it."""
        kind = type(obj)
        fields = obj.__dict__ if kind is Words or kind is TemplateModule else FIELDS.get(kind, ())
        if attribute in fields and attribute[0] != "_":
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


class Counting(Printing):
    """Compiles templates so that loops, filters and joined texts report what they cost."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.steps: dict[int, int] = {}

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802
        """A loop over ``node.iter``, each step of which prints so much fixed text."""
        self.steps[id(node.iter)] = STEP + LETTER * sum(len(text.data) for text in node.find_all(nodes.TemplateData))
        super().visit_For(node, frame)

    def visit(self, node: nodes.Node, *args: Any, **options: Any) -> Any:
        """Any node; what is counted is wrapped in a call."""
        if id(node) in self.steps:
            return self.within(f"environment.counted({self.steps.pop(id(node))}, ", node, *args, **options)
        if isinstance(node, nodes.Filter | nodes.Concat):
            return self.within("environment.weighed(", node, *args, **options)
        return super().visit(node, *args, **options)

    def within(self, opening: str, node: nodes.Node, *args: Any, **options: Any) -> None:
        """The code of ``node`` as the last argument of a call."""
        self.write(opening)
        super().visit(node, *args, **options)
        self.write(")")


class Bounded(Sandbox):
    """The sandbox with an allowance for a single rendering."""

    code_generator_class = Counting
    intercepted_binops = frozenset(["+", "*", "**", "%"])

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.left = ALLOWANCE
        guards = {**dict.fromkeys(LENGTHENING, _lengths), **dict.fromkeys(REPEATING, _times), "format": _formatted}
        self.filters.update({name: self._foreseen(self.filters[name], measure) for name, measure in guards.items()})
        assert self.finalize
        self.finalize = self._printed(self.finalize)

    def allow(self, number: int) -> None:
        """Allow more, for a brief of so many positions and sentences."""
        self.left += MORE * number

    def spend(self, cost: int) -> None:
        """Take ``cost`` from the allowance; raises ``AllowanceError`` if there is not so much left."""
        self.left -= cost
        if self.left < 0:
            raise AllowanceError("it does far more than any brief needs: a loop or a text without end")

    def counted(self, cost: int, things: Any) -> Iterable[Any]:
        """``things`` to be looped over, each step at ``cost``."""
        try:
            number = len(things)
        except TypeError:
            return self._counted_singly(cost, iter(things))
        self.spend(cost * (number + 1))
        return things  # type: ignore[no-any-return]

    def _counted_singly(self, cost: int, things: Iterator[Any]) -> Iterator[Any]:
        for thing in things:
            self.spend(cost)
            yield thing

    def weighed(self, value: Any) -> Any:
        """``value``, which was just made, paid for."""
        self.spend(FILTER + LETTER * (len(value) if isinstance(value, SIZED) else 1))
        return value

    def foresee(self, sizes: Iterable[int]) -> None:
        """Raise ``AllowanceError`` where the product of ``sizes`` is more than one operation may make."""
        if prod(1 + size for size in sizes) > MOST_AT_ONCE:
            raise AllowanceError("it would make a text or a number without end")

    def call(self, context: Context, obj: Any, /, *args: Any, **named: Any) -> Any:
        """Call something from a template."""
        self.spend(CALL)
        if isinstance(obj, LoopContext):
            args = (self.counted(STEP, args[0]), *args[1:]) if args else args
        method = getattr(obj, "__wrapped__", obj)
        owner = getattr(method, "__self__", None)
        if isinstance(owner, str):
            measure = _formatted if method.__name__ in ("format", "format_map") else _times
            self.foresee(measure(owner, *args, *named.values()))
        return self.weighed(super().call(context, obj, *args, **named))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """``left operator right``."""
        if operator == "**" and isinstance(left, int) and isinstance(right, int):
            self.foresee([left.bit_length() * abs(right)])
        elif operator == "%" and isinstance(left, str):
            self.foresee(_formatted(left, *right) if isinstance(right, tuple) else _formatted(left, right))
        elif operator == "*" and not (isinstance(left, int | float) and isinstance(right, int | float)):
            self.foresee(_times(left, right))
        made = super().call_binop(context, operator, left, right)
        self.spend(LETTER * _length(made) if isinstance(made, int) else 0)
        return self.weighed(made)

    def join_path(self, template: str, parent: str) -> str:
        """The name of a template that another one names: each include is paid for here."""
        self.spend(CALL)
        return super().join_path(template, parent)

    def _foreseen(self, function: Callable[..., Any], measure: Callable[..., Iterable[int]]) -> Callable[..., Any]:
        @wraps(function)
        def guarded(*args: Any, **named: Any) -> Any:
            self.foresee(measure(*args, *named.values()))
            return function(*args, **named)

        return guarded

    def _printed(self, finalize: Callable[..., Any]) -> Callable[..., Any]:
        def paid(value: Any) -> Any:
            kind = type(value)  # texts are most of what is printed: no calls for these
            length = len(value) if kind is str or kind is Markup else _length(value)
            if length >= MOST_AT_ONCE:
                self.foresee([length])
            self.left -= PIECE + LETTER * length
            if self.left < 0:
                self.spend(0)
            return finalize(value)

        return paid


def _length(value: Any) -> int:
    """How many characters ``value`` takes when it is printed, about; it is not looked at further than is allowed."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, int):
        return value.bit_length() // 3
    size, inside = 0, [value]
    while inside and size < MOST_AT_ONCE:
        each = inside.pop()
        size += len(each) if isinstance(each, str) else OBJECT
        if isinstance(each, dict):
            inside += [*each, *each.values()]
        elif isinstance(each, list | tuple):
            inside += each
    return size


def _lengths(*values: Any) -> list[int]:
    return [_length(value) for value in values]


def _times(*values: Any) -> list[int]:
    """Numbers say how often a text is repeated."""
    return [abs(value) if isinstance(value, int) else _length(value) for value in values]


def _formatted(text: Any, *values: Any) -> list[int]:
    """So many values, each as long as the longest or as wide as the format asks; it may take a width from a number."""
    form = str(text)
    measure = _times if OPEN_WIDTH.search(form) else _lengths
    widths = (int(digits) for digits in WIDTH.findall(form))
    return [form.count("{") + form.count("%"), max([len(form), *widths, *measure(*values)])]
