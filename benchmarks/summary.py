"""How well the core of the key points picks sentences: Opinosis, forty words, scored by the scorer that comes with the data.

``compare.ranking`` is what a brief's key points are ranked by; here it gets what people wrote about one thing and nothing
else to go by. Beside it, in the same run: sumy's LexRank (``pip install sumy numpy``) filled up to the same number of words,
and the first sentences.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from briefgen import lexicon
from briefgen.compare.ranking import summary

GOLD, SCORER = "keypoints/opinosis51-dev.jsonl", "keypoints/score_rouge.py"
WORDS = 40
Picker = Callable[[Sequence[str]], list[str]]


def main(folder: Path, *, asked: bool = False) -> int:
    """Print the scorer's figures (percent; ``r1_f`` is ROUGE-1) for each way of picking; 1 if the scorer failed."""
    topics = [json.loads(line) for line in (folder / GOLD).open(encoding="utf-8")]
    skipped = lexicon.load([]).listed("function-words")
    pickers: dict[str, Picker] = {
        "briefgen": lambda said: summary([[text] for text in said], WORDS, skipped),
        "first sentences": filled,
    }
    try:
        pickers["sumy LexRank"] = lexrank()
    except ImportError:
        print("sumy LexRank left out: pip install sumy numpy")
    failed = 0
    for name, pick in pickers.items():
        with tempfile.TemporaryDirectory() as place:
            predictions = Path(place) / "predictions.jsonl"
            lines = [json.dumps({"id": topic["id"], "sentences": pick(topic["documents"])}) for topic in topics]
            predictions.write_text("\n".join(lines), encoding="utf-8")
            print(f"{name:16}", end=" ", flush=True)
            failed |= subprocess.run([sys.executable, folder / SCORER, folder / GOLD, predictions], check=False).returncode
    return failed


def filled(sentences: Sequence[str]) -> list[str]:
    """The first sentences that fit into the words."""
    taken: list[str] = []
    for text in sentences:
        if sum(len(each.split()) for each in (*taken, text)) <= WORDS:
            taken.append(text)
    return taken


def lexrank() -> Picker:
    """sumy's LexRank with its own stemmer and stop words; the sentences are those of the data."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer, numpy
    from sumy.utils import get_stop_words

    if numpy is None:
        raise ImportError("numpy")
    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")

    class Words:
        language = "english"

        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(re.findall(r"[^\W_]+", text.lower()))

    def pick(sentences: Sequence[str]) -> list[str]:
        document = ObjectDocumentModel([Paragraph([Sentence(text, Words())]) for text in sentences])
        taken: list[str] = []
        # A function in place of a number gets the sentences by rank.
        summarizer(document, lambda ranked: taken.extend(filled([str(each.sentence) for each in ranked])) or [])
        return taken

    return pick
