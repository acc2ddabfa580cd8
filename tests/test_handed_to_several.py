"""A task handed on: what the old ones did stands until the new ones have told theirs."""

import pytest

from tests.conftest import Fs
from tests.test_handed_on import hand_on
from tests.test_shared_figures import amended, indicator, update

BEFORE = ("--date", "2021-08-01")


def completion(fs: Fs, task: int) -> object:
    return fs.thing("show", str(task))["completion"]


def why(fs: Fs, task: int) -> str:
    return "".join(fs.thing("show", str(task))["why"])


def test_who_keeps_its_part_need_not_report_again(fs: Fs) -> None:
    update(fs, "43", "-d", "市发展和改革委员会", "--percent", "50", *BEFORE)
    update(fs, "43", "-d", "市城市管理局", "--percent", "40", *BEFORE)
    hand_on(fs, 43, "市城市管理局, 市教育局", day="2021-09-15")
    assert completion(fs, 43) == 45
    update(fs, "43", "-d", "市教育局", "--percent", "70")
    assert completion(fs, 43) == 55
    update(fs, "43", "-d", "市城市管理局", "--percent", "60")
    assert completion(fs, 43) == 65


def test_a_newcomers_nought_makes_nothing_done(fs: Fs) -> None:
    for body in ("市发展和改革委员会", "市城市管理局"):
        update(fs, "43", "-d", body, "--done", *BEFORE)
    hand_on(fs, 43, "市城市管理局, 市教育局", day="2021-09-15")
    update(fs, "43", "-d", "市教育局", "--percent", "10")
    row = fs.thing("show", "43")
    assert (row["completion"], row["status"]) == (55, "推进中")


@pytest.mark.parametrize("whose", [("-d", "市公安局"), ()])
def test_what_one_alone_told_stands_until_all_who_take_over_have(
    fs: Fs, whose: tuple[str, ...]
) -> None:
    update(fs, "26", *whose, "--percent", "80", *BEFORE)
    hand_on(fs, 26, "市商务局, 市教育局", day="2021-09-15")
    assert "市教育局" in update(fs, "26", "-d", "市商务局", "--percent", "20").err
    assert completion(fs, 26) == 80
    update(fs, "26", "-d", "市教育局", "--percent", "30")
    assert completion(fs, 26) == 25


@pytest.mark.parametrize("whose", [("-d", "市卫生健康委"), ()])
def test_counts_of_one_alone_are_added_to(fs: Fs, whose: tuple[str, ...]) -> None:
    update(fs, "18", *whose, "--value", "300", *BEFORE)
    hand_on(fs, 18, "市公安局, 市教育局", day="2021-09-15")
    assert indicator(fs, 18, "风险监测")["value"] == 300
    for body, value in (("市公安局", "100"), ("市教育局", "50")):
        assert "不一致" not in update(fs, "18", "-d", body, "--value", value).err
    assert indicator(fs, 18, "风险监测")["value"] == 450
    assert fs("check").ok().out == ""


@pytest.mark.parametrize("whose", [("-d", "市卫生健康委"), ()])
def test_the_series_of_a_sole_reporter_goes_on(fs: Fs, whose: tuple[str, ...]) -> None:
    hand_on(fs, 18, "市公安局", day="2021-09-15")
    update(fs, "18", *whose, "--value", "300", *BEFORE)
    run = fs("progress", "update", "18", "-d", "市公安局", "--value", "100")
    assert (run.code, "已报的 300" in run.err) == (2, True)
    assert (
        "此前：风险监测 300（2021-08-01）"
        in update(fs, "18", "-d", "市公安局", "--value", "350").out
    )


def test_its_own_standing_keeps_what_was_asked_of_it(fs: Fs) -> None:
    update(fs, "18", "--value", "300", *BEFORE)
    hand_on(fs, 18, "市市场监督管理局", day="2021-09-01")
    rows = [row for row in fs.thing("depts", "市卫生健康委")["own_figures"] if row["task"] == 18]
    assert [(row["target"], row["attainment"]) for row in rows] == [(650, 46.15)]


def test_a_withdrawn_task_is_shown_as_it_was_last(fs: Fs) -> None:
    update(fs, "18", "--value", "300", "--date", "2021-06-30")
    amended(
        fs,
        "{basis: 甲, effective: 2021-07-01, task: 18, indicator: 风险监测, target: 500}",
        "{basis: 乙, effective: 2021-09-01, task: 18, withdrawn: true}",
    )
    row = indicator(fs, 18, "风险监测")
    assert (row["target"], row["attainment"]) == (500, 60)


def test_who_was_released_is_not_called_silent(fs: Fs) -> None:
    update(fs, "5", "-d", "城区", "--value", "60", *BEFORE)
    hand_on(fs, 5, "市商务局, 市市场监督管理局", day="2021-09-01")
    told = update(fs, "5", "-d", "市商务局", "--value", "90").out
    assert "还没有报的按 0 计：市市场监督管理局，和移交前空着的 5 份" in told
    assert "还没有报的：市市场监督管理局。移交前空着的 5 份按 0 算。" in why(fs, 5)
    assert "落后的单位：城区" not in why(fs, 5)
    fs("report", "-o", "r.md").ok()
    assert "6个单位未报" not in (fs.folder / "r.md").read_text("utf-8")


def test_who_led_before_has_taken_nothing_over(fs: Fs) -> None:
    update(fs, "55", "-i", "示范", "-d", "城区", "--value", "1", "--date", "2021-06-01")
    paper = "task: 55, lead: [市市场监督管理局], responsible: [城区, 阳城县]"
    amended(fs, f"{{basis: 庚, effective: 2021-08-15, {paper}}}")
    assert "接手" not in why(fs, 55)


def parts(fs: Fs, *given: tuple[str, str, str]) -> None:
    for body, value, day in given:
        whose = ("-d", body) if body else ()
        update(fs, "55", "-i", "示范", *whose, "--value", value, "--date", day)


def test_parts_from_before_and_after_are_held_against_the_whole_together(fs: Fs) -> None:
    parts(fs, ("城区", "1", "2021-06-30"), ("阳城县", "1", "2021-06-30"), ("", "2", "2021-07-31"))
    run = update(fs, "55", "-i", "示范", "-d", "陵川县", "--value", "1", "--date", "2021-09-01")
    assert "比各单位最近报的之和 3 少" in run.err
    assert "ledger-apart" in fs("check").out


def test_nothing_was_taken_over_where_nothing_was_handed_on(fs: Fs) -> None:
    parts(fs, ("城区", "1", "2021-06-30"), ("阳城县", "1", "2021-06-30"))
    err = update(fs, "55", "-i", "示范", "--value", "1", "--date", "2021-08-01").err
    assert ("不一致" in err, "接手" in err) == (True, False)


def test_nothing_to_count_contradicts_nothing(fs: Fs) -> None:
    update(fs, "14", "-i", "1", "--value", "60", "--date", "2021-06-30")
    err = update(
        fs, "14", "-i", "1", "-d", "市教育局", "--value", "0/0", "--date", "2021-07-01"
    ).err
    assert "请核对" not in err
    assert "ledger-apart" not in fs("check").out


def test_the_unreported_are_counted_alike_when_they_are_overdue(fs: Fs) -> None:
    fs.env["FS_TODAY"] = "2022-01-05"
    assert fs.thing("overview")["unreported_count"] == 59
    assert "59 项" in fs("progress", "--fail-on", "未报").err


def test_what_a_withdrawn_indicator_takes_with_it_is_named(fs: Fs) -> None:
    about = "effective: 2021-09-01, task: 16, indicator: 食品检验量"
    amended(fs, f"{{basis: 甲, {about}, target: 5}}", f"{{basis: 乙, {about}, withdrawn: true}}")
    assert "任务 16 的指标“食品检验量”从 2021-09-01 起不再执行" in fs("check").out


def test_steps_stand_under_the_name_of_today(fs: Fs) -> None:
    fs("extension", "apply", "34", "-d", "高平市", "--to", "2022-03-01", "--reason", "x").ok()
    text = fs.plan.read_text("utf-8").replace(
        "name: 高平市, aliases: [", "name: 高平区, aliases: [高平市, "
    )
    fs.plan.write_text(
        text.replace("高平市, 阳城县, 陵川县, 沁水县]", "高平区, 阳城县, 陵川县, 沁水县]")
    )
    assert fs.objects("log")[0]["department"] == "高平区"
    assert "\t高平市\t" not in fs("show", "34").ok().out


def test_what_a_former_body_reported_can_be_taken_back(fs: Fs) -> None:
    update(fs, "34", "-d", "沁水县", "--percent", "60", "--date", "2021-06-30")
    fs.edit_plan("陵川县, 沁水县]", "陵川县]")
    run = fs("progress", "update", "34", "-d", "沁水县", "--percent", "100")
    assert (run.code, "请撤销那一条" in run.err) == (2, True)


@pytest.mark.parametrize("text", ["98%/99", "98/99%"])
def test_a_share_is_no_count(fs: Fs, text: str) -> None:
    run = fs("progress", "update", "16", "-i", "2", "--value", text)
    assert (run.code, "应是个数" in run.err) == (2, True)


def test_the_worst_of_a_limit_is_the_highest(fs: Fs) -> None:
    more = "at_most: true\n            aggregate: min\n            reported_by: [城区, 高平市]"
    fs.edit_plan("            target: 97\n", f"            target: 97\n            {more}\n")
    update(fs, "17", "-i", "2", "-d", "城区", "--value", "98")
    assert "取各单位中最高的" in why(fs, 17)


@pytest.mark.parametrize("paper", ["support: [市教育局]", "responsible: [市城市管理局]"])
def test_a_second_paper_with_the_same_reporters_changes_nothing(fs: Fs, paper: str) -> None:
    update(fs, "43", "-d", "市城市管理局", "--percent", "100", *BEFORE)
    amended(
        fs,
        "{basis: 文一, effective: 2021-09-01, task: 43, responsible: [市城市管理局]}",
        f"{{basis: 文二, effective: 2021-09-15, task: 43, {paper}}}",
    )
    for day in ("2021-09-14", "2021-09-15"):
        assert fs.thing("show", "43", "--as-of", day)["completion"] == 100


def test_the_whole_stands_for_those_alone_who_had_it(fs: Fs) -> None:
    update(fs, "43", "--percent", "84", *BEFORE)
    update(fs, "43", "-d", "市城市管理局", "--percent", "30", "--date", "2021-08-20")
    hand_on(fs, 43, "市公安局, 市教育局", day="2021-09-15")
    assert completion(fs, 43) == 57
    update(fs, "43", "-d", "市教育局", "--percent", "20")
    assert completion(fs, 43) == 57, "until both have told theirs"


def test_what_one_of_several_has_done_since_comes_on_top_of_the_whole(fs: Fs) -> None:
    amended(
        fs,
        "{basis: 文一, effective: 2021-02-01, task: 18, responsible: [市卫生健康委, 市公安局]}",
        "{basis: 文二, effective: 2021-09-15, task: 18, responsible: [市商务局, 市教育局]}",
    )
    update(fs, "18", "--value", "300", *BEFORE)
    update(fs, "18", "-d", "市教育局", "--value", "50")
    assert indicator(fs, 18, "风险监测")["value"] == 350


def test_an_unasked_report_breaks_no_silence_when_a_task_is_handed_on(fs: Fs) -> None:
    update(fs, "42", "-i", "1", "-d", "市教育局", "--value", "20", *BEFORE)
    hand_on(fs, 42, "市公安局", day="2021-09-15")
    row = fs.thing("show", "42")
    assert (row["status"], row["light"]) == ("未报", "灰")


def test_a_total_that_falls_when_one_of_several_goes_on_alone_is_told(fs: Fs) -> None:
    amended(
        fs,
        "{basis: 文一, effective: 2021-07-15, task: 22, responsible: [市公安局, 市农业农村局]}",
        "{basis: 文二, effective: 2021-09-15, task: 22, responsible: [市农业农村局]}",
    )
    update(fs, "22", "-d", "市公安局", "--value", "12", *BEFORE)
    update(fs, "22", "-d", "市农业农村局", "--value", "13", *BEFORE)
    run = update(fs, "22", "--value", "15")
    assert "从 25 变成了 15：一个单位接手的，报的是全部" in run.err


def test_who_has_the_task_back_and_has_not_told_is_named(fs: Fs) -> None:
    amended(
        fs,
        "{basis: 文一, effective: 2021-07-15, task: 34, responsible: [市商务局]}",
        "{basis: 文二, effective: 2021-09-15, task: 34, responsible: [各县（市、区）人民政府]}",
    )
    update(fs, "34", "--percent", "40", "--date", "2021-06-30")
    update(fs, "34", "-d", "市商务局", "--percent", "90", *BEFORE)
    run = update(fs, "34", "-d", "城区", "--percent", "20", "--date", "2021-09-20")
    assert "接手后还没有报的：泽州县、高平市、阳城县、陵川县、沁水县" in run.err
    assert completion(fs, 34) == 90


def test_a_paper_about_support_alone_is_not_blamed(fs: Fs) -> None:
    amended(
        fs,
        "{basis: 文一, effective: 2021-07-15, task: 34, responsible: [市商务局]}",
        "{basis: 文二, effective: 2021-08-01, task: 34, support: [市科技局]}",
    )
    fs.ledger.write_text(
        '{"id":"a1","at":"2021-09-01T09:00:00+08:00","date":"2021-08-25",'
        '"entries":[{"task":34,"department":"城区","percent":5}]}\n'
    )
    told = fs("check").out
    assert ("文一 自" in told, "文二 自" in told) == (True, False)
