"""Plans that are wrong: each file in `bad_plans` names the problems it must be told of."""

import os
import re
from pathlib import Path

import pytest

from foodsafety_cli.model.problem import Code
from foodsafety_cli.store.plan import examining
from tests.conftest import ROOT, Fs

BAD_PLANS = sorted((ROOT / "tests" / "bad_plans").glob("*.yaml"))
OTHER_FILES = ("ledger-", "score-")  # whose problems have tests of their own


def expected(path: Path) -> list[str]:
    return sorted(re.findall(r"^# expect: (.*)$", path.read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", BAD_PLANS, ids=lambda path: path.stem)
def test_check_names_every_fault_with_its_place(fs: Fs, path: Path) -> None:
    run = fs("--plan", str(path), "check")
    told = re.findall(r":(\d+:\d+): (错误|提醒)\[([\w-]+)\]", run.out)
    assert sorted(f"{code} {place}" for place, _, code in told) == expected(path)
    assert run.code == any(level == "错误" for _, level, _ in told)


@pytest.mark.parametrize("name", ["duplicate-task", "unknown-key", "tab-indent", "wrong-kind"])
def test_no_command_answers_from_a_wrong_plan(fs: Fs, name: str) -> None:
    path = ROOT / "tests" / "bad_plans" / f"{name}.yaml"
    for command in (["tasks"], ["progress"], ["progress", "update", "1", "--value", "1"], []):
        run = fs("--plan", str(path), *command)
        assert (run.code, run.out) == (3, "")
        assert re.search(rf"{path.name}:\d+:\d+: 错误\[", run.err)
        assert "fs check" in run.err


def test_a_warning_stops_nothing(fs: Fs) -> None:
    path = ROOT / "tests" / "bad_plans" / "due-outside-period.yaml"
    assert len(fs("--plan", str(path), "tasks").ok().rows) == 2


@pytest.mark.parametrize("path", BAD_PLANS, ids=lambda path: path.stem)
def test_every_problem_has_a_remedy_in_chinese(path: Path) -> None:
    _, problems = examining.examine(path.read_bytes(), path.name)
    for problem in problems:
        assert re.search("[一-鿿]", problem.message), problem
        assert re.search("[一-鿿]", problem.remedy), problem


def test_all_codes_are_tried() -> None:
    """Every code that a plan's checks can give stands in some bad plan; bytes are tried below."""
    tried = {line.split()[0] for path in BAD_PLANS for line in expected(path)}
    known = {code.value for code in Code if not code.value.startswith(OTHER_FILES)}
    assert known - tried == {Code.FILE_ENCODING.value}


def write(fs: Fs, content: bytes) -> None:
    fs.plan.write_bytes(content)


def test_an_empty_file(fs: Fs) -> None:
    write(fs, b"")
    run = fs("tasks")
    assert (run.code, run.out) == (3, "")
    assert "plan.yaml:1:1: 错误[file-empty] 计划文件是空的" in run.err


def test_not_utf8_names_the_first_bad_character(fs: Fs) -> None:
    write(fs, "title: 好\nissuer: 某办\n".encode() + "lights: 红".encode("gbk"))
    run = fs("check")
    assert run.code == 1
    assert "plan.yaml:3:9: 错误[file-encoding] 文件不是 UTF-8 编码" in run.out


def test_a_byte_order_mark_and_windows_line_ends_are_fine(fs: Fs) -> None:
    text = fs.plan.read_text("utf-8")
    write(fs, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert fs("check").ok().out == ""
    assert fs("tasks", "-c", "id").ok().out.split()[1:] == [str(n) for n in range(1, 60)]


def test_scalars_mean_what_they_show(fs: Fs) -> None:
    fs.edit_plan("name: 市科协", 'name: "no"')
    fs.edit_plan("      - 市科协\n", "      - no\n")
    fs.edit_plan("- id: 9\n", "- id: 009\n")
    fs.edit_plan("responsibility: 市科协牵头", "responsibility: no牵头")
    fs.edit_plan("lead: [市科协]", "lead: [no]")
    fs.edit_plan("target: 1.5\n", "target: 1.50\n")
    assert fs("check").ok().out == ""
    assert fs("depts", "no", "-f", "json").ok().data["name"] == "no"  # type: ignore[index]
    assert "1.50" in fs("indicators", "-i", "定量").ok().out
    assert fs("show", "9").code == 0


def test_a_folder_is_no_plan(fs: Fs) -> None:
    run = fs("--plan", ".", "tasks")
    assert (run.code, run.out) == (3, "")
    assert "是文件夹" in run.err
    assert "plan.yaml" in run.err


def test_a_plan_that_is_not_there(fs: Fs) -> None:
    run = fs("--plan", "没有.yaml", "tasks")
    assert (run.code, run.out) == (3, "")
    assert "没有.yaml 不存在" in run.err
    assert fs("check", FS_PLAN="没有.yaml").code == 3


@pytest.mark.skipif(os.name == "nt", reason="permissions work differently on Windows")
def test_a_plan_that_may_not_be_read(fs: Fs, as_ordinary_user: Fs) -> None:
    fs.plan.chmod(0)
    run = as_ordinary_user("tasks")
    assert (run.code, run.out) == (3, "")
    assert "没有读取权限" in run.err


def test_a_bomb_of_aliases_is_told_at_once(fs: Fs) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    write(fs, "\n".join(lines).encode())
    run = fs("tasks")
    assert (run.code, run.out) == (3, "")
    assert "yaml-alias" in run.err
    assert "另有" in run.err
    assert len(run.err.splitlines()) < 30


def test_a_hundred_thousand_brackets_do_not_crash_it(fs: Fs) -> None:
    write(fs, b"title: " + b"[" * 100_000)
    run = fs("tasks")
    assert run.code == 3
    assert "yaml-depth" in run.err


def test_many_faults_are_cut_short_with_a_word(fs: Fs) -> None:
    text = fs.plan.read_text("utf-8").replace("quote: ", "quote: 不在原文")
    fs.plan.write_text(text, "utf-8")
    run = fs("tasks")
    assert run.err.count("quote-not-in-text") == 20
    assert "另有 2 处，运行 fs check 全部列出" in run.err
    assert fs("check").out.count("quote-not-in-text") == 22


def test_an_alias_where_the_full_name_belongs_says_whose_it_is(fs: Fs) -> None:
    fs.edit_plan("responsible: [晋城海关]", "responsible: [海关]")
    told = fs("check")
    assert told.code == 1
    assert "“海关”是“晋城海关”的别名，这里要写全称。请写“晋城海关”" in told.out
