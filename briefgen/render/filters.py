"""Texts made fit for their place: control characters out, Markdown escaped, numbers and dates in words.

Cleaning and escaping are not filters to call: the environment applies them to everything that a template prints.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from markupsafe import Markup, escape

from briefgen.render.context import EditView, NoteView
from briefgen.render.labels import Words
from briefgen.unseen import ACTING, stand_in

#: Characters that act, and those that no page may hold.
FORBIDDEN = re.compile(f"[{ACTING}\x0b-\r\x1c-\x1e\x85\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
SPACES = "\x0b\x0c\r\x85\u2028\u2029"
#: Letters of the scripts that run from right to left, and letters of any other.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
LEFT_TO_RIGHT = re.compile("[A-Za-z\u00aa-\u058f\u0900-\ufb1c]")

#: What Markdown reads as a mark wherever it stands; ``_`` inside a word and the ``&`` of R&D are none.
MARKS = re.compile(r"[\\`*\[\]<~|$^{}]|(?<![^\W_])_|_(?![^\W_])|&(?=#|\w{1,40};)|(?<=:)//|(?<=\bwww)\.", re.IGNORECASE)
#: What it reads as a mark at the start of a line.
LINE_MARKS = re.compile(r"([-+=>#:%!])|(\d{1,9})([.)])")
#: So many letters of a title fit beside the number of a sheet.
LONGEST_HEAD = 80
BLANKS = re.compile(r"\s+")


def clean(text: str) -> str:
    """``text`` without characters that act or that no page may hold: line ends become spaces, the rest as in ``unseen``."""
    return text if text.isprintable() else FORBIDDEN.sub(_stand_in, text)


def _stand_in(found: re.Match[str]) -> str:
    return " " if found[0] in SPACES else stand_in(found)


def page_text(value: object) -> str:
    """What a page prints: strings cleaned and escaped, anything else escaped as Jinja does.

    It stands between other texts at once, so it need be no ``Markup``, which takes longer to make than to escape.
    """
    kind = type(value)
    if kind is str:
        text: str = clean(value)  # type: ignore[arg-type]
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;").replace("'", "&#39;")
    if kind is Markup:  # escaping would copy it
        return value  # type: ignore[return-value]
    return str(value) if kind is int else escape(value)


def markdown_text(value: object) -> Markup:
    """What Markdown prints: strings cleaned, on one line, every mark of Markdown and of HTML escaped."""
    if type(value) is Markup:
        return value
    return _marked_up(value) if type(value) is str else escape(value)


@lru_cache(maxsize=1024)
def _marked_up(text: str) -> Markup:
    """Kept, since a third of what a brief prints are labels and names that it has printed before."""
    return Markup(escape_markdown(text))


def escape_markdown(text: str) -> str:
    """``text`` so that Markdown shows it as it is, in a paragraph, an item, a heading, a table cell or a footnote."""
    line = MARKS.sub(_escaped, text if text.isprintable() else BLANKS.sub(" ", clean(text)))
    lead = len(line) - len(line.lstrip(" "))
    return line[:lead] + LINE_MARKS.sub(_line_mark, line[lead:], count=1) if LINE_MARKS.match(line, lead) else line


def _escaped(found: re.Match[str]) -> str:
    return "\\" + found[0]


def _line_mark(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}"


def bold(text: str) -> Markup:
    """``text`` escaped and in Markdown's bold, which starts and ends with no space."""
    inside = escape_markdown(text).strip()
    return Markup(f"**{inside}**" if inside else "")


def fill(text: str, /, **values: object) -> str:
    """``"{n} of {all}"`` with its values; unlike ``format`` it looks into no value."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def direction(text: str, page: str = "ltr") -> Markup:
    """The attribute that lets a browser set ``text`` by its own direction, where it has letters that run against the page."""
    against = RIGHT_TO_LEFT if page == "ltr" else LEFT_TO_RIGHT
    return Markup("" if against.search(text) is None else ' dir="auto"')


def quoted(text: str, marks: str) -> str:
    """``text`` in quotation marks (``"“{text}”"``), or as it is where it is one quotation already."""
    whole = text[:1] + text[-1:] in {"“”", "«»"} and not set("“”«»") & set(text[1:-1])
    return text if whole else fill(marks, text=text)


def running_head(text: str) -> Markup:
    """The rule of CSS that prints ``text`` on every sheet; only letters, digits and spaces stand for themselves in it."""
    short = text if len(text) <= LONGEST_HEAD else text[: LONGEST_HEAD - 1] + "…"
    words = re.sub(r"[^\w ]|_", lambda found: f"\\{ord(found[0]):x} ", clean(short))
    return Markup('@page { @bottom-left { content: "%s" } }') % Markup(words)


def yaml(text: str) -> Markup:
    """``text`` as a string of YAML (and of JSON)."""
    return Markup(json.dumps(clean(text), ensure_ascii=False))


def capital(text: str) -> str:
    """``text`` with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


class Wording:
    """The filters that read the labels."""

    def __init__(self, labels: Words) -> None:
        self.labels = labels

    def many(self, number: int, noun: str) -> str:
        """``3|many("source")`` -> "3 sources"."""
        one, other = self.labels["count"][noun]
        return fill(one if number == 1 else other, n=f"{number:,}")

    def told(self, note: NoteView, table: str) -> str:
        """A note in the words of the house's labels, filled with what its own message says; else the message."""
        known = self.labels[table]
        numbers = {f"n{n}": number for n, number in enumerate((*note.numbers, "", "", "", ""), 1)}
        return fill(known[note.code], **numbers, detail=note.detail) if note.code in known else note.message

    def changed(self, edit: EditView) -> str:
        """What a correction changed: "Stance: Opposes (was: States)"."""
        words = fill(self.labels["correction"][edit.kind], value=self._value(edit.kind, edit.value))
        was = self.labels["text"]["was"]
        return f"{words} {fill(was, value=self._value(edit.kind, edit.was))}" if edit.was else words

    def _value(self, kind: str, value: str) -> str:
        """Stances and statuses by their names in the labels, anything else as it is."""
        if kind == "stance" and value in self.labels["stance"]:
            return str(self.labels["stance"][value]["name"])
        return str(self.labels["status"][value]) if kind == "status" and value in self.labels["status"] else value

    def named(self, name: str, table: str) -> str:
        """What the labels call a fixed name of ours, such as a format; else the name itself."""
        known = self.labels[table]
        return str(known[name]) if name in known else name

    def day(self, iso: str) -> str:
        """ISO 8601 in the precision that is known -> "2023", "January 2023", "14 January 2023"; intervals with "to"."""
        first, slash, last = iso.partition("/")
        if ".." in (first, last):
            open_end = "since" if last == ".." else "until"
            return fill(self.labels["date"][open_end], day=self._day(first if last == ".." else last, "months"))
        if slash:
            short = "day_in_year" if first[:4] == last[:4] and len(first) == len("2026-01-01") else None
            return fill(
                self.labels["date"]["interval"], first=self._day(first, "months", short), last=self._day(last, "months")
            )
        return self._day(iso, "months")

    def tick(self, iso: str) -> str:
        """The same, short enough for an axis."""
        return self._day(iso, "months_short")

    def _day(self, iso: str, months: str, form: str | None = None) -> str:
        found = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", iso)
        if not found or not 0 < int(found[2] or 1) < 13:
            return iso
        year, month, day = found.groups()
        form = form or ("day" if day else "month" if month else "year")
        name = self.labels["date"][months][int(month or 1) - 1]
        return fill(self.labels["date"][form], day=int(day or 1), month=name, year=int(year))

    def listed(self, names: tuple[str, ...]) -> str:
        """``("A", "B", "C")`` -> "A, B and C"."""
        if len(names) < 2:
            return "".join(names)
        return fill(self.labels["text"]["and"], first=", ".join(names[:-1]), last=names[-1])
