"""Whatever a file holds, reading it ends in an answer or in problems with places."""

from hypothesis import given, settings
from hypothesis import strategies as st

from foodsafety_cli.model.problem import Severity
from foodsafety_cli.store.plan import examining
from foodsafety_cli.store.plan import file as plan_file
from tests import oracle
from tests.conftest import ROOT

PLAN_TEXT = (ROOT / "tests" / "bad_plans" / "due-outside-period.yaml").read_text("utf-8")
PLAN = plan_file.load(ROOT / "plan.yaml").whole()
LINE = (
    '{"id":"9f3c","at":"2021-09-30T09:12:33+08:00","by":"张三","date":"2021-09-30",'
    '"entries":[{"task":16,"indicator":"食品检验量","value":5.2}]}'
)
PIECES = st.one_of(
    st.sampled_from(["[", "}", ": ", "- ", "\n", "  ", "'", "&a ", "*a ", "!x ", "|", "? ", "\t"]),
    st.sampled_from(["null", "1e999", '"NaN"', "{}", '"\\ud800"', '"9999-12-31"', "-1", "\x00"]),
    st.text(max_size=3),
)


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> str:
    """A text with some of it cut out and something else put in, a few times."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.integers(0, 12))
        text = text[:at] + draw(PIECES) + text[at + gone :]
    return text


@given(spoilt(PLAN_TEXT))
@settings(max_examples=300, deadline=None)
def test_a_spoilt_plan_is_a_plan_or_has_errors(text: str) -> None:
    plan, problems = examining.examine(text.encode("utf-8", "replace"), "plan.yaml")
    assert plan is not None or any(p.severity is Severity.ERROR for p in problems)
    lines = text.count("\n") + text.count("\r") + text.count("\x85") + 3
    assert all(1 <= p.line <= lines and p.column >= 1 for p in problems)
    assert all(p.message and p.remedy for p in problems)


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_bytes_as_a_plan(content: bytes) -> None:
    plan, problems = examining.examine(content, "plan.yaml")
    assert plan is None
    assert problems


@given(st.lists(st.one_of(spoilt(LINE), st.text(max_size=30)), max_size=5))
@settings(max_examples=300, deadline=None)
def test_every_line_of_a_spoilt_ledger_is_read_or_told_of(texts: list[str]) -> None:
    content = "\n".join(texts).encode("utf-8", "replace")
    found = oracle.parse(content)
    told = {line for line, _ in oracle.problems(PLAN, content)}
    read = set(found.lines.values())
    lines = enumerate(content.split(b"\n"), 1)
    written = {
        n for n, line in lines if line.strip().strip(b", []\0")
    }  # a list's signs say nothing
    assert read | told == written
