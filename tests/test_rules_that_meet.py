"""Two or three rules at once, in a city of its own: papers, handovers, ratios, letters, scores."""

from collections.abc import Callable

import pytest

from tests.conftest import Fs
from tests.invented_city import COUNT, DAY, RATE, RATIO, paper, rubric, task, update


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
