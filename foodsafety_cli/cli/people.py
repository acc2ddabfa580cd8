"""Who is reporting, the words they give, and what they allow."""

import os
from collections.abc import Callable
from typing import Annotated

import typer

from foodsafety_cli.model.errors import BadValue
from foodsafety_cli.model.text import clean, has_refused


def parse_words(option: str, tidy: Callable[[str], str] = clean) -> Callable[[str], str]:
    """A parser for free text: no blanks around it, nothing a terminal would obey, readable.

    `tidy` takes out what nobody sees: of what may have several lines, `clean_words`.
    """

    def parse(text: str) -> str:
        if not text.strip():
            raise BadValue(option, "是空的；没有要写的就不用写这个选项")
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise BadValue(option, "里面有读不懂的字节，请核对终端的编码")
        if has_refused(text):
            raise BadValue(option, "里面有控制字符，请去掉")
        return tidy(text).strip()

    return parse


By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="姓名",
        help="填报人（默认取 FS_BY，其次登录名）",
        parser=parse_words("--by"),
    ),
]


def reporter(named: str | None) -> str:
    """Who reports: as named, else FS_BY, else the account's name."""
    from_environment = os.environ.get("FS_BY", "").strip()
    if named or from_environment:
        return named or parse_words("FS_BY")(from_environment)
    import getpass

    try:
        return parse_words("--by")(getpass.getuser())
    except (OSError, KeyError, ImportError):  # an account without a name (containers)
        return "未署名"


AllowDecrease = Annotated[
    bool, typer.Option("--allow-decrease", help="更正：允许累计数小于已报的数")
]
Force = Annotated[bool, typer.Option("--force", help="数大得出奇（百倍以上）也记录")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只看会记录什么，不记录")]
