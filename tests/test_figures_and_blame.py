"""Whose figure is the cause, what a bureau's count covers, and what else was told wrongly."""

import json

import pytest

from tests.conftest import Fs
from tests.test_signed_figures import BASES, amended, update

TWO = """\
title: 试验安排
document_number: 某政办〔2021〕1号
issuer: 某市人民政府办公室
issued_on: 2021-01-05
period: {start: 2021-01-01, end: 2021-12-31}
departments: [{name: 东县}, {name: 西县}]
sections:
  - number: 1
    title: 一
    tasks:
      - id: 1
        title: 一号
        text: 一号。合格率达到97%；投诉控制在10件以内。
        responsibility: 东县、西县负责
        responsible: [东县, 西县]
        indicators:
          - {name: 合格率, quote: 合格率达到97%, kind: rate, target: 97, unit: "%"}
          - name: 投诉
            quote: 投诉控制在10件以内
            kind: cumulative
            target: 10
            unit: 件
            at_most: true
"""
SPLIT = (
    "{市市场监督管理局: 2000, 城区: 1200, 泽州县: 800, 高平市: 720, 阳城县: 560, "
    "陵川县: 404, 沁水县: 316}"
)


def report(fs: Fs, indicator: str, body: str, value: str) -> None:
    fs("progress", "update", "1", "-i", indicator, "--dept", body, "--value", value).ok()


def test_a_letter_names_what_its_own_department_lacks(fs: Fs) -> None:
    fs.plan.write_text(TWO, "utf-8")
    for indicator, body, value in (
        ("合格率", "东县", "98"),
        ("合格率", "西县", "60"),
        ("投诉", "东县", "40"),
        ("投诉", "西县", "0"),
    ):
        report(fs, indicator, body, value)
    to_east, to_west = (
        fs("letter", "write", "1", "--kind", "督办", "--message").ok().out.split("\n\n")
    )
    assert "主要是“投诉”（40/10）" in to_east
    assert "主要是“合格率”" in to_west
    assert "投诉" not in to_west
    report(fs, "合格率", "西县", "98")
    run = fs("letter", "write", "1", "--kind", "督办", "--message").ok()
    assert "西县" not in run.out
    assert "没有写给西县" in run.err


def with_a_bureau(fs: Fs) -> None:
    """Task 16 as `fs split 16 --keep` shares it out: the bureau counts for all counties."""
    fs.edit_plan("\ndepartments:", f"{BASES}departments:")
    fs.edit_plan(
        "unit: 批次/千人\n",
        f"unit: 批次/千人\n            per: 常住人口\n            split: {SPLIT}\n",
    )


def test_a_bureau_that_counts_for_all_leaves_no_countys_open(fs: Fs) -> None:
    with_a_bureau(fs)
    of_all = "2000/1000"  # of 6000: a third
    out = update(fs, "16", "-i", "食品检验量", "--dept", "市市场监督管理局", "--value", of_all)
    assert "达成率 33.3%" in out
    first = fs.thing("show", "16")["completion"]
    assert first == 11.11, "a third of one of three indicators"
    update(fs, "16", "-i", "食品检验量", "--dept", "城区", "--value", "0/300")
    assert fs.thing("show", "16")["completion"] == first, "a report of nothing changes nothing"


CHECKS = ("16", "-i", "食品检验量")
BUREAU = ("--dept", "市市场监督管理局")


def checked(fs: Fs) -> object:
    """What the departments' figures of task 16 make per thousand inhabitants."""
    return next(i["value"] for i in fs.thing("show", "16")["indicators"] if i["name"] == CHECKS[2])


def test_a_figure_for_the_whole_has_the_bureaus_count_in_it(fs: Fs) -> None:
    with_a_bureau(fs)
    update(fs, *CHECKS, "--value", "3", "--date", "2021-06-10")
    update(fs, *CHECKS, *BUREAU, "--value", "1100/1000", "--date", "2021-06-12")
    assert checked(fs) == 3
    update(fs, *CHECKS, "--dept", "城区", "--value", "2", "--date", "2021-06-13")
    assert checked(fs) == 2.7, "(2×300 + 3×700) ÷ 1000"


def test_a_bureaus_count_is_in_a_later_figure_for_the_whole(fs: Fs) -> None:
    with_a_bureau(fs)
    update(fs, *CHECKS, *BUREAU, "--value", "1100/1000", "--date", "2021-06-10")
    update(fs, *CHECKS, "--value", "3", "--date", "2021-06-12")
    update(fs, *CHECKS, "--dept", "城区", "--value", "2", "--date", "2021-06-13")
    assert checked(fs) == 2.7


def test_a_bureaus_ratio_is_one_of_all_inhabitants(fs: Fs) -> None:
    with_a_bureau(fs)
    for county in ("城区", "泽州县", "高平市", "阳城县", "陵川县", "沁水县"):
        update(fs, *CHECKS, "--dept", county, "--value", "2")
    out = update(fs, *CHECKS, *BUREAU, "--value", "0.8")
    assert "简单平均" not in out
    assert checked(fs) == 2.8


def test_who_is_silent_makes_as_much_difference_as_who_reports_nothing(fs: Fs) -> None:
    with_a_bureau(fs)
    update(fs, *CHECKS, "--dept", "城区", "--value", "6")
    first = fs.thing("show", "16")["completion"]
    assert first == 10, "300 of 1000 inhabitants, one of three indicators"
    for county in ("泽州县", "高平市", "阳城县", "陵川县", "沁水县"):
        update(fs, *CHECKS, "--dept", county, "--value", "0")
        assert fs.thing("show", "16")["completion"] == first


def test_a_count_is_asked_for_with_what_it_was_counted_of(fs: Fs) -> None:
    with_a_bureau(fs)
    args = ("progress", "update", "16", "-i", "食品检验量", "--dept", "市市场监督管理局")
    run = fs(*args, "--value", "2000")
    assert (run.code, "请加 --of 1000（常住人口；" in run.err) == (2, True)
    fs(*args, "--value", "2000", "--of", "1000").ok()


def test_each_of_several_conditions_is_told(fs: Fs) -> None:
    fs("progress", "update", "1", "--percent", "5").ok()
    run = fs("progress", "--fail-on", "红,灰")
    assert run.code == 1
    assert "亮红灯的任务有 1 项：1" in run.err
    assert "亮灰灯的任务有 58 项" in run.err


def test_steps_are_told_in_their_order_whatever_that_of_the_lines(fs: Fs) -> None:
    fs("progress", "update", "20", "--value", "120").ok()
    fs("signoff", "apply", "20", "--evidence", "文1号").ok()
    fs("signoff", "accept", "20", "--by", "李四").ok()
    lines = fs.ledger.read_bytes().splitlines(keepends=True)
    fs.ledger.write_bytes(b"".join(reversed(lines)))
    steps = json.loads(fs("show", "20", "-f", "json").ok().out)["steps"]
    assert [step["step"] for step in steps] == ["apply", "accept"]


def test_a_rubric_may_name_departments_as_they_were_called(office: Fs) -> None:
    verbatim = ("text:", "responsibility:", "quote:", "title:")
    lines = [
        line if line.strip().startswith(verbatim) else line.replace("市公安局", "市公安总局")
        for line in office.plan.read_text("utf-8").splitlines(keepends=True)
    ]
    office.plan.write_text("".join(lines), "utf-8")
    office.edit_plan("{name: 市公安总局, aliases: [", "{name: 市公安总局, aliases: [市公安局, ")
    assert "市公安总局" in {row["department"] for row in office.objects("score")}


def test_the_mean_of_each_is_called_one(fs: Fs) -> None:
    fs.plan.write_text(TWO.replace("at_most: true", "each: true"), "utf-8")
    report(fs, "投诉", "东县", "12")
    args = ("progress", "update", "1", "-i", "投诉", "--dept", "西县", "--value", "4")
    out = fs(*args).ok().out
    assert "各单位平均是 8 件" in out
    assert "各单位合起来是" not in out


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["signoff", "同意", "20"], "请写：fs signoff accept"),
        (["extension", "批准", "19"], "请写：fs extension grant"),
    ],
)
def test_what_the_office_calls_a_step_leads_to_it(fs: Fs, args: list[str], hint: str) -> None:
    run = fs(*args)
    assert (run.code, hint in run.err) == (2, True)


def test_tasks_may_be_listed_with_commas(fs: Fs) -> None:
    run = fs("letter", "write", "17,18", "--kind", "督办", "--dry-run").ok()
    assert {"17", "18"} <= {row[-1] for row in run.rows} | set(run.out.replace(",", "\t").split())


def test_who_comes_later_is_told_from_when_on(fs: Fs) -> None:
    amended(fs, "effective: 2021-09-01, task: 34, responsible: [市商务局]")
    run = fs(
        "progress", "update", "34", "--dept", "市商务局", "--percent", "5", "--date", "2021-08-01"
    )
    assert (run.code, "自 2021-09-01 起才由它承担" in run.err) == (2, True)
    run = fs("progress", "update", "16", "--dept", "市卫生健康委", "--value", "5")
    assert "城区" in run.err, "who reports it besides"


def test_nothing_to_count_that_was_signed_off_is_over(fs: Fs) -> None:
    one, _, _ = TWO.partition("          - name: 投诉\n")
    fs.plan.write_text(f"{one}closing: {{required: true}}\n", "utf-8")
    for body in ("东县", "西县"):
        report(fs, "合格率", body, "0/0")
        assert fs.thing("show", "1")["status"] != "已完成"
        fs("signoff", "apply", "1", "--dept", body, "--evidence", "文1号").ok()
        fs("signoff", "accept", "1", "--dept", body, "--by", "李四").ok()
    assert fs.thing("show", "1")["status"] == "已完成"


def test_a_department_is_told_how_it_stands_by_its_own_share(fs: Fs) -> None:
    fs.plan.write_text(TWO.replace("at_most: true", "split: {东县: 6, 西县: 4}"), "utf-8")
    args = ("progress", "update", "1", "-i", "投诉", "--dept", "东县", "--value", "3")
    out = fs(*args).ok().out
    assert "  目标：10 件，达成率 30.0%" in out
    assert "  本单位分到：6 件，达成率 50.0%" in out


def test_where_one_of_each_cannot_be_told_no_range_is(fs: Fs) -> None:
    fs.plan.write_text(TWO.replace("at_most: true", "each: true"), "utf-8")
    for body, value, day in (
        ("东县", "4", "2021-03-31"),
        ("西县", "8", "2021-04-30"),
        ("东县", "8", "2021-06-30"),
        ("东县", "12", "2021-08-31"),
    ):
        args = ("progress", "update", "1", "-i", "投诉", "--dept", body, "--value", value)
        fs(*args, "--date", day).ok()
    row = next(one for one in fs.objects("forecast") if one["name"] == "投诉")
    assert (row["outlook"], row["low"], row["high"]) == ("数据不足", None, None)
