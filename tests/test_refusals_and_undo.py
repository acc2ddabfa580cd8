"""`fs progress update` refused, `fs progress undo`: what is said, what is left as it was."""

import pytest

from tests.conftest import Fs


def update(fs: Fs, *args: str) -> str:
    """The answer of an update that must succeed."""
    return fs("progress", "update", *args).ok().out


REFUSED = [
    (["16", "--value", "abc"], "“abc”不是数字"),
    (["16", "--value", ""], "不是数字"),
    (["16", "--value", " "], "不是数字"),
    (["16", "--value", "5₂"], "不是数字"),
    (["16", "--value", "⑤"], "不是数字"),
    (["16", "--value", "5²"], "不是数字"),
    (["16", "--value", "5％"], "单位是批次/千人，不是百分比，请去掉 %"),
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
    (["抽检", "--value", "5"], "没有叫“抽检”的任务序号"),
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
    assert fs.thing("show", "16")["indicators"][0]["value"] == 5.2, "not the latest"
    assert "食品检验量 5.1" in update(fs, "16", "--value", "5.1", "--allow-decrease")
    assert fs.thing("show", "16")["indicators"][0]["value"] == 5.1


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
    assert fs.thing("show", "1")["completion"] == 10
    assert [entry["undone"] for entry in fs.thing("show", "1")["history"]] == [True, False]
    assert "完成率 20%（已撤销）" in fs("progress", "log").out
    assert "undo" in fs.reported()[-1]
    assert len(fs.reported()) == 3, "nothing is deleted"
    fs("progress", "undo", "--yes").ok()
    assert fs.thing("show", "1")["status"] == "未报"
    nothing = fs("progress", "undo", "--yes")
    assert nothing.code == 2
    assert "没有可以撤销的填报" in nothing.err


def test_undo_by_id_or_its_beginning(fs: Fs) -> None:
    update(fs, "1", "--percent", "10")
    update(fs, "1", "--percent", "20")
    first = fs.reported()[0]["id"]
    fs("progress", "undo", first[:8], "--yes").ok()
    assert fs.thing("show", "1")["completion"] == 20
    again = fs("progress", "undo", first, "--yes")
    assert (again.code, again.out) == (2, "")
    assert "已经撤销过了" in again.err
    assert fs("progress", "undo", "zzz", "--yes").code == 2


def test_undo_asks_and_a_script_must_say_yes(fs: Fs) -> None:
    update(fs, "1", "--percent", "10")
    run = fs("progress", "undo")
    assert (run.code, run.out) == (2, "")
    assert "--yes" in run.err
    assert len(fs.reported()) == 1


def test_a_log_without_own_reports_says_where_the_others_are(fs: Fs) -> None:
    update(fs, "16", "--value", "5.2")
    run = fs("progress", "log", "-d", "市监局", "-f", "table").ok()
    assert "没有“市市场监督管理局”自己填报的记录；为整个任务填报的，不写 --dept 就看得到" in run.out


def test_a_log_shows_the_last_few_also_of_those_the_plan_has_a_place_for(fs: Fs) -> None:
    for percent in ("10", "20", "30"):
        update(fs, "1", "--percent", percent)
    line = fs.ledger.read_text("utf-8").splitlines()[-1].replace('"task":1', '"task":99')
    fs.ledger.write_text(fs.ledger.read_text("utf-8") + line.replace('"id":"', '"id":"0') + "\n")
    rows = fs("progress", "log", "-n", "2", "--no-header", "-c", "figure").ok().rows
    assert rows == [["完成率 30%"], ["完成率 20%"]]


def test_a_departments_figure_beside_the_whole_tasks_is_told_apart(fs: Fs) -> None:
    update(fs, "16", "--value", "5.2")
    out = update(fs, "16", "-d", "市监局", "--value", "5.9")
    assert "此前：食品检验量 5.2" in out, "the only body that answers speaks for all"
    assert "达成率 98.3%" in out
