"""Gold groups and pairs of statements in, what ``compare`` makes of them out, in the form that the scorers read.

``clusters``: statements of which a reader said what each is about; they are grouped as the statements of a brief are, the
number of issues unknown. What stands under no issue is a group of its own, since the brief says nothing of it.
``pairs``: two statements, and whether they say the same; the measure is the one that agreements are found with.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from briefgen.compare.directory import Directory
from briefgen.compare.issues import About, group
from briefgen.compare.likeness import Likeness
from briefgen.compare.phrases import Phraser, grammar
from briefgen.compare.topics import Said, find_topics
from briefgen.lexicon import load
from briefgen.model.brief import OTHER_ISSUE, BriefStatement
from briefgen.model.document import BlockKind, Meta, Sentence, Source
from briefgen.model.findings import Digest, Parts, Ref, Stance

DOCUMENT = "gold"


def clusters(folder: Path, *, asked: bool = False) -> int:
    """Group the statements of ``issues/argkp_statements-dev.jsonl`` and score the groups."""
    gold = folder / "issues/argkp_statements-dev.jsonl"
    rows = list(_lines(gold))
    lexicon = load([])
    phraser = Phraser(grammar(lexicon), Directory(lexicon.actor))
    digest, statements = _as_findings(rows)
    said = [Said(each.id, each.stance, each.content, each.refs[0], each.spans(each.refs[0])) for each in statements]
    words = {each.id: phraser.telling_words(each.content) for each in statements}
    found = group(statements, About(find_topics(digest, said, phraser), words), phraser, str, ())
    homes = {name: issues[0] for name, issues in found.of.items()}
    print(f"{len(rows)} statements, {len(found.issues)} issues, {list(homes.values()).count(OTHER_ISSUE)} under none")
    return _score(
        folder / "issues/score_clusters.py",
        gold,
        ({"id": name, "group": name if home == OTHER_ISSUE else home} for name, home in homes.items()),
    )


def pairs(folder: Path, *, asked: bool = False) -> int:
    """Say how alike the pairs of ``duplicates/statement_pairs-dev.jsonl`` are and score that."""
    gold = folder / "duplicates/statement_pairs-dev.jsonl"
    rows = list(_lines(gold))
    likeness = Likeness({text for row in rows for text in (row["a"], row["b"])}, grammar(load([])))
    return _score(folder / "duplicates/score_pairs.py", gold, ({"score": likeness.between(row["a"], row["b"])} for row in rows))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _as_findings(rows: Iterable[dict[str, Any]]) -> tuple[Digest, list[BriefStatement]]:
    """A document with one statement a line, each by nobody in particular."""
    text, sentences, statements = "", [], []
    for row in rows:
        words = " ".join(str(row["text"]).split())
        start, end = len(text), len(text) + len(words)
        text += words + "\n"
        sentences.append(Sentence(start=start, end=end, block=0))
        parts = Parts(content=((start, end),))
        ref = Ref(source=DOCUMENT, start=start, end=end, sentence=words, block=BlockKind.PARAGRAPH, parts=parts)
        statements.append(
            BriefStatement(id=row["id"], actor=None, stance=Stance.STATES, content=words, cue="", rule="", refs=(ref,))
        )
    source = Source(id=DOCUMENT, path=DOCUMENT, sha256=DOCUMENT, media_type="text/plain", size=len(text))
    return Digest(source=source, meta=Meta(), text=text, blocks=(), sentences=tuple(sentences)), statements


def _score(scorer: Path, gold: Path, predictions: Iterable[dict[str, Any]]) -> int:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in predictions)
        file.flush()
        return subprocess.run([sys.executable, str(scorer), str(gold), file.name], check=False).returncode
