"""The corrections of a brief in, what templates tell of them out: all of them, and those that made a line what it is."""

from __future__ import annotations

from collections.abc import Iterable

from briefgen.model.brief import Brief, Correction
from briefgen.render.context import EditView

#: What is seen on a line by itself, so that nothing must say of it that a person changed it.
SEEN = frozenset(["note", "pin", "ban", "rename"])
OF_NAMES = frozenset(["rename", "join", "split"])


class Edits:
    """The corrections that were ``done``, those that were ``lost``, and how many are of what is ``absent``."""

    def __init__(self, brief: Brief) -> None:
        told = [(each, _view(each)) for each in brief.corrections if each.kind not in ("embargoed", "withheld")]
        self.done = tuple(view for each, view in told if each.status in ("applied", "reworded"))
        self.lost = tuple(view for each, view in told if each.status in ("unmatched", "contradicted"))
        self.absent = sum(each.status == "absent" for each in brief.corrections)
        self._of_issues = [(each, view) for each, view in told if each.kind in OF_NAMES and _is_of_issue(each, brief)]
        aside = {view for _, view in self._of_issues}
        self._by_target: dict[str, list[EditView]] = {}
        for view in self.done:
            for target in view.targets if view not in aside else ():
                self._by_target.setdefault(target, []).append(view)

    def of_issue(self, issue: str, label: str) -> tuple[EditView, ...]:
        """What a person did to an issue: its name, and what was put together or taken out."""
        done = ((each, view) for each, view in self._of_issues if view in self.done)
        return tuple(view for each, view in done if issue in (each.id, *each.targets) or each.value == label)

    def of_claims(self, ids: Iterable[str]) -> tuple[EditView, ...]:
        """What a person did to any of the claims or sources."""
        found = (view for name in ids for view in self._by_target.get(name, ()))
        return tuple(dict.fromkeys(view for view in found if view.kind not in SEEN))


def _is_of_issue(correction: Correction, brief: Brief) -> bool:
    return correction.id.startswith("is-") or any(correction.id == issue.id for issue in brief.issues)


def _view(each: Correction) -> EditView:
    place = f"{each.file}:{each.line}"
    return EditView(
        each.kind, each.value, each.was, each.why, each.about, each.status, each.nearest, place, frozenset(each.targets)
    )
