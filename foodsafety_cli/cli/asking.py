"""A question put to the plan meant, or to several in turn, whose answers then stand in one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from foodsafety_cli.cli.office import Day, Office, keep_apart, known_words, workspaces_of
from foodsafety_cli.cli.options import Filters
from foodsafety_cli.cli.streams import say, say_caution
from foodsafety_cli.model.errors import UnknownName
from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.text import first_few
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.render.listing import Listing, Row
from foodsafety_cli.render.many_plans import PlanName, across
from foodsafety_cli.store.plan.narrowing import PlanQuery
from foodsafety_cli.store.shipped import PLAN_NAME

if TYPE_CHECKING:
    from foodsafety_cli.analysis.letters import Sent
    from foodsafety_cli.analysis.query import Selected, Selection
    from foodsafety_cli.analysis.standings import Standings
    from foodsafety_cli.model.plan import Plan

_NAMED = 5


class QueryResult(ValueType):
    """What one plan has to say to the filters; nothing in it keeps a file open."""

    place: PlanName
    among: int  # how many plans were asked
    selection: Selection
    standings: Standings
    selected: list[Selected]
    letters: list[Sent]
    known_on: Day = None
    earlier: QueryResult | None = None  # the same tasks on the day to compare with


def ask(
    ctx: typer.Context,
    filters: Filters,
    days: tuple[Day, Day],
    file: Path | None,
    *,
    with_letters: bool = False,
    since: Day = None,
) -> list[QueryResult]:
    """Ask each plan meant; with several, those that have no such name are told and left out.

    `days`: as of which day, and known on which; `since`: an earlier day to compare with.

    Raises `UnknownName` for a name that none of them has.
    """
    from foodsafety_cli.analysis.query import select

    places = workspaces_of(ctx)
    for place in places:
        keep_apart(place, file)
    asked: list[QueryResult] = []
    strange: list[tuple[Path, UnknownName]] = []
    for place in places:
        # of one plan, the files are let go with the process
        with closing(place) if len(places) > 1 else nullcontext():
            office = Office(place, *days)
            # a letter may be about tasks besides those asked for
            plan = office.narrow(PlanQuery() if with_letters else filters.wanted())
            try:
                selection = filters.selection(plan)._replace(reporting=with_letters)
            except UnknownName as error:
                strange.append((place.plan_path, error))
                continue
            selected = list(select(office.standings, selection))
            office.say_if_over(f"{plan.title}：" if len(places) > 1 else "")
            letters = place.letters(office.standings, office.known_on) if with_letters else []
            office.report_problems()
        name = _place(place.plan_path, plan)
        found = QueryResult(name, len(places), selection, office.standings, selected, letters)
        found = found._replace(known_on=office.known_on)
        if since:
            found = found._replace(earlier=_earlier(found, office.on_earlier(since)))
        asked.append(found)
    if not asked:
        raise strange[0][1]
    _tell_left_out([str(path) for path, _ in strange])
    _tell_copies(asked)
    _tell_years(asked)
    return asked


def _earlier(now: QueryResult, then: Office) -> QueryResult:
    """The same answer on the earlier day; the same tasks where that day would select others."""
    from foodsafety_cli.analysis.query import select

    if now.selection.is_by_state:
        selected = [
            item._replace(standing=then.standings.of(item.standing.section, item.standing.task))
            for item in now.selected
        ]
    else:
        selected = list(select(then.standings, now.selection))
    return now._replace(standings=then.standings, selected=selected)


def _place(path: Path, plan: Plan) -> PlanName:
    is_usual = path.name == PLAN_NAME and path.parent.name
    return PlanName(str(path.parent if is_usual else path), plan.title)


def _tell_copies(asked: list[QueryResult]) -> None:
    """Say which plans are one and the same: a copied folder is counted twice."""
    same: dict[tuple[str, ...], list[str]] = {}
    for one in asked:
        plan = one.standings.printed
        key = (plan.title, plan.document_number, plan.issuer)
        same.setdefault(key, []).append(one.place.plan)
    for (_, number, _), places in same.items():
        if len(places) > 1:
            named = first_few(places, _NAMED, between=" 和 ")
            say_caution(MessageCode.SAME_PLAN, f"{named} 是同一份安排（{number}），都计入了")


def _tell_years(asked: list[QueryResult]) -> None:
    """Say that figures of several years are put together."""
    years = sorted({one.standings.printed.period.start.year for one in asked})
    if len(years) > 1:
        named = "、".join(map(str, years))
        words = f"这些计划不是同一年的（{named}），合计里混在一起，请一年一年地看"
        say_caution(MessageCode.SEVERAL_YEARS, words)


def _tell_left_out(paths: list[str]) -> None:
    if paths:
        say(f"没有这个单位或部分的计划未列入：{first_few(paths, _NAMED)}")


def one_listing(
    asked: list[QueryResult], view: Callable[[QueryResult], Listing], total: Row | None = None
) -> Listing:
    """The listing of the one plan asked; of several, all rows, each with its plan."""
    now = _side_by_side(asked, view, total)
    now = now._replace(title=now.title + known_words(asked[0].known_on))
    earlier = [one.earlier for one in asked if one.earlier]
    if not earlier:
        return now
    from foodsafety_cli.render.since import with_changes

    return with_changes(now, _side_by_side(earlier, view, None), earlier[0].standings.as_of)


def _side_by_side(
    asked: list[QueryResult], view: Callable[[QueryResult], Listing], total: Row | None
) -> Listing:
    if asked[0].among == 1:
        return view(asked[0])
    return across([(one.place, view(one)) for one in asked], total)
