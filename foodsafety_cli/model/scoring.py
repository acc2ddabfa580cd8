"""A rubric (评分细则): what is scored, how points come about, and what grades they make."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from foodsafety_cli.model.plan import About
from foodsafety_cli.model.valuetype import ValueType


class RuleKind(StrEnum):
    """How a figure becomes points."""

    RATIO = "ratio"
    LIMIT = "limit"
    BANDS = "bands"
    ALL_OR_NOTHING = "all_or_nothing"
    EACH = "each"
    GROWING = "growing"
    RANK = "rank"
    LAST_YEAR = "last_year"
    MARKED = "marked"


class Counted(StrEnum):
    """What is counted, where it is no task and no indicator."""

    COMPLETION = "completion"  # its own, over all that it reports for
    LATE = "late"  # figures that were reported after their day
    SILENT_MONTHS = "silent_months"
    UNANSWERED = "unanswered"  # letters past their day
    RETURNS = "returns"
    LATE_SIGNOFFS = "late_signoffs"
    EXTENSIONS = "extensions"
    MARKED = "marked"  # by hand: fs score mark --count

    @property
    def is_fault(self) -> bool:
        """Whether more of it is worse."""
        return self not in (Counted.COMPLETION, Counted.MARKED)


class Effect(StrEnum):
    """Whether an item's points stand in the base, come on top or are taken off."""

    BASE = "base"
    BONUS = "bonus"
    DEDUCT = "deduct"


class Rule(ValueType):
    """How an item's points come about."""

    kind: Annotated[
        RuleKind,
        About(
            "ratio 按达成率｜limit 上限｜bands 分档｜all_or_nothing 达标得满分｜each 每次｜"
            "growing 递增｜rank 按名次｜last_year 与上年比｜marked 评议"
        ),
    ]
    task: Annotated[int | None, About("按哪项任务", gt=0)] = None
    indicator: Annotated[str, About("按这项任务的哪个指标")] = ""
    of: Annotated[Counted | None, About("按什么计数")] = None
    per: Annotated[Decimal | None, About("每次几分", gt=0)] = None
    cap: Annotated[Decimal | None, About("最多几分", gt=0)] = None
    bands: Annotated[
        tuple[tuple[Decimal, ...], ...], About("分档：[[60, 0.7], [70, 1.2]]，达到 60% 得 0.7 分")
    ] = ()
    steps: Annotated[tuple[Decimal, ...], About("第一次、第二次……各几分")] = ()
    places: Annotated[tuple[Decimal, ...], About("第一名、第二名……各几分")] = ()


class RubricItem(ValueType):
    """One line of the rubric."""

    id: Annotated[str, About("序号，如 4.1", min_length=1)]
    title: Annotated[str, About("考核内容", min_length=1)]
    points: Annotated[Decimal, About("分值", gt=0)]
    rule: Annotated[Rule, About("怎样得分")]
    effect: Annotated[Effect, About("base 基本分｜bonus 加分｜deduct 减分")] = Effect.BASE
    series: Annotated[tuple[str, ...], About("只考核哪些系列；不写则都考核")] = ()
    proof: Annotated[str, About("要看什么材料")] = ""


class Series(ValueType):
    """Departments that are ranked among themselves."""

    name: Annotated[str, About("系列名称，如 县（市、区）", min_length=1)]
    members: Annotated[tuple[str, ...], About("有哪些单位")] = ()
    group: Annotated[str, About("或者：计划里的哪一组单位")] = ""


class Grade(ValueType):
    """A grade from so many points on; at most so many departments of a series."""

    name: Annotated[str, About("等次，如 A", min_length=1)]
    least: Annotated[Decimal, About("多少分以上", ge=0)]
    most: Annotated[int | None, About("一个系列最多几个", gt=0)] = None


class Downgrade(ValueType):
    """What lowers a grade by so many."""

    id: Annotated[str, About("编号，如 降3", min_length=1)]
    title: Annotated[str, About("什么情形", min_length=1)]
    by: Annotated[int, About("降几等", gt=0)] = 1


class Veto(ValueType):
    """What makes the grade the lowest, whatever the points."""

    id: Annotated[str, About("编号，如 否1", min_length=1)]
    title: Annotated[str, About("什么情形", min_length=1)]


class Convert(ValueType):
    """What the score counts for elsewhere: weight in percent."""

    weight: Annotated[Decimal, About("折算的权重，百分之几", gt=0)]


class Rubric(ValueType):
    """The whole of scoring.yaml."""

    title: Annotated[str, About("细则名称", min_length=1)]
    series: Annotated[tuple[Series, ...], About("系列：谁和谁一起排名")]
    items: Annotated[tuple[RubricItem, ...], About("考核内容")]
    base: Annotated[Decimal, About("基本分合计", gt=0)] = Decimal(100)
    bonus_cap: Annotated[Decimal | None, About("加分最多", gt=0)] = None
    deduct_cap: Annotated[Decimal | None, About("减分最多", gt=0)] = None
    grades: Annotated[tuple[Grade, ...], About("等次，从高到低")] = ()
    downgrades: Annotated[tuple[Downgrade, ...], About("降等的情形")] = ()
    vetoes: Annotated[tuple[Veto, ...], About("一票否决的情形")] = ()
    convert: Annotated[Convert | None, About("折算")] = None

    def items_of(self, series: str) -> tuple[RubricItem, ...]:
        """The items that a series is scored by."""
        return tuple(item for item in self.items if not item.series or series in item.series)


class Facts(ValueType):
    """What is counted of a department, exactly, with the words for whence."""

    value: Decimal | None  # None: nothing reported, or nothing to count by
    words: str
    lines: tuple[str, ...] = ()  # ids of the ledger's lines
    evidence: tuple[str, ...] = ()
    is_concerned: bool = True
    before: Decimal | None = None  # last year's
