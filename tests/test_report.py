"""`fs report`: the page for the wall, and the report as a document."""

import datetime as dt
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from tests.conftest import Fs
from tests.offices import converted, dom, needs_chromium, needs_libreoffice
from tests.year import write as write_year


@pytest.fixture
def year(fs: Fs) -> Fs:
    """A folder where some tasks are done, some behind, some told of in words."""
    report = ("progress", "update")
    for month, figure in ((3, 300), (5, 500), (7, 650)):
        fs(*report, "18", "--value", str(figure), "--date", f"2021-0{month}-20").ok()
    fs(*report, "16", "--value", "5.2", "--note", "<b>按月抽检</b>", "--problems", "人手不足。",
       "--next-steps", "增派人员", "--evidence", "清单.xlsx").ok()  # fmt: skip
    fs(*report, "34", "--dept", "阳城", "--percent", "80", "--note", "已对接").ok()
    return fs


def made(fs: Fs, name: str, *args: str) -> Path:
    fs("report", "-o", name, *args).ok()
    return fs.folder / name


def test_the_page_says_what_the_tables_say(year: Fs) -> None:
    page = made(year, "进展.html").read_text("utf-8")
    total = year("progress", "-f", "md").ok().out.splitlines()[-1]
    completion = re.search(r"(\d+\.\d)% \|", total)
    assert completion
    assert f'<b>{completion[1]}%</b><span class="words">序时进度 74.8%，比8月末 ' in page
    assert "<b>1 / 59</b>" in page
    assert "5.2，目标 6 批次/千人" in page
    for task in year.objects("tasks"):
        assert (
            f'id="t{task["id"]}" data-section="{task["section"]}" data-light="{task["light"]}"'
            in page
        )


def test_the_page_tells_how_departments_stand_by_their_own_figures(year: Fs) -> None:
    page = made(year, "进展.html").read_text("utf-8")
    for row in year.objects("depts"):
        if row["own_date"] and f'<th scope="row">{row["name"]}</th>' in page:
            start = page.index(f'<th scope="row">{row["name"]}</th>')
            told = page[start : page.index("</tr>", start)]
            assert f">{row['own_reported']}</td>" in told
            assert str(row["own_date"]) in told
            break
    else:
        raise AssertionError("nobody has reported")


def test_the_page_is_one_small_file_that_fetches_nothing(year: Fs) -> None:
    path = made(year, "进展.html")
    page = path.read_text("utf-8")
    assert path.stat().st_size < 500_000
    assert not re.search(r"""(?:src|href)=["'](?!#)|url\(|@import|https?:""", page)


def test_what_people_wrote_is_escaped(year: Fs) -> None:
    page = made(year, "进展.html").read_text("utf-8")
    assert "<b>按月抽检</b>" not in page
    assert "&lt;b&gt;按月抽检&lt;/b&gt;" in page


def test_lists_of_what_to_chase(year: Fs) -> None:
    page = made(year, "进展.html", "--as-of", "2021-11-21").read_text("utf-8")
    assert '<strong>逾期 <span class="count">1</span> 项</strong>' in page
    assert '<a href="#t59"' in page


@pytest.mark.parametrize(
    ("day", "last"), [("2021-10-08", "9月"), ("2021-10-31", "10月"), ("2021-12-31", "12月")]
)
def test_the_months_under_the_chart_leave_one_another_room(year: Fs, day: str, last: str) -> None:
    page = made(year, "进展.html", "--as-of", day).read_text("utf-8")
    places = re.findall(r'<text x="([\d.]+)" y="\d+" text-anchor="middle">(\d+月)</text>', page)
    across = [float(x) for x, _ in places]
    assert all(after - before > 24 for before, after in pairwise(across))
    assert places[-1][1] == last, "the first days of a month stand where the last one ends"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2."""

    def brightness(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = (
            part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((brightness(one), brightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_words_can_be_read_on_their_colours(year: Fs) -> None:
    page = made(year, "进展.html").read_text("utf-8")
    day, night = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
                  for block in re.findall(r":root \{([^}]*)\}", page)[:2]]  # fmt: skip
    for colours, on_light in ((day, "#ffffff"), (night, "#10151c")):
        for light in ("绿", "红", "灰"):
            assert contrast(on_light, colours[light]) >= 4.5, light
        assert contrast(colours["soft"], colours["page"]) >= 4.5
        assert contrast(colours["text"], colours["page"]) >= 7
    assert contrast("#2a2100", day["黄"]) >= 4.5


def hidden(text: str) -> list[bool]:
    return [" hidden" in found for found in re.findall(r"<details[^>]*>", text)]


@needs_chromium
def test_the_page_renders_and_its_filters_work(year: Fs, tmp_path: Path) -> None:
    page = made(year, "进展.html")
    assert "共 59 项</output>" in dom(page, tmp_path)
    light = dom(page, tmp_path, "#" + urlencode({"light": "红"}))
    red = len(year.objects("tasks", "--light", "红"))
    assert f"共 {red} 项</output>" in light
    assert hidden(light).count(False) == red
    whose = ("--dept", "市农业农村局", "--section", "3")
    both = dom(page, tmp_path, "#" + urlencode({"dept": whose[1], "section": whose[3]}))
    assert f"共 {len(year.objects('tasks', *whose))} 项</output>" in both
    assert '<details id="t16"' in dom(page, tmp_path, "#t16")
    assert re.search(r'<details id="t16"[^>]* open', dom(page, tmp_path, "#t16"))


@needs_chromium
def test_the_page_has_nothing_to_complain_of(year: Fs, tmp_path: Path) -> None:
    page = made(year, "进展.html")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    done = subprocess.run(
        [str(chromium), "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
         f"--user-data-dir={tmp_path / 'c'}", "--dump-dom", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert "CONSOLE" not in done.stderr.decode()


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def test_the_report_says_what_was_reported_and_nothing_else(year: Fs) -> None:
    said = texts(made(year, "报告.docx", "--full"))
    assert "".join(said[:2]) == "关于《晋城市2021年食品安全重点工作安排》落实情况的报告"
    assert said[2] == "市委、市政府："
    overall = next(text for text in said if "共10个部分、59项任务、22个指标" in text)
    assert "已完成1项，未报56项，推进中2项" in overall
    assert any(
        text.startswith(
            "任务16“加大抽检监测力度”：食品检验量5.2 批次/千人（目标6 批次/千人，达成率86.7%）"
        )
        for text in said
    )
    assert "1．人手不足（任务16“加大抽检监测力度”）。" in said
    assert "1．增派人员（任务16“加大抽检监测力度”）。" in said
    assert sum(text.startswith("未报：") for text in said) == 10
    assert said[said.index("市食品安全委员会办公室") + 1] == "2021年9月30日"


def test_without_reports_nothing_is_made_up(fs: Fs) -> None:
    said = texts(made(fs, "报告.docx"))
    assert "亮红灯、黄灯和被退回的任务，没有单位写存在问题。" in said
    assert any(text.endswith("全部未报：任务1、2、3、4、5、6。") for text in said)


def test_its_form_is_that_of_official_documents(year: Fs) -> None:
    document: Any = Document(str(made(year, "报告.docx")))
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin,
             section.left_margin, section.right_margin)  # fmt: skip
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 35, 28, 26]
    fonts: dict[str, str] = {}
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            fonts[run.text] = run._element.rPr.rFonts.get(qn("w:eastAsia"))
    assert fonts["一、总体情况"] == "黑体"
    assert fonts["（一）严格进口冷链食品管控。"] == "楷体_GB2312"
    assert fonts["市委、市政府："] == "仿宋_GB2312"
    assert fonts["关于《晋城市2021年食品安全"] == "方正小标宋简体"
    body = document.paragraphs[4].paragraph_format
    assert (body.line_spacing.pt, body.first_line_indent.pt) == (28, 32)


def test_it_is_short_and_says_what_lags_and_why(year: Fs) -> None:
    said = texts(made(year, "报告.docx"))
    overall = next(text for text in said if "共10个部分、59项任务、22个指标" in text)
    assert "已完成1项，未报56项，推进中2项" in overall
    assert re.search(r"比8月末(提高|下降)\d+\.\d个百分点|比8月末持平", overall)
    part = next(text for text in said if text.startswith("（三）"))
    assert "任务16“加大抽检监测力度”滞后：落后" in part
    assert "1．人手不足（任务16）。" in said
    assert "1．增派人员（任务16）。" in said
    assert said[said.index("市食品安全委员会办公室") + 1] == "2021年9月30日"


def test_its_tables_are_the_indicators_and_three_annexes(year: Fs) -> None:
    document: Any = Document(str(made(year, "报告.docx")))
    indicators, tasks, departments, wanting = document.tables
    assert len(indicators.rows) == 1 + 22
    heads = [cell.text for cell in indicators.rows[0].cells]
    assert heads == ["指标", "目标", "完成", "达成率", "应达", "比8月末", "已报"]
    assert [row.cells[0].text for row in tasks.rows[1:]] == [str(n) for n in range(1, 60)]
    assert departments.rows[0].cells[3].text == "自报完成率"
    assert len(wanting.rows) == 1 + 57


def test_odd_pages_are_numbered_right_and_even_ones_left(year: Fs) -> None:
    document: Any = Document(str(made(year, "报告.docx")))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    assert section.footer.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert section.even_page_footer.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.LEFT


@needs_libreoffice
@pytest.mark.parametrize("day", ["2021-03-31", "2021-09-30", "2021-12-31"])
def test_a_whole_years_reports_make_five_pages_and_the_annexes(
    fs: Fs, tmp_path: Path, day: str
) -> None:
    written = write_year(fs.folder, dt.date.fromisoformat(day))
    assert written > 100
    fs("report", "-o", "报告.docx", FS_TODAY=day).ok()
    pages = converted(fs.folder / "报告.docx", "pdf", tmp_path)
    tool = shutil.which("pdftotext")
    if not tool:
        pytest.skip("pdftotext is needed to count the pages")
    text = subprocess.run([tool, pages, "-"], check=True, capture_output=True).stdout.decode()
    first = [page.strip().replace(" ", "")[:3] for page in text.split("\f")]
    assert 2 <= first.index("附件1") <= 5


@needs_libreoffice
@needs_chromium
def test_the_page_of_a_whole_year_prints_on_few_pages(fs: Fs, tmp_path: Path) -> None:
    write_year(fs.folder, dt.date(2021, 12, 31))
    fs("report", "-o", "进展.html", FS_TODAY="2021-12-31").ok()
    page = fs.folder / "进展.html"
    assert page.stat().st_size < 500_000
    assert "另有较早的" in page.read_text("utf-8")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    subprocess.run(
        [str(chromium), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={tmp_path / 'chromium'}", f"--print-to-pdf={tmp_path / 'p.pdf'}",
         page.as_uri()], check=True, capture_output=True, timeout=120)  # fmt: skip
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "p.pdf").read_bytes())) <= 4


@needs_chromium
def test_a_filter_changes_the_whole_page_and_says_so(year: Fs, tmp_path: Path) -> None:
    page = made(year, "进展.html")
    found = dom(page, tmp_path, "#" + urlencode({"section": "3"}))
    whole = {row["section"]: row for row in year.objects("progress")}
    assert "只看 部分“三、强化问题导向提高风险防范能力”：10 项任务" in found
    assert f"<b>{whole[3]['done']} / 10</b>" in found
    card = re.search(r'data-card="completion"><span>完成率</span><b>([\d.]+)%', found)
    assert card
    assert abs(float(card[1]) - float(whole[3]["completion"])) < 0.06
    rows = re.findall(r'<tr data-part="(\d+)"([^>]*)>', found)
    assert [number for number, more in rows if "hidden" not in more] == ["3"]
    one = dom(page, tmp_path, "#" + urlencode({"dept": "阳城县"}))
    rows = re.findall(r'<tr data-department="([^"]+)"([^>]*)>', one)
    assert [name for name, more in rows if "hidden" not in more] == ["阳城县"]


def test_red_tasks_stand_near_the_top_with_their_reasons(year: Fs) -> None:
    page = made(year, "进展.html").read_text("utf-8")
    top = page[: page.index("<h2>各部分</h2>")]
    for task in year.objects("tasks", "--light", "红"):
        assert f'<p class="red" data-task="{task["id"]}">' in top
    assert "个百分点。" in top


def test_what_is_compared_with_can_be_chosen(year: Fs) -> None:
    page = made(year, "进展.html", "--since", "2021-06-30").read_text("utf-8")
    assert "比6月末" in page
    assert "比7月15日" in made(year, "报告.md", "--since", "2021-07-15").read_text("utf-8")
    run = year("report", "-o", "a.md", "--since", "2021-10-01")
    assert (run.code, "不早于看的那一天" in run.err) == (2, True)


def test_the_months_circular_ranks_and_names(year: Fs) -> None:
    text = made(year, "通报.md", "--month", "2021-09").read_text("utf-8")
    assert text.startswith("# 关于《晋城市2021年食品安全重点工作安排》2021年9月落实情况的通报")
    parts = [line for line in text.split("\n") if line.startswith("## ")]
    assert parts == ["## 一、县（市、区）完成情况", "## 二、部门完成情况", "## 三、亮红灯的任务",
                     "## 四、本月未填报的单位"]  # fmt: skip
    counties = text[text.index("## 一") : text.index("## 二")]
    places = re.findall(r"^\| (\d) \| (\S+) \| (\S+) \|", counties, re.MULTILINE)
    assert (len(places), places[0][:2], places[1][0]) == (6, ("1", "阳城县"), "2")
    assert len({place for place, _, _ in places[1:]}) == 1  # all the others have told nothing
    silent = text[text.index("## 四") :]
    nothing, _, in_part = silent.partition("部分任务没有填报的：")
    assert ("泽州县" in nothing, "阳城县" in nothing) == (True, False)
    assert "阳城县（任务5、44、" in in_part
    assert "截至2021年8月31日" in made(year, "上月.md", "--month", "上月底").read_text("utf-8")


def test_a_circular_is_of_one_month_that_has_begun(year: Fs) -> None:
    for args, words in (
        (("-o", "a.html", "--month", "2021-09"), "不能存成网页"),
        (("-o", "a.md", "--month", "2021-09", "--as-of", "2021-09-15"), "请去掉 --as-of"),
        (("-o", "a.md", "--month", "2021-10"), "还没有到"),
        (("-o", "a.md", "--month", "九月"), "请写成 2021-09"),
    ):
        run = year("report", *args)
        assert (run.code, words in run.err) == (2, True), run.err


def test_the_same_as_markdown(year: Fs) -> None:
    text = made(year, "报告.md").read_text("utf-8")
    assert text.startswith("# 关于《晋城市2021年")
    assert "| 16 食品检验量 | 6 批次/千人 | 5.2 | 86.7% | 74.8% |" in text
    assert "| 55 初评 | 完成 | 未报 |" in text
    full = made(year, "长稿.md", "--full").read_text("utf-8")
    assert "\\<b\\>按月抽检" in full
    assert "| 16 | 食品检验量 | 6 | 批次/千人 | 5.2 | 86.7% | 否 |" in full


def test_a_quarters_report(year: Fs) -> None:
    said = texts(made(year, "一季度.docx", "--as-of", "2021-03-31"))
    assert any("截至2021年3月31日" in text for text in said)
    assert not any("5.2" in text for text in said)


def test_what_cannot_be(year: Fs) -> None:
    assert year("report").code == 2
    run = year("report", "-o", "报告.pdf")
    assert (run.code, "请用 .html、.docx、.md" in run.err) == (2, True)
    assert year("report", "-o", "plan.yaml").code == 2
    assert year("report", "-o", "没有/报告.md").code == 4


@needs_libreoffice
def test_libreoffice_makes_pages_of_it(year: Fs, tmp_path: Path) -> None:
    pages = converted(made(year, "报告.docx"), "pdf", tmp_path)
    tool = shutil.which("pdftotext")
    if tool:
        text = subprocess.run([tool, pages, "-"], check=True, capture_output=True).stdout.decode()
        assert "市委、市政府：" in text
        assert re.search(r"—\s*1\s*—", text)
    assert pages.read_bytes().startswith(b"%PDF")
