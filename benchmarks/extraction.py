"""How many words statement extraction reads in a second of CPU: in ``seeds/``, in one long document made of them, and in
PolNeAR's training part where the gold data is there. The first two figures are alike as long as time grows with length only.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from pathlib import Path

from briefgen import lexicon
from briefgen.extract import blanked, compile_rules
from briefgen.extract.statements import find_statements
from briefgen.parsers import parse
from briefgen.segment import segment

SEEDS = Path(__file__).parent.parent / "seeds"
POLNEAR = "attribution/polnear-train.jsonl"
COPIES = 40
PARAGRAPH = "\n\n"


def main() -> None:
    """Print a line for each collection."""
    print("== extraction (words per second of CPU, statements only, best of 3)")
    seeds = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    own = [_told_again(text, copy) for copy in range(COPIES) for text in seeds]
    print(f"seeds/             {pace(own):8.0f}")
    print(f"seeds/ as one text {pace([PARAGRAPH.join(own)]):8.0f}")
    gold = Path(os.environ.get("BRIEFGEN_EVAL") or "") / POLNEAR
    if gold.is_file():
        print(f"PolNeAR, train     {pace(json.loads(line)['text'] for line in gold.open(encoding='utf-8')):8.0f}")


def _told_again(text: str, copy: int) -> str:
    """The text with other sentences: what repeats itself in a document is not read twice."""
    return text.replace(". ", f" in round {copy}. ")


def pace(texts: Iterable[str]) -> float:
    """Words in a second. Parsing and segmenting are not counted."""
    rules = compile_rules(lexicon.load())
    read = [segment(document, rules.lexicon) for text in texts for document in parse("text.txt", text.encode())]
    took = []
    for _ in range(3):
        before = time.process_time()
        for document, sentences in read:
            find_statements(document, blanked(document), sentences, rules)
        took.append(time.process_time() - before)
    return sum(len(document.text.split()) for document, _ in read) / min(took)


if __name__ == "__main__":
    main()
