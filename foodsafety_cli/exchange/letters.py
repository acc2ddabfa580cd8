"""A letter on paper: one page, with the part that the department fills in and sends back."""

import datetime as dt
from collections.abc import Sequence

from foodsafety_cli.analysis.letter_words import asked, basis, in_short, situation
from foodsafety_cli.analysis.letters import Addressed
from foodsafety_cli.analysis.standing import Standings
from foodsafety_cli.analysis.wording import day_in_words
from foodsafety_cli.exchange.slips import Box, add_boxes
from foodsafety_cli.model.steps import LetterKind
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.store import layout
from foodsafety_cli.store.layout import BODY, HEADING, SIZES, TITLE

_WIDTH, _ROOM = 442, 290  # points: the text's width, and what is left for paragraphs on the page
_SCALES = ((16.0, 28.0), (14.0, 23.0), (12.0, 19.0))  # sizes of letters and lines, points
_LEAST_WORDS = 60
_REPLY = (
    (Box("办理情况", "", 2),),
    (Box("存在问题", "", 1),),
    (Box("下步措施", "", 1),),
    (Box("承办人"), Box("签字、盖章")),
    (Box("日期", "　　　年　　月　　日"), Box("送达人/签收人", "　　　　/　　　　")),
)


class Letterhead(ValueType):
    """What stands around the words."""

    kind: LetterKind
    number: str
    signer: str
    office: str
    day: dt.date
    reply_by: dt.date
    ahead: str = ""  # where the task's indicators will end, of a letter about one task


def as_letter(head: Letterhead, standings: Standings, addressed: Addressed) -> bytes:
    """The letter's bytes; what is too long for a page is set smaller, then cut with “……”."""
    paragraphs, size, spacing = _fitted(head, standings, addressed)
    document = layout.new_document(page_numbers=False)
    layout.line(document, head.kind.heading, TITLE, SIZES["title"], place="center", after=10)
    signer = head.signer or "　　　　"
    layout.line(
        document, f"{head.number}　　　　　签发人：{signer}", BODY, 14, place="center", after=8
    )
    layout.line(document, f"{addressed.department}：", BODY, size, spacing=spacing)
    for words in paragraphs:
        layout.line(document, words, BODY, size, indent=2, spacing=spacing)
    for words in (head.office, day_in_words(head.day)):
        shape = layout.line(document, words, BODY, size, place="right", spacing=spacing)
        shape.paragraph_format.right_indent = layout.points(48)
    layout.line(document, "反馈（填好后报我办）", HEADING, 12, spacing=22)
    add_boxes(document, _REPLY)
    return layout.saved(document)


def _fitted(
    head: Letterhead, standings: Standings, addressed: Addressed
) -> tuple[list[str], float, float]:
    """The paragraphs and how large they may be set."""
    longest = max(len(standing.task.text) for standing in addressed.tasks)
    most = longest
    while True:
        paragraphs = _paragraphs(head, standings, addressed, most)
        for size, spacing in _SCALES:
            if _height(paragraphs, size, spacing) <= _ROOM:
                return paragraphs, size, spacing
        if most <= _LEAST_WORDS:
            return paragraphs, *_SCALES[-1]
        most = max(_LEAST_WORDS, most * 3 // 4)


def _paragraphs(
    head: Letterhead, standings: Standings, addressed: Addressed, most: int
) -> list[str]:
    plan, tasks = standings.plan, addressed.tasks
    if len(tasks) == 1:
        (standing,) = tasks
        words = standing.task.text
        shown = words if len(words) <= most else f"{words[: most - 2]}……"
        said = situation(standings, standing, addressed.department) + head.ahead
        limit = max(most * 2, 200)
        said = said if len(said) <= limit else f"{said[: limit - 2]}……"
        body = [basis(plan, standing, shown), said]
    else:
        body = [
            f"《{plan.title}》（{plan.document_number}）中由你单位承担的下列任务进度落后"
            f"（截至{day_in_words(standings.as_of)}）：",
            *(f"{n}．{in_short(standing)}" for n, standing in enumerate(tasks, 1)),
        ]
    return [*body, asked(head.kind, head.reply_by)]


def _height(paragraphs: Sequence[str], size: float, spacing: float) -> float:
    """What paragraphs take of the page, in points."""
    a_line = int(_WIDTH // size)
    lines = sum(-(-(_cells(words) // 2 + 3) // a_line) for words in paragraphs)
    return lines * spacing


def _cells(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)
