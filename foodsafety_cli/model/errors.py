"""Everything that can stop a command, each with its wording and exit code."""

import errno
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from foodsafety_cli.model.message import MessageCode
from foodsafety_cli.model.text import first_few, visible

if TYPE_CHECKING:
    from foodsafety_cli.model.problem import Problem


class FoodSafetyError(Exception):
    """Base of all errors a user is shown as one Chinese sentence, never as a traceback."""

    exit_code = 1
    code: MessageCode


class CheckFailed(FoodSafetyError):
    """The asked-for check does not hold."""

    code = MessageCode.CHECK_FAILED


class UsageError(FoodSafetyError):
    """What was typed cannot be meant: an unknown name, a bad value."""

    exit_code = 2
    code = MessageCode.USAGE


class UnknownName(UsageError):
    """A name that matches nothing, or more than one thing; `nearest` helps the mistyped."""

    code = MessageCode.UNKNOWN_NAME

    def __init__(self, what: str, given: str, nearest: Sequence[str] = ()) -> None:
        hint = f"您是不是要找：{'、'.join(nearest)}？" if nearest else ""
        super().__init__(f"没有叫“{visible(given)}”的{what}{_unseen(given)}。{hint}")


def _unseen(given: str) -> str:
    """The characters of a name that nobody sees, by their numbers."""
    found = sorted({char for char in given if not visible(char)})
    listed = "、".join(f"U+{ord(char):04X}" for char in found)
    return f"（写的名字里有看不见的字符 {listed}）" if found else ""


class AmbiguousName(UsageError):
    """A part of a name that several names share."""

    code = MessageCode.AMBIGUOUS_NAME

    def __init__(self, what: str, given: str, candidates: Sequence[str]) -> None:
        listed = first_few(candidates, 8)
        super().__init__(f"“{given}”对应不止一个{what}：{listed}。请写得更完整些。")


class BadValue(UsageError):
    """A figure, date or choice that cannot be accepted; says what was wrong and what to do."""

    code = MessageCode.BAD_VALUE

    def __init__(self, option: str, reason: str) -> None:
        super().__init__(f"{option}：{reason}")
        self.option = option
        self.reason = reason


class BadFigure(BadValue):
    """A figure that is none, or that what it is reported of cannot have."""

    code = MessageCode.BAD_FIGURE


class BadDay(BadValue):
    """A day that is none, has not come yet, or lies outside what it is meant for."""

    code = MessageCode.BAD_DAY


class BadOutput(BadValue):
    """A file that an answer cannot go to."""

    code = MessageCode.BAD_OUTPUT


class Refused(UsageError):
    """A report that contradicts the plan or what was reported before."""

    code = MessageCode.MISFIT


class HandInFaulty(UsageError):
    """Files with faults in them: nothing was recorded."""

    code = MessageCode.HAND_IN_FAULTY

    def __init__(self, number: int) -> None:
        super().__init__(f"有 {number} 处要改，什么也没有记录。改好后再导入")


class StepRefused(Refused):
    """A sign-off, an extension, a letter or a mark that is not in its place now."""

    code = MessageCode.STEP_REFUSED


class PlanUnreadable(FoodSafetyError):
    """No plan, or one with errors; carries the problems found."""

    exit_code = 3
    code = MessageCode.PLAN_UNREADABLE
    lists_all = "fs check"  # the command that tells every one of them

    def __init__(self, message: str, problems: "Iterable[Problem]" = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class RubricUnreadable(PlanUnreadable):
    """The same of a rubric."""

    code = MessageCode.RUBRIC_UNREADABLE

    lists_all = "fs score check"


class FileUnreadable(FoodSafetyError):
    """A file that somebody hands over (a notice, a form) and that cannot be read."""

    exit_code = 3
    code = MessageCode.FILE_UNREADABLE


class LedgerUnreadable(FoodSafetyError):
    """The ledger as a whole cannot be opened (a bad line in it is only a problem)."""

    exit_code = 3
    code = MessageCode.LEDGER_UNREADABLE


class CannotWrite(FoodSafetyError):
    """A write that could not be made; what was there before is untouched."""

    exit_code = 4
    code = MessageCode.CANNOT_WRITE


class LedgerBusy(CannotWrite):
    """Others have been writing for as long as somebody was ready to wait: to be tried again."""

    code = MessageCode.LEDGER_BUSY


_TOO_DEEP = "这个文件里的标签一层套一层，套得太深，没有读"
# ERROR_ACCESS_DENIED, which replacing an open file gives too; _SHARING_VIOLATION, _LOCK_VIOLATION
_IN_USE_ON_WINDOWS = (5, 32, 33)


def reason_of(error: OSError) -> str:
    """Why the system would not read or write, in words an officer can act on."""
    reasons = {
        errno.ENOSPC: "磁盘已满，请腾出空间后再试",
        errno.EDQUOT: "磁盘配额已用完，请腾出空间后再试",
        errno.EFBIG: "文件大小到了上限",
        errno.EROFS: "所在的盘是只读的",
        errno.EACCES: "没有权限",
        errno.EPERM: "没有权限",
        errno.ENOENT: "所在的文件夹不存在",
        errno.EISDIR: "那是一个文件夹",
        errno.ENOTDIR: "路径中间不是文件夹",
        errno.ENAMETOOLONG: "名字太长",
        errno.ELOOP: "链接绕成了圈",
        errno.EEXIST: "已有同名的文件",
        errno.ESPIPE: "不是普通文件",
        errno.EIO: "磁盘读写出错",
        errno.EMFILE: "打开的文件太多",
        errno.ENFILE: "打开的文件太多",
        errno.EBADF: "输出已经关闭",
        errno.EINVAL: "系统不接受这样的路径或操作",
        errno.EBUSY: "正被别的程序占用",
        errno.ETXTBSY: "正被别的程序占用",
        errno.ESTALE: "网络盘断开了，请重新连接",
        errno.ETIMEDOUT: "网络盘没有回应，请稍后再试",
        errno.ENOMEM: "内存不够",
        errno.ENOLCK: "所在的盘不能加锁，请换一个盘",
        errno.ENOTSUP: "所在的盘不支持这样做，请换一个盘",
        errno.ENOSYS: "所在的系统不支持这样做，请换一个盘",
    }
    if getattr(error, "winerror", None) in _IN_USE_ON_WINDOWS:
        return "没有权限，或者它正在 Excel、Word 等程序里打开着，请先关上"
    name = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return reasons.get(error.errno or 0, f"系统报告 {name}")


def why_unread(error: OSError) -> str:
    """Why a file that somebody named could not be read."""
    return "没有这个文件" if isinstance(error, FileNotFoundError) else reason_of(error)


def unreadable(words: str, error: BaseException) -> Exception:
    """What to raise where a library could not parse a file: `words`, unless it says why itself."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, MemoryError) or "memory" in str(cause).lower():
            return MemoryError()
        if "excessive depth" in str(cause).lower():
            return FileUnreadable(f"{_TOO_DEEP}。请把文字复制出来，存成 .txt 再试")
        cause = cause.__cause__ or cause.__context__
    return FileUnreadable(words)
