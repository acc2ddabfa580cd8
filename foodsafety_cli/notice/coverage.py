"""What an import covered: counts, and every place a reviewer should look at."""

from collections.abc import Iterator

from foodsafety_cli.model.valuetype import ValueType

_SHOWN = 12
_WORDS = 40


class Passage(ValueType):
    """A place in the notice: its line, and the words there."""

    line: int
    text: str


class Doubtful(ValueType):
    """A name or a reading that may be wrong, and why."""

    name: str
    why: str


class Coverage(ValueType):
    """What was found in a notice, and what was not."""

    items: int
    tasks: int
    brackets: int
    with_responsibility: int
    without_responsibility: tuple[Passage, ...]
    brackets_rejected: tuple[Passage, ...]
    departments: tuple[str, ...]
    doubtful: tuple[Doubtful, ...]
    indicators: int
    figures_not_taken: tuple[Passage, ...] = ()
    days_not_taken: tuple[Passage, ...] = ()
    merged: tuple[Passage, ...] = ()  # tasks with several brackets
    tables_not_understood: tuple[Passage, ...] = ()
    unread: tuple[Passage, ...] = ()  # text of the file that reached no line

    def record(self) -> dict[str, object]:
        """The report for scripts."""
        record: dict[str, object] = self._asdict()
        places = (
            "figures_not_taken",
            "days_not_taken",
            "merged",
            "tables_not_understood",
            "unread",
        )
        for field in ("without_responsibility", "brackets_rejected", "doubtful", *places):
            record[field] = [item._asdict() for item in getattr(self, field)]
        return record | {"departments": list(self.departments)}

    def words(self) -> Iterator[str]:
        """The report for people, line by line."""
        yield (
            f"编号条目 {self.items} 个：有责任单位 {self.with_responsibility} 个，"
            f"没有 {len(self.without_responsibility)} 个"
        )
        yield from _some(f"第 {p.line} 行 {_short(p.text)}" for p in self.without_responsibility)
        yield f"任务 {self.tasks} 项，责任括号 {self.brackets} 处，指标 {self.indicators} 个"
        yield f"单位 {len(self.departments)} 个，其中待核 {len(self.doubtful)} 处"
        yield from _some(f"{doubt.name}：{doubt.why}" for doubt in self.doubtful)
        if self.brackets_rejected:
            yield f"看过而没有采用的括号 {len(self.brackets_rejected)} 处"
            yield from _some(f"第 {p.line} 行（{_short(p.text)}）" for p in self.brackets_rejected)
        for words, found in (
            ("没有作指标的数", self.figures_not_taken),
            ("没有作时限的日子", self.days_not_taken),
            ("几处责任括号合成的任务", self.merged),
            ("没有看懂的表格里的格子", self.tables_not_understood),
            ("文件里有、没有读进来的文字", self.unread),
        ):
            if found:
                yield f"{words} {len(found)} 处"
                yield from _some(f"第 {p.line} 行 {_short(p.text)}" for p in found)


def _some(lines: Iterator[str]) -> Iterator[str]:
    told = list(lines)
    yield from (f"  {line}" for line in told[:_SHOWN])
    if len(told) > _SHOWN:
        yield f"  ……另有 {len(told) - _SHOWN} 处（--report json 全部列出）"


def _short(text: str) -> str:
    return text if len(text) <= _WORDS else f"{text[:_WORDS]}……"
