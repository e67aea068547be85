"""The brief of ``seeds/`` as a whole: ``pytest --accept`` rewrites it, and the diff is the thing to review."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.model.settings import Settings

SEEDS = Path(__file__).parent.parent / "seeds"
GOLDEN = Path(__file__).parent / "golden" / "seeds"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    out = tmp_path_factory.mktemp("golden") / "out"
    pipeline.build([SEEDS], Settings(title="Security guarantees", out=str(out)))
    return {path.name: path.read_text(encoding="utf-8") for path in out.iterdir()}


@pytest.mark.parametrize("name", ["brief.md", "brief.json", "brief.html"])
def test_the_brief_of_the_seeds(name: str, files: dict[str, str], request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        (GOLDEN / name).write_text(files[name], encoding="utf-8", newline="\n")
    expected = (GOLDEN / name).read_text(encoding="utf-8")
    diff = list(unified_diff(expected.splitlines(), files[name].splitlines(), "golden", "built", lineterm="", n=0))
    assert not diff, "\n".join([*diff[:40], f"... {len(diff)} lines in all; make accept, then read git diff"])
