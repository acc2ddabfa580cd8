"""The arrangement: one notice, one year, as `plan.yaml` holds it."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

FORBID_UNKNOWN_KEYS = {"extra": "forbid"}
_NUMBERS_END = 1_000_000_000  # what any reader of JSON keeps exactly


class Role(StrEnum):
    """What a bracket asks of a department."""

    LEAD = "牵头"
    RESPONSIBLE = "负责"
    SUPPORT = "配合"


class Kind(StrEnum):
    """How an indicator's figure behaves through the year."""

    CUMULATIVE = "cumulative"
    RATE = "rate"
    MILESTONE = "milestone"

    @property
    def label(self) -> str:
        """The word an officer uses for it."""
        return {"cumulative": "累计", "rate": "比率", "milestone": "节点"}[self.value]


class Aggregate(StrEnum):
    """How departments' own figures make one."""

    SUM = "sum"
    MEAN = "mean"
    MIN = "min"


class _IsoDay:
    """Makes pydantic take a day only as it is written, never as a count of seconds."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        from pydantic_core import PydanticCustomError, core_schema

        def written(value: object) -> object:
            try:
                return dt.date.fromisoformat(value) if isinstance(value, str) else value
            except ValueError:
                raise PydanticCustomError("date_parsing", "not a day") from None

        return core_schema.no_info_before_validator_function(written, handler(source))


Day = Annotated[dt.date, _IsoDay()]


def _field(description: str, /, default: Any = ..., **constraints: Any) -> Any:
    """A dataclass field whose Chinese description editors show (through the JSON schema)."""
    metadata = {"description": description, **constraints}
    return field(metadata=metadata) if default is ... else field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Period:
    """The working period, both days included."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    start: Day = _field("工作期第一天，如 2021-01-01")
    end: Day = _field("工作期最后一天，如 2021-12-31")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When lights change: points behind the pace, and days before the due date."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    yellow: Decimal = _field("落后多少个百分点起亮黄灯", Decimal(10), ge=0)
    red: Decimal = _field("落后多少个百分点起亮红灯", Decimal(30), ge=0)
    due_soon_days: int = _field("到期前多少天内算临期", 15, ge=0, lt=_NUMBERS_END)


@dataclass(frozen=True, slots=True)
class Department:
    """Anyone who can be named in a bracket; with `members`, a group."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    name: str = _field("单位全称，与通知括号中的写法一致", min_length=1)
    aliases: tuple[str, ...] = _field("简称和通知中的其他写法", ())
    members: tuple[str, ...] = _field("成员单位（这一条是一组单位时填写）", ())


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measurable target of one task; `quote` is where the notice says so."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    name: str = _field("指标名称，同一任务内不重复", min_length=1)
    quote: str = _field("任务原文中规定这个指标的字句，一字不差", min_length=1)
    kind: Kind = _field("cumulative 累计｜rate 比率｜milestone 节点")
    target: Decimal | None = _field("目标值；节点类不填", None, gt=0)
    unit: str = _field("计量单位，如 批次/千人、%；节点类不填", "")
    aggregate: Aggregate | None = _field("各单位分别填报时如何汇总：sum｜mean｜min", None)
    due: Day | None = _field("指标自己的时限；不填则同任务", None)

    @property
    def is_share(self) -> bool:
        """Whether the figure is a percentage, which cannot pass 100."""
        return self.unit == "%"

    @property
    def combine(self) -> Aggregate:
        """How departments' figures make one: counts add up, shares never do."""
        if self.aggregate:
            return self.aggregate
        adds_up = self.kind is Kind.CUMULATIVE and not self.is_share
        return Aggregate.SUM if adds_up else Aggregate.MEAN


@dataclass(frozen=True, slots=True)
class Task:
    """One numbered task; `id` is the integer printed in the notice."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    id: int = _field("通知中印的任务序号，永不改变", gt=0, lt=_NUMBERS_END)
    title: str = _field("任务原文中的一小段，作表格里的名称", min_length=1)
    text: str = _field("任务原文", min_length=1)
    responsibility: str = _field("责任括号中的原文", min_length=1)
    lead: tuple[str, ...] = _field("牵头单位", ())
    responsible: tuple[str, ...] = _field("责任单位", ())
    support: tuple[str, ...] = _field("配合单位", ())
    due: Day | None = _field("完成时限；不填则为工作期最后一天", None)
    indicators: tuple[Indicator, ...] = _field("可衡量的指标", ())

    def named(self) -> Iterator[tuple[str, Role]]:
        """The departments that the bracket names, with their roles, leads first."""
        for role, names in (
            (Role.LEAD, self.lead),
            (Role.RESPONSIBLE, self.responsible),
            (Role.SUPPORT, self.support),
        ):
            for name in names:
                yield name, role


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part of the notice."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    number: int = _field("部分的序号：一是 1", gt=0, lt=_NUMBERS_END)
    title: str = _field("部分的标题", min_length=1)
    tasks: tuple[Task, ...] = _field("这一部分的任务")

    @property
    def label(self) -> str:
        """The number as it is printed: 一 … 十, 十一 …"""
        tens, ones = divmod(self.number, 10)
        digits = "零一二三四五六七八九"
        if tens > 9:
            return str(self.number)
        head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
        return head + (digits[ones] if ones else "")


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole work arrangement."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    title: str = _field("工作安排的名称", min_length=1)
    document_number: str = _field("文号，如 晋市政办〔2021〕26号", min_length=1)
    issuer: str = _field("印发机关", min_length=1)
    issued_on: Day = _field("成文日期")
    period: Period = _field("工作期")
    departments: tuple[Department, ...] = _field("括号中出现的单位和单位组")
    sections: tuple[Section, ...] = _field("各部分")
    lights: Thresholds = _field("亮灯与临期的界限", Thresholds())

    def tasks(self) -> Iterator[tuple[Section, Task]]:
        """Every task with its section, in the notice's order."""
        for section in self.sections:
            for task in section.tasks:
                yield section, task

    def due(self, task: Task) -> dt.date:
        """The day a task is due: its own, else the period's last."""
        return task.due or self.period.end
