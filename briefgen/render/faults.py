"""Whatever went wrong in a template in, a ``TemplateError`` with file, line, column and the nearest right name out.

Jinja tells the line of a statement. So when something has failed, the same is rendered again by an environment that notes
which expression is being evaluated and, of an undefined value, which one it came from. A build that succeeds pays nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any, NamedTuple

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.utils import missing

from briefgen.model.errors import TemplateError
from briefgen.render.house import is_shipped
from briefgen.render.members import members, nearest, seen
from briefgen.render.places import TOO_DEEP, line_and_column, named, normalized, parse
from briefgen.render.sandbox import AllowanceError, Bounded, Counting

UNKNOWN_TAG = re.compile(r"no tag '(\w+)'|{% (\w+) %} stands")
NO_FILTER = re.compile(r"No (filter|test) named '(\w+)'")
TAGS = (
    "block call elif else endblock endcall endfilter endfor endif endmacro endset endwith extends filter for from if import "
    "include macro set with"
).split()
#: All that can fail while it is evaluated.
WATCHED = (
    *(nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Filter, nodes.Test),
    *(nodes.BinExpr, nodes.UnaryExpr, nodes.Compare, nodes.Concat),
)
#: What a template does that does not end, with words where the error has none of use.
ENDLESS = {
    AllowanceError: "",
    OverflowError: "",
    RecursionError: "it calls or includes itself without end",
    MemoryError: "it needs more memory than there is",
}


class Told(NamedTuple):
    """What is said of a fault: its code, a message, and the nearest right name."""

    code: str
    message: str
    hint: str = ""


class Placed(jinja2.BaseLoader):
    """Loads what another loader finds; everything compiled has offsets in the place of lines."""

    def __init__(self, inner: jinja2.BaseLoader) -> None:
        self.inner = inner
        self.sources: dict[str, str] = {}

    def load(
        self, environment: jinja2.Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> jinja2.Template:
        """The template ``name``; its source is kept by its file."""
        source, file, _ = self.inner.get_source(environment, name)
        file = file or name
        self.sources[file] = normalized(source)
        code = environment.compile(parse(environment, self.sources[file], name, file), name, file)
        return environment.template_class.from_code(environment, code, environment.make_globals(globals))

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:
        """As the other loader has it."""
        return self.inner.get_source(environment, template)

    def list_templates(self) -> list[str]:
        """As the other loader has it."""
        return self.inner.list_templates()


class Marking(Counting):
    """Compiles expressions so that they say when they begin and when they are done."""

    environment: Watching

    def visit(self, node: nodes.Node, *args: Any, **options: Any) -> Any:
        """Any node."""
        if not isinstance(node, WATCHED) or getattr(node, "ctx", "load") != "load":
            return super().visit(node, *args, **options)
        self._begin(node)
        super().visit(node, *args, **options)
        self.write(")")
        return None

    def _begin(self, node: nodes.Node) -> None:
        self.environment.noted.append((self.filename or "", node))
        self.write(f"environment.done(environment.begun({len(self.environment.noted) - 1}), ")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self._begin(node)
        super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        super()._output_child_post(node, frame, finalize)
        self.write(")")


class Watching(Bounded):
    """An environment that knows what it was doing when something failed.

    ``doing`` are the expressions that are being evaluated, outermost first. ``origin`` is of an undefined value that was
    used: those that it came from, and what to say of it.
    """

    code_generator_class = Marking

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        assert self.loader
        self.loader: Placed = Placed(self.loader)
        self.noted: list[tuple[str, nodes.Node]] = []
        self.doing: list[int] = []
        self.origin: tuple[tuple[int, ...], Told] | None = None
        self.names: tuple[str, ...] = ()
        self.undefined = self._undefined  # type: ignore[assignment]

    def begun(self, number: int) -> None:
        """The evaluation of an expression has begun."""
        self.doing.append(number)

    def done(self, _: None, value: Any) -> Any:
        """It is done, and gave ``value``."""
        self.doing.pop()
        return value

    def _undefined(
        self, hint: str | None = None, obj: Any = missing, name: Any = None, exc: type[Exception] = jinja2.UndefinedError
    ) -> jinja2.StrictUndefined:
        place = tuple(self.doing)

        def used(message: str) -> Exception:
            if hint:
                told = Told("T002", hint)
            else:
                told = unknown_name(name, self.names) if obj is missing else unknown_member(seen(obj), name)
            self.origin = place, told
            return exc(message)

        return jinja2.StrictUndefined(hint, obj, name, used)  # type: ignore[arg-type]


def explained(environment: Watching, template: str, values: Mapping[str, Any]) -> TemplateError | None:
    """What fails when a template is rendered; None if no template is to blame."""
    environment.names = *values, *environment.globals
    try:
        environment.get_template(template).render(values)
    except TemplateError as fault:
        return fault
    except Exception as error:
        return _fault(error, environment)
    return None


def compile_fault(environment: Watching, template: str) -> TemplateError | None:
    """What is wrong with a template before it is rendered."""
    try:
        environment.get_template(template)
    except TemplateError as fault:
        return fault
    except Exception as error:
        return _fault(error, environment)
    return None


def fault(told: Told, file: str, source: str, offset: int) -> TemplateError:
    """A fault at an offset in the source of a file."""
    code, message, hint = told
    line, column = line_and_column(source, min(offset, len(source)))
    return TemplateError(code, message, file=file, line=line, column=column, hint=hint)


def syntax_fault(error: jinja2.TemplateSyntaxError, environment: jinja2.Environment, source: str) -> TemplateError:
    """A mistake that the parser or the compiler found, with an offset in the place of its line."""
    message, code, hint = error.message or "syntax error", "T001", ""
    if found := UNKNOWN_TAG.search(message):
        tag = found[1] or found[2]
        hint = "" if tag in TAGS else nearest(tag, TAGS)
    elif found := NO_FILTER.search(message):
        table = environment.filters if found[1] == "filter" else environment.tests
        message, code, hint = f"there is no {found[1]} {found[2]!r}", "T011", nearest(found[2], table)
    return fault(Told(code, message, hint), error.filename or error.name or "", source, error.lineno)


def unknown_name(name: str, known: Iterable[str]) -> Told:
    """What to say of a name that nothing bears."""
    return Told("T002", f"{name!r} is undefined", nearest(name, known))


def unknown_member(thing: Any, name: Any) -> Told:
    """What to say of something that ``thing`` (see ``members``) does not have."""
    called, inside = members(thing)
    return Told("T002", f"{called} has no {name!r}", nearest(str(name), inside))


def no_template(name: str, environment: jinja2.Environment) -> Told:
    """What to say of a template that is not there."""
    return Told("T003", f"there is no template {name!r}", nearest(name, environment.list_templates()))


def _fault(error: Exception, environment: Watching) -> TemplateError | None:
    sources = environment.loader.sources
    if isinstance(error, jinja2.TemplateSyntaxError):
        return syntax_fault(error, environment, sources.get(error.filename or "", ""))
    if isinstance(error, OSError) and error.filename:
        return TemplateError("T007", f"cannot be read: {error.strerror}", file=str(error.filename))
    origin = environment.origin if isinstance(error, jinja2.UndefinedError | SecurityError) else None
    told = origin[1] if origin and not isinstance(error, SecurityError) else _told(error, environment)
    file, offset = _place(error, environment, origin[0] if origin else environment.doing)
    if not file and isinstance(error, RecursionError | SyntaxError):  # Python's own, of what a template is compiled to
        return TemplateError("T001", TOO_DEEP, file=next(reversed(sources), ""))
    return fault(told, file, sources[file], offset) if file else None


def _told(error: Exception, environment: Watching) -> Told:
    """What to say of something that failed while it ran."""
    if isinstance(error, SecurityError):
        return Told("T004", f"not allowed in a template: {str(error).rstrip('.')}")
    if isinstance(error, jinja2.TemplateNotFound):
        return no_template(str(error.name), environment)
    for kind, why in ENDLESS.items():
        if isinstance(error, kind):
            return Told("T009", f"stopped: {why or error}")
    if isinstance(error, KeyError):
        return Told("T005", f"there is no {error.args[0]!r} among the labels")
    return Told("T005", f"{type(error).__name__}: {error}")


def _place(error: Exception, environment: Watching, doing: Iterable[int]) -> tuple[str, int]:
    """File and offset of what failed: the innermost expression of a house, else its innermost statement, else one of ours."""
    sources = environment.loader.sources
    expressions = [(file, named(sources[file], node)) for file, node in (environment.noted[number] for number in doing)]
    statements, trace = [], error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in sources:
            statements.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    places = [*reversed(expressions), *reversed(statements)]
    return next((place for place in places if not is_shipped(place[0])), places[0] if places else ("", 0))
