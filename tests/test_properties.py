"""What holds for any folder of documents: the same bytes whatever should not matter, JSON that reads back, ids that last.

Hypothesis makes the folders; few by default, many with ``pytest --hypothesis-profile=search tests/test_properties.py``. What
holds for any text of a format stands with its stage, and for the documents of ``seeds/`` in ``test_determinism.py``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen import pipeline
from briefgen.digesting import Recipe, digest_file
from briefgen.listing import list_documents
from briefgen.model.base import from_json
from briefgen.model.brief import Brief, Skipped
from briefgen.model.findings import Digest
from briefgen.model.settings import Settings
from briefgen.store import Store

ROOT = Path(__file__).parent.parent
ALL = settings.default.max_examples if settings.default else 100
#: An example that starts processes takes a second, one that makes a brief a fiftieth.
FEW, SOME = settings(max_examples=max(4, ALL // 25)), settings(max_examples=max(25, ALL // 4))

WHO = st.sampled_from(
    ["The union of ferry crews", "Mayor Ilse Brandt", "Harnösk", "Norway", "Some residents", "She", "The board", "Officials"]
)
WHAT = st.sampled_from(
    [
        "supports the night ferry.",
        "opposes the night ferry, which it calls “a toy for tourists”.",
        "said on Tuesday that the toll must be cut by 3 March 2031.",
        "would accept the toll only if the money goes to the quay.",
        "demanded that the council withdraw its plan for rent control.",
        "warned that rents would rise.",
        "denied that a deal had been reached.",
        "proposed to build a second lock.",
    ]
)
SAID = st.builds("{} {}".format, WHO, WHAT)
PLAIN = st.sampled_from(
    [
        "Published: 4 May 2031",
        "# The week at the quay",
        "- a closed season in spring\n- observers on large vessels",
        "| Port | Fee |\n|---|---|\n| Vell | 3 |\n| Harnösk | 12 |",
        "No vote was taken. A second reading is planned for 14 March 2031.",
        "It asked for the following:",
        "Плата за причал — 12 крон.",
    ]
)
TEXT = st.lists(SAID | SAID | PLAIN | st.text(st.characters(codec="utf-8"), max_size=40), min_size=1, max_size=9).map(
    "\n\n".join
)
NAMES = st.sampled_from(["a.txt", "b.txt", "b.md", "Ç.txt", "deep/a.txt", "deep/er/b.txt", "zero.csv", "odd.bin"])
FOLDERS = st.dictionaries(NAMES, TEXT, min_size=1, max_size=5).map(
    lambda folder: {"first.txt": "Norway supports it.", **folder}
)


@contextmanager
def written(folder: Mapping[str, str]) -> Iterator[Path]:
    """The documents on the disk, in ``in``, below a folder of their own."""
    with tempfile.TemporaryDirectory() as place:
        put(folder, Path(place))
        yield Path(place)


def put(folder: Mapping[str, str], place: Path) -> None:
    shutil.rmtree(place / "in", ignore_errors=True)
    for name, text in folder.items():
        path = place / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def made(paths: Sequence[Path], store: Store | None = None, **chosen: Any) -> dict[str, bytes]:
    """The files of the brief of some paths."""
    wanted = Settings(formats=("md", "html", "json", "csv"), **chosen)
    return pipeline.files_of(pipeline.make(paths, wanted, store=store), wanted, store)


def digests_of(folder: Mapping[str, str]) -> list[Digest]:
    with written(folder) as place:
        found, _ = list_documents([place / "in"])
        results = [digest_file(each, Recipe()) for each in found]
    return [digest for result in results if not isinstance(result, Skipped) for digest in result]


def brief_of(folder: Mapping[str, str]) -> Brief:
    return pipeline._compare(digests_of(folder), pipeline.load_lexicon(()), Settings(), [])


def paths_in(folder: Mapping[str, str]) -> st.SearchStrategy[list[str]]:
    """Some of its folders and files, as they could be given."""
    parts = {"in", *(f"in/{name}" for name in folder), *(f"in/{name}".rpartition("/")[0] for name in folder)}
    return st.lists(st.sampled_from(sorted(parts)), min_size=1, max_size=5)


@SOME
@given(folder=FOLDERS, data=st.data())
def test_files_go_by_the_same_names_whichever_path_comes_first(folder: dict[str, str], data: st.DataObject) -> None:
    chosen = data.draw(paths_in(folder))
    again = data.draw(st.permutations(chosen))
    with written(folder) as place:
        one, other = (list_documents([place / path for path in paths]) for paths in (chosen, again))
    assert one == other


def test_a_file_that_is_given_with_its_folder_goes_by_its_place_in_it() -> None:
    with written({"first.txt": "Norway supports it.", "deep/a.txt": "Norway opposes it."}) as place:
        whole, part = place / "in", place / "in" / "deep" / "a.txt"
        assert [each.name for each in list_documents([part, whole])[0]] == ["deep/a.txt", "first.txt"]


@FEW
@given(folder=FOLDERS, data=st.data(), jobs=st.sampled_from([2, 3]))
def test_neither_the_order_of_paths_nor_the_number_of_workers_matters(
    folder: dict[str, str], data: st.DataObject, jobs: int
) -> None:
    chosen = ["in/first.txt", *data.draw(paths_in(folder))]
    again = data.draw(st.permutations(chosen))
    with written(folder) as place:
        assert made([place / path for path in chosen]) == made([place / path for path in again], jobs=jobs)


@FEW
@given(
    folder=FOLDERS,
    seed=st.integers(0, 2**32 - 1),
    zone=st.sampled_from(["UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu", "XYZ-13:45", ""]),
    tongue=st.sampled_from(["C", "C.UTF-8", "POSIX", "tr_TR.UTF-8", "de_DE.ISO-8859-1", ""]),
    utf8=st.sampled_from(["0", "1"]),
)
def test_neither_hash_seed_nor_time_zone_nor_locale_matters(
    folder: dict[str, str], seed: int, zone: str, tongue: str, utf8: str
) -> None:
    with written(folder) as place:
        expected = made([place / "in"])
        around = {"PYTHONHASHSEED": str(seed), "TZ": zone, "LC_ALL": tongue, "LANG": tongue, "PYTHONUTF8": utf8}
        command = [sys.executable, "-m", "briefgen", "build", "in", "--out", "out", "--quiet", "--no-cache"]
        subprocess.run(
            [*command, "--formats", "md,html,json,csv"],
            cwd=place,
            check=True,
            timeout=300,
            env={**os.environ, "PYTHONPATH": str(ROOT), **around},
        )
        assert {path.name: path.read_bytes() for path in (place / "out").iterdir()} == expected


@SOME
@given(folder=FOLDERS)
def test_a_brief_reads_back_as_what_it_was(folder: dict[str, str]) -> None:
    brief = brief_of(folder)
    written = pipeline.to_json(brief)
    assert from_json(Brief, written) == brief
    assert pipeline.to_json(from_json(Brief, written)) == written


@SOME
@given(folder=FOLDERS, more=FOLDERS)
def test_a_document_more_changes_no_id_of_a_statement(folder: dict[str, str], more: dict[str, str]) -> None:
    """Neither does it change what is found in another document."""
    whole = {**{f"new/{name}": text for name, text in more.items()}, **folder}
    assert [digest for digest in digests_of(whole) if not digest.source.path.startswith("new/")] == digests_of(folder)
    before, after = brief_of(folder), brief_of(whole)
    assert {statement.id for statement in before.statements} <= {statement.id for statement in after.statements}


@FEW
@given(weeks=st.lists(FOLDERS, min_size=2, max_size=3))
def test_what_is_kept_from_build_to_build_changes_no_byte(weeks: list[dict[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as kept, written({}) as place:
        for folder in [*weeks, weeks[0], weeks[0]]:
            put(folder, place)
            store = Store(Path(kept, "kept"), 50_000_000)
            assert made([place / "in"], store) == made([place / "in"])
            store.close()
