"""Amendments that do not hold together are told with place; what they change holds everywhere."""

import pytest

from tests.conftest import Fs
from tests.test_shared_figures import amended, update

SEPTEMBER = "{basis: 甲文, effective: 2021-09-01"
INDICATOR, NOTHING = "amendment-indicator", "amendment-of-nothing"
ADDED = (
    "add: {id: 60, title: 月饼, text: 月饼抽检完成200批次。, responsibility: 市公安局, "
    "responsible: [市公安局], indicators: [{name: 月饼抽检, quote: 完成200批次, kind: cumulative, "
    "target: 200, unit: 批次}]}"
)
NEW = f"section: 3, {ADDED}"
OTHER_TARGET = NEW.replace("target: 200", "target: 700")
OTHER_BODY = NEW.replace("[市公安局]", "[某局]")
OTHER_TEXT = NEW.replace("200批次。", "三百批次。")


@pytest.mark.parametrize(
    ("lines", "code", "words"),
    [
        (["task: 18, indicator: 风险监测, responsible: [市公安局]"], INDICATOR, "整项任务"),
        (["task: 18, indicator: 风险监测, withdrawn: true"], INDICATOR, "只有这一个指标"),
        (["task: 18, withdrawn: true", "task: 18, due: 2021-10-31"], NOTHING, "不再执行"),
        ([NEW, "task: 60, due: 2021-10-31"], "", ""),
        ([NEW, NEW], "duplicate-task", "60"),
        ([f"section: 3, task: 18, {ADDED}"], NOTHING, "分成两条"),
        (["task: 18, lead: [市公安局], responsible: [市公安局]"], "duplicate-role", "已有角色"),
        (["task: 18, due: 2021-03-01"], "due-outside-period", "早于生效"),
        ([OTHER_TARGET], "target-not-in-quote", "700"),
        ([OTHER_BODY], "unknown-department", "某局"),
        ([OTHER_TEXT], "quote-not-in-text", "200批次"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_told_with_its_place(
    fs: Fs, lines: list[str], code: str, words: str
) -> None:
    amended(fs, *(f"{SEPTEMBER}, {line}}}" for line in lines))
    told = fs("check").out
    if not code:
        assert told == ""
        return
    (found, *_) = [line for line in told.splitlines() if f"[{code}]" in line]
    assert words in found
    assert found.split(":")[1] != "0"


def test_one_indicator_may_be_withdrawn(fs: Fs) -> None:
    amended(fs, f"{SEPTEMBER}, task: 16, indicator: 核查处置率, withdrawn: true}}")
    names = [row["name"] for row in fs.thing("show", "16")["indicators"]]
    assert names == ["食品检验量", "按时完成率"]
    assert "“核查处置率”甲文 自 2021-09-01 起不再列入" in fs("show", "16", "-f", "table").out
    before = fs.thing("show", "16", "--as-of", "2021-08-31")["indicators"]
    assert len(before) == 3


def test_shares_and_stages_go_along_with_a_new_target(fs: Fs) -> None:
    fs.edit_plan(
        "            target: 650\n",
        "            target: 650\n            split: {市卫生健康委: 650}\n"
        "            stages: {2021-06-30: 300, 2021-09-30: 600}\n",
    )
    amended(fs, f"{SEPTEMBER}, task: 18, indicator: 风险监测, target: 500}}")
    assert fs("check").ok().out == ""
    update(fs, "18", "--value", "500")
    (row,) = fs.objects("indicators", "-i", "风险监测")
    assert (row["met"], row["expected"] <= 100) == (True, True)
    (own,) = [r for r in fs.thing("depts", "市卫生健康委")["own_figures"] if r["task"] == 18]
    assert (own["target"], own["attainment"]) == (500, 100)


def test_a_new_split_must_add_up(fs: Fs) -> None:
    split = "split: {市规划和自然资源局: 90}"
    amended(fs, f"{SEPTEMBER}, task: 20, indicator: 食用林产品监测, target: 100, {split}}}")
    assert "[split-total]" in fs("check").out


def test_a_later_document_ends_the_time_that_was_given_before(fs: Fs) -> None:
    fs(
        "extension", "apply", "21", "--to", "2022-01-31", "--reason", "x", "--date", "2021-08-01"
    ).ok()
    fs("extension", "grant", "21", "--by", "李四", "--date", "2021-08-02").ok()
    assert fs.thing("show", "21")["due"] == "2022-01-31"
    amended(fs, f"{SEPTEMBER}, task: 21, due: 2021-11-20}}")
    shown = fs.thing("show", "21")
    assert (shown["due"], shown["extensions"]) == ("2021-11-20", 0)
    assert fs.thing("show", "21", "--as-of", "2021-08-31")["due"] == "2022-01-31"
    fs("extension", "apply", "21", "--to", "2021-12-15", "--reason", "y").ok()
    fs("extension", "grant", "21", "--by", "李四").ok()
    assert fs.thing("show", "21")["due"] == "2021-12-15"


def test_a_figure_that_came_after_the_handover_is_told(fs: Fs) -> None:
    update(fs, "18", "--value", "320", "--date", "2021-09-20")
    update(fs, "43", "-d", "市城市管理局", "--percent", "50", "--date", "2021-09-20")
    amended(
        fs,
        "{basis: 甲文, effective: 2021-07-01, task: 18, withdrawn: true}",
        "{basis: 甲文, effective: 2021-07-01, task: 43, responsible: [市住房和城乡建设局]}",
    )
    told = fs("check").ok().out
    assert (
        "progress.jsonl:1: 提醒[ledger-after-amendment] 任务 18 甲文 自 2021-07-01 起不再执行"
        in told
    )
    assert (
        "progress.jsonl:2: 提醒[ledger-after-amendment] 任务 43 甲文 自 2021-07-01 起不由" in told
    )


def test_what_is_gone_or_not_yet_there_is_named_with_its_document(fs: Fs) -> None:
    amended(
        fs,
        f"{SEPTEMBER}, task: 18, withdrawn: true}}",
        f"{SEPTEMBER}, {NEW}}}".replace("2021-09-01", "2021-11-01"),
    )
    run = fs("progress", "update", "18", "--value", "3")
    assert (run.code, "甲文 自 2021-09-01 起不再执行" in run.err) == (2, True)
    assert "自 2021-11-01 起才有" in fs("progress", "update", "60", "--value", "3").err
    shown = fs("show", "18", "-f", "table").ok().out
    assert "自 2021-09-01 起不再列入" in shown
    assert "亮" not in shown.partition("不再列入")[2].partition("填报")[0]


def test_a_due_day_beyond_the_period_is_told(fs: Fs) -> None:
    amended(fs, f"{SEPTEMBER}, task: 18, due: 2022-03-31}}")
    assert "晚于工作期的最后一天" in fs("check").ok().out


def test_a_limit_may_be_lowered_to_nothing(fs: Fs) -> None:
    amended(fs, f"{SEPTEMBER}, task: 18, indicator: 风险监测, target: 0}}")
    run = fs("check")
    assert (run.code, run.out.count("amendment")) == (1, 0)
    assert "新的目标值应大于 0" in run.out


def test_an_added_tasks_day_moved_behind_a_figure_is_told(fs: Fs) -> None:
    amended(fs, f"{SEPTEMBER}, {NEW}}}")
    update(fs, "60", "--value", "20", "--date", "2021-09-10")
    fs.edit_plan("effective: 2021-09-01", "effective: 2021-09-20")
    assert "任务 60 甲文 自 2021-09-20 起才有" in fs("check").ok().out
