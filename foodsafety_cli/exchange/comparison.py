"""The table of old and new (新旧对照表) as a Word document; inserted words are underlined."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter
from typing import Any

from foodsafety_cli.analysis.comparing import ChangeKind, Pair
from foodsafety_cli.documents import layout
from foodsafety_cli.documents.layout import BODY, LINE, SIZES, TITLE, PageSize
from foodsafety_cli.model.plan import Plan, Task
from foodsafety_cli.model.text import clean

_WIDTHS = (8, 38, 38, 16)
_PASSAGE = 4  # characters: less of another task's words is chance


def as_document(old: Plan, new: Plan, pairs: Sequence[Pair]) -> bytes:
    """The document's bytes: 序号, both texts, and what changed."""
    document = layout.new_document(PageSize.A4_LANDSCAPE)
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
    olds: dict[int, list[Task]] = {}  # of a task that several were joined into
    for pair in pairs:
        if pair.old and pair.new and pair.kind is not ChangeKind.PERHAPS:
            olds.setdefault(pair.new.id, []).append(pair.old)
    for row, pair in zip(table.rows[1:], pairs, strict=True):
        if pair.old is None or pair.new is None:
            continue
        others = [one for one in olds.get(pair.new.id, ()) if one is not pair.old]
        paragraph = row.cells[2].paragraphs[0]
        for run in list(paragraph.runs):
            run._r.getparent().remove(run._r)
        for words, is_new in _pieces(_words(pair.old), _words(pair.new), map(_words, others)):
            run = paragraph.add_run(clean(words))
            layout.dress(run, BODY, SIZES["dense"])
            run.font.underline = is_new


def _pieces(old: str, new: str, others: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The new text in pieces, and which of them none of the old ones had."""
    is_new = [True] * len(new)
    for text in (old, *others):
        for block in SequenceMatcher(None, text, new, autojunk=False).get_matching_blocks():
            if text == old or block.size >= _PASSAGE:
                is_new[block.b : block.b + block.size] = [False] * block.size
    for mark, run in groupby(zip(new, is_new, strict=True), key=itemgetter(1)):
        yield "".join(char for char, _ in run), mark
