"""A letter on paper: one page, with the part that the department fills in and sends back."""

from foodsafety_cli.analysis.letter_choice import Addressed
from foodsafety_cli.analysis.letter_words import asked, basis, in_short, situation
from foodsafety_cli.analysis.scoring import CENT, Scored
from foodsafety_cli.analysis.standings import Standings
from foodsafety_cli.analysis.wording import day_in_words, rounded_to
from foodsafety_cli.documents import layout
from foodsafety_cli.documents.layout import BODY, HEADING, SIZES, TITLE
from foodsafety_cli.exchange.onepage import PageContent, fitted, height, shortened
from foodsafety_cli.exchange.slips import POINTS_A_LINE, Box, add_boxes
from foodsafety_cli.model.plan import Plan
from foodsafety_cli.model.scoring import Rubric
from foodsafety_cli.model.steps import Letter

_ROOM = 285  # points: what is left for paragraphs on the page
_REPLY = (
    (Box("办理情况", "", 2),),
    (Box("存在问题", "", 1),),
    (Box("下步措施", "", 1),),
    (Box("签字、盖章", "", 1),),
    (Box("承办人"), Box("日期", "　　　年　　月　　日")),
    (Box("送达人"), Box("签收人")),
)
_TIMES = 2  # as many characters of how things stand as of the task's own words
_MARGIN = 20  # points that the estimate of heights may be wrong by


def as_letter(letter: Letter, office: str, matter: PageContent) -> bytes:
    """The letter's bytes; what is too long for a page is set smaller, then cut with “……”."""
    paragraphs, size, spacing = fitted(matter, _ROOM)
    document = layout.new_document(page_numbers=False)
    layout.line(document, letter.letter.heading, TITLE, SIZES["title"], place="center", after=10)
    signer = letter.signer or "　　　　"
    layout.line(
        document, f"{letter.number}　　　　　签发人：{signer}", BODY, 14, place="center", after=8
    )
    layout.line(document, f"{letter.department}：", BODY, size, spacing=spacing)
    for words in paragraphs:
        layout.line(document, words, BODY, size, indent=2, spacing=spacing)
    for words in (office, day_in_words(letter.date)):
        shape = layout.line(document, words, BODY, size, place="right", spacing=spacing)
        shape.paragraph_format.right_indent = layout.points(48)
    layout.line(document, "反馈（填好后报我办）", HEADING, 12, spacing=22)
    add_boxes(document, _reply(_ROOM - height(paragraphs, size, spacing)))
    return layout.saved(document)


def about_tasks(
    letter: Letter, standings: Standings, addressed: Addressed, ahead: str
) -> PageContent:
    """The tasks that are behind; `ahead` says where the indicators of a single one will end."""
    longest = max(len(standing.task.text) for standing in addressed.tasks)
    if len(addressed.tasks) == 1:
        said = situation(standings, addressed.tasks[0], addressed.department) + ahead
        longest = max(longest, len(said) // _TIMES + 1)
    return PageContent(
        lambda most: [*_on_tasks(standings, addressed, ahead, most), _asked(letter)], longest
    )


def about_deduction(letter: Letter, plan: Plan, rubric: Rubric, scored: Scored) -> PageContent:
    """The points that an item of the rubric has cost, why, and what is to be done about it."""
    lost, why = f"{rounded_to(scored.lost, CENT):f}", scored.why or "见扣分明细"
    day = day_in_words(letter.reply_by) if letter.reply_by else "限期"

    def paragraphs(most: int) -> list[str]:
        return [
            f"根据《{plan.title}》（{plan.document_number}）和《{rubric.title}》，在"
            f"{plan.period.start.year}年食品安全工作评议考核中，你单位下列一项被扣分。",
            f"第{scored.item.id}项“{shortened(scored.item.title, most)}”"
            f"（{scored.item.points:f}分）：失{lost}分，{shortened(why, most)}。",
            f"请你单位对照扣分原因查明情况、落实责任，于{day}前整改到位，"
            "并将整改情况书面报我办。逾期不整改或整改不力的，将予以通报。",
        ]

    return PageContent(paragraphs, max(len(scored.item.title), len(why)))


def _on_tasks(standings: Standings, addressed: Addressed, ahead: str, most: int) -> list[str]:
    plan, tasks = standings.plan, addressed.tasks
    if len(tasks) == 1:
        (standing,) = tasks
        said = situation(standings, standing, addressed.department) + ahead
        words = shortened(standing.task.text, most)
        return [
            basis(plan, standing, words, addressed.department),
            shortened(said, max(most * _TIMES, 200)),
        ]
    short = (in_short(standings, standing, addressed.department) for standing in tasks)
    return [
        f"《{plan.title}》（{plan.document_number}）中由你单位承担的下列任务进度落后"
        f"（截至{day_in_words(standings.as_of)}）：",
        *(f"{n}．{words}" for n, words in enumerate(short, 1)),
    ]


def _asked(letter: Letter) -> str:
    assert letter.reply_by is not None  # every letter that goes out has such a day
    return asked(letter.letter, letter.reply_by)


def _reply(spare: float) -> tuple[tuple[Box, ...], ...]:
    """The department's part; what the paragraphs leave of the page is there to write in."""
    more = max(0.0, spare - _MARGIN) / POINTS_A_LINE
    wide = sum(boxes[0].lines for boxes in _REPLY if len(boxes) == 1)
    return tuple(
        (boxes[0]._replace(lines=boxes[0].lines * (1 + more / wide)),) if len(boxes) == 1 else boxes
        for boxes in _REPLY
    )
