"""The ledger read with care, line by line and all in memory: what the index is held against."""

import datetime as dt
from collections.abc import Iterable
from operator import attrgetter
from typing import Any, NamedTuple

from foodsafety_cli.analysis.vetting import Vetting
from foodsafety_cli.model.events import Event, Report, Submission, Undo
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.store.ledger import lines
from foodsafety_cli.store.ledger.joined_records import is_glued, unglued
from foodsafety_cli.store.ledger.lines import BOM


class Ledger(NamedTuple):
    """The events that count, the line each stands on, and (line, code) of every problem."""

    events: tuple[Event, ...]
    lines: dict[str, int]
    problems: list[tuple[int, str]]


def parse(content: bytes) -> Ledger:
    """The events of a ledger's lines; a line that is none is a problem."""
    events: dict[str, Event] = {}
    raw: dict[str, bytes] = {}
    places: dict[str, int] = {}
    problems: list[tuple[int, str]] = []
    for number, line in enumerate(content.removeprefix(BOM).split(b"\n"), 1):
        line = line.strip().removeprefix(BOM)
        if not line:
            continue
        pieces = unglued(line) if is_glued(line) else [(0, line)]
        for _, piece in pieces:
            _take(number, piece, (events, raw, places, problems))
    return Ledger(tuple(events.values()), places, problems)


def _take(number: int, line: bytes, into: Any) -> None:
    events, raw, places, problems = into
    try:
        event = lines.decode(line)
    except lines.BadLine as bad:
        problems.append((number, bad.code))
        return
    earlier = raw.get(event.id)
    is_taken = earlier is None or line < earlier  # whatever order they stand in
    if earlier is not None:
        left_out = places[event.id] if is_taken else number
        problems.append((left_out, "ledger-duplicate-id"))
    if is_taken:
        events[event.id], raw[event.id], places[event.id] = event, line, number


def history(events: Iterable[Event]) -> list[Report]:
    """Every report ever made, oldest first, those taken back marked so."""
    events = list(events)
    undone = {event.undo for event in events if isinstance(event, Undo)}
    reports = [
        Report(event, entry, position, event.id in undone)
        for event in events
        if isinstance(event, Submission)
        for position, entry in enumerate(event.entries)
    ]
    return sorted(reports, key=attrgetter("order"))


def fitting(plan: Plan, events: Iterable[Event]) -> list[Report]:
    """The history, less the entries that the plan has no place for."""
    vetting = Vetting(plan)
    return [
        report
        for report in history(events)
        if not list(vetting.misfits(report.entry, report.submission.date))
    ]


def problems(plan: Plan, content: bytes) -> list[tuple[int, str]]:
    """Line and code of everything that is wrong, in the file's order."""
    ledger = parse(content)
    vetting = Vetting(plan)
    known = {event.id for event in ledger.events if isinstance(event, Submission)}
    found = list(ledger.problems)
    for report in history(ledger.events):
        if not report.undone:
            line = ledger.lines[report.submission.id]
            misfits = vetting.misfits(report.entry, report.submission.date)
            found += [(line, code) for code, _, _ in misfits]
    for event in ledger.events:
        if isinstance(event, Undo) and event.undo not in known:
            found.append((ledger.lines[event.id], "ledger-undo-unknown"))
    return sorted(found)


def counting(
    plan: Plan, content: bytes, day: dt.date, known_on: dt.date | None = None
) -> dict[int, list[Report]]:
    """By task, the reports that count on a day, as far as they were recorded by then."""
    events = [e for e in parse(content).events if known_on is None or e.at.date() <= known_on]
    found: dict[int, list[Report]] = {}
    for report in fitting(plan, events):
        if not report.undone and report.submission.date <= day:
            found.setdefault(report.entry.task, []).append(report)
    return found
