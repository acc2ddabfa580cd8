"""What is wrong with a ledger, as its index tells: lines, misfits of the plan, undos of nothing."""

import datetime as dt
import sqlite3
from collections.abc import Iterator

from foodsafety_cli.analysis.vetting import Vetting
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.problem import Code, Problem, Severity
from foodsafety_cli.store.ledger.faults import HARMLESS, STANDS, STRANGE, UNDOES_NOTHING
from foodsafety_cli.store.ledger.tables import entry_of

_ALL = 1 << 62
_SEVERAL = 2  # lines


def nothing_counts(database: sqlite3.Connection) -> bool:
    """Whether there are lines, and what is wrong with them leaves nothing to count.

    One line may be torn, a report that never was; several that say nothing were something else.
    """
    counts = "kind not in ('submission', 'undo') or exists (select 1 from entry)"
    if database.execute(f"select 1 from event where {counts} limit 1").fetchone():
        return False
    query = "select count(distinct line), max(code <> ?) from problem"
    lines, is_other = database.execute(query, (Code.LEDGER_TORN,)).fetchone()
    return bool(is_other) and int(lines) >= _SEVERAL


def first(database: sqlite3.Connection, plan: Plan, name: str, most: int) -> list[Problem]:
    """The first problems that an answer should tell of, in the file's order.

    `name` is what they call the file.
    """
    return _found(database, plan, name, most, f"where not ({HARMLESS})")


def every(database: sqlite3.Connection, plan: Plan, name: str) -> list[Problem]:
    """All problems, the harmless ones, too."""
    return _found(database, plan, name, _ALL, "")


def _found(
    database: sqlite3.Connection, plan: Plan, name: str, most: int, which: str
) -> list[Problem]:
    found = [
        *_of_lines(database, most, which),
        *_misfits(database, Vetting(plan), most),
        *_undos_of_nothing(database, most),
        *_unknown_kinds(database),
    ]
    in_order = sorted(found, key=lambda problem: problem.line)[:most]
    return [problem._replace(file=name) for problem in in_order]


def _of_lines(database: sqlite3.Connection, most: int, which: str) -> Iterator[Problem]:
    columns = "line, column, code, message, remedy, severity"
    query = f"select {columns} from problem {which} order by line, number limit ?"
    for line, column, code, message, remedy, severity in database.execute(query, (most,)):
        yield Problem("", line, column, code, message, remedy, Severity(severity))


def _misfits(database: sqlite3.Connection, vetting: Vetting, most: int) -> Iterator[Problem]:
    query = (
        "select v.line, s.task, s.indicator, s.department, "
        "e.value, e.percent, e.done, e.count, e.base, e.date "
        "from entry e join event v on v.id = e.id join series s on s.number = e.series "
        f"where e.misfits > 0 and {STANDS} order by v.line, e.position limit ?"
    )
    for line, *row, date in database.execute(query, (most,)):
        for code, message, remedy in vetting.misfits(entry_of(row), dt.date.fromisoformat(date)):
            yield Problem("", line, 0, code, message, remedy)


def _undos_of_nothing(database: sqlite3.Connection, most: int) -> Iterator[Problem]:
    is_known = "exists (select 1 from event v where v.id = u.undoes)"
    query = f"select u.line, u.undoes, {is_known} {UNDOES_NOTHING} order by u.line limit ?"
    for line, name, is_undo in database.execute(query, (most,)):
        if is_undo:
            message = f"{name} 本身是一条撤销，撤销不能再撤销，没有计入"
            remedy = "要恢复原来撤销的数，请重新填报"
            yield Problem("", line, 0, Code.LEDGER_UNDO_UNKNOWN, message, remedy)
        else:
            message = f"撤销的填报 {name} 不在台账里"
            elsewhere = "合并的另一份台账里也许有，请一并合并"
            yield Problem("", line, 0, Code.LEDGER_UNDO_UNKNOWN, message, elsewhere)


def _unknown_kinds(database: sqlite3.Connection) -> Iterator[Problem]:
    for kind, times, line in database.execute(f"select kind, count(*), min(line) {STRANGE}"):
        yield Problem(
            "",
            line,
            0,
            Code.LEDGER_KIND,
            f"有 {times} 行是这个版本不认识的“{kind}”，保留不计",
            "请更新程序",
            Severity.WARNING,
        )
