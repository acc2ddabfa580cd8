"""The three standard streams as they are found: closed, full, broken off, or in GBK."""

import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

from foodsafety_cli.model.errors import BadValue, reason_of
from foodsafety_cli.model.message import MessageCode

if TYPE_CHECKING:
    from foodsafety_cli.model.problem import Code

_MESSAGES, _AS_JSON, _AS_WORDS = "FS_MESSAGES", "json", "text"  # how talk is to be written
_FOR_OTHER_CONSOLES = str.maketrans("–—•‘’é✓", "--·''e√")


def prepare() -> None:
    """Let a console that cannot show a character get another one, never a traceback."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller (`>&-`)
            setattr(sys, name, _in_place_of(name))
    if _is_file(sys.stdout):  # which is read later, by whatever program
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream
    for stream in (sys.stdout, sys.stderr):
        if not stream.encoding.lower().startswith("utf"):
            import codecs

            codecs.register_error("fs-plain", _plain_instead)
            stream.reconfigure(errors="fs-plain")  # type: ignore[union-attr]  # a text stream
        elif stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def check_messages() -> None:
    """Raises `BadValue` if talk is asked for in a way that there is not."""
    given = os.environ.get(_MESSAGES, "")
    if given.casefold() not in ("", _AS_WORDS, _AS_JSON):
        raise BadValue(_MESSAGES, f"没有“{given}”，可用：{_AS_WORDS}、{_AS_JSON}")


def _is_file(stream: IO[str]) -> bool:
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except OSError:
        return False


def _in_place_of(name: str) -> IO[str]:
    """What a closed stream becomes: nothing to read, talk unheard, data that can't be written."""
    place = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
    return open(place, "r" if name == "stdin" else "w", encoding="utf-8")


def say(text: str) -> None:
    """Talk, as against data: a line on stderr; one that cannot be heard changes no exit code."""
    _speak("note", "", text)


def say_caution(code: MessageCode, text: str) -> None:
    """What looks like a slip in something that is done all the same."""
    _speak("caution", code, text, "注意：")


def say_refusal(code: MessageCode, text: str, *, detail: str = "") -> None:
    """Why a command does not do what it was asked for; `detail` is for a maintainer."""
    _speak("refusal", code, text, "错误：", detail)


def say_fault(code: "Code | MessageCode", text: str) -> None:
    """What is wrong at one place of a user's file."""
    _speak("fault", code, text)


def say_interrupted() -> None:
    """What a command says that was told to stop, below what the terminal shows of that."""
    _speak("refusal", MessageCode.INTERRUPTED, "已中断。", prefix="\n")


def say_question(text: str) -> None:
    """What somebody at a terminal is asked; the answer is typed behind it."""
    if _is_json():
        _speak("question", "", text)
    else:
        print(f"{text} ", end="", file=sys.stderr, flush=True)


def _is_json() -> bool:
    return os.environ.get(_MESSAGES, "").casefold() == _AS_JSON


def _speak(kind: str, code: str, text: str, prefix: str = "", detail: str = "") -> None:
    words = "".join(map(_harmless, text)).replace("\n", " ")
    line = f"{detail}{prefix}{words}"
    if _is_json():
        import json

        told = {"kind": kind, "code": code, "message": words.strip()}
        is_ascii = not sys.stderr.encoding.lower().startswith("utf")  # as JSON is everywhere
        line = json.dumps(told | ({"detail": detail} if detail else {}), ensure_ascii=is_ascii)
    with suppress(OSError):
        print(line, file=sys.stderr)


def tell(text: str) -> None:
    """An answer in words: a line on stdout, with nothing in it that a terminal would obey."""
    print("".join(map(_harmless, text)))


def _harmless(char: str) -> str:
    """Nothing from a file or the command line is obeyed by the terminal that it is shown on."""
    return char if char.isprintable() or char in "\n\t" or "\ud800" <= char <= "\udfff" else " "


@contextmanager
def confirming(done: str) -> Iterator[None]:
    """Answer for what is done already: a failing exit code would have it done twice."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except Exception as error:  # whatever it is: it is done
        let_go_of_stdout()
        reason = reason_of(error) if isinstance(error, OSError) else error
        say(f"{done}；只是回答没能输出（{reason}）。")


def say_on_terminal(text: str) -> None:
    """Talk that only somebody who waits in front of a terminal wants to hear."""
    if sys.stderr.isatty():
        say(text)


def say_for_now(text: str) -> None:
    """What is going on, on a terminal only; the next words take its place."""
    if sys.stderr.isatty() and not _is_json():
        with suppress(OSError):
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def let_go_of_stdout() -> None:
    """Write nothing more to a reader that has seen enough (`| head`) or cannot take it."""
    _let_go(sys.stdout.fileno())


def keep_line_ends() -> None:
    """Write what a shell reads with the line ends that it has, on Windows too."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(newline="\n")


def finish() -> None:
    """Keep the interpreter from complaining, as it ends, of talk that could not be heard."""
    try:
        sys.stderr.flush()
    except OSError:
        _let_go(sys.stderr.fileno())


def _let_go(stream: int) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream)


def _plain_instead(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    plain = error.object[error.start : error.end].translate(_FOR_OTHER_CONSOLES)
    try:
        plain.encode(error.encoding)
    except UnicodeEncodeError:
        plain = "?" * (error.end - error.start)
    return plain, error.end
