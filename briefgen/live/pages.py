"""What was built in, what the server shows out: each page of the brief with the script that reloads it, or the error as a page.

The files of the brief hold no such script. A page's Content-Security-Policy names its own scripts by their hashes, so what is
served allows one more, and a connection to where it comes from; all else stays as strict as it was.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from html import escape, unescape
from pathlib import Path
from string import Template
from typing import NamedTuple

from briefgen.excerpt import excerpt
from briefgen.live.rebuild import Rebuilt
from briefgen.model.brief import Skipped
from briefgen.model.errors import BriefgenError
from briefgen.terminal import plain

POLICY = re.compile(r"""(<meta\s+http-equiv=["']?Content-Security-Policy["']?\s+content=")([^"]*)""", re.IGNORECASE)
INDEX = "brief.html"


class Shown(NamedTuple):
    """What the server gives: ``files`` by name, or ``error`` in the place of every page. ``version`` is made of the content."""

    files: Mapping[str, bytes] = {}
    error: bytes | None = None
    version: str = ""


def shown(rebuilt: Rebuilt, before: Shown) -> Shown:
    """What is to be seen after a rebuild; with an error, the files that are no pages stay those of ``before``."""
    if rebuilt.error is not None:
        page = error_page(rebuilt.error)
        version = _version([page.encode()])
        return Shown(before.files, with_script(page, version, is_error=True).encode(), version)
    version = _version(rebuilt.files.values())
    return Shown({name: _served(name, data, version) for name, data in rebuilt.files.items()}, None, version)


def with_script(page: str, version: str, *, is_error: bool = False) -> str:
    """``page`` with the script that reloads it, allowed by its policy if it has one."""
    script = f'<script data-version="{version}"{" data-error" if is_error else ""}>{_part("reload.js")}</script>\n'
    head, body, rest = page.partition("<body")
    head = POLICY.sub(lambda found: found[1] + escape(allowing(unescape(found[2]), _hash(_part("reload.js")))), head)
    above, end, below = rest.rpartition("</body>")
    return head + body + (above + script + end + below if end else rest + script)


def allowing(policy: str, script_hash: str) -> str:
    """A Content-Security-Policy that allows one script more, and connections to the page's own server."""
    directives = {words[0].lower(): words[1:] for each in policy.split(";") if (words := each.split())}
    fallback = directives.get("default-src", [])
    more = {"script-src": f"'sha256-{script_hash}'", "connect-src": "'self'"}
    for name, source in more.items():
        known = directives.get(name, fallback)
        directives[name] = [*(each for each in known if each.lower() != "'none'" and each != source), source]
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def error_page(error: BriefgenError) -> str:
    """A page that says what is wrong, where, and what was perhaps meant."""
    style = _part("error.css")
    place = ":".join([error.file, *(str(number) for number in (error.line, error.column) if number)])
    return Template(_part("error.html")).substitute(
        style=style,
        style_hash=_hash(style),
        code=escape(error.code),
        place=escape(plain(place)),
        message=escape(plain(error.message)),
        excerpt=_pre(excerpt(error)),
        hint=f"<p>Did you mean <strong>{escape(plain(error.hint))}</strong>?</p>" if error.hint else "",
        skipped=_list(getattr(error, "skipped", ())),
    )


def _pre(lines: Sequence[str]) -> str:
    return f'<pre>{escape(lines[0])}\n<span class="caret">{lines[1]}</span></pre>' if lines else ""


def _list(skipped: Sequence[Skipped]) -> str:
    items = "".join(f"<li>{escape(plain(each.path))}: {escape(plain(each.reason))}</li>\n" for each in skipped)
    return f"<ul>\n{items}</ul>" if items else ""


def _served(name: str, data: bytes, version: str) -> bytes:
    return with_script(data.decode(), version).encode() if name.endswith(".html") else data


@cache
def _part(name: str) -> str:
    """A file beside this module."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _version(parts: Iterable[bytes]) -> str:
    return sha256(b"\0".join(parts)).hexdigest()[:16]
