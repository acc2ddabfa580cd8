"""Whatever words a ledger holds: every answer opens, and no sign that nobody typed is in it."""

import json
import unicodedata
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.limits import in_ci
from tests.test_fuzz import office, run

__all__ = ["office"]  # the fixture

signs = st.text(
    st.characters(categories=["Cc", "Cf", "Zl", "Zp", "Mn", "Lo", "Po", "Sm"])
    | st.sampled_from("=@<&|~`*")
)


def unfit(text: str) -> set[str]:
    """The control, format and direction characters in a text, by Unicode's own categories."""
    bad = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    return bad - set("\n\r\t")


@given(words=st.lists(signs, min_size=4, max_size=4))
@settings(
    max_examples=in_ci(25, 6),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_answer_opens_and_has_no_such_sign(office: Path, words: list[str]) -> None:
    note, problems, by, evidence = words
    entry = {"task": 34, "percent": 50, "note": note, "problems": problems, "evidence": [evidence]}
    line = {"id": "a1", "at": "2021-09-01T08:00:00+08:00", "by": by, "date": "2021-09-01"}
    content = json.dumps(line | {"entries": [entry]})
    (office / "progress.jsonl").write_text(content + "\n", "utf-8")
    for name in ("台账.xlsx", "报告.docx", "页面.html", "报告.md", "表.tsv"):
        command = "report" if name.startswith(("报告", "页面")) else "export"
        code, _ = run(command, "-o", name, "--force")
        assert code == 0, name
    for form in ("tsv", "csv", "json", "yaml", "md"):
        code, out = run("log", "-f", form)
        assert code == 0
        assert not unfit(out), form
    for name in ("页面.html", "报告.md", "表.tsv"):
        assert not unfit((office / name).read_text("utf-8-sig")), name
    for sheet in load_workbook(office / "台账.xlsx"):
        for row in sheet.iter_rows():
            assert not any(cell.data_type == "f" for cell in row)
            assert not any(unfit(str(cell.value or "")) for cell in row)
    with zipfile.ZipFile(office / "报告.docx") as packed:
        text = "".join(ElementTree.fromstring(packed.read("word/document.xml")).itertext())
    assert not unfit(text)


@pytest.mark.parametrize("form", ["csv", "tsv", "md", "json"])
def test_no_line_ends_in_two_returns(office: Path, form: str) -> None:
    (office / "progress.jsonl").unlink(missing_ok=True)
    _, out = run("tasks", "-f", form)
    assert "\r\r" not in out
