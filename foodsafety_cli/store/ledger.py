"""progress.jsonl: what departments reported, a line a submission, only ever appended to."""

import datetime as dt
import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from foodsafety_cli.model.errors import CannotWrite, LedgerUnreadable, reason_of
from foodsafety_cli.model.problem import Problem, Severity
from foodsafety_cli.model.progress import Record
from foodsafety_cli.model.valuetype import ValueType
from foodsafety_cli.store.files import open_file

if TYPE_CHECKING:
    from foodsafety_cli.analysis.reports import Misfit

NAME = "progress.jsonl"
LOCK_NAME = ".progress.lock"
LOCK_SECONDS = 30
TWICE = "ledger-duplicate-id"
BOM = b"\xef\xbb\xbf"

R = TypeVar("R", bound=Record)


class Ledger(ValueType):
    """What could be read, the line each record stands on, and what could not."""

    records: tuple[Record, ...]
    lines: dict[str, int]
    problems: tuple[Problem, ...]


EMPTY = Ledger((), {}, ())


def read(path: Path) -> Ledger:
    """Read past bad lines, keeping each as a problem; no file is an empty ledger."""
    with opened(path) as file:
        return parse(file.read().removeprefix(BOM), path.name) if file else EMPTY


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO | None]:
    """The ledger for reading, None where there is none yet; raises `LedgerUnreadable`."""
    try:
        with open_file(path) as file:
            yield file
    except FileNotFoundError as error:
        if path.is_symlink():
            raise LedgerUnreadable(
                f"台账 {path} 是一个链接，它指的文件不在（盘没有接上？），请核对"
            ) from error
        yield None
    except OSError as error:
        reason = "是文件夹" if os.path.isdir(path) else f"读不出来（{reason_of(error)}）"
        raise LedgerUnreadable(f"台账 {path} {reason}，请核对") from error


def parse(content: bytes, name: str, first: int = 1) -> Ledger:
    """The records of a ledger's lines, `first` and on; a line that is none is a problem."""
    from foodsafety_cli.store import ledgerline

    records: dict[str, Record] = {}
    raw: dict[str, bytes] = {}
    lines: dict[str, int] = {}
    problems: list[Problem] = []
    for number, line in enumerate(content.split(b"\n"), first):
        line = line.strip().removeprefix(BOM)  # there, too, where files were put end to end
        if not line:
            continue
        try:
            record = ledgerline.decode(line)
        except ledgerline.BadLine as bad:
            problems.append(Problem(name, number, bad.column, bad.code, bad.message, bad.remedy))
            continue
        earlier = raw.get(record.id)
        is_taken = earlier is None or line < earlier  # whatever order they stand in
        if earlier is not None:
            known = lines[record.id]
            left_out, taken = (known, number) if is_taken else (number, known)
            problems.append(_twice(name, left_out, taken, same=earlier == line))
        if is_taken:
            records[record.id], raw[record.id], lines[record.id] = record, line, number
    return Ledger(tuple(records.values()), lines, tuple(problems))


def _twice(name: str, number: int, taken: int, *, same: bool) -> Problem:
    message = "内容相同，只计一次" if same else "内容不同，只取那一行"
    return Problem(
        name,
        number,
        0,
        TWICE,
        f"编号与第 {taken} 行重复，{message}",
        "合并文件时会这样，可以不管" if same else "请核对两行，给其中一行换一个编号",
        Severity.WARNING if same else Severity.ERROR,
    )


def misfit_problem(misfit: "Misfit", name: str, line: int) -> Problem:
    """What the plan has no place for, as a problem of a line."""
    return Problem(name, line, 0, misfit.code, misfit.message, misfit.remedy)


class Appended(ValueType):
    """What was written at the ledger's end, and the file's status with it."""

    data: bytes
    status: os.stat_result


def submit(path: Path, make: Callable[[], R], took_in: Callable[[R, Appended], None]) -> R:
    """Append the record that `make` returns under the ledger's lock, and tell `took_in` of it.

    One write and one fsync: once this returns, the line is on the disk. What cannot be written
    whole is taken back, so the file is as before. Raises `CannotWrite`, or what `make` raises.
    """
    with _locked(path.parent):
        record = make()
        took_in(record, _record(path, [record]))
    return record


def submit_all(path: Path, make: Callable[[], Sequence[Record]]) -> Sequence[Record]:
    """Append all that `make` returns in one write, or nothing; raises like `submit`."""
    with _locked(path.parent):
        records = make()
        if records:
            _record(path, records)
    return records


def _record(path: Path, records: Sequence[Record]) -> Appended:
    from foodsafety_cli.store.ledgerwriting import encode

    try:
        return _append(path, b"".join(map(encode, records)))
    except OSError as error:
        raise CannotWrite(
            f"没有记上：台账 {path} 写不进去（{reason_of(error)}）。原有内容没有改动"
        ) from error


def new_id() -> str:
    """A random id: copies of a ledger kept apart can be merged as sets."""
    return os.urandom(8).hex()


def now(latest: dt.datetime | None) -> dt.datetime:
    """The moment to the microsecond, taken under the lock: what comes later sorts later.

    Where another office's clock was ahead, the moment just after the latest report there is.
    """
    moment = dt.datetime.now().astimezone()
    if latest is None or latest < moment:
        return moment
    with suppress(OverflowError):  # the last moment of the calendar has none after it
        return latest + dt.timedelta(microseconds=1)
    return latest


def _append(path: Path, line: bytes) -> Appended:
    is_new = not path.exists()
    with path.open("ab", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        data = (b"" if _ends_clean(path, size) else b"\n") + line
        try:
            if file.write(data) != len(data):
                raise OSError(errno.ENOSPC, "磁盘已满")
            os.fsync(file.fileno())
        except BaseException:  # an interrupt, too: what was broken off is not recorded
            file.truncate(size)
            if is_new:
                path.unlink(missing_ok=True)
            raise
        status = os.fstat(file.fileno())
    if is_new:
        _sync_folder(path.parent)
    return Appended(data, status)


def _ends_clean(path: Path, size: int) -> bool:
    """Whether the last line is whole; after a torn one, the next must start on its own."""
    if size == 0:
        return True
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _sync_folder(folder: Path) -> None:
    """Make a new file's name as durable as its content, where the system knows how."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    from fasteners import InterProcessLock

    path = folder / LOCK_NAME
    if path.exists() and not path.is_file():
        raise CannotWrite(f"没有记上：{path} 应是一个普通文件，请删去它再试")
    lock = InterProcessLock(path)
    try:
        acquired = lock.acquire(timeout=LOCK_SECONDS)
    except (OSError, RuntimeError) as error:  # the library's own error is a RuntimeError
        raise CannotWrite(f"没有记上：锁文件 {path} 打不开（{_why(error)}）") from error
    if not acquired:
        raise CannotWrite(f"台账正被别人占用，等了 {LOCK_SECONDS} 秒仍未轮到，请稍后再试")
    try:
        yield
    finally:
        lock.release()


def _why(error: Exception) -> str:
    cause = error if isinstance(error, OSError) else error.__cause__ or error.__context__
    if isinstance(cause, PermissionError):
        return "没有权限；请它的主人让大家都能写，或删去它"
    return reason_of(cause) if isinstance(cause, OSError) else "锁不住"
