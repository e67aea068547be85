"""A Brief in, a whole mail out: heads, the brief as plain text and as a page, at most 90 KB.

Both parts are rendered from templates of their own, which a house can override. No style sheet is obeyed by all programs that
show mails, so the page carries its look in ``style`` attributes, made of the theme's light colours. Where the brief is too
large, lists are shortened until it fits, and the mail says what it leaves out. There is no clock and no chance in it: the date
is the day that the brief stands for, and id and boundary are made of the content.

Known limit: a quotation or name of more than 400 characters is cut at a word, with "…".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from briefgen.model.brief import Brief
from briefgen.model.errors import TemplateError
from briefgen.model.settings import Mail
from briefgen.model.theme import colours_of
from briefgen.render.context import BriefView, IssueView, Matrix
from briefgen.render.environment import rendered
from briefgen.render.escapes import Escape, line
from briefgen.render.filters import fill
from briefgen.render.house import House
from briefgen.render.turns import Turn, Week, turns
from briefgen.render.view import view

#: The templates of its two parts.
PARTS: tuple[tuple[str, Escape], ...] = (("brief.email.txt.j2", "text"), ("brief.email.html.j2", "page"))
#: Programs cut a mail off at some 100 KB.
MOST_BYTES = 90_000
#: How many lines of a list are shown, tried one after the other.
LENGTHS = (240, 160, 110, 75, 50, 34, 22, 14, 9, 5, 2, 0)
LONGEST_TEXT = 400
LONGEST_SUBJECT = 150
#: The table is for a narrow column.
MOST_COLUMNS, MOST_ROWS = 4, 14
#: What must be whole to be of use.
WHOLE = frozenset({"url", "anchor", "key", "href"})
#: Old transports pass on seven bits only.
POLICY = SMTP.clone(cte_type="7bit")


class Cut(NamedTuple):
    """How much of each section a mail leaves out."""

    points: int  #: sentences of the bottom line that are left out
    positions: int  #: positions that are left out
    proposals: int  #: proposals that are left out
    sources: int  #: sources that are left out
    issues: int  #: columns of the table that are left out
    actors: int  #: rows of the table that are left out


class News(NamedTuple):
    """What changed: counts, and the positions that were reversed or moved, with what was held before."""

    counts: Mapping[str, int]  #: counts of what changed: new, reversed, moved, strengthened, unchanged, not_repeated
    reversed: tuple[Turn, ...]  #: positions that were turned round
    moved: tuple[Turn, ...]  #: positions that moved


class MailVariables(NamedTuple):
    """What brief.email.html.j2 and brief.email.txt.j2 can name beside label, sections and so on."""

    brief: BriefView  #: the brief, with shorter lists and texts, and without what a mail has no room for
    cut: Cut  #: how much of each list is left out
    news: News | None  #: what changed since the earlier brief; none if there was none
    address: str  #: where the page of the brief is read; empty if the settings do not say
    look: Mapping[str, str]  #: colours and fonts of the theme by name: look.ink


def message(
    brief: Brief, mail: Mail | None = None, house: House | None = None, address: str = "", looked_for: set[str] | None = None
) -> bytes:
    """The brief as a mail, ready to be sent or opened; ``address`` is where its page is read, for links.

    The names of the templates that it takes are added to ``looked_for``.

    Raises:
        TemplateError: a template is wrong, or what it makes is too large however little is shown.
    """
    mail, house = mail or Mail(), house or House()
    whole = view(brief, house.most)
    for most in LENGTHS:
        values = shown(brief, whole, house, address, most)._asdict()
        text, page = (rendered(template, escape, values, house, looked_for) for template, escape in PARTS)
        made = _assembled(_heads(brief, mail), text, page)
        if len(made) <= MOST_BYTES:
            return made
    raise TemplateError("T030", f"the mail has {len(made):,} bytes, whatever is left out of it; {MOST_BYTES:,} are allowed")


def shown(brief: Brief, whole: BriefView, house: House, address: str, most: int) -> MailVariables:
    """What the templates of a mail see, with at most so many lines a list."""
    short, cut = _shortened(whole, most)
    return MailVariables(short, cut, _news(brief, address, most), address, _look(house))


def _assembled(heads: Mapping[str, str], text: str, page: str) -> bytes:
    digest = blake2b("\0".join([*heads.values(), text, page]).encode(), digest_size=16).hexdigest()
    made = EmailMessage(policy=POLICY)
    for name, value in heads.items():
        made[name] = value
    made["Message-ID"] = f"<{digest}@{made['From'].addresses[0].domain}>"
    made.set_content(text)
    made.add_alternative(page, subtype="html")
    made.set_boundary(f"=_{digest}")
    return made.as_bytes()


def _heads(brief: Brief, mail: Mail) -> dict[str, str]:
    """The heads; none can hold the end of a line, so that no text can add another one."""
    values = {"title": brief.title, "week": brief.period.label or "", "as_of": brief.as_of or ""}
    heads = {"From": mail.sender, "To": ", ".join(mail.to) or "undisclosed-recipients:;"}
    heads["Subject"] = _short(line(fill(mail.subject, **values)).strip(), LONGEST_SUBJECT)
    day = brief.as_of or brief.period.end or ""
    if len(day) == len("2031-05-14"):  # of documents that name only their month, a brief knows no day
        heads["Date"] = format_datetime(datetime.fromisoformat(day).replace(tzinfo=UTC))
    return heads


def _look(house: House) -> dict[str, str]:
    """The tokens of the theme that a mail can wear."""
    fonts = {"text": house.theme.fonts.text, "heading": house.theme.fonts.heading, "quote": house.theme.fonts.quote}
    return {**colours_of(house.theme.light), **fonts}


def _news(brief: Brief, address: str, most: int) -> News | None:
    if brief.changes is None:
        return None
    kinds = ("new", "reversed", "moved", "strengthened", "unchanged", "not_repeated")
    counts = {kind: len(getattr(brief.changes, kind)) for kind in kinds}
    week = Week("", address, brief, {})
    told = (tuple(_brief_texts(turns(brief, week, kind)[:most])) for kind in ("reversed", "moved"))
    return News(counts, *told)


def _shortened(whole: BriefView, most: int) -> tuple[BriefView, Cut]:
    """The view with at most so many lines a list and no long text, and how much was left out."""
    issues = tuple(_first_positions(whole.issues, most))
    matrix = _narrow(whole.matrix, most)
    shown = whole._replace(
        points=whole.points[:most],
        issues=issues,
        matrix=matrix,
        proposals=whole.proposals[: most // 2],
        sources=whole.sources[:most],
        changes=None,
        agreements=(),
        differences=(),
        timeline=whole.timeline._replace(entries=(), chart=None),
        tables=(),
        appendix=(),
        cites=(),
        skipped=(),
        left_out=(),
    )
    cut = Cut(
        points=len(whole.points) - len(shown.points),
        positions=whole.facts.positions - sum(len(issue.positions) for issue in issues),
        proposals=whole.facts.proposals - len(shown.proposals),
        sources=len(whole.sources) - len(shown.sources),
        issues=len(whole.matrix.issues) - len(matrix.issues),
        actors=len(whole.matrix.rows) - len(matrix.rows),
    )
    return _brief_texts(shown), cut


def _first_positions(issues: tuple[IssueView, ...], most: int) -> Iterator[IssueView]:
    for issue in issues:
        if most > 0:
            yield issue._replace(positions=issue.positions[:most])
        most -= len(issue.positions)


def _narrow(matrix: Matrix, most: int) -> Matrix:
    """The first columns of the table, and the first actors that speak of them."""
    rows = [row._replace(cells=row.cells[:MOST_COLUMNS]) for row in matrix.rows]
    shown = tuple(row for row in rows if any(row.cells))[: min(most, MOST_ROWS)]
    return Matrix(matrix.issues[:MOST_COLUMNS] if shown else (), shown, (), ())


def _brief_texts(value: Any) -> Any:
    """``value`` with its texts cut, whatever it is made of; an address that is too long goes."""
    if isinstance(value, str):
        return _short(value, LONGEST_TEXT)
    if not isinstance(value, tuple):
        return value
    names = getattr(value, "_fields", None)
    if names is None:
        return tuple(map(_brief_texts, value))
    return type(value)(
        *(_whole(each) if name in WHOLE else _brief_texts(each) for name, each in zip(names, value, strict=True))
    )


def _whole(value: Any) -> Any:
    return value if not isinstance(value, str) or len(value) <= LONGEST_TEXT else None


def _short(text: str, most: int) -> str:
    """The start of a text, up to a word."""
    if len(text) <= most:
        return text
    start = text[: most - 1]
    return (start.rsplit(" ", 1)[0] if " " in start[most // 2 :] else start).rstrip() + " …"
