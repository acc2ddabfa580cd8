"""`fs progress update` and `log`, `fs init`: what is recorded, what is said."""

import pytest

from tests.conftest import Fs


def update(fs: Fs, *args: str) -> str:
    """The answer of an update that must succeed."""
    return fs("progress", "update", *args).ok().out


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
    (line,) = fs.reported()
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
    assert fs.thing("show", "16")["indicators"][0]["value"] == 5.2


def test_percent_done_and_words(fs: Fs) -> None:
    assert "完成率 60%" in update(fs, "1", "--percent", "60％")
    assert fs.thing("show", "1")["completion"] == 60
    assert "已完成" in update(fs, "1", "--done")
    assert fs.thing("show", "1")["status"] == "已完成"
    assert "年度报告 已完成" in update(fs, "59", "--done")
    assert fs.thing("show", "59")["completion"] == 100
    update(fs, "3", "--note", "正在推进")
    assert fs.thing("show", "3")["status"] == "推进中", "words alone are a report too"
    assert fs.thing("show", "3")["completion"] == 0
    update(fs, "16", "--problems", "缺人")
    assert fs.thing("show", "16")["indicators"][0]["value"] is None


def test_a_department_reports_its_own_part(fs: Fs) -> None:
    update(fs, "34", "--dept", "阳城", "--percent", "60")
    assert fs.thing("show", "34")["completion"] == 10, "the five that have not reported count 0"
    update(fs, "34", "--dept", "泽州", "--percent", "30")
    assert fs.thing("show", "34")["completion"] == 15
    update(fs, "34", "--percent", "50")
    assert fs.thing("show", "34")["completion"] == 50, "a figure for the whole task goes first"


def test_department_figures_make_the_indicators(fs: Fs) -> None:
    update(fs, "5", "--dept", "阳城", "--value", "80")
    update(fs, "5", "--dept", "城区", "--value", "60")
    assert fs.thing("show", "5")["indicators"][0]["value"] == 70, "shares are averaged"
    for county in ("城区", "阳城", "陵川"):
        update(fs, "55", "-i", "示范县", "--dept", county, "--value", "1")
    indicator = fs.thing("show", "55")["indicators"][1]
    assert (indicator["value"], indicator["met"]) == (3, True), "counts add up"
    assert indicator["departments"] == ["城区", "阳城县", "陵川县"]


def test_an_average_says_whom_it_lacks_and_they_are_still_reminded(fs: Fs) -> None:
    out = fs("progress", "update", "57", "--dept", "城区", "--value", "3").ok().out
    assert "已报 1/6，还没有报的按 0 计：泽州县、高平市、阳城县、陵川县、沁水县" in out
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
    assert "达成率 86.7%（按 2021-09-30 报的 5.2 批次/千人）" in out


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (["42", "--value", "50"], ["42", "--dept", "市教育局", "--value", "60"], "只作记录"),
        (["1", "--percent", "55"], ["1", "--percent", "10"], "比此前报的 55% 低"),
        (
            ["16", "--value", "5.2"],
            ["16", "--value", "66"],
            "是目标 6 的 11 倍、此前报的 5.2 的 12 倍",
        ),
    ],
    ids=["not-a-reporter", "percent-falls", "far-above"],
)
def test_what_looks_like_a_slip_is_recorded_with_a_caution(
    fs: Fs, first: list[str], second: list[str], words: str
) -> None:
    assert fs("progress", "update", *first).ok().err == ""
    run = fs("progress", "update", *second).ok()
    assert run.err.startswith("注意：")
    assert words in run.err


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        ("59.9", 0, ""),
        ("60", 0, "60 是目标 6 的 10 倍"),
        ("599.9", 0, "599.9 是目标 6 的 99 倍"),
        ("600", 2, "100 倍"),
    ],
)
def test_ten_times_the_target_is_told_and_a_hundred_times_refused(
    fs: Fs, value: str, code: int, words: str
) -> None:
    run = fs("progress", "update", "16", "--value", value)
    assert run.code == code
    assert words in run.err
    assert bool(run.err) == bool(words)


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
    fs.edit_plan("kind: milestone\n          # 三个县", "kind: milestone\n            reported_by: "
                 "[市市场监督管理局, 各县]\n          # 三个县")  # fmt: skip
    fs.edit_plan("reported_by: [市市场监督管理局, 各县]", "reported_by: [市市场监督管理局, "
                 "各县（市、区）人民政府]")  # fmt: skip
    update(fs, "55", "-i", "初评", "--dept", "市监局", "--done")
    assert fs.thing("show", "55")["indicators"][0]["met"] is False
    for county in ("城区", "泽州", "高平", "阳城", "陵川", "沁水"):
        update(fs, "55", "-i", "初评", "--dept", county, "--done")
    assert fs.thing("show", "55")["indicators"][0]["met"] is True


def test_a_sole_lead_speaks_for_all(fs: Fs) -> None:
    update(fs, "55", "-i", "初评", "--dept", "市监局", "--done")
    assert fs.thing("show", "55")["indicators"][0]["met"] is True


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
    assert data["id"] == fs.reported()[-1]["id"]


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
    working = anywhere.at(folder)
    assert working("check").ok().out == ""
    update(working, "16", "--value", "5.2")
    assert (folder / "progress.jsonl").exists()
    assert not (anywhere.folder / "progress.jsonl").exists()


def test_init_after_the_year_says_whose_year_the_plan_is(anywhere: Fs) -> None:
    told = "工作期已于 2021-12-31 结束；本年的用 fs import 通知文件 起草"
    assert told in anywhere("init", "later", FS_TODAY="2022-03-01").err
    assert told not in anywhere("init", "within", FS_TODAY="2021-12-31").err
    assert told not in anywhere("init", "later", FS_TODAY="2022-03-01").err  # was there


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
    assert "在工作期（到 2021-12-31）之后；补报请写明数据日期" in run.err
    assert "数据日期 2022-03-01" in run.out


def test_pairs_of_indicators_and_figures_are_recorded_as_pairs(fs: Fs) -> None:
    pairs = ("-i", "1", "--value", "5.2", "-i", "核查处置率", "--value", "98/99")
    run = fs("progress", "update", "16", *pairs, "--note", "抽检顺利").ok()
    (line,) = fs.reported()
    first, second = line["entries"]
    assert (first["indicator"], first["value"], first["note"]) == ("食品检验量", 5.2, "抽检顺利")
    assert (second["indicator"], second["count"], second["of"]) == ("核查处置率", 98, 99)
    assert "note" not in second
    assert run.out.count("已记录：") == 2
    assert run.out.count("fs progress undo") == 1


def test_of_pairs_all_are_recorded_or_none(fs: Fs) -> None:
    pairs = ("-i", "1", "--value", "5.3", "-i", "3", "--value", "99")
    rows = fs.objects("progress", "update", "16", *pairs)
    assert [row["indicator"] for row in rows] == ["食品检验量", "按时完成率"]
    before = fs.ledger.read_bytes()
    less = ("-i", "3", "--value", "99", "-i", "1", "--value", "5.1")
    assert fs("progress", "update", "16", *less).code == 2
    assert fs.ledger.read_bytes() == before


def test_the_answer_names_who_has_not_reported_the_same_figure(fs: Fs) -> None:
    fs("progress", "update", "16", "--dept", "城区", "--value", "3").ok()
    run = fs("progress", "update", "16", "-i", "核查处置率", "--value", "90").ok()
    assert run.err == ""
    assert "还没有报的" not in run.out
    run = fs("progress", "update", "16", "--note", "正在办").ok()
    assert (run.err, "还没有报的" in run.out) == ("", False)
    run = fs("progress", "update", "16", "--dept", "阳城县", "--value", "4").ok()
    assert "已报 2/6，还没有报的按 0 计：泽州县、高平市、陵川县、沁水县" in run.out
