"""Two or three rules at once, in a city of its own: papers, handovers, ratios, letters, scores."""

from collections.abc import Callable

import pytest

from tests.conftest import Fs

HEAD = """\
title: 云州市2024年食品安全重点工作安排
document_number: 云政办〔2024〕9号
issuer: 云州市人民政府办公室
issued_on: 2024-01-10
period: {start: 2024-01-01, end: 2024-12-31}
letters: {prefix: 云食安办}
bases:
  - {name: 常住人口, unit: 千人, values: {东区: 680, 西区: 300, 黑县: 20}}
departments:
  - {name: 市监局}
  - {name: 市公安局}
  - {name: 市商务局}
  - {name: 东区}
  - {name: 西区}
  - {name: 黑县}
sections:
  - number: 1
    title: 计数
    tasks:
"""
RATIO = (
    "检验量达到6批次/千人",
    "{name: 检验量, quote: 检验量达到6批次/千人, kind: cumulative, target: 6, unit: 批次/千人,"
    " per: 常住人口}",
)
COUNT = ("培训共10次", "{name: 次数, quote: 培训共10次, kind: cumulative, target: 10, unit: 次}")
RATE = ("达到80%", "{name: 率, quote: 达到80%, kind: rate, target: 80, unit: '%'}")
DAY = "2024-08-15"


def task(number: int, bodies: str, what: tuple[str, str] = ("会商", ""), more: str = "") -> str:
    text, indicator = what
    lines = [
        f"- id: {number}",
        f"  title: {text}",
        f"  text: {text}。",
        f"  responsibility: {bodies}",
        f"  responsible: [{bodies.replace('、', ', ')}]",
        *([f"  indicators: [{indicator}]"] if indicator else []),
        *more.splitlines(),
    ]
    return "".join(f"      {line}\n" for line in lines)


@pytest.fixture
def city(anywhere: Fs) -> Callable[..., Fs]:
    """Write a plan of these tasks, and what later papers say."""

    def write(*tasks: str, amendments: str = "") -> Fs:
        papers = f"amendments:\n{amendments}" if amendments else ""
        anywhere.env["FS_TODAY"] = DAY
        anywhere.plan.write_text(HEAD + "".join(tasks) + papers, "utf-8")
        assert anywhere("check").ok().out == ""
        return anywhere

    return write


def rubric(fs: Fs, members: str, *items: str) -> None:
    """A rubric of one series: `items` are their titles, points and rules."""
    names = "abcdef"[: len(items)]
    lines = [
        "title: 评议",
        "base: 100",
        f"series: [{{name: 局, members: [{members}]}}]",
        "items:",
        *(f"  - {{id: {n}, title: {item}}}" for n, item in zip(names, items, strict=True)),
        "grades: [{name: A, least: 0}]",
    ]
    (fs.folder / "scoring.yaml").write_text("\n".join(lines), "utf-8")


def paper(day: str, words: str) -> str:
    return f"  - {{basis: 甲, effective: {day}, {words}}}\n"


def update(fs: Fs, day: str, *args: str) -> None:
    fs("progress", "update", *args, FS_TODAY=day).ok()


def test_a_figure_for_the_whole_is_held_against_the_whole_target(city: Callable[..., Fs]) -> None:
    text, ratio = RATIO
    uneven = ratio.replace("per: 常住人口", "per: 常住人口, split: {东区: 3000, 西区: 2880}")
    fs = city(task(1, "东区、西区", (text, uneven)))
    update(fs, DAY, "1", "--value", "6000", "--of", "980")
    shown = fs.thing("show", "1")
    assert (shown["status"], shown["light"]) == ("已完成", "绿")
    assert shown["indicators"][0]["met"] is True


@pytest.mark.parametrize(("county", "share"), [("黑县", 2), ("东区", 68)])
def test_handing_a_ratio_on_changes_no_figure(
    city: Callable[..., Fs], county: str, share: float
) -> None:
    fs = city(
        task(1, "东区、西区、黑县", RATIO),
        amendments=paper("2024-06-01", "task: 1, responsible: [市监局]"),
    )
    update(fs, "2024-05-01", "1", "-d", county, "--value", "6")
    for day in ("2024-05-31", "2024-06-01"):
        assert fs.thing("show", "1", "--as-of", day)["completion"] == share


def test_what_was_reported_of_a_withdrawn_task_was_reported(city: Callable[..., Fs]) -> None:
    """By the only department, whether its name was written or not: letters and months know it."""
    fs = city(
        task(1, "市公安局", COUNT),
        task(2, "市公安局"),
        amendments=paper("2024-06-01", "task: 1, withdrawn: true"),
    )
    rubric(
        fs,
        "市公安局",
        "整月未报, points: 50, rule: {kind: each, of: silent_months, per: 1}",
        "函件, points: 50, rule: {kind: each, of: unanswered, per: 2}",
    )
    for month in (2, 3, 4):
        update(fs, f"2024-0{month}-15", "1", "--value", str(month))
    late = {"FS_TODAY": "2024-04-20"}
    fs("letter", "write", "1", "--again", "--reply-by", "2024-04-27", "-o", "函", **late).ok()
    update(fs, "2024-05-30", "1", "--value", "5")
    (letter,) = fs.objects("letter", "--as-of", "2024-06-01", FS_TODAY="2024-12-31")
    assert letter["answer"] == "2024-05-30 已反馈，逾期 33 天"
    rows = fs.objects("score", "市公安局", "--as-of", "2024-06-01", FS_TODAY="2024-12-31")
    assert [row["figures"] for row in rows][:2] == [
        "整月未报 0 次",
        f"函件未按期反馈 1 次（{letter['number']}）",
    ]


def test_thirds_are_no_less_than_what_they_make(city: Callable[..., Fs]) -> None:
    third = ("共3次", "{name: 次数, quote: 共3次, kind: cumulative, target: 3, unit: 次}")
    fs = city(*(task(n, "市公安局", third) for n in range(1, 6)), task(6, "市商务局"))
    rubric(
        fs,
        "市公安局, 市商务局",
        "完成率, points: 60, rule: {kind: bands, of: completion, bands: [[60, 60]]}",
        "名次, points: 40, rule: {kind: rank, of: completion, places: [40, 20]}",
    )
    for number, value in zip(range(1, 6), (3, 3, 1, 1, 1), strict=True):
        update(fs, DAY, str(number), "--value", str(value))
    update(fs, DAY, "6", "--percent", "60")
    scores = fs.objects("score")
    assert {(row["score"], row["rank"]) for row in scores} == {(100, 1)}


def test_a_report_of_who_had_the_task_before_is_not_the_newcomers(city: Callable[..., Fs]) -> None:
    fs = city(
        task(1, "市公安局", more="  due: 2024-06-30"),
        amendments=paper("2024-06-01", "task: 1, responsible: [市商务局]"),
    )
    rubric(
        fs,
        "市商务局",
        "迟报, points: 50, rule: {kind: each, of: late, per: 1}",
        "整月未报, points: 50, rule: {kind: each, of: silent_months, per: 1}",
    )
    update(fs, "2024-03-10", "1", "--percent", "30")
    update(fs, "2024-07-10", "1", "--percent", "50", "-d", "市商务局")
    rows = fs.objects("score", "市商务局", FS_TODAY="2024-08-31")
    assert [row["figures"] for row in rows][:2] == [
        "迟报 1 次（任务1）",
        "整月未报 2 次（6月、8月）",
    ]


def test_a_change_is_the_difference_of_two_answers(city: Callable[..., Fs]) -> None:
    fs = city(
        task(1, "市公安局", COUNT),
        task(2, "市商务局", COUNT),
        amendments=paper("2024-06-01", "task: 1, withdrawn: true"),
    )
    update(fs, "2024-05-20", "1", "--value", "10")
    update(fs, "2024-05-20", "2", "--value", "5")
    on = {"FS_TODAY": "2024-06-30"}
    (row,) = fs.objects("progress", "--since", "2024-05-31", **on)
    assert (row["completion"], row["change"]) == (50, -25)
    fs("report", "--month", "2024-06", "-o", "通报.md", **on).ok()
    told = (fs.folder / "通报.md").read_text("utf-8")
    assert "比5月末下降25.0个百分点" in told
    assert "现未完成" not in told


def test_the_page_of_a_month_that_added_a_task(city: Callable[..., Fs]) -> None:
    words = "title: 新增, text: 新增。, responsibility: 市商务局, responsible: [市商务局]"
    fs = city(
        task(
            1,
            "市公安局",
            RATE,
        ),
        task(2, "市商务局", COUNT),
        amendments=paper("2024-06-05", f"section: 1, add: {{id: 3, {words}}}"),
    )
    update(fs, "2024-05-20", "1", "--value", "0/0")
    update(fs, "2024-05-20", "2", "--value", "6")
    on = {"FS_TODAY": "2024-06-20"}
    (row,) = fs.objects("progress", "--since", "2024-05-31", **on)
    fs("report", "-o", "六月.html", **on).ok()
    page = (fs.folder / "六月.html").read_text("utf-8")
    assert f'data-of="change">{row["change"]:+.1f}<' in page


@pytest.mark.parametrize("whose", [(), ("-d", "市监局")])
def test_who_is_unreported_does_not_depend_on_who_spoke_for_all(
    city: Callable[..., Fs], whose: tuple[str, ...]
) -> None:
    of_counties = COUNT[1].replace("unit: 次}", "unit: 次, reported_by: [东区, 西区]}")
    two = (
        "培训共10次，达到80%",
        f"{COUNT[1]}, {{name: 率, quote: 达到80%, kind: rate, target: 80, unit: '%',"
        " reported_by: [东区, 西区]}",
    )
    fs = city(task(1, "市监局", (COUNT[0], of_counties)), task(2, "市监局", two))
    update(fs, DAY, "1", "--value", "2", *whose)
    update(fs, DAY, "2", "-i", "次数", "--value", "2", *whose)
    rows = fs.objects("due", "--unreported")
    assert {row["department"]: row["unreported"] for row in rows} == {"东区": [2], "西区": [2]}


def test_words_without_a_name_are_its_own_who_reports_alone(city: Callable[..., Fs]) -> None:
    fs = city(task(1, "市公安局"), task(2, "市公安局"))
    update(fs, DAY, "1", "--note", "八月情况")
    fs("report", "--month", "2024-08", "-o", "通报.md").ok()
    told = (fs.folder / "通报.md").read_text("utf-8")
    assert "一项也没有填报的" not in told
    assert "部分任务没有填报的：市公安局（任务2）" in told


def test_who_only_reports_is_listed_and_ranked(city: Callable[..., Fs]) -> None:
    of_another = COUNT[1].replace("unit: 次}", "unit: 次, reported_by: [市商务局]}")
    fs = city(task(1, "市公安局", (COUNT[0], of_another)), task(2, "市公安局"))
    update(fs, DAY, "1", "-d", "市商务局", "--value", "9")
    update(fs, DAY, "2", "--percent", "5")
    rows = fs.objects("depts")
    places = {row["name"]: (row["own_completion"], row["rank"]) for row in rows}
    assert places == {"市商务局": (90, 1), "市公安局": (5, 2)}


def test_a_letter_does_not_call_the_wholes_figure_a_departments_own(
    city: Callable[..., Fs],
) -> None:
    fs = city(task(1, "东区、西区", RATE))
    update(fs, "2024-05-10", "1", "-d", "东区", "--value", "40")
    update(fs, "2024-06-10", "1", "--value", "20")
    told = fs("letter", "write", "1", "--message").ok().out
    assert "你单位自报完成率50.0%" in told
    assert "你单位没有单独报" in told
    assert "你单位完成25.0%" not in told


def test_where_the_plan_knows_the_base_there_is_something_to_count(
    city: Callable[..., Fs],
) -> None:
    fs = city(task(1, "东区、西区", RATIO))
    zero = ("progress", "update", "1", "-d", "东区", "--value", "0/0")
    run = fs(*zero)
    assert (run.code, "可是计划里“常住人口”是" in run.err) == (2, True)
    assert "不涉及" in fs(*zero, "--force").ok().out


CLOSING = "closing: {required: true}\n"
PLAN_MADE = ("制定方案", "{name: 方案, quote: 制定方案, kind: milestone, due: 2024-07-31}")


@pytest.mark.parametrize("to", ["市监局", "市监局, 市商务局", "东区, 市商务局"])
def test_what_was_signed_off_stays_so_when_it_is_handed_on(
    city: Callable[..., Fs], to: str
) -> None:
    fs = city(
        task(1, "市公安局", PLAN_MADE),
        amendments=paper("2024-06-01", f"task: 1, responsible: [{to}]") + CLOSING,
    )
    update(fs, "2024-05-01", "1", "--done")
    fs("signoff", "apply", "1", "--by", "甲", FS_TODAY="2024-05-02").ok()
    fs("signoff", "accept", "1", "--by", "乙", FS_TODAY="2024-05-03").ok()
    shown = fs.thing("show", "1")
    assert (shown["status"], shown["light"]) == ("已完成", "绿")
    assert "数字有变" not in shown["why"]
    assert fs.objects("due") == []


def test_who_joins_a_signed_off_task_has_its_own_part_to_sign_off(city: Callable[..., Fs]) -> None:
    fs = city(
        task(1, "市公安局", PLAN_MADE),
        amendments=paper("2024-06-01", "task: 1, responsible: [市公安局, 市监局]") + CLOSING,
    )
    update(fs, "2024-05-01", "1", "--done")
    fs("signoff", "apply", "1", "--by", "甲", FS_TODAY="2024-05-02").ok()
    fs("signoff", "accept", "1", "--by", "乙", FS_TODAY="2024-05-03").ok()
    assert fs.thing("show", "1")["status"] == "逾期"
    assert [row["department"] for row in fs.objects("due")] == ["市监局"]


def test_a_sign_off_that_was_asked_for_before_a_handover_counts_everywhere(
    city: Callable[..., Fs],
) -> None:
    fs = city(
        task(1, "市公安局", COUNT),
        amendments=paper("2024-06-01", "task: 1, responsible: [市监局]"),
    )
    update(fs, "2024-05-01", "1", "--value", "3")
    fs("signoff", "apply", "1", "--by", "甲", FS_TODAY="2024-05-02").ok()
    update(fs, DAY, "1", "--value", "10")
    fs("signoff", "accept", "1", "--by", "乙").ok()
    assert "没有计入" not in fs("log", "1").ok().out
    assert fs.thing("show", "1")["status"] == "已完成"


def test_no_time_is_given_to_who_has_left(city: Callable[..., Fs]) -> None:
    fs = city(
        task(1, "市公安局", COUNT),
        amendments=paper("2024-06-01", "task: 1, responsible: [市监局]"),
    )
    asked = ("--to", "2024-12-20", "--reason", "设备未到", "--by", "甲")
    fs.edit_plan("  title: 培训共10次\n", "  title: 培训共10次\n        due: 2024-08-31\n")
    fs("extension", "apply", "1", *asked, FS_TODAY="2024-05-20").ok()
    run = fs("extension", "grant", "1", "--by", "乙")
    assert (run.code, "已经不由市公安局承担" in run.err) == (2, True)
    fs("extension", "refuse", "1", "--by", "乙", "--reason", "已移交").ok()


def test_a_letter_calls_nobody_silent_for_whom_the_whole_was_reported(
    city: Callable[..., Fs],
) -> None:
    fs = city(task(1, "市监局、东区"), task(2, "市监局、东区"))
    update(fs, "2024-03-01", "1", "--percent", "20")
    told = fs("letter", "write", "1", "2", "-d", "东区", "--message").ok().out
    assert "你单位没有单独报，任务完成率20.0%" in told
    assert told.count("你单位未报") == 1, "of the other task, of which nobody has told anything"


def test_who_has_figures_of_what_was_taken_from_it_is_listed(city: Callable[..., Fs]) -> None:
    fs = city(
        task(1, "市公安局", RATE), amendments=paper("2024-06-01", "task: 1, responsible: [市监局]")
    )
    update(fs, "2024-05-01", "1", "--value", "40")
    rows = {row["name"]: row for row in fs.objects("depts")}
    assert (rows["市公安局"]["tasks"], rows["市公安局"]["own_completion"]) == (0, 50)
    assert "市公安局" in fs("progress", "--by", "dept").ok().out
    fs("report", "-o", "r.md").ok()
    assert "市公安局 | 1 | 50.0% | 1/1" in (fs.folder / "r.md").read_text("utf-8")


def test_nobody_is_scored_by_what_is_withdrawn_or_not_there_yet(city: Callable[..., Fs]) -> None:
    added = "id: 3, title: 月饼, text: 月饼。, responsibility: 东区, responsible: [东区]"
    fs = city(
        task(1, "东区"),
        task(2, "东区"),
        amendments=paper("2024-06-01", "task: 2, withdrawn: true")
        + paper("2024-08-01", f"section: 1, add: {{{added}}}"),
    )
    for day in ("2024-05-01", "2024-08-02"):
        update(fs, day, "1", "--percent", "50")
    rubric(fs, "东区", *(f"项{n}, points: {p}, rule: {{kind: ratio, task: {n}}}" for n, p in NINE))
    assert fs("score", "check").ok().out == ""
    for day in ("2024-05-10", DAY):  # each time one of three is no concern of anybody's
        assert fs.objects("score", "--as-of", day)[0]["score"] == 28.57, "20 of 70"


NINE = ((1, 40), (2, 30), (3, 30))


def test_nothing_to_count_is_not_called_zero_beside_the_whole(city: Callable[..., Fs]) -> None:
    fs = city(task(1, "东区、西区", RATE))
    for name in ("东区", "西区"):
        update(fs, DAY, "1", "-d", name, "--value", "0/0")
    run = fs("progress", "update", "1", "--value", "95/100").ok()
    assert "各单位已报的都是“本期无此事”" in run.err
    assert "是 0 " not in fs("check").out


def test_a_withdrawn_task_still_has_its_lines(city: Callable[..., Fs]) -> None:
    fs = city(
        task(1, "市公安局", COUNT), amendments=paper("2024-06-01", "task: 1, withdrawn: true")
    )
    update(fs, "2024-05-01", "1", "--value", "3")
    assert [row["figure"] for row in fs.objects("log", "1")] == ["次数 3"]


def test_what_is_met_and_not_signed_off_has_until_the_task_is_due(city: Callable[..., Fs]) -> None:
    fs = city(task(1, "东区、西区", PLAN_MADE), amendments="")
    fs.edit_plan("bases:", f"{CLOSING}bases:")
    for name in ("东区", "西区"):
        update(fs, "2024-07-20", "1", "-d", name, "--done")
    shown = fs.thing("show", "1")
    assert (shown["due"], shown["status"], shown["light"]) == ("2024-12-31", "推进中", "绿")
    assert fs.thing("show", "1", "--as-of", "2024-07-19")["due"] == "2024-07-31"
    assert fs.thing("show", "1", "--as-of", "2025-01-01")["status"] == "逾期"


def signed_off(fs: Fs, day: str, *who: str) -> None:
    fs("signoff", "apply", "1", *who, "--by", "甲", FS_TODAY=day).ok()
    fs("signoff", "accept", "1", *who, "--by", "乙", FS_TODAY=day).ok()


@pytest.fixture
def handed_on_twice(city: Callable[..., Fs]) -> Fs:
    """A task that is done and applied for in May, handed on to one in June, to two in July."""
    fs = city(
        task(1, "市公安局", PLAN_MADE),
        amendments=paper("2024-06-01", "task: 1, responsible: [市监局]")
        + paper("2024-07-01", "task: 1, responsible: [西区, 黑县]")
        + CLOSING,
    )
    update(fs, "2024-05-01", "1", "--done")
    fs("signoff", "apply", "1", "--by", "甲", FS_TODAY="2024-05-03").ok()
    return fs


def test_what_was_opened_again_stays_open_when_it_is_handed_on(handed_on_twice: Fs) -> None:
    fs = handed_on_twice
    fs("signoff", "accept", "1", "--by", "乙", FS_TODAY="2024-05-03").ok()
    fs("signoff", "reopen", "1", "--reason", "核查不实", "--by", "乙", FS_TODAY="2024-06-10").ok()
    assert fs.thing("show", "1", "--as-of", "2024-06-30")["status"] == "推进中"
    assert fs.thing("show", "1")["status"] != "已完成"


def test_what_was_accepted_between_two_handovers_stays_so(handed_on_twice: Fs) -> None:
    handed_on_twice("signoff", "accept", "1", "--by", "乙", FS_TODAY="2024-06-10").ok()
    assert handed_on_twice.thing("show", "1")["status"] == "已完成"


def test_who_took_a_sign_off_over_can_be_opened_again(city: Callable[..., Fs]) -> None:
    fs = city(
        task(1, "市公安局、东区", PLAN_MADE),
        amendments=paper("2024-06-01", "task: 1, responsible: [市监局, 市商务局]") + CLOSING,
    )
    for name in ("市公安局", "东区"):
        update(fs, "2024-05-01", "1", "-d", name, "--done")
        signed_off(fs, "2024-05-03", "-d", name)
    fs("signoff", "reopen", "1", "-d", "市监局", "--reason", "核查不实", "--by", "乙").ok()
    assert fs("check").ok().out == ""
    assert "没有计入" not in fs("log", "1").ok().out
    assert "重新打开（市监局）：2024-08-15 核查不实" in fs("show", "1", "-f", "md").ok().out
    assert fs.thing("show", "1")["status"] == "推进中"


def test_who_joins_is_one_more_whoever_was_there(city: Callable[..., Fs]) -> None:
    fs = city(
        task(1, "东区、西区", RATE),
        amendments=paper("2024-06-01", "task: 1, responsible: [市监局, 市公安局]")
        + paper("2024-07-01", "task: 1, responsible: [市监局, 市公安局, 市商务局]"),
    )
    update(fs, "2024-05-01", "1", "-d", "东区", "--value", "80")
    found = [
        fs.thing("show", "1", "--as-of", day)["completion"] for day in ("2024-06-02", "2024-07-02")
    ]
    assert found == [50, pytest.approx(33.33)]


def test_nothing_to_count_and_something_in_either_order(city: Callable[..., Fs]) -> None:
    text, share = RATE
    fs = city(task(1, "东区", (text, share.replace("rate", "cumulative"))))
    update(fs, "2024-06-30", "1", "--value", "0/0")
    run = fs("progress", "update", "1", "--value", "5/10", "--date", "2024-05-31")
    assert (run.code, "报的是“本期无此事”（0/0）" in run.err) == (2, True)


def test_of_the_whole_too_there_is_something_to_count(city: Callable[..., Fs]) -> None:
    fs = city(task(1, "东区、西区", RATIO))
    run = fs("progress", "update", "1", "--value", "0/0")
    assert (run.code, "“常住人口”是 980" in run.err) == (2, True)
