"""What a word that stands in no place was plainly meant as, written so that it works."""

import re
from collections.abc import Collection, Iterator

from foodsafety_cli.model.events import Light, Status
from foodsafety_cli.model.text import shell_word

_SHAPES = (  # of the values of options; the first that fits
    ("亮灯", "--light", re.compile(f"[{''.join(Light)}]灯?")),
    ("状态", "--status", re.compile("|".join(Status))),
    ("部分", "--section", re.compile("第?[一二三四五六七八九十]+(部分|、)?|第[0-9]{1,2}部分")),
    ("日期", "--as-of", re.compile(r"\d{4}[-/.年]\d{1,2}([-/.月](\d{1,2}日?)?)?")),
    ("文件", "-o", re.compile(r".+\.(xlsx|docx|html|csv|tsv|json|md|yaml)", re.IGNORECASE)),
    (
        "单位",
        "--dept",
        re.compile(
            r"[^\s=＝:：]{1,30}(?:局|委|办|厅|部|院|署|中心|区|县|市|镇|乡|社|协|海关|站|公司|政府|会|支队)"
        ),
    ),
)
_TASK = re.compile("(?:第|任务)([0-9]{1,4})[项号条]?|([0-9]{1,4})[项号]")
_GIVEN = re.compile("([^=＝:：]{1,12})[=＝:：](.+)", re.DOTALL)  # dept=市监局
CALLED = {  # what people call an option
    **dict.fromkeys(("单位", "部门", "department", "unit", "county", "dept"), "--dept"),
    **dict.fromkeys(("数值", "number", "value"), "--value"),
    **dict.fromkeys(("完成率", "percent"), "--percent"),
    **dict.fromkeys(("指标", "indicator"), "--indicator"),
    **dict.fromkeys(("日期", "date", "day", "month"), "--as-of"),
    **dict.fromkeys(("备注", "comment", "note"), "--note"),
    **dict.fromkeys(("状态", "status"), "--status"),
    **dict.fromkeys(("亮灯", "light"), "--light"),
    **dict.fromkeys(("部分", "part", "section"), "--section"),
    **dict.fromkeys(("out", "file", "output"), "--output"),
    **dict.fromkeys(("author", "person"), "--by"),
}


def task_number(word: str) -> str:
    """The number in 第16项, 任务16, 16号; else empty."""
    found = _TASK.fullmatch(word)
    return (found[1] or found[2]) if found else ""


def of_shape(word: str, path: str, options: Collection[str]) -> str:
    """The option that a word is plainly the value of, as it is to be written; "" if none."""
    found = _shape(word, options)
    return (
        f"{found[0]}请写在 {found[1]} 后面：{path} {found[1]} {shell_word(word)}" if found else ""
    )


def of_words(words: str, path: str, options: Collection[str]) -> str:
    """A command line with several words behind their options; "" where one fits none."""
    written = [*_written(words.split(), options)]
    names = [one.partition(" ")[0] for one in written]
    return f"请写：{path} {' '.join(written)}" if written and len({*names}) == len(names) else ""


def _written(words: list[str], options: Collection[str]) -> Iterator[str]:
    found = [_option_of(word, options) for word in words]
    if all(found):
        yield from found


def _option_of(word: str, options: Collection[str]) -> str:
    given = _GIVEN.fullmatch(word)
    option = CALLED.get(given[1].strip("- ").casefold(), "") if given else ""
    if given and option in options:
        return f"{option} {shell_word(given[2].strip())}"
    shape = _shape(word, options)
    return f"{shape[1]} {shell_word(word)}" if shape else ""


def _shape(word: str, options: Collection[str]) -> tuple[str, str] | None:
    fits = ((what, option) for what, option, shape in _SHAPES if shape.fullmatch(word))
    return next(((what, option) for what, option in fits if option in options), None)
