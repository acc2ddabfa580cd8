"""Documents of the scoring: the circular, what was taken off, who may be praised."""

import datetime as dt
from collections.abc import Iterator, Sequence

from foodsafety_cli.analysis.offices import reviewer_of, signer_of
from foodsafety_cli.analysis.scoring import CENT, Score, provisional_words
from foodsafety_cli.analysis.scoring import deductions as lost_of
from foodsafety_cli.analysis.wording import day_in_words, rounded_to
from foodsafety_cli.documents import layout
from foodsafety_cli.documents.layout import BODY, LINE, SIZES, TITLE
from foodsafety_cli.exchange.papers import (
    Heading,
    Paper,
    Paragraph,
    Table,
    everyone_in,
    leaders_of,
)
from foodsafety_cli.model.plan import Plan, Section
from foodsafety_cli.model.scoring import Rubric

_HEAD = ("名次", "单位", "得分", "等次", "说明")
_WIDTHS = (8, 26, 14, 10, 42)


def circular(
    plan: Plan, rubric: Rubric, found: Sequence[Score], days: tuple[dt.date, dt.date]
) -> Paper:
    """考核结果通报: a table a series, and what has to be mended.

    `days`: of which day the scores are, and on which they are published.
    """
    series = list(dict.fromkeys(one.series for one in found))
    day, signed_on = days
    blocks: list[Heading | Paragraph | Table] = [
        Paragraph(
            f"根据《{plan.title}》（{plan.document_number}）和《{rubric.title}》，截至"
            f"{day_in_words(day)}，对{len(found)}个单位进行了评议考核，现将结果通报如下。"
        )
    ]
    for n, name in enumerate(series, 1):
        blocks.append(Heading(1, f"{Section(n, '', ()).label}、{name}"))
        own = [one for one in found if one.series == name]
        rows = tuple(
            (_place(one), one.department, _points(one), one.grade, one.graded_because)
            for one in own
        )
        blocks.append(Table("", _HEAD, rows, _WIDTHS))
    blocks += map(Paragraph, _provisional(found))
    words = f"各单位要对照扣分明细，于一个月内完成整改，并将整改情况报{reviewer_of(plan)}。"
    blocks.append(Paragraph(words))
    title = f"关于{plan.period.start.year}年食品安全工作评议考核结果的通报"
    return Paper(
        title, everyone_in(plan), tuple(blocks), signer_of(plan), day_in_words(signed_on), ()
    )


def _provisional(found: Sequence[Score]) -> Iterator[str]:
    words = provisional_words(found).replace(" ", "")
    if words:
        yield f"{words}。"


def _place(one: Score) -> str:
    return str(one.rank) if one.rank else "—"


def _points(one: Score) -> str:
    return f"{one.shown:f}" if one.is_concerned else "—"


def deductions(found: Sequence[Score]) -> bytes:
    """扣分明细: a page a department, every item that did not have all its points."""
    document = layout.new_document()
    first = True
    for one in found:
        title = layout.line(
            document,
            f"{one.department}扣分明细",
            TITLE,
            SIZES["title"],
            place="center",
            after=LINE / 2,
        )
        title.paragraph_format.page_break_before = not first
        first = False
        words = f"得分 {_points(one)}，{one.series}第 {_place(one)} 名，等次 {one.grade or '—'}。"
        layout.line(
            document, "".join((words, one.graded_because, *_provisional([one]))), BODY, indent=2
        )
        rows = [
            (s.item.id, s.item.title, f"{rounded_to(s.lost, CENT):f}", s.why) for s in lost_of(one)
        ]
        head = ("序号", "考核内容", "失分", "原因")
        layout.add_table(document, head, rows, (8, 34, 12, 46), SIZES["dense"])
        layout.line(document, "整改时限：　　　　年　　月　　日", BODY, indent=2)
    return layout.saved(document)


def awards(plan: Plan, rubric: Rubric, found: Sequence[Score]) -> Paper:
    """表彰建议名单: the best grade, no downgrade, by rank."""
    chosen = praised(rubric, found)
    rows = tuple((str(o.rank), o.series, o.department, f"{o.shown:f}", o.grade) for o in chosen)
    blocks: list[Heading | Paragraph | Table] = [
        Paragraph("以下单位评议考核为最好等次，没有降等、否决的情形，建议按照有关规定予以表彰。"),
        Table("", ("名次", "系列", "单位", "得分", "等次"), rows, (10, 24, 36, 16, 14)),
    ]
    if not rows:
        blocks = [Paragraph("没有符合条件的单位。")]
    blocks += map(Paragraph, _provisional(found))
    title = f"{plan.period.start.year}年食品安全工作表彰建议名单"
    return Paper(title, leaders_of(plan), tuple(blocks), signer_of(plan), "", ())


def praised(rubric: Rubric, found: Sequence[Score]) -> list[Score]:
    """Those of the best grade that nothing has lowered."""
    best = rubric.grades[0].name if rubric.grades else ""
    return [one for one in found if best and one.grade == best and not one.flags]
