"""Cases as files that anybody can read and add: prose, then a fenced block of input, a line with one dot, what is expected.

    Demand with an addressee.

    ```
    Moscow demanded on Tuesday that the alliance halt its enlargement.
    .
    demands | Moscow | the alliance halt its enlargement
    ```

Words after the opening fence are handed on as ``info`` ("```html"). ``pytest --accept`` rewrites what is expected by what
comes out; the diff is then the thing to review.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    path: Path
    line: int
    info: str
    prose: str
    source: str
    expected: str

    @property
    def name(self) -> str:
        return f"{self.path.relative_to(CASES)}:{self.line}"


def read_cases(folder: str) -> Iterator[Case]:
    """All cases below ``tests/cases/<folder>``, in the order of files and lines."""
    for path in sorted((CASES / folder).rglob("*.test")):
        yield from _cases(path)


def _cases(path: Path) -> Iterator[Case]:
    lines = path.read_text(encoding="utf-8").split("\n")
    prose: list[str] = []
    at = 0
    while at < len(lines):
        if not lines[at].startswith("```"):
            prose.append(lines[at])
            at += 1
            continue
        dot, end = lines.index(".", at), lines.index("```", at + 1)
        assert at < dot < end, f"{path}:{at + 1}: a case is a fence, input, a line with one dot, expected, a fence"
        source, expected = "\n".join(lines[at + 1 : dot]), "\n".join(lines[dot + 1 : end])
        yield Case(path, at + 1, lines[at][3:].strip(), "\n".join(prose).strip(), source, expected)
        prose, at = [], end + 1


def parametrize(folder: str) -> pytest.MarkDecorator:
    """``@parametrize("parsers")``: the test gets one ``case`` a run."""
    cases = list(read_cases(folder))
    assert cases, f"no cases below tests/cases/{folder}"
    return pytest.mark.parametrize("case", cases, ids=[case.name for case in cases])


def check(case: Case, request: pytest.FixtureRequest, run: Callable[[str, str], str]) -> None:
    """Compare ``run(source, info)`` with what the case expects, or rewrite the case under ``--accept``."""
    got = run(case.source, case.info).rstrip("\n")
    if got != case.expected and request.config.getoption("--accept"):
        text = case.path.read_text(encoding="utf-8")
        old = f"```{case.info}\n{case.source}\n.\n{case.expected}\n```"
        assert text.count(old) == 1 or case.expected == "", f"{case.name}: cannot tell which case to rewrite"
        old = old if old in text else f"```{case.info}\n{case.source}\n.\n```"
        case.path.write_text(
            text.replace(old, f"```{case.info}\n{case.source}\n.\n{got}\n```", 1), encoding="utf-8", newline="\n"
        )
        return
    assert got == case.expected, f"{case.name}\n{case.prose}"
