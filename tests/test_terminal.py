"""On a terminal: tables that fit, colours, a question before an undo. Real pseudo-terminals."""

import json

import pytest

from foodsafety_cli.render.forms.wrapping import cells, wrap
from tests.conftest import FS, Fs
from tests.terminals import plain, run_on_terminal


def on_terminal(fs: Fs, *args: str, width: int = 100, typed: str = "") -> tuple[int, str]:
    """`fs` on a terminal: its exit code and what was seen."""
    return run_on_terminal([*FS, *args], fs.folder, fs.env, width=width, typed=typed)


@pytest.mark.parametrize("width", [60, 80, 100, 140])
@pytest.mark.parametrize(
    "args",
    [["tasks", "-d", "市监局"], ["show", "16"], ["progress"], ["progress", "log"], ["due"], []],
    ids=" ".join,
)
def test_tables_fit_their_terminal(fs: Fs, args: list[str], width: int) -> None:
    entry = {"task": 16, "indicator": "食品检验量", "value": 5.2}
    entry["note"] = "很长的说明" * 20 + "\n第二段"
    head = {"id": "a" * 16, "at": "2021-09-30T09:00:00+08:00", "by": "名" * 40}
    line = head | {"date": "2021-09-30", "entries": [entry]}
    fs.ledger.write_text(json.dumps(line) + "\n", "utf-8")
    code, seen = on_terminal(fs, *args, width=width)
    assert code == 0
    assert max(map(cells, plain(seen).splitlines())) <= width
    assert "…" not in plain(seen), "nothing is cut"


def test_a_table_with_lights_in_colour_and_in_words(fs: Fs) -> None:
    fs("progress", "update", "1", "--done").ok()
    _, seen = on_terminal(fs, "tasks", "--section", "一")
    assert "任务 6 项（截至 2021-09-30）" in plain(seen)
    assert "\x1b[32m● 绿\x1b[0m" in seen
    assert "● 灰" in plain(seen)


def test_a_narrow_terminal_says_which_columns_it_left_out(fs: Fs) -> None:
    _, seen = on_terminal(fs, "tasks", width=60)
    assert "窗口较窄，未显示：" in plain(seen)
    _, seen = on_terminal(fs, "tasks", width=120)
    assert "窗口较窄" not in plain(seen)


@pytest.mark.parametrize(
    ("command", "headings"),
    [
        ("progress", ["标题", "进度", "完成率", "亮灯"]),
        ("progress --by dept", ["单位", "进度", "完成率", "亮灯"]),
        ("tasks", ["任务", "时限", "完成率", "应完成", "亮灯", "状态"]),
    ],
)
def test_eighty_columns_keep_what_matters_most(fs: Fs, command: str, headings: list[str]) -> None:
    _, seen = on_terminal(fs, *command.split(), width=80)
    assert all(heading in plain(seen).splitlines()[2] for heading in headings), seen


def test_a_narrow_page_advises_only_what_the_command_has(fs: Fs) -> None:
    fs("progress", "update", "16", "--value", "5.2", "--note", "长" * 60).ok()
    _, seen = on_terminal(fs, "show", "16", width=50)
    assert "未显示" in seen
    assert "-c" not in seen


def test_a_bar_carries_the_pace(fs: Fs) -> None:
    fs("progress", "update", "3", "--percent", "50").ok()
    _, seen = on_terminal(fs, "progress", "--by", "task", "--section", "一", width=120)
    row = next(line for line in plain(seen).splitlines() if "检疫工作" in line)
    assert "████████░░░│░░░░" in row


def test_the_one_screen(fs: Fs) -> None:
    fs("progress", "update", "3", "--percent", "50").ok()
    _, seen = on_terminal(fs)
    screen = plain(seen)
    for words in ("晋城市2021年食品安全重点工作安排", "序时进度 74.8%", "未报 58", "fs due"):
        assert words in screen
    assert len(screen.splitlines()) <= 24


def test_what_is_overdue_and_due_soon_is_on_the_one_screen(fs: Fs) -> None:
    _, seen = on_terminal(fs, "overview", "--as-of", "2021-12-20")
    assert "逾期 1 项" in plain(seen)
    assert "临期 58 项，这里列出最早到期的 5 项" in plain(seen)
    assert len(plain(seen).splitlines()) <= 40


def test_without_a_folder_the_screen_says_how_to_begin(anywhere: Fs) -> None:
    assert "fs init" in plain(on_terminal(anywhere)[1])


def test_without_a_folder_a_list_says_whose_it_is(anywhere: Fs) -> None:
    words = "这里没有计划，看的是程序自带的那一份"
    assert words in plain(on_terminal(anywhere, "tasks", "--light", "灰")[1])
    assert words in anywhere("tasks").ok().err
    anywhere("init", ".").ok()
    assert words not in plain(on_terminal(anywhere, "tasks", "--light", "灰")[1])


@pytest.mark.parametrize(("answer", "left"), [("y\n", 2), ("是\n", 2), ("\n", 1), ("n\n", 1)])
def test_undo_asks_on_a_terminal(fs: Fs, answer: str, left: int) -> None:
    fs("progress", "update", "3", "--percent", "50").ok()
    code, seen = on_terminal(fs, "progress", "undo", typed=answer)
    assert code == 0
    assert "确定撤销吗？[y/N]" in plain(seen)
    assert len(fs.ledger.read_text("utf-8").splitlines()) == left
    assert ("已撤销" in seen) == (left == 2)


def test_wrapping_keeps_numbers_whole_and_stops_off_the_line_head() -> None:
    text = "国家级、省级监督抽检不合格食品核查处置率达到100%，按时完成率达到85%。"
    for width in range(8, 40):
        lines = list(wrap(text, width))
        assert "".join(lines) == text
        assert all(cells(line) <= width for line in lines)
        assert not any(line[0] in "，。、%" for line in lines)
        assert any("100" in line for line in lines)
