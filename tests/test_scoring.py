"""`fs score`: rules worked by hand, why-lines that add up, marks, publication, documents."""

import datetime as dt
import json
import random
from decimal import Decimal
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from foodsafety_cli.analysis.grading import graded
from foodsafety_cli.analysis.score_rules import points_of
from foodsafety_cli.analysis.scoring import Score, lines, scores
from foodsafety_cli.analysis.wording import rounded_to
from foodsafety_cli.model.scoring import (
    Counted,
    Downgrade,
    Effect,
    Facts,
    Grade,
    Rubric,
    RubricItem,
    Rule,
    RuleKind,
    Series,
    Veto,
)
from foodsafety_cli.model.steps import Mark, MarkStep, Stage
from tests.conftest import Fs
from tests.limits import seconds_of_work

CENT = Decimal("0.01")


def d(text: str) -> Decimal:
    return Decimal(text)


def fact(value: str | None) -> Facts:
    return Facts(None if value is None else d(value), "")


MARKED, RATIO = Rule(RuleKind.MARKED), Rule(RuleKind.RATIO, task=1)
EACH = Rule(RuleKind.EACH, of=Counted.MARKED, per=d("1.25"), cap=d("5"))
GROWING = Rule(RuleKind.GROWING, of=Counted.RETURNS, steps=(d("0.5"), d("1"), d("2"), d("5")))
BANDS = Rule(RuleKind.BANDS, task=1, bands=((d("60"), d("0.7")), (d("70"), d("1.2"))))
RANK = Rule(RuleKind.RANK, of=Counted.COMPLETION, places=(d("60"), d("57"), d("54")))
GOLDEN = [
    # rule, points, effect, figure, what an officer works out
    (Rule(RuleKind.RATIO, task=1), "20", Effect.BASE, "86.5", "17.3"),
    (Rule(RuleKind.RATIO, task=1), "20", Effect.BASE, "130", "20"),
    (Rule(RuleKind.LIMIT, task=1), "10", Effect.BASE, "100", "10"),
    (Rule(RuleKind.LIMIT, task=1), "10", Effect.BASE, "130", "7"),
    (Rule(RuleKind.LIMIT, task=1), "10", Effect.BASE, "90", "10"),
    (Rule(RuleKind.LIMIT, task=1), "10", Effect.BASE, "250", "0"),
    (BANDS, "1.2", Effect.BASE, "59.9", "0"),
    (BANDS, "1.2", Effect.BASE, "60", "0.7"),
    (BANDS, "1.2", Effect.BASE, "69.9", "0.7"),
    (BANDS, "1.2", Effect.BASE, "70", "1.2"),
    (Rule(RuleKind.ALL_OR_NOTHING, task=1), "6", Effect.BASE, "99.99", "0"),
    (Rule(RuleKind.ALL_OR_NOTHING, task=1), "6", Effect.BASE, "100", "6"),
    (EACH, "5", Effect.DEDUCT, "3", "3.75"),
    (EACH, "5", Effect.DEDUCT, "9", "5"),
    (Rule(RuleKind.EACH, of=Counted.LATE, per=d("1")), "5", Effect.BASE, "2", "3"),
    (Rule(RuleKind.EACH, of=Counted.LATE, per=d("1")), "5", Effect.BASE, "8", "0"),
    (GROWING, "5", Effect.BASE, "0", "5"),
    (GROWING, "5", Effect.BASE, "1", "4.5"),
    (GROWING, "5", Effect.BASE, "3", "1.5"),
    (GROWING, "10", Effect.DEDUCT, "5", "10"),
    (RANK, "60", Effect.BASE, "1", "60"),
    (RANK, "60", Effect.BASE, "3", "54"),
    (RANK, "60", Effect.BASE, "7", "54"),
    (Rule(RuleKind.MARKED), "5", Effect.BASE, None, "0"),
]


@pytest.mark.parametrize(("rule", "most", "effect", "value", "points"), GOLDEN)
def test_rules_as_an_officer_works_them_out(
    rule: Rule, most: str, effect: Effect, value: str | None, points: str
) -> None:
    assert points_of(rule, d(most), fact(value), effect) == d(points)


def test_last_year_is_the_measure() -> None:
    rule = Rule(RuleKind.LAST_YEAR, task=1)
    facts = Facts(d("45"), "", before=d("60"))
    assert points_of(rule, d("8"), facts) == 6


def rubric(**more: Any) -> Rubric:
    items = more.pop("items")
    return Rubric("细则", (Series("县", ("甲", "乙", "丙", "丁")),), items, **more)


def mark(
    item: str,
    body: str,
    points: str | None,
    stage: Stage = Stage.SECOND,
    day: int = 1,
    *,
    not_concerned: bool = False,
    times: Decimal | None = None,
) -> Mark:
    at = dt.datetime(2021, 9, day, tzinfo=dt.UTC)
    figure = None if points is None else d(points)
    name = f"m{item}{body}{stage}{day}"
    head = (name, at, "审", MarkStep.MARK, at.date(), item, body, stage, figure)
    return Mark(*head, not_concerned=not_concerned, times=times)


def all_marked(*points: str) -> list[Mark]:
    """Marks for 甲, 乙, 丙 and 丁."""
    return [mark("1", body, p) for body, p in zip("甲乙丙丁", points, strict=True)]


def two_items(first: Rule) -> tuple[RubricItem, ...]:
    return RubricItem("1", "甲项", d("60"), first), RubricItem("2", "乙项", d("40"), MARKED)


JUDGED = (RubricItem("1", "评议", d("100"), Rule(RuleKind.MARKED)),)
MEMBERS = {"县": ("甲", "乙", "丙", "丁")}
NOTHING = {(body, "1"): fact(None) for body in MEMBERS["县"]}


def by_name(found: list[Score]) -> dict[str, Score]:
    return {one.department: one for one in found}


def test_equal_scores_share_a_rank_and_the_better_grade() -> None:
    grades = (Grade("A", d("90"), most=1), Grade("B", d("80")), Grade("C", d("0")))
    marks = all_marked("95", "92", "92", "70")
    whole = rubric(items=JUDGED, grades=grades)
    found = graded(whole, scores(whole, MEMBERS, NOTHING, marks))
    assert [(o.department, o.rank, o.grade) for o in found] == [
        ("甲", 1, "A"), ("乙", 2, "B"), ("丙", 2, "B"), ("丁", 4, "C")]  # fmt: skip
    tied = all_marked("92", "92", "80", "70")
    found = graded(whole, scores(whole, MEMBERS, NOTHING, tied))
    assert [(o.rank, o.grade) for o in found[:2]] == [(1, "A"), (1, "A")]
    assert found[0].graded_because == "同分，都给A"


def test_the_later_stage_counts_whatever_the_order() -> None:
    marks = [
        mark("1", "甲", "90", Stage.OWN, 1),
        mark("1", "甲", "80", Stage.BUREAU, 3),
        mark("1", "甲", "85", Stage.SECOND, 2),
        mark("1", "甲", "95", Stage.OWN, 9),
    ]
    for seed in range(6):
        random.Random(seed).shuffle(marks)
        one = by_name(scores(rubric(items=JUDGED), MEMBERS, NOTHING, marks))["甲"]
        assert one.shown == 85
        assert [str(m.stage) for m in one.scored[0].marks] == ["自评", "部门评", "复核"]


def test_what_does_not_concern_scales_the_base() -> None:
    items = two_items(MARKED)
    facts = {(body, i): fact(None) for body in "甲乙丙丁" for i in "12"}
    marks = [mark("1", "甲", "45"), mark("2", "甲", None, not_concerned=True)]
    one = by_name(scores(rubric(items=items), MEMBERS, facts, marks))["甲"]
    assert one.shown == 75
    assert [words for words, _ in lines(one)] == ["不涉及的项目按比例折算"]


def test_unreported_is_nought_and_unmarked_is_provisional() -> None:
    items = two_items(RATIO)
    facts = {(body, i): fact(None) for body in "甲乙丙丁" for i in "12"}
    one = scores(rubric(items=items), MEMBERS, facts, [])[0]
    assert [s.state for s in one.scored] == ["未报", "未评"]
    assert one.shown == 0
    assert one.unmarked == ("2",)


def test_downgrades_and_vetoes() -> None:
    grades = (Grade("A", d("90")), Grade("B", d("80")), Grade("C", d("0")))
    lowering = {"downgrades": (Downgrade("降1", "事故"),), "vetoes": (Veto("否1", "造假"),)}
    whole = rubric(items=JUDGED, grades=grades, **lowering)
    marks = [mark("1", body, "95") for body in "甲乙丙"]
    flags = [
        m._replace(step=MarkStep.FLAG, basis="某文")
        for m in (mark("降1", "乙", None), mark("否1", "丙", None))
    ]
    found = by_name(graded(whole, scores(whole, MEMBERS, NOTHING, [*marks, *flags])))
    assert [found[body].grade for body in "甲乙丙"] == ["A", "B", "C"]
    assert found["乙"].graded_because == "降级：事故，细则 降1，某文"


figure = st.decimals(0, 150, places=2).map(str)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Rubric, dict[tuple[str, str], Facts], list[Mark]]:
    known = st.sampled_from(["ratio", "bands", "each", "bonus", "deduct", "marked"])
    kinds = draw(st.lists(known, min_size=2, max_size=8))
    bands, steps = ((d("60"), d("3")), (d("80"), d("7"))), (d("0.5"), d("1"), d("2"))
    rules = {
        "ratio": (RATIO, Effect.BASE),
        "bands": (Rule(RuleKind.BANDS, task=1, bands=bands), Effect.BASE),
        "each": (Rule(RuleKind.EACH, of=Counted.LATE, per=d("0.35")), Effect.BASE),
        "bonus": (Rule(RuleKind.EACH, of=Counted.MARKED, per=d("1.25")), Effect.BONUS),
        "deduct": (Rule(RuleKind.GROWING, of=Counted.EXTENSIONS, steps=steps), Effect.DEDUCT),
        "marked": (MARKED, Effect.BASE),
    }
    items = tuple(RubricItem(str(n), kind, d("7"), *rules[kind]) for n, kind in enumerate(kinds))
    base = sum((i.points for i in items if i.effect is Effect.BASE), d("0")) or d("7")
    facts, marks = {}, []
    for body in MEMBERS["县"]:
        for item, kind in zip(items, kinds, strict=True):
            concerned = draw(st.integers(0, 9)) > 0
            facts[body, item.id] = fact(draw(figure))._replace(is_concerned=concerned)
            if kind in ("marked", "bonus") and draw(st.booleans()):
                value = d(draw(st.decimals(0, 7, places=2).map(str)))
                times = value if kind == "bonus" else None
                told = None if kind == "bonus" else str(value)
                marks.append(mark(item.id, body, told, times=times))
    whole = rubric(items=items, base=base, bonus_cap=d("2"), deduct_cap=d("3"))
    return whole, facts, marks


def reference(
    whole: Rubric, facts: dict[tuple[str, str], Facts], marks: list[Mark], body: str
) -> Decimal:
    """The score again, the plain way, without a line of the program's."""
    given_marks = {(m.department, m.item): m for m in marks}
    earned = possible = bonus = deducted = d("0")
    for item in whole.items:
        rule, known = item.rule, facts[body, item.id]
        told = given_marks.get((body, item.id))
        value = known.value or d("0")
        if told is None and not known.is_concerned:
            continue
        if item.effect is Effect.BASE:
            possible += item.points
        if told is not None and told.points is not None:
            got = told.points
        elif told is not None and told.times is not None:
            got = min((rule.per or d("0")) * told.times, item.points)
        elif rule.kind is RuleKind.MARKED or rule.of is Counted.MARKED:
            got = d("0")
        elif rule.kind is RuleKind.RATIO:
            got = item.points * min(value, d("100")) / 100
        elif rule.kind is RuleKind.BANDS:
            got = max([p for at, p in rule.bands if value >= at], default=d("0"))
        elif rule.kind is RuleKind.EACH:
            got = max(item.points - min((rule.per or d("0")) * value, item.points), d("0"))
        else:
            got = min(sum((rule.steps[min(n, 2)] for n in range(int(value))), d("0")), item.points)
        if item.effect is Effect.BASE:
            earned += got
        elif item.effect is Effect.BONUS:
            bonus += got
        else:
            deducted += got
    scaled = earned * whole.base / possible if possible else d("0")
    return max(scaled + min(bonus, d("2")) - min(deducted, d("3")), d("0"))


@given(cases())
@settings(max_examples=60, deadline=None)
def test_scores_are_what_the_plain_way_gives(
    case: tuple[Rubric, dict[tuple[str, str], Facts], list[Mark]],
) -> None:
    whole, facts, marks = case
    for one in scores(whole, MEMBERS, facts, marks):
        assert one.total == reference(whole, facts, marks, one.department)
        parts = sum((s.counts for s in one.scored), d("0"))
        rest = sum((points for _, points in lines(one)), d("0"))
        assert rounded_to(parts + rest, CENT) == one.shown, "the why-lines add up"


@given(figure, figure)
def test_points_never_fall_when_a_figure_rises(a: str, b: str) -> None:
    low, high = sorted((d(a), d(b)))
    for rule in (Rule(RuleKind.RATIO, task=1), BANDS, Rule(RuleKind.ALL_OR_NOTHING, task=1)):
        assert points_of(rule, d("9"), fact(str(low))) <= points_of(rule, d("9"), fact(str(high)))


def test_a_thousand_items_of_two_hundred_departments_in_five_seconds() -> None:
    names = tuple(f"单位{n}" for n in range(200))
    items = tuple(
        RubricItem(str(n), "项", d("0.1"), Rule(RuleKind.RATIO, task=1)) for n in range(1000)
    )
    whole = Rubric("细则", (Series("全部", names),), items, grades=(Grade("A", d("0")),))
    facts = {(name, item.id): fact("55.5") for name in names for item in items}
    with seconds_of_work(5):
        assert len(scores(whole, {"全部": names}, facts, [])) == 200


def test_a_rubric_for_another_plan_says_whose_it_is(fs: Fs) -> None:
    assert "不是这份计划的" not in fs("score", "init").ok().err
    (fs.folder / "scoring.yaml").unlink()
    fs.edit_plan("document_number: 晋市政办", "document_number: 云市政办")
    told = "样例照晋市政办〔2021〕26号写的，里面的任务序号、单位不是这份计划的"
    assert told in fs("score", "init").ok().err


def test_the_example_is_without_fault_and_not_covered(office: Fs) -> None:
    assert office("score", "check").ok().out == ""
    assert office("score", "init").code == 4


def test_every_point_has_its_line(office: Fs) -> None:
    rows = office.objects("score", "阳城县")
    first = rows[0]
    assert (first["item"], first["figures"]) == ("1.1", "食品检验量 5.2/6")
    assert first["got"] == 17.33
    assert len(first["lines"]) == 1
    (row,) = [r for r in office.objects("score") if r["department"] == "阳城县"]
    total = sum(Decimal(str(r["got"])) for r in rows)
    assert total == Decimal(str(row["score"]))


def test_marks_are_typed_and_told(office: Fs) -> None:
    run = office("score", "mark", "3.1", "--dept", "阳城", "--points", "4", "--by", "审核人").ok()
    assert "已记录：阳城县 3.1 食品安全党政同责工作机制，复核 4 分" in run.out
    (row,) = [r for r in office.objects("score", "阳城县") if r["item"] == "3.1"]
    assert (row["got"], row["marks"]) == (4, ["复核4"])
    assert "未评" in office("score").ok().err
    office("progress", "undo", "--yes", str(office.reported()[-1]["id"])).ok()
    (row,) = [r for r in office.objects("score", "阳城县") if r["item"] == "3.1"]
    assert row["figures"] == "未评"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("3.1", "-d", "阳城", "--points", "9"), "满分 5 分"),
        (("3.1", "-d", "市公安局", "--points", "1"), "不考核"),
        (("3.1", "-d", "各县", "--points", "1"), "不在评分细则"),
        (("9.9", "-d", "阳城", "--points", "1"), "没有"),
        (("3.1", "-d", "阳城"), "中的一个"),
        (("3.1", "-d", "阳城", "--points", "-1"), "不能小于 0"),
        (("3.1", "-d", "阳城", "--points", "0_4"), "不是数字"),
        (
            ("3.1", "-d", "阳城", "--points", "1", "--evidence", "没有.pdf"),
            "没有“没有.pdf”这个文件",
        ),
        (("3.1", "-d", "阳城", "--points", "1", "--stage", "终评"), "自评、部门评、复核"),
    ],
)
def test_marks_that_cannot_be(office: Fs, args: tuple[str, ...], words: str) -> None:
    before = office.ledger.read_bytes()
    run = office("score", "mark", *args)
    assert (run.code, words in run.err) == (2, True), run.err
    assert office.ledger.read_bytes() == before


def test_flags_lower_the_grade(office: Fs) -> None:
    office("score", "flag", "否1", "--dept", "阳城", "--basis", "某文").ok()
    (row,) = [r for r in office.objects("score") if r["department"] == "阳城县"]
    assert (row["grade"], "否决" in row["because"]) == ("D", True)
    assert office("score", "flag", "降9", "--dept", "阳城", "--basis", "某文").code == 2


def test_what_is_published_stays_and_changes_are_told(office: Fs) -> None:
    run = office("score", "publish", "-o", "通报.docx")
    assert (run.code, "未评" in run.err) == (2, True)
    office("score", "publish", "-o", "通报.docx", "--provisional").ok()
    text = "\n".join(p.text for p in Document(str(office.folder / "通报.docx")).paragraphs)
    assert "关于2021年食品安全工作评议考核结果的通报" in text.replace("\n", "")
    assert "公布后有变" not in office("score").ok().err
    office("score", "mark", "3.1", "-d", "阳城", "--points", "4").ok()
    assert "公布后有变（公布的是截至 2021-09-30 的）：阳城县" in office("score").ok().err
    run = office("score", "mark", "3.2", "-d", "阳城", "--points", "4", "--stage", "自评")
    assert (run.code, "已经公布" in run.err) == (2, True)
    office("score", "mark", "3.2", "-d", "阳城", "--points", "4", "--stage", "复核").ok()


def test_evidence_of_a_mark_is_known_by_its_checksum(office: Fs) -> None:
    (office.folder / "纪要.pdf").write_bytes(b"a")
    office("score", "mark", "3.1", "-d", "阳城", "--points", "4", "--evidence", "纪要.pdf").ok()
    assert office("evidence", "check").ok()
    (office.folder / "纪要.pdf").write_bytes(b"changed")
    run = office("evidence", "check", "-f", "json")
    (row,) = json.loads(run.out)
    assert (run.code, row["name"], row["came_with"]) == (1, "纪要.pdf", "评分 3.1")


def test_the_documents(office: Fs) -> None:
    office("score", "-o", "得分汇总表.xlsx").ok()
    office("score", "deductions", "-o", "扣分明细.docx", "-d", "阳城县").ok()
    text = "\n".join(p.text for p in Document(str(office.folder / "扣分明细.docx")).paragraphs)
    assert "阳城县扣分明细" in text
    office("score", "awards", "-o", "名单.docx").ok()
    rows = office.objects("score", "convert")
    (row,) = [r for r in rows if r["department"] == "阳城县"]
    assert Decimal(str(row["converted"])) == rounded_to(Decimal(str(row["score"])) * 2 / 100, CENT)


FAULTS = """title: 错
base: 90
series:
  - {name: 县, group: 没有的组}
  - {name: 局, members: [市公安局, 没有的局]}
  - {name: 又, members: [市公安局]}
grades: [{name: A, least: 80}, {name: B, least: 85}]
items:
  - {id: "1", title: 甲, points: 10, rule: {kind: ratio, task: 99}}
  - {id: "1", title: 乙, points: 10, rule: {kind: bands, task: 16}}
  - {id: "2", title: 丙, points: 10, rule: {kind: ratio, task: 16, indicator: 没有}}
  - {id: "3", title: 丁, points: 10, rule: {kind: each, per: 1}}
  - {id: "4", title: 戊, points: 10, series: [无], rule: {kind: ratio}}
"""


def test_a_rubric_with_faults_tells_every_place(office: Fs) -> None:
    (office.folder / "scoring.yaml").write_text(FAULTS, "utf-8")
    run = office("score", "check")
    assert run.code == 1
    for place in ("4:", "5:", "6:", "7:", "9:", "10:", "11:", "12:", "13:"):
        assert f"scoring.yaml:{place}" in run.out, place
    assert office("score").code == 3
    (office.folder / "scoring.yaml").unlink()
    run = office("score")
    assert (run.code, "fs score init" in run.err) == (3, True)
