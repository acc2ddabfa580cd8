"""Who decides, writes and signs: the food safety office of whoever has issued the plan."""

from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.conftest import Fs


@pytest.fixture
def county(fs: Fs) -> Fs:
    """The shipped plan as a county would have it."""
    text = fs.plan.read_text("utf-8").replace("市食安办", "县食安办")
    fs.plan.write_text(text, "utf-8")
    fs.edit_plan("issuer: 晋城市人民政府办公室", "issuer: 云岭县人民政府办公室")
    return fs


def words_of(path: Path) -> str:
    document = Document(str(path))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_letters_forms_and_reports_are_the_countys(county: Fs) -> None:
    county("letter", "write", "16", "-d", "阳城县", "-o", "函").ok()
    (letter,) = (county.folder / "函").glob("*.docx")
    assert "县食安办" in words_of(letter)
    assert "市食安办" not in words_of(letter)
    county("form", "-d", "阳城县", "-o", "表.xlsx").ok()
    guide = str(load_workbook(county.folder / "表.xlsx").worksheets[0]["A2"].value)
    assert "交回县食安办" in guide
    county("report", "-o", "报告.docx").ok()
    report = words_of(county.folder / "报告.docx")
    assert "县委、县政府：" in report
    assert "\n县食品安全委员会办公室\n" in report


def test_an_autonomous_prefecture_is_one(county: Fs) -> None:
    text = county.plan.read_text("utf-8").replace("县食安办", "政府办")
    county.plan.write_text(text.replace("云岭县人民政府", "云岭彝族自治州人民政府"), "utf-8")
    county("form", "-d", "阳城县", "-o", "表.xlsx").ok()
    guide = str(load_workbook(county.folder / "表.xlsx").worksheets[0]["A2"].value)
    assert "交回州食安办" in guide


def test_an_office_that_the_plan_does_not_name_is_of_the_issuers_level(county: Fs) -> None:
    text = county.plan.read_text("utf-8").replace("县食安办", "县政府办")
    county.plan.write_text(text, "utf-8")
    county("signoff", "apply", "16", "-d", "阳城县", "--by", "甲", "--force")
    county("form", "-d", "阳城县", "-o", "表.xlsx").ok()
    guide = str(load_workbook(county.folder / "表.xlsx").worksheets[0]["A2"].value)
    assert "交回县食安办" in guide
