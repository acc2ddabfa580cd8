"""The door: plain YAML data to a typed `Plan`, by pydantic; and the JSON schema for editors."""

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import field, make_dataclass
from decimal import Decimal
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Optional,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # or it looks into every package

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from foodsafety_cli.analysis.days import read_day
from foodsafety_cli.analysis.measures import is_countable
from foodsafety_cli.model.plan import Kind, Plan
from foodsafety_cli.model.problem import Code, Fault

if TYPE_CHECKING:
    from foodsafety_cli.model.scoring import Rubric

T = TypeVar("T")

_MESSAGES = {
    "missing": (Code.MISSING_KEY, "缺少“{key}”", "请补上这一项"),
    "unexpected_keyword_argument": (Code.UNKNOWN_KEY, "没有“{key}”这一项", "请核对拼写，或删去它"),
    "int_parsing": (Code.WRONG_TYPE, "“{key}”应是整数，写的是“{given}”", "请改成整数"),
    "int_from_float": (Code.WRONG_TYPE, "“{key}”应是整数，写的是“{given}”", "请改成整数"),
    "int_parsing_size": (Code.WRONG_TYPE, "“{key}”应是整数，写的是“{given}”", "请改成整数"),
    "decimal_parsing": (Code.WRONG_TYPE, "“{key}”应是数字，写的是“{given}”", "请改成数字"),
    "number_size": (Code.OUT_OF_RANGE, "“{key}”的位数不可能", "请核对数值"),
    "bool_parsing": (Code.WRONG_TYPE, "“{key}”应是 true 或 false，写的是“{given}”", "请改成 true"),
    "finite_number": (Code.WRONG_TYPE, "“{key}”应是有限的数，写的是“{given}”", "请改成数字"),
    "date_parsing": (Code.WRONG_TYPE, "“{key}”应是日期，写的是“{given}”", "请写成 2021-11-20 这样"),
    "dict_type": (
        Code.WRONG_TYPE,
        "“{key}”应是“名称: 数”的几项",
        "请写成 {{城区: 100}}，阶段写成 {{2021-06-30: 26%}}",
    ),
    "tuple_type": (Code.WRONG_TYPE, "“{key}”应是列表", "请写成 [甲, 乙] 或每行一个“- ”"),
    "string_type": (Code.WRONG_TYPE, "“{key}”应是文字", "请填写文字"),
    "enum": (Code.WRONG_VALUE, "“{key}”不能是“{given}”", "可用的值：{expected}"),
    "greater_than": (Code.OUT_OF_RANGE, "“{key}”应大于 {gt}，写的是“{given}”", "请核对数值"),
    "less_than": (Code.OUT_OF_RANGE, "“{key}”应小于 {lt}，写的是“{given}”", "请核对数值"),
    "greater_than_equal": (
        Code.OUT_OF_RANGE,
        "“{key}”不应小于 {ge}，写的是“{given}”",
        "请核对数值",
    ),
    "string_too_short": (Code.EMPTY_VALUE, "“{key}”是空的", "请填写文字"),
}
_SHOWN = 40  # characters of a wrong value, enough to find it by
_SHAPE = (Code.WRONG_TYPE, "“{key}”的结构不对", "这里应是“键: 值”的几行")


def _written_day(value: object) -> object:
    """A day only as it is written (2021-11-20, 2021-1-1), never as a count of seconds."""
    if not isinstance(value, str):
        return value
    day = read_day(value)
    if day is None:
        raise PydanticCustomError("date_parsing", "not a day")
    return day


def _countable(value: T) -> T:
    """A number, or numbers by name, as somebody may have counted: arithmetic bears no others."""
    for one in value.values() if isinstance(value, dict) else [value]:
        if isinstance(one, Decimal | int) and not is_countable(one):
            raise PydanticCustomError("number_size", "beyond all measure")
    return value


def _door(kind: Any) -> Any:
    """What pydantic needs to know to make a value type of the model from a mapping."""
    hints = get_type_hints(kind, include_extras=True)
    fields = [_field(name, hint, kind._field_defaults) for name, hint in hints.items()]
    config = {"__pydantic_config__": {"extra": "forbid"}}
    shape = make_dataclass(
        kind.__name__, fields, namespace=config, init=False, repr=False, eq=False
    )

    def made(given: Any) -> Any:
        return kind(*(getattr(given, name) for name in kind._fields))

    return Annotated[shape, AfterValidator(made)]


def _field(name: str, hint: Any, defaults: dict[str, Any]) -> tuple[str, Any, Any]:
    of, about = get_args(hint)
    kind: Any = Annotated[_value(of), Field(description=about.description, **about.limits)]
    if {Decimal, int}.intersection((of, *get_args(of))):
        kind = Annotated[kind, AfterValidator(_countable)]
    if name not in defaults:
        return name, kind, field()
    default = defaults[name]
    # a value type as a default in the JSON schema would be a list; a mapping must not be shared
    if hasattr(default, "_fields") or isinstance(default, dict):
        return name, kind, field(default_factory=lambda: default)
    return name, kind, field(default=default)


def _value(of: Any) -> Any:
    if of is dt.date:
        return Annotated[dt.date, BeforeValidator(_written_day)]
    if get_origin(of) is UnionType:
        value, _ = get_args(of)
        return Optional[_value(value)]  # noqa: UP045 - what is made here has no `|`
    if get_origin(of) is Mapping:
        return dict[str, _value(get_args(of)[1])]  # type: ignore[misc]  # as below
    if get_origin(of) is tuple:
        return tuple[_value(get_args(of)[0]), ...]  # type: ignore[misc]  # made as the program runs
    return _door(of) if hasattr(of, "_fields") else of


_PLAN: TypeAdapter[Plan] = TypeAdapter(_door(Plan))


def read_plan(data: object) -> tuple[Plan | None, list[Fault]]:
    """Type the data: the plan, or every place where it does not fit."""
    return _read(_PLAN, data)


def read_rubric(data: object) -> tuple["Rubric | None", list[Fault]]:
    """The same of a rubric."""
    from foodsafety_cli.model.scoring import Rubric

    return _read(TypeAdapter(_door(Rubric)), data)


def _read(door: TypeAdapter[T], data: object) -> tuple[T | None, list[Fault]]:
    try:
        return door.validate_python(data), []
    except ValidationError as error:
        return None, [_fault(detail) for detail in error.errors(include_url=False)]


def json_schema() -> str:
    """The plan's JSON schema, for editors: completion, hints and checks while typing."""
    import json

    schema = _PLAN.json_schema()
    _drop_english(schema)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "食品安全重点工作安排（plan.yaml）",
    }
    return json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n"


def _fault(detail: ErrorDetails) -> Fault:
    path = tuple(step for step in detail["loc"] if isinstance(step, str | int))
    code, message, remedy = _MESSAGES.get(detail["type"], _SHAPE)
    names = [step for step in path if isinstance(step, str)]
    given = detail.get("input")
    if given is None and detail["type"] != "missing":
        code, message, remedy = Code.EMPTY_VALUE, "“{key}”是空的", "请填写，或删去这一行"
        if names and ":" in names[-1]:  # within braces kind:cumulative is one word
            remedy = "请在冒号后面加一个半角空格"
    words: dict[str, Any] = {
        "key": names[-1] if names else "计划",
        "given": _shortened(str(given)),
        **{name: _words(value) for name, value in detail.get("ctx", {}).items()},
    }
    return Fault(
        path,
        code,
        message.format_map(words),
        remedy.format_map(words),
        on_key=detail["type"] == "unexpected_keyword_argument",
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _words(value: object) -> str:
    """Pydantic's "'a', 'b' or 'c'" as Chinese punctuates it; kinds with what they mean."""
    words = str(value).replace("'", "").replace(", ", "、").replace(" or ", "、")
    for kind in Kind:
        words = words.replace(kind.value, f"{kind.value}（{kind.label}）")
    return words


def _drop_english(schema: dict[str, Any]) -> None:
    """Take out what pydantic makes of class and field names: editors show people the rest."""
    for definition in (schema, *schema.get("$defs", {}).values()):
        definition.pop("title", None)
        definition.pop("description", None)
        for told in definition.get("properties", {}).values():
            told.pop("title", None)
