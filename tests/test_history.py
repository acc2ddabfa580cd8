"""Reports picked from a ledger are those that its whole history tells, whatever its lines."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foodsafety_cli.analysis import reports
from foodsafety_cli.model.progress import Report
from foodsafety_cli.store import ledger, ledgerwalk
from foodsafety_cli.store.history import History
from tests.random_ledgers import INDEX, PLAN, TASKS, blocks, ledgers


@blocks
@given(content=ledgers, most=st.sampled_from([None, 1, 3, 50]))
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_picked_is_what_the_whole_history_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int, content: bytes, most: int | None
) -> None:
    monkeypatch.setattr(ledgerwalk, "_BLOCK", block)
    path = tmp_path / "progress.jsonl"
    path.write_bytes(content)
    picked = History(path, INDEX)
    records = ledger.read(path).records
    whole = reports.history(reports.vet(PLAN, records)[0])
    assert said(picked.all()) == said(whole)
    for task in TASKS:
        assert said(picked.latest(task.id)) == said(r for r in whole if r.entry.task == task.id)
    of_county = [report for report in whole if report.entry.department == "阳城县"]
    latest = picked.latest(department="阳城县", most=most)
    assert said(latest) == said(of_county[-(most or 1000) :])

    unjudged = reports.history(records)
    assert said(picked.named("000")) == said(
        r for r in unjudged if r.submission.id.startswith("000")
    )
    standing = [r.submission for r in unjudged if not r.undone]
    last = max(standing, key=lambda submission: (submission.at, submission.id), default=None)
    assert {r.submission.id for r in picked.last_made()} == ({last.id} if last else set())


def said(found: Iterable[Report]) -> list[tuple[object, ...]]:
    """All that is shown of some reports, in their order."""
    return [(*r.submission[:4], r.entry, r.undone) for r in found]
