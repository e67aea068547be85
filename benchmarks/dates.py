"""``python -m benchmarks.dates``: what each family of date rules gives, and how fast dates alone are read.

For each set of gold dates below ``BRIEFGEN_EVAL/timex`` the F1 of DATE values with all rules, then what is lost without each
family; a negative figure is a family that costs more than it gives on that set. The scorer is the one beside the gold.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from briefgen.extract import dates
from briefgen.lexicon import load
from briefgen.model.document import Document, Sentence
from briefgen.parsers import parse
from briefgen.segment import segment

#: Gold documents and what was found in each, to figures by group.
Score = Callable[[list[dict[str, Any]], dict[str, Any]], tuple[dict[str, Any], object]]


class Text(NamedTuple):
    """A gold document, segmented."""

    name: str
    published: str
    document: Document
    sentences: tuple[Sentence, ...]


def main() -> int:
    """Print a column for each set of gold dates and a row for each family."""
    folder = Path(os.environ.get("BRIEFGEN_EVAL", "")) / "timex"
    files = sorted(file for file in folder.glob("*.jsonl") if '"timex"' in file.read_text(encoding="utf-8")[:200_000])
    if not files:
        print("left out: set BRIEFGEN_EVAL to the folder of gold data")
        return 0
    score = _scorer(folder / "score_timex.py")
    gold = {file.stem: [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line] for file in files}
    texts = {name: _texts(lines) for name, lines in gold.items()}
    every = {name: _f1(score, gold[name], texts[name]) for name in gold}
    print(f"{'DATE value F1':22}{'rules':>6}" + "".join(f"{name:>18}" for name in gold))
    print(f"{'all rules':22}{len(dates.RULES):6}" + "".join(f"{every[name]:18.1f}" for name in gold))
    rules = dates.RULES
    for family in dict.fromkeys(rule.family for rule in rules):
        _use(rule for rule in rules if rule.family != family)
        lost = [every[name] - _f1(score, gold[name], texts[name]) for name in gold]
        count = sum(rule.family == family for rule in rules)
        print(f"{'without ' + family:22}{count:6}" + "".join(f"{-each:+18.1f}" for each in lost), flush=True)
    _use(rules)
    words = sum(len(line["text"].split()) for lines in gold.values() for line in lines)
    print(f"{words / _cpu(text for each in texts.values() for text in each):,.0f} words a second of CPU for dates alone")
    return 0


def _scorer(file: Path) -> Score:
    found = importlib.util.spec_from_file_location("score_timex", file)
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    score: Score = module.score
    return score


def _texts(lines: Iterable[dict[str, Any]]) -> list[Text]:
    words = load([])
    return [Text(line["id"], line["dct"][:10], *segment(parse("gold.txt", line["text"].encode())[0], words)) for line in lines]


def _use(rules: Iterable[dates.Rule]) -> None:
    """Read dates with these rules only."""
    dates._rules_with.cache_clear()
    setattr(dates, "RULES", tuple(rules))  # noqa: B010


def _f1(score: Score, gold: list[dict[str, Any]], texts: Iterable[Text]) -> float:
    found = {text.name: [asdict(each) for each in _find(text)] for text in texts}
    figures, _ = score(gold, found)
    return 100 * float(figures["DATE"]["value_F1"])


def _find(text: Text) -> tuple[dates.DateMention, ...]:
    return dates.find_dates(text.document.text, text.sentences, text.document.blocks, published=text.published)


def _cpu(texts: Iterable[Text]) -> float:
    start = time.process_time()
    for text in texts:
        _find(text)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
