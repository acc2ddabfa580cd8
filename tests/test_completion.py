"""Completion: the scripts, and live values through each shell's own protocol."""

import re
import shutil
import subprocess

import pytest

from tests.conftest import Fs


def complete(fs: Fs, line: str) -> list[str]:
    """What bash is told for the last word of the line."""
    _, *words = line.split(" ")
    run = fs(*words, _FS_COMPLETE="bash")
    assert run.code == 0
    assert run.err == ""
    return [line.partition("\t")[0] for line in run.out.splitlines()]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("fs ta", ["tasks"]),
        ("fs progress u", ["update", "undo"]),
        ("fs tasks --dept 市市", ["市市场监督管理局"]),
        ("fs tasks --dept 市监", ["市监局"]),
        ("fs tasks --light ", ["绿", "黄", "红", "灰"]),
        ("fs tasks --role 牵", ["牵头"]),
        ("fs tasks --section 1", ["1", "10"]),
        ("fs tasks --section 严", ["严格进口冷链食品管控", "严惩违法犯罪行为"]),
        ("fs show 5", ["5", *map(str, range(50, 60))]),
        ("fs progress update 16 --indicator ", ["食品检验量", "核查处置率", "按时完成率"]),
        ("fs tasks -f j", ["json"]),
        ("fs depts 晋", ["晋城海关", "晋城火车站", "晋城东站"]),
        ("fs completion ", ["bash", "zsh", "fish", "powershell"]),
        ("fs progress --by d", ["dept"]),
    ],
)
def test_live_values(fs: Fs, line: str, offered: list[str]) -> None:
    assert complete(fs, line) == offered


def test_options_complete_also_for_the_command_that_runs_by_default(fs: Fs) -> None:
    assert complete(fs, "fs tasks --de") == ["--dept"]
    assert "--by" in complete(fs, "fs progress --b")
    assert complete(fs, "fs progress ") == ["show", "update", "import", "log", "undo"]


def test_undo_offers_what_can_still_be_taken_back(fs: Fs) -> None:
    fs("progress", "update", "1", "--percent", "10").ok()
    fs("progress", "undo", "--yes").ok()
    fs("progress", "update", "3", "--percent", "20").ok()
    ids = [row[0] for row in fs("progress", "log", "-c", "id,task", "--no-header").rows]
    assert complete(fs, "fs progress undo ") == [ids[0]]
    fs.ledger.unlink()
    fs.ledger.mkdir()
    assert complete(fs, "fs progress undo ") == []


def test_the_departments_of_the_task_already_typed(fs: Fs) -> None:
    counties = complete(fs, "fs progress update 34 --dept ")
    assert "阳城县" in counties
    assert "市教育局" not in counties
    assert complete(fs, "fs progress update 34 --dept 市教") == ["市教育局"]


def test_a_broken_plan_offers_nothing_and_says_nothing(fs: Fs) -> None:
    fs.plan.write_text("坏", "utf-8")
    assert complete(fs, "fs tasks --dept 市") == []
    assert complete(fs, "fs ta") == ["tasks"]


def test_a_candidate_is_a_line_with_what_it_means(fs: Fs) -> None:
    assert fs("show", "16", _FS_COMPLETE="zsh").ok().out == "16\t加大抽检监测力度\n"


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["tasks", "--dept=市公"], ["市公安局"]),
        (["tasks", "--dept", "=", "市公"], ["市公安局"]),  # so bash parts it
        (["tasks", "--dept", '"市公'], ["市公安局"]),
        (["tasks", "--dept", "'市公"], ["市公安局"]),
        (["tasks", "--dept", "市\\公"], ["市公安局"]),
        (["sections", '""'], []),
    ],
)
def test_words_come_as_the_shell_holds_them(fs: Fs, words: list[str], offered: list[str]) -> None:
    run = fs(*words, _FS_COMPLETE="bash").ok()
    assert [line.partition("\t")[0] for line in run.out.splitlines()] == offered


def test_what_would_break_a_line_is_not_offered(fs: Fs) -> None:
    fs.edit_plan(
        "aliases: [市市场监管局, 市监局", 'aliases: [市市场监管局, "市监\\u2028甲局", 市监局'
    )
    assert complete(fs, "fs tasks -d 市监") == ["市监甲局", "市监局"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_a_script_for_each_shell_evaluates_nothing(fs: Fs, shell: str) -> None:
    script = fs("completion", shell).ok().out
    assert "_FS_COMPLETE" in script
    assert not re.search(r"\beval\b|Invoke-Expression|\biex\b", script)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_scripts_are_well_formed(fs: Fs, shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    script = fs("completion", shell).ok().out
    subprocess.run([shell, "-n"], input=script, text=True, check=True)
