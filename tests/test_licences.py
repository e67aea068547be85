"""Nothing is installed beside briefgen, by whatever detour, whose licence asks more than is told on the page of licences."""

from __future__ import annotations

import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "docs"))

import licences  # noqa: E402

PAGE = licences.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("terms", "more"),
    [
        ("MIT", False),
        ("BSD-3-Clause, Apache-2.0, dependency licenses", False),
        ("Apache-2.0 AND CNRI-Python", False),
        ("MIT OR GPL-2.0-only", False),
        ("GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("MIT AND LGPL-2.1-only", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("MPL-2.0", True),
        ("unknown", True),
    ],
)
def test_what_asks_more_than_its_notice(terms: str, more: bool) -> None:
    assert licences.asks_more(terms) == more


@pytest.mark.parametrize("extra", ["", *licences.EXTRAS])
def test_nothing_gets_in_that_asks_more_than_is_told(extra: str) -> None:
    try:
        found = licences.needed(extra)
    except metadata.PackageNotFoundError as missing:
        pytest.skip(f"not installed: {missing}")
    assert found
    assert {name for name in found if licences.asks_more(licences.licence(name))} <= licences.NAMED.keys()


def test_the_page_tells_of_every_library_that_we_ask_for_and_of_all_that_ask_more() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *(each for extra in licences.EXTRAS for each in extras[extra])]
    assert {extra for extra in extras if f"## The extra `{extra}`" in PAGE} == extras.keys() - {"all", "test", "dev"}
    for name in (*(licences.Requirement(each).name for each in asked), *licences.NAMED, *licences.HOLDS):
        assert f"\n| {name} | " in PAGE, name
    for name, why in licences.NAMED.items():
        assert any(line.startswith(f"| {name} |") and why in line for line in PAGE.splitlines())
