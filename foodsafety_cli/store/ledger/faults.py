"""Where a ledger's index has what is wrong, and how much of it there is."""

import sqlite3

from foodsafety_cli.model.steps import KINDS

STANDS = "not exists (select 1 from event u where u.undoes = e.id)"
MISFITS = f"from entry e where e.misfits > 0 and {STANDS}"
UNDOES_NOTHING = """
from event u where u.undoes is not null
and not exists (select 1 from event v where v.id = u.undoes and v.kind <> 'undo')
"""
STRANGE = (
    "from event indexed by event_kind where kind not in ('submission', 'undo') "
    f"and kind not in ({', '.join(map(repr, KINDS))}) group by kind"
)

# the same line twice, as merges leave it: `fs check` tells it, answers do not
HARMLESS = "code = 'ledger-duplicate-id' and severity = '提醒'"


def count(database: sqlite3.Connection) -> int:
    """How many problems there are that an answer should tell of."""
    counted = (
        f"select count(*) from problem where not ({HARMLESS})",
        f"select coalesce(sum(e.misfits), 0) {MISFITS}",
        f"select count(*) {UNDOES_NOTHING}",
        f"select count(*) from (select 1 {STRANGE})",
    )
    return int(sum(database.execute(query).fetchone()[0] for query in counted))
