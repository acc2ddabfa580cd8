"""Points that were taken off as letters with a day by which to mend (fs score letter)."""

import json

import pytest

from tests.conftest import Fs
from tests.test_letters import files, written

RUBRIC = """title: 细则
base: 30
series: [{name: 县, members: [阳城县, 高平市]}]
grades: [{name: A, least: 25}, {name: B, least: 0}]
items:
  - {id: "1.1", title: 销号质量, points: 10, rule: {kind: each, of: returns, per: 1}}
  - {id: "1.2", title: 工作机制, points: 10, rule: {kind: marked}}
  - {id: "1.3", title: 函件反馈, points: 10, rule: {kind: each, of: unanswered, per: 5}}
  - {id: "减1", title: 被通报, points: 5, effect: deduct, rule: {kind: each, of: marked, per: 2}}
"""


@pytest.fixture
def scored(fs: Fs) -> Fs:
    """Yangcheng lost 6 points of 1.2 and 2 by 减1; Gaoping has not been marked for 1.2."""
    (fs.folder / "scoring.yaml").write_text(RUBRIC, "utf-8")
    fs.env["FS_TODAY"] = "2022-01-10"
    fs("score", "mark", "1.2", "--dept", "阳城县", "--points", "4", "--by", "王").ok()
    fs("score", "mark", "减1", "--dept", "阳城县", "--count", "1", "--by", "王").ok()
    return fs


def letters(fs: Fs) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(fs("letter", "-f", "json").ok().out)
    return found


def test_each_deduction_becomes_a_letter_with_a_day(scored: Fs) -> None:
    run = scored(
        *("score", "letter", "--dept", "阳城县", "--reply-by", "2022-02-28"),
        *("--signer", "李四", "-o", "整改"),
    ).ok()
    assert run.out == (
        "已写好 2 份：晋市食安办督〔2022〕1—2号（阳城县 细则1.2，阳城县 细则减1）。"
        "已记入台账，等反馈。\n"
    )
    assert "还没有公布" in run.err
    first, second = files(scored, "整改")
    words = written(scored, first, "整改")
    for part in (
        "督办单",
        "李四",
        "阳城县：",
        "第1.2项“工作机制”（10分）：失6.00分",
        "2022年2月28日前",
    ):
        assert part in words, part
    assert "第减1项“被通报”（5分）：失2.00分" in written(scored, second, "整改")
    assert [(one["item"], one["tasks"]) for one in letters(scored)] == [("1.2", []), ("减1", [])]


def test_an_unmarked_item_lost_nothing_and_nobody_is_written_to_twice(scored: Fs) -> None:
    assert json.loads(scored("score", "letter", "1.2", "--dry-run", "-f", "json").ok().out) == [
        {
            "number": "晋市食安办督〔2022〕1号",
            "department": "阳城县",
            "tasks": [],
            "item": "1.2",
            "titles": ["工作机制"],
            "reply_by": "2022-02-09",
            "file": "",
            "id": None,
        }
    ]
    scored("score", "letter", "1.2", "-o", "整改").ok()
    run = scored("score", "letter", "1.2", "-o", "整改").ok()
    assert "没有要发函的" in run.out
    assert len(letters(scored)) == 1
    scored("score", "letter", "1.2", "--again", "-o", "整改").ok()
    assert len(letters(scored)) == 2


def test_it_is_answered_by_word_told_in_the_log_and_takes_off_no_points(scored: Fs) -> None:
    before = scored("score", "-f", "json").ok().out
    scored("score", "letter", "1.2", "-o", "整改").ok()
    scored.env["FS_TODAY"] = "2022-03-10"
    assert letters(scored)[0]["late"] is True
    assert scored("score", "-f", "json").ok().out == before
    assert "评分细则 1.2；请于 2022-02-09 前反馈" in scored("log").ok().out
    scored("letter", "answered", "1号", "--note", "来文").ok()
    assert letters(scored)[0]["answered"] == "2022-03-10"
    assert scored("check").code == 0


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "没有写给谁"),
        (("9.9",), "没有叫“9.9”的考核内容"),
        (("1.2",), "请写把函放到哪个文件夹"),
        (("1.2", "--reply-by", "2022-01-10", "-o", "x"), "要晚于今天"),
        (("1.2", "--dept", "市公安局", "-o", "x"), "不在评分细则的任何一个系列里"),
    ],
)
def test_what_cannot_be_meant_is_refused(scored: Fs, args: tuple[str, ...], words: str) -> None:
    ledger = (scored.folder / "progress.jsonl").read_bytes()
    run = scored("score", "letter", *args)
    assert (run.code, words in run.err) == (2, True), run.err
    assert (scored.folder / "progress.jsonl").read_bytes() == ledger
    assert not (scored.folder / "x").exists()


def test_the_log_tells_marks_flags_and_publications(scored: Fs) -> None:
    rows = scored.objects("log", "--dept", "阳城县")
    assert [row["figure"] for row in rows] == ["评分 减1 复核 1 次", "评分 1.2 复核 4 分"]
    assert all(row["id"] for row in rows)
