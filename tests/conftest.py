"""A working folder, and `fs` as a real process: what a user would type and see."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.forking import Loaded
from tests.invented_city import DAY, HEAD

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2021-09-30"
FS = (sys.executable, "-m", "foodsafety_cli")
REPORTED = """\
{"id":"a1","at":"2021-09-30T09:00:00+08:00","by":"张三","date":"2021-09-30","entries":[{"task":16,\
"indicator":"食品检验量","value":5.20,"note":"[bold]甲[/bold]\\t乙\\n丙"}]}
{"id":"a2","at":"2021-09-30T09:01:00+08:00","by":"李四","date":"2021-09-30","entries":[{"task":34,\
"department":"阳城县","percent":80}]}
"""


@dataclass(frozen=True)
class Run:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[list[str]]:
        """The fields of the TSV lines, header first."""
        return [line.split("\t") for line in self.out.splitlines()]

    @property
    def data(self) -> object:
        """The JSON on stdout."""
        return msgspec.json.decode(self.out.encode())

    def ok(self) -> "Run":
        """This run, if it succeeded."""
        assert self.code == 0, (self.code, self.err, self.out)
        return self


class Fs:
    """Runs `fs` in a folder, in an environment of its own."""

    def __init__(
        self,
        folder: Path,
        env: Mapping[str, str],
        before: Sequence[str] = (),
        loaded: Loaded | None = None,
    ) -> None:
        self.folder = folder
        self.env = dict(env)
        self.command = (*before, *FS)
        self._loaded = loaded

    def __call__(self, *args: str, stdin: str | None = None, **env: str) -> Run:
        if self._loaded and self._loaded.can_run(self.env | env):
            given = None if stdin is None else stdin.encode()
            code, out, err = self._loaded.run(args, self.folder, self.env | env, given)
            return Run(code, out.decode(), err.decode())
        done = subprocess.run(
            [*self.command, *args],
            cwd=self.folder,
            env=self.env | env,
            input=None if stdin is None else stdin.encode(),
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            timeout=300,
            check=False,
        )
        encoding = (env.get("PYTHONIOENCODING") or "utf-8").partition(":")[0]
        return Run(done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding))

    def at(self, folder: Path, **env: str) -> "Fs":
        """The same in another folder."""
        return Fs(folder, self.env | env, loaded=self._loaded)

    @property
    def plan(self) -> Path:
        """The plan of this folder."""
        return self.folder / "plan.yaml"

    @property
    def ledger(self) -> Path:
        """The ledger of this folder."""
        return self.folder / "progress.jsonl"

    def objects(self, *args: str, **env: str) -> list[dict[str, Any]]:
        """The JSON list that a command answers."""
        data = self(*args, "-f", "json", **env).ok().data
        assert isinstance(data, list)
        return data

    def thing(self, *args: str) -> dict[str, Any]:
        """The JSON object that a command answers."""
        data = self(*args, "-f", "json").ok().data
        assert isinstance(data, dict)
        return data

    def reported(self) -> list[dict[str, Any]]:
        """The ledger's lines."""
        return [msgspec.json.decode(line) for line in self.ledger.read_bytes().splitlines()]

    def edit_plan(self, old: str, new: str) -> None:
        """Replace a piece of the plan that is surely there."""
        text = self.plan.read_text("utf-8")
        assert old in text
        self.plan.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests that do not try the cache itself."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def loaded() -> Iterator[Loaded | None]:
    """A process to fork commands from, where the system can fork."""
    if not hasattr(os, "fork") or sys.platform == "darwin":
        yield None
        return
    process = Loaded(_kept() | {"LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)})
    yield process
    process.end()


def _kept() -> dict[str, str]:
    return {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}


@pytest.fixture
def environment(tmp_path: Path, shared_cache: Path) -> dict[str, str]:
    """What a process needs and nothing of the developer's own settings."""
    home = tmp_path / "home"
    home.mkdir()
    return _kept() | {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(shared_cache),
        "LANG": "C.UTF-8",
        "FS_TODAY": TODAY,
        "FS_BY": "张三",
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture
def anywhere(tmp_path: Path, environment: dict[str, str], loaded: Loaded | None) -> Fs:
    """`fs` in a folder without a plan: the shipped one is used."""
    folder = tmp_path / "anywhere"
    folder.mkdir()
    return Fs(folder, environment, loaded=loaded)


@pytest.fixture
def fs(anywhere: Fs) -> Fs:
    """`fs` in a working folder with the shipped plan and no ledger."""
    anywhere.plan.write_bytes((ROOT / "plan.yaml").read_bytes())
    return anywhere


@pytest.fixture
def busy(fs: Fs) -> Fs:
    """A folder where something has been reported."""
    fs.ledger.write_text(REPORTED, "utf-8")
    return fs


@pytest.fixture
def ledger_of(fs: Fs) -> Callable[..., None]:
    """Write the ledger's lines as they are given."""

    def write(*lines: str | bytes) -> None:
        raw = [line.encode() if isinstance(line, str) else line for line in lines]
        fs.ledger.write_bytes(b"".join(line + b"\n" for line in raw))

    return write


@pytest.fixture
def as_ordinary_user(fs: Fs) -> Fs:
    """`fs` bound by file permissions, also where the tests run as root."""
    if os.name == "nt" or os.geteuid() != 0:
        return fs
    setpriv = shutil.which("setpriv")
    if not setpriv:
        pytest.skip("setpriv is needed to give up root's powers")
    powers = "-dac_override,-dac_read_search,-fowner"
    return Fs(
        fs.folder, fs.env, before=(setpriv, f"--bounding-set={powers}", f"--inh-caps={powers}")
    )


@pytest.fixture
def office(fs: Fs) -> Fs:
    """A folder with the example's rubric and a few reports."""
    fs("score", "init").ok()
    for county, value in (("阳城县", 5.2), ("高平市", 4.1)):
        fs("progress", "update", "16", "-i", "食品检验量", "-d", county, "--value", str(value)).ok()
    return fs


@pytest.fixture
def city(anywhere: Fs) -> Callable[..., Fs]:
    """Write a plan of these tasks, and what later papers say."""

    def write(*tasks: str, amendments: str = "") -> Fs:
        papers = f"amendments:\n{amendments}" if amendments else ""
        anywhere.env["FS_TODAY"] = DAY
        anywhere.plan.write_text(HEAD + "".join(tasks) + papers, "utf-8")
        assert anywhere("check").ok().out == ""
        return anywhere

    return write
