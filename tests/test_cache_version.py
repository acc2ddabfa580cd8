"""What the cache holds was made by some program: another shape, or other checks, is another one.

A plan that was validated is not validated again. Whoever changes what makes it valid, or how it is
kept, counts `VERSION` in `store/cache.py` one up; this test tells when that is so.
"""

import ast
import hashlib

from foodsafety_cli.store import cache
from tests.conftest import ROOT

MADE_BY = (
    *("checks", "figure_checks", "amendment_checks", "stage_checks", "vetting", "bracket"),
    *("bracket_words", "measures", "reporters", "duties", "splitting", "numerals"),
)
KEPT_BY = (
    *("plan/tables", "plan/schema", "plan/examining", "plan/yamltree"),
    *("ledger/tables", "ledger/head", "ledger/rows", "ledger/intake", "ledger/lines"),
    "ledger/faults",
)
NUMBER, FINGERPRINT = 27, "178fc49ab7ffc461"


def fingerprint() -> str:
    """Of what the modules do: lines of comments and of docstrings are none of it."""
    paths = [f"analysis/{name}" for name in MADE_BY] + [f"store/{name}" for name in KEPT_BY]
    found = hashlib.sha256()
    for path in paths:
        source = (ROOT / "foodsafety_cli" / f"{path}.py").read_text("utf-8")
        words = {
            number
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
        }
        for number, line in enumerate(source.splitlines(), 1):
            if number not in words and line.strip() and not line.strip().startswith("#"):
                found.update(line.encode())
    return found.hexdigest()[:16]


def test_another_shape_or_another_check_is_another_version() -> None:
    number = int(cache.VERSION.split()[-1])
    told = "count VERSION in store/cache.py up, then write its number and this fingerprint here"
    assert (number, fingerprint()) == (NUMBER, FINGERPRINT), told
