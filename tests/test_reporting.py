"""`fs progress update`, `log` and `undo`: what is recorded, what is refused, what is said."""

import json
from typing import Any

import pytest

from tests.conftest import Fs


def update(fs: Fs, *args: str) -> str:
    """The answer of an update that must succeed."""
    return fs("progress", "update", *args).ok().out


def shown(fs: Fs, task: int, *args: str) -> dict[str, Any]:
    data = fs("show", str(task), "-f", "json", *args).ok().data
    assert isinstance(data, dict)
    return data


def lines(fs: Fs) -> list[dict[str, Any]]:
    return [json.loads(line) for line in fs.ledger.read_text("utf-8").splitlines()]


def test_the_line_everyone_reports_with(fs: Fs) -> None:
    answer = update(fs, "16", "--value", "5.2")
    assert "已记录：任务 16“加大抽检监测力度”食品检验量 5.2 批次/千人" in answer
    assert "此前：未报" in answer
    assert "目标：6 批次/千人，达成率 86.7%" in answer
    assert "核查处置率（未报）、按时完成率（未报）" in answer
    assert "fs progress undo" in answer
    again = update(fs, "16", "--value", "5.60")
    assert "此前：食品检验量 5.2（2021-09-30）" in again


def test_a_line_of_the_ledger(fs: Fs) -> None:
    update(fs, "5", "--dept", "阳城", "--value", "80.0", "--problems", "人手不足", "--by", "李四",
           "--next-steps", "增派人员", "--evidence", "清单.xlsx", "--evidence", "晋〔2021〕1号",
           "--date", "2021-09-01", "--note", "第一行\n第二行")  # fmt: skip
    raw = fs.ledger.read_text("utf-8")
    assert raw.count("\n") == 1
    assert '"value":80.0' in raw
    (line,) = lines(fs)
    assert list(line) == ["id", "at", "by", "date", "entries"]
    assert (line["by"], line["date"]) == ("李四", "2021-09-01")
    assert line["entries"] == [
        {
            "task": 5,
            "indicator": "冷库全覆盖排查",
            "department": "阳城县",
            "value": 80.0,
            "note": "第一行\n第二行",
            "problems": "人手不足",
            "next_steps": "增派人员",
            "evidence": ["清单.xlsx", "晋〔2021〕1号"],
        }
    ]


def test_another_indicator_by_name_part_or_place(fs: Fs) -> None:
    for given in ("核查处置率", "核查", "2"):
        assert "核查处置率 96%" in update(fs, "16", "-i", given, "--value", "96%")


@pytest.mark.parametrize("written", ["5.2", "５．２", " 5.2 ", "5.20"])
def test_figures_as_people_write_them(fs: Fs, written: str) -> None:
    update(fs, "16", "--value", written)
    assert shown(fs, 16)["indicators"][0]["value"] == 5.2


def test_percent_done_and_words(fs: Fs) -> None:
    assert "完成率 60%" in update(fs, "1", "--percent", "60％")
    assert shown(fs, 1)["completion"] == 60
    assert "已完成" in update(fs, "1", "--done")
    assert shown(fs, 1)["status"] == "已完成"
    assert "年度报告 已完成" in update(fs, "59", "--done")
    assert shown(fs, 59)["completion"] == 100
    update(fs, "3", "--note", "正在推进")
    assert shown(fs, 3)["status"] == "推进中", "words alone are a report too"
    assert shown(fs, 3)["completion"] == 0
    update(fs, "16", "--problems", "缺人")
    assert shown(fs, 16)["indicators"][0]["value"] is None


def test_a_department_reports_its_own_part(fs: Fs) -> None:
    update(fs, "34", "--dept", "阳城", "--percent", "60")
    assert shown(fs, 34)["completion"] == 10, "the five that have not reported count 0"
    update(fs, "34", "--dept", "泽州", "--percent", "30")
    assert shown(fs, 34)["completion"] == 15
    update(fs, "34", "--percent", "50")
    assert shown(fs, 34)["completion"] == 50, "a figure for the whole task goes first"


def test_department_figures_make_the_indicators(fs: Fs) -> None:
    update(fs, "5", "--dept", "阳城", "--value", "80")
    update(fs, "5", "--dept", "城区", "--value", "60")
    assert shown(fs, 5)["indicators"][0]["value"] == 70, "shares are averaged"
    for county in ("城区", "阳城", "陵川"):
        update(fs, "55", "-i", "示范县", "--dept", county, "--value", "1")
    indicator = shown(fs, 55)["indicators"][1]
    assert (indicator["value"], indicator["met"]) == (3, True), "counts add up"
    assert indicator["departments"] == ["城区", "阳城县", "陵川县"]


def test_an_average_says_whom_it_lacks_and_they_are_still_reminded(fs: Fs) -> None:
    out = fs("progress", "update", "57", "--dept", "城区", "--value", "3").ok().out
    assert "以上按已报的 1 个单位算；还没有报的：" in out
    assert "阳城县" in out.split("还没有报的：")[1].splitlines()[0]
    reminded = {row[0] for row in fs("due", "--unreported", "-c", "department,unreported").rows}
    assert "阳城县" in reminded
    assert "57" in dict(fs("due", "--unreported").rows)["阳城县"].split("、")
    assert "57" not in dict(fs("due", "--unreported").rows)["城区"].split("、")
    silent = fs("indicators", "--search", "权重", "-c", "silent", "--no-header").ok().out
    assert "泽州县" in silent
    assert "城区" not in silent
    fs("progress", "update", "57", "--value", "3").ok()
    assert "57" not in dict(fs("due", "--unreported").rows)["阳城县"].split("、")


def test_a_late_figure_is_not_called_the_present_one(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "5.2").ok()
    out = fs("progress", "update", "16", "--value", "3.1", "--date", "2021-06-30").ok().out
    assert "达成率 86.7%（按 2021-09-30 报的 5.2）" in out


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (["5", "--value", "50"], ["5", "--dept", "城区", "--value", "90"], "只作记录"),
        (["1", "--percent", "55"], ["1", "--percent", "10"], "比此前报的 55% 低"),
        (["16", "--value", "5.2"], ["16", "--value", "9999"], "是目标 6 的 1666 倍"),
    ],
    ids=["whole-task-prevails", "percent-falls", "far-above"],
)
def test_what_looks_like_a_slip_is_recorded_with_a_caution(
    fs: Fs, first: list[str], second: list[str], words: str
) -> None:
    assert fs("progress", "update", *first).ok().err == ""
    run = fs("progress", "update", *second).ok()
    assert run.err.startswith("注意：")
    assert words in run.err


def test_the_unreported_are_spoken_of_only_while_there_are_any(fs: Fs) -> None:
    for indicator, value in (("2", "100"), ("3", "85")):
        assert "未报的按 0 计" in fs(
            "progress", "update", "16", "-i", indicator, "--value", value
        ).ok().out  # fmt: skip
    out = fs("progress", "update", "16", "--value", "5.2").ok().out
    assert "这项任务还有指标：核查处置率（已达标）" in out
    assert "未报的" not in out


def test_a_milestone_of_many_is_met_when_all_have_done_it(fs: Fs) -> None:
    fs.edit_plan("responsible: [市食安委成员单位, 各县（市、区）人民政府]\n        indicators:\n"
                 "          # 原文“11月20日前”",
                 "responsible: [市食安委成员单位, 各县（市、区）人民政府]\n        indicators:\n"
                 "          # 原文")  # fmt: skip
    update(fs, "55", "-i", "初评", "--dept", "市监局", "--done")
    assert shown(fs, 55)["indicators"][0]["met"] is False
    for county in ("城区", "泽州", "高平", "阳城", "陵川", "沁水"):
        update(fs, "55", "-i", "初评", "--dept", county, "--done")
    assert shown(fs, 55)["indicators"][0]["met"] is True


def test_dry_run_records_nothing_and_says_what_it_would(fs: Fs) -> None:
    answer = update(fs, "16", "--value", "5.2", "--dry-run")
    assert answer.startswith("试填（没有记录）：任务 16")
    assert "达成率 86.7%" in answer
    assert not fs.ledger.exists()
    assert fs("progress", "update", "16", "--value", "x", "--dry-run").code == 2


def test_the_answer_for_scripts(fs: Fs) -> None:
    update(fs, "16", "--value", "5.2")
    data = fs("progress", "update", "16", "--value", "5.5", "-f", "json").ok().data
    assert isinstance(data, dict)
    assert data["before"] == "食品检验量 5.2"
    assert data["value"] == 5.5
    assert data["other_indicators"] == ["核查处置率", "按时完成率"]
    assert data["id"] == lines(fs)[-1]["id"]


REFUSED = [
    (["16", "--value", "abc"], "“abc”不是数字"),
    (["16", "--value", ""], "不是数字"),
    (["16", "--value", "5,2"], "不是数字"),
    (["16", "--value", "1,200"], "请去掉，如 1200"),
    (["16", "5.2"], "数要写在选项后面，如 --value 5.2"),
    (["16", "--value", "1e3"], "不是数字"),
    (["16", "--value", "-1"], "“-1”是负数"),
    (["16", "--value", "inf"], "不是有限的数"),
    (["16", "--value", "NaN"], "不是有限的数"),
    (["16", "--value", "-Infinity"], "不是有限的数"),
    (["16", "--value", "1" * 30], "位数太多"),
    (["16", "-i", "按时完成率", "--value", "101"], "不能超过 100"),
    (["1", "--percent", "100.1"], "不能超过 100"),
    (["1", "--percent", "-5"], "负数"),
    (["1", "--value", "5"], "任务 1 没有指标，请用 --percent"),
    (["16", "--percent", "50"], "由指标算出（食品检验量、核查处置率、按时完成率）"),
    (["16", "--done"], "完成与否由数算出"),
    (["59", "--value", "1"], "是节点，只有完成与否"),
    (["16", "--value", "5", "--date", "2021-10-01"], "2021-10-01 还没有到"),
    (["16", "--value", "5", "--date", "2020-12-31"], "早于工作期开始"),
    (["16", "--value", "5", "--date", "昨日"], "不是日期"),
    (["16", "--value", "5", "--date", "9月30日"], "请写上年份"),
    (["16", "--value", "5", "-i", "9"], "没有叫“9”的指标（任务 16）"),
    (["60", "--value", "5"], "没有叫“60”的任务"),
    (["十六", "--value", "5"], "没有叫“十六”的任务序号"),
    (["16", "--value", "5", "-i", "检测量"], "您是不是要找：食品检验量"),
    (["16", "--value", "5", "-i", "率"], "对应不止一个"),
    (["1", "--percent", "5", "-i", "x"], "任务 1 没有指标"),
    (["16", "--value", "5", "--dept", "市教育局"], "任务 16 的括号里没有“市教育局”"),
    (["16", "--value", "5", "--dept", "不存在局"], "没有叫“不存在局”的单位"),
    (["34", "--percent", "5", "--dept", "各县"], "是一组单位，请写明是哪一个"),
    (["16"], "没有写要填报什么"),
    (["1", "--percent", "5", "--done"], "--percent、--done 只能用一个"),
    (["16", "--value", "5", "--note", " "], "--note"),
    (["16", "--value", "5", "--by", "\x1b[31m"], "控制字符"),
]


@pytest.mark.parametrize(("args", "words"), REFUSED, ids=lambda v: " ".join(v)[:40])
def test_bad_input_is_refused_with_a_reason(fs: Fs, args: list[str], words: str) -> None:
    run = fs("progress", "update", *args)
    assert (run.code, run.out) == (2, "")
    assert words in run.err
    assert run.err.startswith("错误：")
    assert not fs.ledger.exists()


def test_a_cumulative_figure_does_not_shrink(fs: Fs) -> None:
    update(fs, "16", "--value", "5.2", "--date", "2021-08-01")
    run = fs("progress", "update", "16", "--value", "5.1")
    assert run.code == 2
    assert "累计数 5.1 小于 2021-08-01 已报的 5.2" in run.err
    assert "--allow-decrease" in run.err
    late = fs("progress", "update", "16", "--value", "5.5", "--date", "2021-07-01")
    assert late.code == 2
    assert "大于后来 2021-08-01 已报的 5.2" in late.err
    update(fs, "16", "--value", "5.0", "--date", "2021-07-01")
    assert shown(fs, 16)["indicators"][0]["value"] == 5.2, "a late figure is not the latest"
    assert "食品检验量 5.1" in update(fs, "16", "--value", "5.1", "--allow-decrease")
    assert shown(fs, 16)["indicators"][0]["value"] == 5.1


def test_a_rate_may_fall_and_each_department_has_its_own_series(fs: Fs) -> None:
    update(fs, "16", "-i", "2", "--value", "99")
    update(fs, "16", "-i", "2", "--value", "90")
    update(fs, "5", "--dept", "阳城", "--value", "80")
    update(fs, "5", "--dept", "城区", "--value", "10")
    update(fs, "5", "--value", "5")


def test_an_undone_figure_does_not_stand_in_the_way(fs: Fs) -> None:
    update(fs, "16", "--value", "52")
    fs("progress", "undo", "--yes").ok()
    update(fs, "16", "--value", "5.2")


def test_undo_takes_back_the_last_and_shows_it(fs: Fs) -> None:
    update(fs, "1", "--percent", "10")
    update(fs, "1", "--percent", "20", "--note", "手误")
    run = fs("progress", "undo", "--yes").ok()
    assert "已撤销：任务 1 完成率 20%，手误，张三" in run.out
    assert "要撤销：任务 1 完成率 20%" in run.err
    assert shown(fs, 1)["completion"] == 10
    assert [entry["undone"] for entry in shown(fs, 1)["history"]] == [True, False]
    assert "完成率 20%（已撤销）" in fs("progress", "log").out
    assert "undo" in lines(fs)[-1]
    assert len(lines(fs)) == 3, "nothing is deleted"
    fs("progress", "undo", "--yes").ok()
    assert shown(fs, 1)["status"] == "未报"
    nothing = fs("progress", "undo", "--yes")
    assert nothing.code == 2
    assert "没有可以撤销的填报" in nothing.err


def test_undo_by_id_or_its_beginning(fs: Fs) -> None:
    update(fs, "1", "--percent", "10")
    update(fs, "1", "--percent", "20")
    first = lines(fs)[0]["id"]
    fs("progress", "undo", first[:8], "--yes").ok()
    assert shown(fs, 1)["completion"] == 20
    again = fs("progress", "undo", first, "--yes")
    assert (again.code, again.out) == (2, "")
    assert "已经撤销过了" in again.err
    assert fs("progress", "undo", "zzz", "--yes").code == 2


def test_undo_asks_and_a_script_must_say_yes(fs: Fs) -> None:
    update(fs, "1", "--percent", "10")
    run = fs("progress", "undo")
    assert (run.code, run.out) == (2, "")
    assert "--yes" in run.err
    assert len(lines(fs)) == 1


def test_log_newest_first(fs: Fs) -> None:
    update(fs, "16", "--value", "5.2", "--date", "2021-08-01", "--note", "八月")
    update(fs, "34", "--dept", "阳城", "--percent", "50")
    update(fs, "16", "-i", "3", "--value", "90", "--date", "2021-09-01")
    data = fs("progress", "log", "-f", "json").ok().data
    assert isinstance(data, list)
    assert [entry["task"] for entry in data] == [34, 16, 16]
    assert data[2]["note"] == "八月"
    assert len(fs("progress", "log", "16").ok().rows) == 3
    assert len(fs("progress", "log", "--dept", "阳城").ok().rows) == 2
    assert len(fs("progress", "log", "-n", "1").ok().rows) == 2
    assert fs("progress", "log", "-n", "0").code == 2


def test_the_shipped_plan_is_not_written_beside(anywhere: Fs) -> None:
    run = anywhere("progress", "update", "16", "--value", "5.2")
    assert (run.code, run.out) == (4, "")
    assert "fs init" in run.err
    assert anywhere("progress", "update", "16", "--value", "5.2", "--dry-run").code == 0


def test_init_then_report(anywhere: Fs) -> None:
    run = anywhere("init", "工作").ok()
    folder = anywhere.folder / "工作"
    assert run.out.count("新建") == 4
    assert (folder / ".gitattributes").read_text() == "progress.jsonl merge=union text eol=lf\n"
    working = Fs(folder, anywhere.env)
    assert working("check").ok().out == ""
    update(working, "16", "--value", "5.2")
    assert (folder / "progress.jsonl").exists()
    assert not (anywhere.folder / "progress.jsonl").exists()


def test_init_never_overwrites(anywhere: Fs) -> None:
    anywhere.plan.write_text("我的计划")
    (anywhere.folder / ".gitattributes").write_text("* text=auto\n")
    run = anywhere("init").ok()
    assert "已有，未动：plan.yaml" in run.out
    assert "merge=union" in run.err
    assert anywhere.plan.read_text() == "我的计划"
    assert (anywhere.folder / ".gitattributes").read_text() == "* text=auto\n"
    assert anywhere("init", "plan.yaml").code == 4


def test_a_figure_dated_after_the_year_is_taken_with_a_word(fs: Fs) -> None:
    run = fs("progress", "update", "16", "--value", "6", FS_TODAY="2022-03-01").ok()
    assert "在工作期（到 2021-12-31）之后；补报请加 --date" in run.err
    assert "数据日期 2022-03-01" in run.out
