"""The model's own promises: a claim has its place, a value does not change, a typo is no field."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError

import pytest
from pydantic import ValidationError

from briefgen.model.base import from_json, schema_of, to_json
from briefgen.model.brief import Brief, Issue
from briefgen.model.document import BlockKind
from briefgen.model.findings import Event, Parts, Proposal, Ref, Stance, Statement, Status, When

REF = Ref(source="s1", start=0, end=12, sentence="Norway says.", block=BlockKind.PARAGRAPH, parts=Parts(source=((0, 6),)))
CLAIM = {"id": "st-1", "holder": "Norway", "stance": Stance.STATES, "content": "so", "cue": "says", "rule": "say"}


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Statement, CLAIM),
        (Proposal, {"id": "pr-1", "action": "wait", "status": Status.PROPOSED, "origin": "prose", "rule": "r"}),
        (Event, {"id": "ev-1", "when": When(text="2020"), "what": "a vote", "origin": "prose"}),
    ],
)
def test_a_claim_without_a_reference_cannot_be_constructed(model: type, fields: dict[str, object]) -> None:
    assert model(**fields, refs=(REF,)).refs == (REF,)
    with pytest.raises(ValidationError, match="at least 1 item"):
        model(**fields, refs=())


def test_values_are_frozen_and_know_their_fields() -> None:
    statement = Statement(**CLAIM, refs=(REF,))
    with pytest.raises(FrozenInstanceError):
        statement.stance = Stance.OPPOSES  # type: ignore[misc]
    with pytest.raises(ValidationError, match="keyword argument"):
        Statement(**CLAIM, refs=(REF,), stanse="x")  # type: ignore[call-arg]


def test_names_in_json_are_those_of_the_contract() -> None:
    issue = Issue(id="is-1", label="The levy", origin="taxonomy")
    assert json.loads(to_json(issue))["from"] == "taxonomy"
    assert from_json(Issue, to_json(issue)) == issue
    schema = schema_of(Brief)["properties"]
    wanted = """schema_version title period as_of generator sources skipped actors issues statements positions proposals
    agreements disagreements timeline tables key_points changes corrections"""
    assert set(wanted.split()) <= set(schema)
