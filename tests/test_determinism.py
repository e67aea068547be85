"""The same documents give the same bytes, whatever the order of files, the workers, the hash seed, the time zone; and every
word that a brief quotes stands in its source."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from briefgen import digesting, lexicon, pipeline
from briefgen.listing import Found, list_documents
from briefgen.model.base import from_json, to_json
from briefgen.model.brief import Brief
from briefgen.model.findings import Digest, Ref
from briefgen.model.settings import Settings

SEEDS = Path(__file__).parent.parent / "seeds"


def run_build(documents: Path, folder: Path, *options: str, **environment: str) -> dict[str, bytes]:
    command = [sys.executable, "-m", "briefgen", "build", str(documents), "--out", "out", "--quiet", "--no-cache", *options]
    subprocess.run(
        command, cwd=folder, check=True, timeout=300, env={**os.environ, "PYTHONPATH": str(SEEDS.parent), **environment}
    )
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return run_build(SEEDS, tmp_path_factory.mktemp("plain"), PYTHONHASHSEED="0")


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (["--jobs", "2"], {"PYTHONHASHSEED": "0"}),
        ([], {"PYTHONHASHSEED": "1"}),
        ([], {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}),
    ],
    ids=["two workers", "hash seed", "time zone and locale"],
)
def test_same_bytes(plain: dict[str, bytes], tmp_path: Path, options: list[str], environment: dict[str, str]) -> None:
    assert run_build(SEEDS, tmp_path, *options, **environment) == plain


def test_same_bytes_from_another_place_and_age_of_files(plain: dict[str, bytes], tmp_path: Path) -> None:
    copies = tmp_path / "elsewhere"
    copies.mkdir()
    for number, path in enumerate(sorted(SEEDS.iterdir(), reverse=True)):
        shutil.copy(path, copies / path.name)
        os.utime(copies / path.name, (number, number))
    assert run_build(copies, tmp_path) == plain


def test_the_order_of_digests_does_not_matter() -> None:
    words = lexicon.load()
    found, _ = list_documents([SEEDS])
    digests = [digest for result in digesting.digest_all(found, digesting.Recipe()) for digest in result]
    briefs = {
        pipeline.to_json(pipeline._compare(each, words, Settings(), []))
        for each in (digests, digests[::-1], digests[2:] + digests[:2])
    }
    assert len(briefs) == 1


def test_a_digest_survives_the_way_between_processes() -> None:
    found, _ = list_documents([SEEDS])
    for result in digesting.digest_all(found, digesting.Recipe()):
        for digest in result:
            assert from_json(Digest, to_json(digest)) == digest


@pytest.fixture(scope="module")
def brief(plain: dict[str, bytes]) -> Brief:
    return from_json(Brief, plain["brief.json"])


def refs_in(value: Any) -> list[dict[str, Any]]:
    """Every reference anywhere in a brief."""
    if isinstance(value, dict):
        found = [value] if {"source", "sentence", "start"} <= set(value) else []
        return found + [ref for inner in value.values() for ref in refs_in(inner)]
    return [ref for inner in value for ref in refs_in(inner)] if isinstance(value, list) else []


def test_every_reference_is_a_place_in_its_source(plain: dict[str, bytes]) -> None:
    brief = json.loads(plain["brief.json"])
    texts = {source["id"]: source["text"] for source in brief["sources"]}
    refs = refs_in({name: part for name, part in brief.items() if name != "sources"})
    assert refs
    for ref in refs:
        assert ref["sentence"] == texts[ref["source"]][ref["start"] : ref["end"]]


def pieces(quotation: str) -> list[str]:
    return quotation.split(" … ")


def stands_in(quotation: str, refs: tuple[Ref, ...], texts: dict[str, str]) -> bool:
    return any(all(piece in texts[ref.source] for piece in pieces(quotation)) for ref in refs)


def test_every_quotation_is_verbatim(brief: Brief) -> None:
    texts = {source.id: source.text for source in brief.sources}
    claims = [
        *((each.content, each.refs) for each in brief.statements),
        *((each.quote, each.refs) for each in brief.positions),
        *((each.action, each.refs) for each in brief.proposals),
        *((each.what, each.refs) for each in brief.timeline),
        *((each.text, each.refs) for each in brief.key_points),
    ]
    assert claims
    for quotation, refs in claims:
        assert stands_in(quotation, refs, texts), quotation


def test_content_is_made_of_its_spans(brief: Brief) -> None:
    texts = {source.id: source.text for source in brief.sources}
    for statement in brief.statements:
        for ref in statement.refs:
            if ref.parts and ref.parts.content:
                spans = [texts[ref.source][start:end] for start, end in statement.spans(ref)]
                assert statement.content == " … ".join(spans)


def test_every_id_is_known(brief: Brief) -> None:
    actors, issues = {actor.id for actor in brief.actors}, {issue.id for issue in brief.issues}
    statements = {statement.id for statement in brief.statements}
    assert len(statements) == len(brief.statements)
    for statement in brief.statements:
        assert statement.actor is None or statement.actor in actors
        assert set(statement.issues) <= issues
    for position in brief.positions:
        assert position.actor in actors
        assert position.issue in issues
        assert set(position.statements) <= statements
    for side in (side for disagreement in brief.disagreements for side in disagreement.sides):
        assert set(side.actors) <= actors


def test_a_document_more_changes_no_id_of_a_statement(brief: Brief, tmp_path: Path) -> None:
    found, _ = list_documents([SEEDS])
    fewer: set[str] = set()
    for result in digesting.digest_all(found[1:], digesting.Recipe()):
        fewer |= {statement.id for digest in result for statement in digest.statements}
    assert fewer <= {statement.id for statement in brief.statements}


def test_a_copy_under_another_name_stays_a_document_of_its_own(tmp_path: Path) -> None:
    files = [Found(SEEDS / "01-baltic-debate.txt", name) for name in ("a.txt", "b.txt")]
    names = [digest.source.path for result in digesting.digest_all(files, digesting.Recipe()) for digest in result]
    assert names == ["a.txt", "b.txt"]
