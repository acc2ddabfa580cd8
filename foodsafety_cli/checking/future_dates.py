"""Lines of the ledger that are ahead of the clock: stamped by a wrong one, or of days to come."""

import datetime as dt
from collections.abc import Iterator

from foodsafety_cli.model.problem import Code, Problem, Severity
from foodsafety_cli.store.clock import today
from foodsafety_cli.store.ledger import questions
from foodsafety_cli.store.workspace import Workspace


def clock_ahead(workspace: Workspace) -> Iterator[Problem]:
    """Lines stamped by a clock that was wrong: what is reported later must be stamped later yet."""
    limit = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    found = workspace.index.ask(lambda database: questions.recorded_after(database, limit))
    if found is not None:
        count, line = found
        words = f"有 {count} 行的填报时间比现在晚一天以上，此后的填报时间都会跟着它"
        ledger = str(workspace.ledger_path)
        remedy = "请核对那台电脑的时钟；把这一行的 at 改对"
        yield Problem(ledger, line, 0, Code.LEDGER_AT_AHEAD, words, remedy, Severity.WARNING)


def not_yet(workspace: Workspace) -> list[Problem]:
    """Reports dated after today; they count when their day comes, which nobody may have meant."""
    ahead = workspace.index.ask(lambda database: questions.dated_after(database, today()))
    return [
        Problem(
            str(workspace.ledger_path),
            line,
            0,
            Code.LEDGER_DATE_AHEAD,
            f"数据日期 {date} 还没有到（这台电脑的今天是 {today()}）",
            f"电脑的日期不对的先改日期；写错了的请撤销后重新填报：fs progress undo {name}",
        )
        for name, date, line in ahead
    ]
