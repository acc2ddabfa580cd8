"""Completion: the scripts, and live values through each shell's own protocol."""

import shutil
import subprocess

import pytest

from tests.conftest import FS, Fs


def complete(fs: Fs, line: str) -> list[str]:
    """What bash would offer for the last word of the line."""
    words = line.split(" ")
    env = {
        "_FS_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    run = fs(**env)
    assert run.code == 0
    assert run.err == ""
    return run.out.split("\n")[:-1] if run.out.strip() else []


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


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_a_script_for_each_shell(fs: Fs, shell: str) -> None:
    script = fs("completion", shell).ok().out
    assert "_FS_COMPLETE" in script
    assert f"complete_{shell}" in script


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_scripts_are_well_formed(fs: Fs, shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    script = fs("completion", shell).ok().out
    subprocess.run([shell, "-n"], input=script, text=True, check=True)


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_bash_itself_completes(fs: Fs) -> None:
    script = fs("completion", "bash").ok().out
    drive = (
        f"{script}\n"
        f'fs() {{ {FS[0]} -m foodsafety_cli "$@"; }}\n'
        "COMP_WORDS=(fs tasks --dept 市市); COMP_CWORD=3\n"
        "_fs_completion fs; printf '%s\\n' \"${COMPREPLY[@]}\"\n"
    )
    # `env` runs programs, not functions: let it find one called fs
    bin_folder = fs.folder / "bin"
    bin_folder.mkdir()
    program = bin_folder / "fs"
    program.write_text(f'#!/bin/sh\nexec {FS[0]} -m foodsafety_cli "$@"\n')
    program.chmod(0o755)
    env = fs.env | {"PATH": f"{bin_folder}:{fs.env['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", drive], cwd=fs.folder, env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout == "市市场监督管理局\n"
