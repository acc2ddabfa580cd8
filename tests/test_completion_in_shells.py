"""TAB in real shells on a terminal: what is offered is inserted as a word, and never run.

A plan and a ledger come from anybody. Whatever stands in them, a press of TAB runs nothing of it,
and what it inserts reaches the program as the very value.
"""

import json
import os
import pty
import select
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Fs
from tests.limits import in_ci

_READY, _NOTED = "READY>", "NOTED."
_PATIENCE = 60  # seconds for one answer, on a machine that has other things to do
_START = {
    "bash": (["bash", "--noprofile", "--norc", "-i"], f"PS1='{_READY}'"),
    "zsh": (
        ["zsh", "-f", "-i"],
        f"autoload -U compinit; compinit -u -D; setopt no_beep; PS1='{_READY}'",
    ),
    "fish": (["fish", "--no-config", "-i"], f"function fish_prompt; echo -n '{_READY}'; end"),
}
# what a shell gives a meaning to, after letters of its own that TAB goes by
_HOSTILE = {
    "backquoted": "a`touch PWNED`局",
    "substituted": "b$(touch PWNED)局",
    "ended": "c;touch PWNED;局",
    "quoted": "d';touch PWNED;'局",
    "double": 'e"$(touch PWNED)"局',
    "escaped": "f\\`touch PWNED`\\$(touch PWNED)局",
    "globbed": "g*?[a]局",
    "braced": "h{甲,乙}~局",
    "piped": "i|touch PWNED&局",
    "redirected": "j>PWNED<局",
    "history": "k!!局#",
    "spaced": "l 甲  乙 局",
    "colon": "m:甲:局",
    "dollar": "n${PATH}$甲局",
    "group": "o(touch PWNED)局",
    "percent": "p%F{red}%n局",
}
_SOME = list(_HOSTILE.values())[: in_ci(len(_HOSTILE), 7)]  # where each needs a key or two more

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs pseudo-terminals")


class Shell:
    """An interactive shell with our script loaded; `fs` notes how it was called."""

    def __init__(self, fs: Fs, name: str, locale: str = "C.UTF-8") -> None:
        if not shutil.which(name):
            pytest.skip(f"{name} is not installed")
        self.name = name
        self.noted = fs.folder / "noted.json"
        programs = fs.folder / "bin"
        programs.mkdir()
        program = programs / "fs"
        program.write_text(
            f"#!{sys.executable}\n"
            "import json, os, sys\n"
            "if '_FS_COMPLETE' in os.environ:\n"
            f"    sys.path.insert(0, {str(ROOT)!r})\n"
            "    from foodsafety_cli.__main__ import run\n"
            "    run()\n"
            f"with open({str(self.noted)!r}, 'w') as file: json.dump(sys.argv[1:], file)\n"
            f"print({_NOTED!r})\n"
        )
        program.chmod(0o755)
        script = fs.folder / "script"
        script.write_text(fs("completion", name).ok().out, "utf-8")
        command, setting = _START[name]
        env = fs.env | {
            "PATH": f"{programs}:{fs.env['PATH']}",
            "TERM": "xterm",
            "LANG": locale,
            "LC_ALL": locale,
        }
        self._process, self._ours = pty.fork()
        if self._process == 0:  # a terminal that it controls: fish asks for no less
            os.chdir(fs.folder)
            os.execvpe(command[0], command, env)
        self._type(f"{setting}; source {script}; fs\r")
        self._until_noted()

    def close(self) -> None:
        """End it, as closing the window does."""
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._ours)

    def run(self, typed: str) -> list[str]:
        """The words that `fs` was run with, after these keys and Enter."""
        self.noted.unlink(missing_ok=True)
        self._type(typed + "\r")
        self._until_noted()
        return [str(word) for word in json.loads(self.noted.read_text())]

    def _type(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def _until_noted(self) -> None:
        """Read what the shell shows until `fs` has run and the shell asks for the next line."""
        seen = ""
        end = time.monotonic() + _PATIENCE
        while _NOTED not in seen or _READY not in seen.rpartition(_NOTED)[2]:
            if not select.select([self._ours], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f"no answer from {self.name}: {seen}")
            seen += os.read(self._ours, 65536).decode("utf-8", "replace")


@pytest.fixture(params=list(_START))
def shell(hostile: Fs, request: pytest.FixtureRequest) -> Iterator[Shell]:
    """Each shell in a folder with hostile files."""
    started = Shell(hostile, request.param)
    yield started
    started.close()


@pytest.fixture
def hostile(fs: Fs) -> Fs:
    """A plan with hostile names of every sort, and a ledger with a hostile id."""
    quoted = {name: json.dumps(words, ensure_ascii=False) for name, words in _HOSTILE.items()}
    aliases = ", ".join(json.dumps("z" + words, ensure_ascii=False) for words in _HOSTILE.values())
    bodies = "".join(f"  - {{name: {words}}}\n" for words in quoted.values())
    tasks = "".join(
        f"      - id: {number}\n"
        f"        title: {words}\n"
        f"        text: {words}\n"
        f"        responsibility: {quoted['backquoted']}\n"
        f"        responsible: [{quoted['backquoted']}]\n"
        f"        indicators: [{{name: {words}, quote: {words}, kind: milestone}}]\n"
        for number, words in enumerate(quoted.values(), 1)
    )
    fs.plan.write_text(
        "title: 安排\ndocument_number: 甲〔2021〕1号\nissuer: 甲\nissued_on: 2021-01-01\n"
        "period: {start: 2021-01-01, end: 2021-12-31}\n"
        f"departments:\n  - {{name: 别名局, aliases: [{aliases}]}}\n{bodies}"
        f"sections:\n  - number: 1\n    title: {quoted['escaped']}\n    tasks:\n{tasks}",
        "utf-8",
    )
    fs("check").ok()
    head = '"at":"2021-09-30T09:00:00+08:00","by":"甲","date":"2021-09-30","entries":[{"task":1}]'
    fs.ledger.write_text(f'{{"id":"q\\\\$(touch PWNED)",{head}}}\n{{"id":"q1",{head}}}\n', "utf-8")
    return fs


def test_what_is_inserted_is_the_value_and_nothing_is_run(hostile: Fs, shell: Shell) -> None:
    got = {name: shell.run(f"fs depts {words[0]}\t") for name, words in _HOSTILE.items()}
    assert got == {name: ["depts", words] for name, words in _HOSTILE.items()}
    _nothing_was_run(hostile.folder)


def test_aliases_indicators_and_sections_too(hostile: Fs, shell: Shell) -> None:
    for words in _SOME:
        assert shell.run(f"fs tasks --dept z{words[0]}\t")[1:] == ["--dept", "z" + words]
        assert shell.run(f"fs tasks -i {words[0]}\t")[1:] == ["-i", words]
    section = _HOSTILE["escaped"]
    assert shell.run("fs tasks --section f\t")[1:] == ["--section", section]
    _nothing_was_run(hostile.folder)


def test_a_list_with_hostile_titles_is_only_shown(hostile: Fs, shell: Shell) -> None:
    """Ids with their titles as help; several fit, so TAB lists them."""
    keys = "\t" if shell.name == "fish" else "\t\t"
    assert shell.run(f"fs show 1{keys}") == ["show", "1"]
    _nothing_was_run(hostile.folder)


def test_an_id_that_is_none_is_not_offered(hostile: Fs, shell: Shell) -> None:
    assert shell.run("fs progress undo q\t") == ["progress", "undo", "q1"]
    assert "ledger-id" in hostile("check").out
    _nothing_was_run(hostile.folder)


def test_an_open_quote_is_no_way_out(hostile: Fs, shell: Shell) -> None:
    for words in _SOME:
        for quote in "'\"":
            shell.run(f"fs depts {quote}{words[0]}\t\x15fs tasks")
    _nothing_was_run(hostile.folder)


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_bash_quotes_by_the_quote_that_is_open(hostile: Fs, locale: str, quote: str) -> None:
    """In any locale; what no sign quotes between double quotes is not offered there."""
    shell = Shell(hostile, "bash", locale)
    meant = {name: words for name, words in _HOSTILE.items() if quote != '"' or "!" not in words}
    try:
        got = {name: shell.run(f"fs depts {quote}{words[0]}\t") for name, words in meant.items()}
    finally:
        shell.close()
    assert got == {name: ["depts", words] for name, words in meant.items()}
    _nothing_was_run(hostile.folder)


def test_a_value_joined_to_its_option(hostile: Fs, shell: Shell) -> None:
    words = shell.run("fs tasks --dept=b\t")
    assert words in (["tasks", f"--dept={_HOSTILE['substituted']}"], ["tasks", "--dept=b"])
    _nothing_was_run(hostile.folder)


def test_names_of_files_are_the_shell_s_own_to_quote(hostile: Fs, shell: Shell) -> None:
    name = "x$(touch PWNED);y.docx"
    (hostile.folder / name).write_text("")
    assert shell.run("fs import x\t") == ["import", name]
    _nothing_was_run(hostile.folder)


def _nothing_was_run(folder: Path) -> None:
    assert not list(folder.rglob("PWNED*"))
