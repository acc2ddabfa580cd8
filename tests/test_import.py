"""`fs import`: the command as typed, what it writes, what it says, what it refuses."""

import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from docx import Document

from foodsafety_cli.model.errors import FileUnreadable
from tests.conftest import Fs
from tests.limits import calls_of, in_ci, seconds_of_work
from tests.notice.made import drafted

NOTICE = """\
某市人民政府办公室关于印发某市2021年重点工作安排的通知
某政办〔2021〕8号
各县（市、区）人民政府：
一、加强监管
1.完成650批次抽检任务（含快检），覆盖率达到65%以上。〔市市场监管局牵头，市公安局等部门配合〕
2.做好宣传。（市委宣传部、各县（市、区）人民政府负责）
3.高度重视。
二、保障
4.年底前完成改造。〔市住建局负责，市市场监督管理局〕
"""


@pytest.fixture
def desk(anywhere: Fs) -> Fs:
    """A folder with a notice in it and no plan."""
    (anywhere.folder / "通知.txt").write_text(NOTICE, "utf-8")
    return anywhere


def test_a_notice_becomes_a_plan_that_is_used_at_once(desk: Fs) -> None:
    run = desk("import", "通知.txt", "-o", "plan.yaml").ok()
    assert run.out == ""
    assert "已起草 plan.yaml" in run.err
    assert desk("check").ok().out.count("\n") == 1, "what is to be reviewed, and nothing else"
    assert [row[0] for row in desk("tasks").ok().rows] == ["id", "1", "2", "4"]
    assert desk.thing("show", "1")["support"] == ["市公安局"]
    desk("progress", "update", "1", "-i", "1", "--value", "5", "--date", "2021-09-01").ok()
    assert desk.thing("show", "1", "--as-of", "2021-09-10")["status"] == "推进中"


def test_people_are_told_what_was_covered(desk: Fs) -> None:
    told = desk("import", "通知.txt", "-o", "plan.yaml").ok().err.splitlines()
    assert told[0] == "编号条目 4 个：有责任单位 3 个，没有 1 个"
    assert told[1] == "  第 7 行 3.高度重视。"
    assert told[2] == "任务 3 项，责任括号 3 处，指标 2 个"
    assert "  第 5 行（含快检）" in told


def test_scripts_are_told_in_json(desk: Fs) -> None:
    run = desk("import", "通知.txt", "--report", "json").ok()
    report = json.loads(run.out)
    assert {key: report[key] for key in ("items", "tasks", "brackets", "indicators")} == {
        "items": 4,
        "tasks": 3,
        "brackets": 3,
        "indicators": 2,
    }
    assert report["with_responsibility"] == 3
    assert report["without_responsibility"] == [{"line": 7, "text": "3.高度重视。"}]
    assert report["brackets_rejected"] == [{"line": 5, "text": "含快检"}]
    assert report["departments"][0] == "市市场监管局"
    assert [doubt["name"] for doubt in report["doubtful"]] == ["各县（市、区）人民政府"]
    assert not (desk.folder / "plan.yaml").exists(), "only the report was asked for"


def test_without_a_file_the_draft_goes_to_stdout(desk: Fs) -> None:
    run = desk("import", "-", stdin=NOTICE).ok()
    assert run.out.startswith("# yaml-language-server")
    assert "title: 某市2021年重点工作安排\n" in run.out
    (desk.folder / "plan.yaml").write_text(run.out, "utf-8")
    assert "[pending-review]" in desk("check").ok().out


def test_what_is_still_to_be_reviewed_is_counted_and_listed(desk: Fs) -> None:
    desk("import", "通知.txt", "-o", "plan.yaml").ok()
    marked = [n for n, line in enumerate((desk.folder / "plan.yaml").read_text().split("\n"), 1)
              if "待核" in line][1:]  # fmt: skip
    run = desk("check").ok()
    assert f"还有 {len(marked)} 处待核" in run.out
    listed = desk.objects("check", "--pending")
    assert [row["line"] for row in listed] == marked
    strict = desk("check", "--strict")
    assert (strict.code, f"还有 {len(marked)} 处待核" in strict.err) == (1, True)
    draft = (desk.folder / "plan.yaml").read_text("utf-8")
    (desk.folder / "plan.yaml").write_text(draft.replace("待核", "已核"), "utf-8")
    assert desk("check", "--strict").ok().out == ""


def test_what_is_guessed_is_marked(desk: Fs) -> None:
    out = desk("import", "通知.txt").ok().out
    assert "# 待核：括号里有“等”，单位没有列全" in out
    assert "# 待核：没有认出成文日期" in out
    assert "- name: 抽检任务（含快检）   # 待核" in out
    assert "  - {name: 市住建局" in out


def test_a_word_document(desk: Fs) -> None:
    document = Document()
    for line in NOTICE.splitlines():
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    (desk.folder / "通知.docx").write_bytes(file.getvalue())
    desk("import", "通知.docx", "-o", "plan.yaml").ok()
    from_text = drafted(NOTICE).plan
    assert [row["text"] for row in desk.objects("tasks")] == [t.text for _, t in from_text.tasks()]


def test_a_text_in_which_nobody_is_responsible(desk: Fs) -> None:
    (desk.folder / "意见.txt").write_text("一、总则\n1.高度重视。\n2.抓好落实。\n", "utf-8")
    run = desk("import", "意见.txt", "-o", "plan.yaml")
    assert (run.code, run.out) == (1, "")
    assert "没有找到责任单位" in run.err
    assert not (desk.folder / "plan.yaml").exists()


def test_what_is_there_is_never_covered_unasked(desk: Fs) -> None:
    desk.plan.write_text("title: 旧的\n", "utf-8")
    run = desk("import", "通知.txt", "-o", "plan.yaml")
    assert (run.code, run.out) == (4, "")
    assert "已经有了" in run.err
    assert desk.plan.read_text("utf-8") == "title: 旧的\n"
    desk("import", "通知.txt", "-o", "plan.yaml", "--force").ok()
    assert "重点工作安排" in desk.plan.read_text("utf-8")


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["没有.txt"], 3, "通知 没有.txt 读不出来"),
        (["."], 3, "读不出来"),
        (["图.png"], 3, "不是文字"),
        (["空.txt"], 1, "没有找到责任单位"),
        (["通知.txt", "-o", "通知.txt", "--force"], 2, "就是通知本身"),
        (["通知.txt", "-o", "没有/plan.yaml"], 4, "写不进去"),
        (["通知.txt", "--report", "xml"], 2, "可用：text、json"),
        ([], 2, "缺少参数"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_is_refused(desk: Fs, args: list[str], code: int, words: str) -> None:
    (desk.folder / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(999))
    (desk.folder / "空.txt").write_bytes(b"")
    run = desk("import", *args)
    assert (run.code, run.out) == (code, "")
    assert words in run.err
    assert "Traceback" not in run.err


HOSTILE = {
    "opening brackets": "1.{}".format("（" * 300_000),
    "nested brackets": "1.{}{}".format("（〔" * 100_000, "〕）" * 100_000),
    "one long bracket": "1.加强。〔{}〕".format("持续市公安局等" * 60_000),
    "commas": "1.{}".format("，、；" * 200_000),
    "no stops": "1.{}".format("完成5个达到3%" * 60_000),
    "labels": "1.加强\n{}".format("责任单位：市公安局\n" * 50_000),
    "numbers": "一、二、1.（一）" * 60_000,
    "short lines": "1.加强\n{}".format("监管\n" * 200_000),
    "headings": "{}\n关于{}\n1.加强。（市公安局负责）".format("印发" * 200_000, "关于" * 200_000),
    "figures": "1.{}完成。（市公安局负责）".format(
        "".join(f"检查企业{n}家，" for n in range(1, 50_000))
    ),
    "lines in brackets": "（市公安局负责）\n" * 50_000,
    "blank lines": "1.加强。{}（市公安局负责）".format("\n" * 2_000_000),
    "pasted heads": "序号\n任务\n责任单位\n做好\n" * 40_000,
    "strokes": "序号 | 任务 | 责任单位 |\n" * 40_000,
    "heads with blanks": "序号 工作任务 责任单位\n" * 40_000,
    "duties": "县教育局负责食堂；县公安局负责治安。由县财政局负责，\n" * 8_000,
    "begun duties": "由某某的人负责某某" * 60_000,
    "bodies": "1.加强。（{}负责）".format("、".join(f"市第{n}局" for n in range(200))) * 500,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_megabytes_of_one_thing_take_no_time_beyond_reason(kind: str) -> None:
    text = HOSTILE[kind]
    with seconds_of_work(20):  # an hour, were it quadratic
        drafted(text[: len(text) // in_ci(1, 10)])


@pytest.mark.parametrize(
    "text",
    [
        "1.清淤。（市水利局负责）\n" * 250_001,
        "序号,任务,责任单位\n" + "1,清淤,市水利局\n" * 50_001,
        "|序号|任务|责任单位|\n" + "|1|清淤|市水利局|\n" * 50_001,
    ],
    ids=["lines", "rows", "rows of Markdown"],
)
def test_what_is_longer_than_any_notice_is_refused(text: str) -> None:
    with seconds_of_work(20), pytest.raises(FileUnreadable, match=r"行以上，不像是.*请只留"):
        drafted(text)


def body(tasks: int) -> str:
    return "".join(
        f"{n % 60 + 1}.加强第{n}项监管。完成{n + 1}批次任务（含复查），覆盖率达到85%以上。"
        f"〔市公安局牵头，市教育局、市第{n % 50}局按职责分工负责〕\n"
        for n in range(tasks)
    )


def labelled(tasks: int) -> str:
    return "1.加强监管\n" + "做好此事。\n牵头单位：市公安局\n完成时限：11月底前\n" * tasks


@pytest.mark.parametrize("text", [body, labelled])
def test_twice_the_text_is_about_twice_the_work(text: Callable[[int], str]) -> None:
    drafted(text(400))  # what is made once
    once, twice = (calls_of(partial(drafted, text(count))) for count in (400, 800))
    assert twice < 2.2 * once


def test_the_draft_is_whole_or_not_there(desk: Fs) -> None:
    missing = Path("没有")
    desk("import", "通知.txt", "-o", str(missing / "plan.yaml"))
    assert sorted(path.name for path in desk.folder.iterdir()) == ["通知.txt"]
