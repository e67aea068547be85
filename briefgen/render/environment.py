"""A view in, a rendered text out: the Jinja environment, where its templates come from, and its faults in one line.

Templates are looked for in the house's folders, then in the shipped set; ``default/NAME`` is always the shipped one, so a
house template can extend the very file that it replaces. The environment is sandboxed and knows no undefined names;
every text that a template prints is cleaned and escaped by ``finalize``, so that no template can forget it. Documents are
only ever values: no text of theirs is compiled.

Known limits: a template that loops for ever is not stopped.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any

import jinja2
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefgen.model.errors import TemplateError
from briefgen.render import archive, context, filters
from briefgen.render.compiled import Compiled
from briefgen.render.escapes import ESCAPES, Escape, plain_json
from briefgen.render.house import House, shipped
from briefgen.render.labels import Words, labels
from briefgen.render.stylesheet import theme_view

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENT = re.compile(r"\s*\n\s*")
NO_ATTRIBUTE = re.compile(r"'(?:[\w.]*\.)?(\w+) object' has no attribute '(\w+)'")
FIELDS = {
    kind: frozenset(kind._fields) for kind in (*vars(context).values(), *vars(archive).values()) if hasattr(kind, "_fields")
}
FIELDS[LoopContext] = frozenset(["first", "index", "index0", "last", "length"])


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's strictest environment, with a short way for a brief's own fields, its labels, and ``loop``."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``obj.attribute``, as far as a template may see it."""
        own = obj.__dict__ if type(obj) is Words else FIELDS.get(type(obj), ())
        return getattr(obj, attribute) if attribute in own and attribute[0] != "_" else super().getattr(obj, attribute)


def rendered(
    template: str,
    escape: Escape,
    shown: Mapping[str, Any],
    house: House,
) -> str:
    """``template`` with what it shows, by name.

    Raises:
        TemplateError: with file and line.
    """
    environment = _environment(escape, house.folders, house.cache)
    try:
        text = environment.get_template(template).render(**shown, **house_values(house))
    except Exception as error:
        fault = _fault(error, environment, (*house.folders, str(shipped())))
        if fault is None:
            raise
        raise fault from None
    return text if text.endswith("\n") else text + "\n"


def compiled(house: House) -> int:
    """Compile every template that there is, and return their number.

    Raises:
        TemplateError: with file and line.
    """
    environment = _environment("page", house.folders, None)
    names = [name for name in environment.list_templates(extensions=["j2"]) if not name.startswith("default/")]
    try:
        for name in names:
            environment.get_template(name)
    except Exception as error:
        fault = _fault(error, environment, (*house.folders, str(shipped())))
        if fault is None:
            raise
        raise fault from None
    return len(names)


def house_values(house: House) -> dict[str, Any]:
    """What a template sees beside the brief."""
    return {"sections": house.sections, "front_matter": house.front_matter, "theme": theme_view(house.theme)}


def _environment(escape: Escape, folders: Sequence[str], cache: str | None = None) -> jinja2.Environment:
    own = jinja2.FileSystemLoader(shipped())
    environment = Sandbox(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader(list(folders)), own, jinja2.PrefixLoader({"default": own})]),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=ESCAPES[escape],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=Compiled(Path(cache), escape) if cache else None,
    )
    environment.policies["json.dumps_function"] = plain_json
    if escape != "page":  # Jinja's own escape for pages, and what they make is printed as it is
        environment.filters.update(dict.fromkeys(("e", "escape", "forceescape"), ESCAPES[escape]))
    words = labels([*folders, shipped()])
    wording = filters.Wording(words)
    environment.filters.update(
        many=wording.many, day=wording.day, tick=wording.tick, listed=wording.listed, changed=wording.changed
    )
    environment.filters.update(told=wording.told, named=wording.named, running_head=filters.running_head, yaml=filters.yaml)
    environment.filters.update(fill=filters.fill, quoted=filters.quoted, capital=filters.capital, bold=filters.bold)
    environment.globals.update(label=words, asset=lambda name: _asset(environment, name), policy=policy)
    return environment


def _asset(environment: jinja2.Environment, name: str) -> Markup:
    """A style sheet or script from the template folders, without its comments and indents."""
    assert environment.loader
    source = environment.loader.get_source(environment, name)[0]
    return Markup(INDENT.sub("\n", COMMENT.sub("", source)).strip())


def policy(styles: str, scripts: str) -> str:
    """The page's Content-Security-Policy: its one style sheet and its one script by their hashes, and nothing else."""
    own = (f"{kind} 'sha256-{_digest(text)}'" for kind, text in (("style-src", styles), ("script-src", scripts)))
    return "; ".join(["default-src 'none'", *own, "img-src data:", "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _fault(error: Exception, environment: jinja2.Environment, folders: Sequence[str]) -> TemplateError | None:
    """``error`` as a fault of a template; None if no template is to blame."""
    if isinstance(error, TemplateError):
        return error
    if isinstance(error, jinja2.TemplateSyntaxError):
        return TemplateError(
            "T001", error.message or "syntax error", file=error.filename or error.name or "", line=error.lineno
        )
    file, line = _place(error.__traceback__, folders)
    if isinstance(error, jinja2.TemplateNotFound):
        hint = _nearest(str(error.name), environment.list_templates())
        return TemplateError("T003", f"there is no template {error.name!r}{hint}", file=file, line=line)
    if isinstance(error, OSError) and error.filename:
        return TemplateError("T007", f"cannot be read: {error.strerror}", file=str(error.filename))
    if not file:
        return None
    if isinstance(error, jinja2.UndefinedError):
        return TemplateError("T002", _undefined(error.message or ""), file=file, line=line)
    if isinstance(error, jinja2.exceptions.SecurityError):
        return TemplateError("T004", f"not allowed in a template: {error}", file=file, line=line)
    return TemplateError("T005", f"{type(error).__name__}: {error}", file=file, line=line)


def _place(trace: TracebackType | None, folders: Sequence[str]) -> tuple[str, int]:
    """File and line of the innermost template in a traceback, which Jinja has rewritten to templates' own lines."""
    place = "", 0
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if any(file.startswith(folder) for folder in folders):
            place = file, trace.tb_lineno
        trace = trace.tb_next
    return place


def _undefined(message: str) -> str:
    found = NO_ATTRIBUTE.search(message)
    fields = getattr(getattr(context, found[1], None), "_fields", ()) if found else ()
    return f"{found[1]} has no {found[2]!r}{_nearest(found[2], fields)}" if found else message


def _nearest(name: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, names, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
