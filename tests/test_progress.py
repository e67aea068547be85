"""The line that says how far the reading is: on a terminal, never in a log."""

from __future__ import annotations

import io

import pytest

from briefgen.cli.progress import Progress, line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("done", "total", "skipped", "seconds", "told"),
    [
        (1, 5, 0, 0.2, "1 of 5 documents"),
        (3, 1200, 0, 0.4, "3 of 1,200 documents"),
        (300, 840, 2, 12, "300 of 840 documents · 25 a second · 22 s left · 2 skipped"),
        (10, 1000, 0, 2, "10 of 1,000 documents · 5 a second · 3 min 18 s left"),
        (10, 100_000, 1, 2, "10 of 100,000 documents · 5 a second · 5 h 33 min left · 1 skipped"),
        (2, 4, 0, 60, "2 of 4 documents · 30 s each · 1 min 0 s left"),
        (840, 840, 2, 34, "840 of 840 documents · 25 a second · 2 skipped"),
        (1, 1, 0, 0.1, "1 of 1 document"),
    ],
)
def test_what_the_line_says(done: int, total: int, skipped: int, seconds: float, told: str) -> None:
    assert line(done, total, skipped, seconds).split(" ", 2)[2] == told


def test_the_bar_grows_with_what_is_done() -> None:
    assert [line(done, 10, 0, 0).count("━") for done in (1, 5, 10)] == [3, 15, 30]


def test_it_is_gone_when_all_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", stream := Terminal())
    with Progress(wanted=True) as watch:
        assert watch is not None
        watch(2, 2, 1)
    assert "2 of 2 documents · 1 skipped" in stream.getvalue()
    assert stream.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize(("stream", "wanted"), [(io.StringIO(), True), (Terminal(), False)])
def test_a_log_stays_calm(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, wanted: bool) -> None:
    monkeypatch.setattr("sys.stderr", stream)
    with Progress(wanted=wanted) as watch:
        assert watch is None
    assert stream.getvalue() == ""
