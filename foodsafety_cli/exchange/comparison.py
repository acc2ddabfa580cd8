"""The table of old and new (新旧对照表) as a Word document; inserted words are underlined."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from foodsafety_cli.analysis.comparing import Pair
from foodsafety_cli.model.plan import Plan, Task
from foodsafety_cli.model.text import clean
from foodsafety_cli.store import layout
from foodsafety_cli.store.layout import BODY, LINE, SIZES, TITLE

_WIDTHS = (8, 38, 38, 16)


def as_document(old: Plan, new: Plan, pairs: Sequence[Pair]) -> bytes:
    """The document's bytes: 序号, both texts, and what changed."""
    document = layout.new_document(landscape=True)
    title = f"《{old.title}》《{new.title}》新旧对照表"
    layout.line(document, title, TITLE, SIZES["body"], place="center", after=LINE / 2)
    head = ("序号", _year(old), _year(new), "变化")
    rows = [
        (
            str(pair.new.id if pair.new else pair.old.id if pair.old else ""),
            _words(pair.old),
            _words(pair.new),
            "；".join((pair.kind, *pair.changes)),
        )
        for pair in pairs
    ]
    layout.add_table(document, head, rows, _WIDTHS, SIZES["dense"])
    if rows:
        _underline(document.tables[0], pairs)
    return layout.saved(document)


def _year(plan: Plan) -> str:
    return f"{plan.period.start.year}年"


def _words(task: Task | None) -> str:
    return "" if task is None else f"{task.text}〔{task.responsibility}〕"


def _underline(table: Any, pairs: Sequence[Pair]) -> None:
    for row, pair in zip(table.rows[1:], pairs, strict=True):
        if pair.old is None or pair.new is None:
            continue
        paragraph = row.cells[2].paragraphs[0]
        for run in list(paragraph.runs):
            run._r.getparent().remove(run._r)
        for words, is_new in _pieces(_words(pair.old), _words(pair.new)):
            run = paragraph.add_run(clean(words))
            layout.dress(run, BODY, SIZES["dense"])
            run.font.underline = is_new


def _pieces(old: str, new: str) -> Iterator[tuple[str, bool]]:
    """The new text in pieces, and which of them the old one had not."""
    for what, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if end > start:
            yield new[start:end], what != "equal"
