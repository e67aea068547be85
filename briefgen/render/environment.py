"""What a template shows in, a rendered text out: the Jinja environment, and where its templates come from.

Templates are looked for in the house's folders, then in the shipped set; ``default/NAME`` is always the shipped one, so a
house template can extend the very file that it replaces. The environment is sandboxed and knows no undefined names;
every text that a template prints is cleaned and escaped by ``finalize``, so that no template can forget it. Documents are
only ever values: no text of theirs is compiled.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import jinja2
from markupsafe import Markup

from briefgen.model.errors import TemplateError
from briefgen.render import context, filters
from briefgen.render.checked import digests, is_unchanged, keep, mark_of, with_words
from briefgen.render.compiled import Compiled
from briefgen.render.escapes import ESCAPES, Escape, plain_json
from briefgen.render.house import House, shipped
from briefgen.render.labels import labels
from briefgen.render.places import SYNTAX
from briefgen.render.sandbox import Bounded, Sandbox
from briefgen.render.stylesheet import theme_view

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
INDENT = re.compile(r"\s*\n\s*")
#: What Jinja brings and a brief must not have: the same input gives the same bytes.
RANDOM = ("random", "lipsum")
Kind = TypeVar("Kind", bound=Sandbox)


def rendered(template: str, escape: Escape, shown: Mapping[str, Any], house: House, looked_for: set[str] | None = None) -> str:
    """``template`` with what it shows, by name; the names of the templates that it needs are added to ``looked_for``.

    Raises:
        TemplateError: with file, line and column.
    """
    values = {**shown, **house_values(house)}
    environment: Sandbox = open_environment(Bounded if house.folders else Sandbox, escape, house)
    try:
        if isinstance(environment, Bounded):
            _keep_order(environment, template, escape, values, house)
        text = environment.get_template(template).render(values)
    except TemplateError:
        raise
    except Exception as error:
        from briefgen.render.faults import Watching, explained

        watching = open_environment(Watching, escape, house._replace(cache=None))
        watching.allow(_size(values))
        raise (explained(watching, template, values) or error) from None
    if looked_for is not None and isinstance(environment.loader, Places):
        looked_for.update(environment.loader.looked_for)
    return text if text.endswith("\n") else text + "\n"


def _keep_order(environment: Bounded, template: str, escape: Escape, values: Mapping[str, Any], house: House) -> None:
    """Before a house's templates are rendered: an allowance, and the mistakes that a single rendering does not show."""
    from briefgen.render.unprinted import unprinted

    environment.allow(_size(values))
    mark = mark_of(template, values, house.folders, house.cache) if house.cache else None
    if not (mark and is_unchanged(mark, environment)):
        _must_be_in_order(environment, template, escape, values, mark)
    for fault in unprinted(environment):
        raise fault


def _must_be_in_order(
    environment: Sandbox, template: str, escape: Escape, values: Mapping[str, Any], mark: Path | None
) -> None:
    """Raise the first mistake that shows without rendering; if there is none, remember that."""
    from briefgen.render.checks import check

    checked = check(environment, template, escape == "page", values)
    for fault in checked.faults:
        raise fault
    if mark:
        keep(mark, environment, checked.looked_for)


def signs_of(templates: Iterable[str], house: House) -> dict[str, str]:
    """What tells whether these templates, as a house has them, and the words that all have are the same."""
    return digests(sorted(with_words(templates)), open_environment(Sandbox, "page", house))


def _size(values: Mapping[str, Any]) -> int:
    """The number of positions and sentences that a template has to show."""
    brief = values.get("brief")
    if not isinstance(brief, context.BriefView):
        return 0
    return brief.facts.positions - brief.facts.left_positions + brief.facts.sentences


def compiled(house: House) -> int:
    """Compile every template that there is, and return their number.

    Raises:
        TemplateError: with file, line and column.
    """
    from briefgen.render.faults import Watching, compile_fault

    environment = open_environment(Watching, "page", house._replace(cache=None))
    names = [name for name in environment.list_templates(extensions=["j2"]) if not name.startswith("default/")]
    for name in names:
        if fault := compile_fault(environment, name):
            raise fault
    return len(names)


def house_values(house: House) -> dict[str, Any]:
    """What a template sees beside the brief."""
    return {"sections": house.sections, "front_matter": house.front_matter, "theme": theme_view(house.theme)}


def open_environment(kind: type[Kind], escape: Escape, house: House) -> Kind:
    """An environment of a kind, with all that templates can name but the values that are rendered."""
    own = Folders([str(shipped())])
    environment = kind(
        loader=Places([jinja2.PrefixLoader({"default": own}), Folders(house.folders), own]),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=ESCAPES[escape],
        bytecode_cache=Compiled(Path(house.cache), f"{escape}.{kind.__name__}") if house.cache else None,
        **SYNTAX,
    )
    environment.policies["json.dumps_function"] = plain_json
    if escape != "page":  # Jinja's own escape for pages, and what they make is printed as it is
        environment.filters.update(dict.fromkeys(("e", "escape", "forceescape"), ESCAPES[escape]))
    words = labels([*house.folders, shipped()])
    wording = filters.Wording(words)
    environment.filters.update(
        many=wording.many, day=wording.day, tick=wording.tick, listed=wording.listed, changed=wording.changed
    )
    environment.filters.update(told=wording.told, named=wording.named, running_head=filters.running_head, yaml=filters.yaml)
    environment.filters.update(
        fill=filters.fill, quoted=filters.quoted, direction=filters.direction, capital=filters.capital, bold=filters.bold
    )
    environment.globals.update(label=words, asset=lambda name: _asset(environment, name), policy=policy)
    for name in RANDOM:
        environment.filters.pop(name, None)
        environment.globals.pop(name, None)
    return environment


class Places(jinja2.ChoiceLoader):
    """The places of templates; ``looked_for`` are the names that were asked for."""

    def __init__(self, loaders: Sequence[jinja2.BaseLoader]) -> None:
        super().__init__(loaders)
        self.looked_for: set[str] = set()

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Source, file and whether it is still the same."""
        self.looked_for.add(template)
        return super().get_source(environment, template)

    def load(
        self, environment: jinja2.Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> jinja2.Template:
        """The template."""
        self.looked_for.add(name)
        return super().load(environment, name, globals)


class Folders(jinja2.FileSystemLoader):
    """Templates from folders; a file that is no UTF-8 is a fault with its place, and a byte-order mark is none of its text."""

    def __init__(self, folders: Sequence[str]) -> None:
        super().__init__(list(folders), encoding="utf-8-sig")

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Source, file and whether it is still the same."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            path = next(path for path in (Path(folder, template) for folder in self.searchpath) if path.is_file())
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            raise TemplateError("T007", "is no UTF-8 text: save it in that encoding", file=str(path), line=line) from None


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
