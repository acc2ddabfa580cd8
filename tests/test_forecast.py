"""Stages, forecasts, and this year beside last."""

import datetime as dt
import json
import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodsafety_cli.analysis.forecast import Basis, Course, Forecast, Outlook, forecast
from foodsafety_cli.analysis.outlooks import added_up
from foodsafety_cli.analysis.stages import reached_by
from tests.conftest import ROOT, Fs

START, END = dt.date(2021, 1, 1), dt.date(2021, 12, 31)
NATIONAL = "course: {2021-06-30: 26.0%, 2021-09-30: 61.4%}\n"  # sampling of 2021, reported monthly
POINTS = ((dt.date(2021, 6, 30), Decimal("26.0")), (dt.date(2021, 9, 30), Decimal("61.4")))


def days(day: dt.date) -> Decimal:
    return Decimal((day - START).days + 1) / 365


def by_stages(day: dt.date) -> Decimal:
    return reached_by(POINTS, START, END, day) / 100


def course(figures: list[tuple[dt.date, Decimal]], basis: Basis, as_of: dt.date) -> Course:
    clock = by_stages if basis is Basis.STAGES else days
    most = Decimal(10**9)
    return Course(tuple(figures), Decimal(1000), most, END, clock, basis, days(as_of))


def test_on_the_national_course_it_is_green_on_every_day(fs: Fs) -> None:
    fs.edit_plan("lights:", f"{NATIONAL}lights:")
    for month in range(1, 13):
        day = dt.date(2021, month, 28)
        value = round(650 * by_stages(day))
        fs("progress", "update", "18", "--value", str(value), "--date", str(day),
           FS_TODAY=str(day)).ok()  # fmt: skip
        (task,) = fs.objects("tasks", "--search", "风险监测任务", "--as-of", str(day))
        assert task["light"] == "绿", day
    (row,) = fs.objects("indicators", "-i", "风险监测", "--as-of", "2021-06-30")
    assert (row["expected"], row["course"]) == (26, "阶段目标")


def test_the_course_of_joined_tasks_is_that_of_their_sum() -> None:
    march, june = dt.date(2020, 3, 31), dt.date(2020, 6, 30)
    one = ((march, Decimal(50)), (june, Decimal(140)))
    other = ((dt.date(2020, 4, 30), Decimal(10)), (june, Decimal(30)))
    assert added_up([one, other]) == (
        (march, Decimal(50)),
        (dt.date(2020, 4, 30), Decimal(60)),
        (june, Decimal(170)),
    )


def test_the_straight_line_says_so(fs: Fs) -> None:
    (row,) = fs.objects("indicators", "-i", "风险监测")
    assert row["course"] == "按天数"


def test_stages_of_an_indicator_may_be_figures(fs: Fs) -> None:
    fs.edit_plan(
        "            target: 650\n            unit: 批次\n",
        "            target: 650\n            unit: 批次\n            stages: {2021-09-30: 325}\n",
    )
    (row,) = fs.objects("indicators", "-i", "风险监测")
    assert row["expected"] == 50


@pytest.mark.parametrize(
    ("stages", "words"),
    [
        ("{2021-06-30: 50%, 2021-09-30: 40%}", "比前一个阶段少"),
        ("{2021-06-30: 120%}", "超过了目标"),
        ("{2022-06-30: 50%}", "不在工作期"),
        ("{六月: 50%}", "不是日期"),
        ("{2021-06-30: 一半}", "不是阶段目标"),
        ("{2021-09-30: 50%, 2021-06-30: 60%}", "排在"),
    ],
)
def test_stages_that_cannot_be(fs: Fs, stages: str, words: str) -> None:
    fs.edit_plan("lights:", f"course: {stages}\nlights:")
    run = fs("check")
    assert run.code == 1
    assert f"[stages] {words}" in run.out or words in run.out


def test_exactly_linear_figures_are_forecast_exactly() -> None:
    as_of = dt.date(2021, 10, 31)
    ends = (dt.date(2021, month, 28) for month in range(2, 11))
    figures = [(day, 900 * days(day)) for day in ends]
    found = forecast(course(figures, Basis.DAYS, as_of), as_of)
    assert found.centre is not None
    assert abs(found.centre - 900) < Decimal("0.001")
    assert found.outlook is Outlook.HARD


def test_at_mid_year_days_alone_bear_no_range() -> None:
    as_of = dt.date(2021, 6, 30)
    figures = [(dt.date(2021, month, 28), Decimal(80 * month)) for month in range(1, 7)]
    found = forecast(course(figures, Basis.DAYS, as_of), as_of)
    assert found.centre is None
    assert forecast(course(figures, Basis.STAGES, as_of), as_of).centre is not None


def test_one_report_says_only_what_is_needed() -> None:
    as_of = dt.date(2021, 9, 30)
    found = forecast(course([(as_of, Decimal(400))], Basis.DAYS, as_of), as_of)
    assert (found.outlook, found.centre) == (Outlook.UNKNOWN, None)
    assert found.monthly is not None
    assert 190 < found.monthly < 210


def test_a_correction_downwards_begins_anew_and_says_so() -> None:
    as_of = dt.date(2021, 10, 31)
    figures = [(dt.date(2021, m, 28), Decimal(v)) for m, v in ((3, 500), (6, 300), (9, 700))]
    found = forecast(course(figures, Basis.DAYS, as_of), as_of)
    assert found.restarted


figures = st.lists(st.integers(0, 1500), min_size=1, max_size=9).map(sorted)


@given(figures, st.sampled_from([Basis.STAGES, Basis.DAYS]))
def test_ranges_keep_their_bounds(values: list[int], basis: Basis) -> None:
    as_of = dt.date(2021, 11, 1)
    given_on = [(dt.date(2021, n + 1, 28), Decimal(v)) for n, v in enumerate(values)]
    found: Forecast = forecast(course(given_on, basis, as_of), as_of)
    if found.low is not None and found.high is not None:
        assert values[-1] <= found.low <= found.high
    if found.outlook is Outlook.REACHED and found.low is not None:
        assert found.low >= 1000


def test_the_range_holds_as_often_as_it_says() -> None:
    """On declared stages, with noise of seven sizes, the 80 % range holds in 72–90 % of cases."""
    held = cases = 0
    for seed in range(700):
        chance = random.Random(seed)
        noise = 0.02 + 0.02 * (seed % 7)
        total, path = 0.0, []
        for month in range(1, 13):
            day = dt.date(2021, month, 28) if month < 12 else END
            before = dt.date(2021, month - 1, 28) if month > 1 else START
            step = float(by_stages(day) - by_stages(before))
            total += max(0.0, 900 * step + chance.gauss(0, noise * 900) * step**0.5)
            path.append((day, Decimal(str(round(total, 3)))))
        as_of = path[7][0]
        found = forecast(course(path[:8], Basis.STAGES, as_of), as_of)
        if found.centre is not None and found.low is not None and found.high is not None:
            cases += 1
            held += found.low <= path[-1][1] <= found.high
    assert cases > 500
    assert 0.72 <= held / cases <= 0.90, held / cases


def test_the_command_and_its_summary(fs: Fs) -> None:
    for month, value in ((3, 150), (6, 300), (9, 480)):
        fs("progress", "update", "18", "--value", str(value), "--date", f"2021-0{month}-20").ok()
    run = fs("forecast", "-i", "风险监测", "--as-of", "2021-10-31", "-f", "csv").ok()
    head, row = run.out.splitlines()
    assert head == "任务,指标,现在,应到,年底预计,目标,还需每月,预判"
    assert row.startswith("18,风险监测,480,")
    assert "共 1 个指标：" in run.err
    assert "按天数 1 个" in run.err
    by_unit = fs("forecast", "-i", "批次/千人", "-f", "csv").ok().out
    assert by_unit.splitlines()[1].startswith("16,食品检验量,")
    assert "预判：“风险监测”" in " ".join(fs.thing("show", "18")["why"])
    (told,) = fs.objects("indicators", "-i", "风险监测", "-c", "name,outlook")
    assert told["outlook"] in {"能达标", "未定", "难达标"}


@pytest.fixture
def years(fs: Fs) -> Fs:
    """Last year's folder beside this one."""
    plan = (ROOT / "plan.yaml").read_text("utf-8")
    folder = fs.folder / "2020"
    folder.mkdir()
    (folder / "plan.yaml").write_text(plan.replace("2021", "2020"), "utf-8")
    lines = [
        {"id": f"a{month}", "at": f"2020-{month:02}-20T08:00:00+08:00",
         "date": f"2020-{month:02}-20",
         "entries": [{"task": 18, "indicator": "风险监测", "value": 50 * month}]}
        for month in range(1, 13)
    ]  # fmt: skip
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "progress.jsonl").write_text(text, "utf-8")
    fs.edit_plan("lights:", "previous: 2020\nlights:")
    fs.edit_plan("      - id: 18\n", "      - id: 18\n        continues: [18]\n")
    fs("progress", "update", "18", "--value", "500").ok()
    return fs


def test_the_same_day_of_last_year(years: Fs) -> None:
    (row,) = years.objects("indicators", "-i", "风险监测")
    assert (row["value"], row["last_year"]) == (500, 450)
    assert Decimal(str(row["year_on_year"])) == Decimal("11.11")


def test_the_same_day_of_last_year_stands_in_report_and_page(years: Fs) -> None:
    for name in ("r.md", "p.html"):
        years("report", "-o", name).ok()
        told = (years.folder / name).read_text("utf-8")
        assert "去年同期" in told, name
        assert "450（+11.1%）" in told, name


def test_last_years_course_is_the_clock(years: Fs) -> None:
    run = years("forecast", "-i", "风险监测", "-f", "json").ok()
    assert json.loads(run.out)[0]["basis"] == "去年进度"
    assert "去年进度 1 个" in run.err


def test_a_course_is_not_lent_to_what_is_due_in_another_part_of_the_year(years: Fs) -> None:
    plan = (years.folder / "plan.yaml").read_text("utf-8")
    head, rest = plan.split("      - id: 18\n")
    early = rest.replace("        continues: [18]\n", "", 1)
    due = "      - id: 18\n        continues: [18]\n        due: 2021-10-31\n"
    (years.folder / "plan.yaml").write_text(head + due + early, "utf-8")
    run = years("forecast", "-i", "风险监测", "-f", "json").ok()
    assert json.loads(run.out)[0]["basis"] == "按天数"


def test_what_is_due_a_little_earlier_takes_the_course_up_to_its_day(years: Fs) -> None:
    due = "        continues: [18]\n        due: 2021-12-10\n"
    years.edit_plan("        continues: [18]\n", due)
    run = years("forecast", "-i", "风险监测", "--as-of", "2021-12-10", "-f", "json").ok()
    (row,) = json.loads(run.out)
    assert (row["basis"], row["expected"]) == ("去年进度", row["target"])


def test_a_previous_that_cannot_be(years: Fs) -> None:
    assert years("check").ok().out == ""
    years.edit_plan("continues: [18]", "continues: [180]")
    lines = (years.folder / "plan.yaml").read_text("utf-8").splitlines()
    row = next(n for n, line in enumerate(lines, 1) if "continues: [180]" in line)
    told = years("check").ok().out
    assert "[continues] 任务 18 接着上一年的任务 180" in told
    assert f"plan.yaml:{row}:{lines[row - 1].index('180') + 1}: " in told
    years.edit_plan("previous: 2020", "previous: .")
    told = years("check").ok().out
    assert "就是这一份自己" in told
    row = next(n for n, line in enumerate(lines, 1) if line.startswith("previous:"))
    assert f"plan.yaml:{row}:{len('previous: ') + 1}: " in told
    years.edit_plan("previous: .", "previous: 2019")
    assert "[previous] 上一年的 2019 用不上" in years("check").ok().out
    assert "没有同比" in years("indicators", "-i", "风险监测").ok().err


def test_a_circle_of_years_is_told(years: Fs) -> None:
    path = years.folder / "2020" / "plan.yaml"
    path.write_text(path.read_text("utf-8").replace("lights:", "previous: ..\nlights:", 1), "utf-8")
    assert "绕了一圈" in years("check").ok().out


def test_a_form_asks_for_the_next_stage(fs: Fs) -> None:
    from openpyxl import load_workbook

    fs.edit_plan("\nlights:", f"\n{NATIONAL}lights:")
    fs("form", "-d", "市卫生健康委", "-o", "表.xlsx").ok()
    sheet = load_workbook(fs.folder / "表.xlsx")["填报表"]
    targets = {row[0].value: row[4].value for row in sheet.iter_rows(min_row=4)}
    assert targets[18] == "650\n（9月30日前达到 399.1）"


def test_a_letter_about_one_task_says_where_it_will_end(fs: Fs) -> None:
    from docx import Document

    for month, value in ((3, 60), (6, 120), (9, 150)):
        fs("progress", "update", "18", "--value", str(value), "--date", f"2021-0{month}-20").ok()
    fs("letter", "write", "18", "--kind", "督办", "-d", "市卫生健康委", "-o", "函").ok()
    (file,) = (fs.folder / "函").glob("*.docx")
    text = "".join(p.text for p in Document(str(file)).paragraphs)
    assert "预判：“风险监测”难达标，年底预计" in text


def test_a_limit_that_grows_may_still_be_passed() -> None:
    figures = [(dt.date(2021, month, 28), Decimal(10 * month)) for month in (3, 6, 9)]
    limit = course(figures, Basis.DAYS, dt.date(2021, 9, 30))._replace(is_limit=True)
    ends = {
        target: forecast(limit._replace(target=Decimal(target)), dt.date(2021, 9, 30)).outlook
        for target in (80, 90, 110, 130)
    }
    assert ends == {80: Outlook.HARD, 90: Outlook.HARD, 110: Outlook.HARD, 130: Outlook.REACHED}


def test_a_correction_is_said_of_the_indicator(fs: Fs) -> None:
    for day, value in (("03-31", 100), ("06-30", 250), ("08-31", 240), ("09-29", 400)):
        given = ("--value", str(value), "--date", f"2021-{day}", "--allow-decrease")
        fs("progress", "update", "18", *given).ok()
    assert "更正变小过，从更正那天重新算" in " ".join(fs.thing("show", "18")["why"])
    fs("report", "-o", "f.md", "--full").ok()
    assert "按目前进度预判" in (fs.folder / "f.md").read_text("utf-8")
    at_end = fs("report", "--as-of", "2021-12-31", "-o", "f.md", "--force")
    assert at_end.code == 0, at_end.err
    assert "预判" not in (fs.folder / "f.md").read_text("utf-8"), "the year is over"
