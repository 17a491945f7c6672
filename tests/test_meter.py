"""Progress in one line: how far, how fast, how long still, and what went wrong."""

import pytest

from sayso.meter import describe, meter
from sayso.run import Progress


def test_it_tells_documents_rate_time_left_and_problems() -> None:
    line = describe(Progress(items=10, total=40, documents=12, problems=1), 6.0)
    assert line == "10 of 40 items, 12 documents analysed (2.0/s), 1 problem, about 0:18 left"


def test_what_was_passed_over_does_not_make_the_rest_look_quick() -> None:
    line = describe(Progress(items=30, total=40, documents=10, unchanged=20), 60.0)
    assert line.endswith("about 1:00 left")


def test_once_all_is_written_it_tells_what_is_linked() -> None:
    line = describe(Progress(items=10, total=10, documents=12, linking="claims (4 of 6)"), 6.0)
    assert line == "12 documents written, linking: claims (4 of 6)"


def test_without_a_total_it_promises_no_time() -> None:
    assert "left" not in describe(Progress(items=10, documents=12), 6.0)


def test_outside_a_terminal_it_writes_plain_lines_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 1.0, 6.0, 7.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    with meter(quiet=False) as tell:
        for n in (1, 2, 3):
            tell(Progress(items=n))
    assert capsys.readouterr().err.splitlines() == ["2 items, 0 documents analysed (0.0/s), 0 problems"]
    assert tell.last.items == 3
