"""Other tools on the same texts, for the table in docs/performance.md: ``PYTHON benchmarks/others.py TOOL GOLD``.

None of them does what briefgen does; each does one part of it. They run in an environment of their own (``pip install
trafilatura sumy numpy spacy textacy`` and spaCy's model ``en_core_web_sm``), so nothing here imports briefgen. A line tells
words per second of CPU, without loading the tool, and the peak memory of the process.
"""

from __future__ import annotations

import html
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

Work = Callable[[str], object]


def trafilatura() -> Work:
    """The main text of a web page; each text is made a page of paragraphs."""
    from trafilatura import extract

    def work(text: str) -> object:
        paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n\n"))
        return extract(f"<html><body><article>{paragraphs}</article></body></html>")

    return work


def lexrank() -> Work:
    """sumy's LexRank: the five sentences that stand for a text."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.utils import get_stop_words

    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")

    class Words:
        """Sentences and words by plain rules: sumy's own need data that NLTK fetches from the network."""

        def to_sentences(self, text: str) -> tuple[str, ...]:
            return tuple(part.strip() for part in text.replace("\n", " ").split(". ") if part.strip())

        def to_words(self, text: str) -> tuple[str, ...]:
            return tuple(word for word in text.lower().split() if word.isalpha())

    return lambda text: summarizer(PlaintextParser.from_string(text, Words()).document, 5)


def spacy() -> Work:
    """spaCy's small English model with textacy's direct quotations."""
    import spacy as library
    from textacy.extract import direct_quotations

    model = library.load("en_core_web_sm")
    return lambda text: list(direct_quotations(model(text)))


def blank() -> Work:
    """spaCy's tokens and sentences by rules, without any model: less than every model costs."""
    import spacy as library

    model = library.blank("en")
    model.add_pipe("sentencizer")
    return lambda text: [sentence.text for sentence in model(text).sents]


TOOLS: dict[str, Callable[[], Work]] = {"trafilatura": trafilatura, "lexrank": lexrank, "spacy": spacy, "blank": blank}


def main(tool: str, gold: str) -> int:
    """Print the line of a tool; 2 where it or its model is not installed."""
    texts = [json.loads(line)["text"] for line in Path(gold).read_text(encoding="utf-8").splitlines()]
    try:
        work = TOOLS[tool]()
    except (ImportError, OSError) as error:
        print(f"{tool:12} left out: {str(error).splitlines()[0][:120]}")
        return 2
    begun = time.process_time()
    for text in texts:
        work(text)
    seconds = time.process_time() - begun
    words = sum(len(text.split()) for text in texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{tool:12}{words / seconds:>12,.0f} words/s{peak:>8.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
