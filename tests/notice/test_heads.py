"""What stands above the first item: boxes, quoted titles, who signs, days with rubbish behind."""

import datetime as dt

import pytest

from foodsafety_cli.notice.webpage import page_lines
from tests.notice.made import drafted

TASK = "一、工作任务\n1．加强监管。（责任单位：县公安局）\n"
PLAN = "青山县2023年养老服务工作要点"


def title(head: str) -> str:
    return drafted(f"{head}\n{TASK}").plan.title


@pytest.mark.parametrize(
    "head",
    [
        f"青山县关于做好有关工作的通知\n各乡镇：\n《{PLAN}》已经县政府同意，现印发给你们，请落实。",
        f"青山县人民政府办公室\n现将《{PLAN}》印发你们，请执行。",
        f"青山民政发布{PLAN}\n时间：2023-03-01\n县民政局3月1日印发《{PLAN}》，全文如下：",
        f"首页 > 政务公开 > 民政\n{PLAN}",
        f"当前位置：网站首页\n{PLAN}",
        f"《{PLAN}》",
        f"（河西省）{PLAN}",
        f"{PLAN}。为做好全县养老服务工作，特制定本要点。",
        f"索 引 号：1122/2023-0001 组配分类：政策文件\n名 称：{PLAN} 文号：无",
        f"关于{PLAN}的通知",
    ],
)
def test_a_plan_is_called_what_its_notice_calls_it(head: str) -> None:
    assert title(head) == PLAN


def test_quotes_in_a_quoted_title_are_those_of_a_title() -> None:
    head = (
        "关于印发有关事项的通知\n各乡镇：\n现将《2023年〈政府工作报告〉重点任务清单》印发给你们。"
    )
    assert title(head) == "2023年《政府工作报告》重点任务清单"


def test_of_several_papers_the_notice_says_which_are_meant() -> None:
    head = (
        "关于印发2023年县政府工作报告重点任务的通知\n各乡镇：\n"
        "《十项民生实事》和《县政府工作报告重点任务》已经县政府同意，现印发给你们。"
    )
    assert title(head) == "2023年县政府工作报告重点任务"


def test_a_box_of_several_labels_a_line_gives_who_issued_it_and_when() -> None:
    box = (
        "索引号：1122/2023-0001 主题分类：民政、扶贫\n"
        "发布机构：青山县民政局 有效性：有效\n"
        "成文日期：2023-04-06 失效日期："
    )
    plan = drafted(f"{box}\n{PLAN}\n{TASK}").plan
    assert (plan.title, plan.issuer, plan.issued_on) == (PLAN, "青山县民政局", dt.date(2023, 4, 6))


def test_all_who_sign_over_the_day_issue_it() -> None:
    signed = "青山县教育局\n（县未成年人保护办公室）\n青山县民政局\n青山县财政局\n2023年4月6日"
    plan = drafted(f"关于印发《{PLAN}》的通知\n各乡镇：\n请落实。\n{signed}\n{PLAN}\n{TASK}").plan
    assert plan.issuer == "青山县教育局、青山县民政局、青山县财政局"
    assert plan.issued_on == dt.date(2023, 4, 6)


@pytest.mark.parametrize("day", ["2023年4月6日????????", "2023年4月6日（此件公开发布）为做好工作"])
def test_a_day_with_something_behind_it_is_a_day(day: str) -> None:
    head = f"关于印发《{PLAN}》的通知\n各乡镇：\n请认真贯彻执行。\n{day}"
    assert drafted(f"{head}\n{TASK}").plan.issued_on == dt.date(2023, 4, 6)


def test_a_body_before_the_year_in_a_title_issues_it() -> None:
    assert drafted(f"青山县教育局2023年工作要点\n{TASK}").plan.issuer == "青山县教育局"


def test_a_page_that_opens_with_words_of_a_head_is_read() -> None:
    page = '<base target="_blank"><article><p>一、总体要求</p><p>1.加强监管。</p></article>'
    assert [line.text for line in page_lines(page.encode())] == ["一、总体要求", "1.加强监管。"]


@pytest.mark.parametrize(
    ("title", "signed", "issuer"),
    [
        ("青山县人民政府", "青山县人民政府办公室\n2023年3月2日印发", "青山县人民政府"),
        ("青山县教育局", "青山县教育局（代章）\n2023年3月2日", "青山县教育局"),
        (
            "青山县教育局　青山县财政局",
            "青山县教育局　青山县财政局\n2023年3月2日",
            "青山县教育局、青山县财政局",
        ),
    ],
)
def test_who_a_title_names_issues_it_whoever_signs(title: str, signed: str, issuer: str) -> None:
    text = f"{title}关于印发《{PLAN}》的通知\n各乡镇：\n请落实。\n{TASK}{signed}\n"
    assert drafted(text).plan.issuer == issuer


def test_what_is_sent_and_is_no_plan_gives_no_title() -> None:
    head = f"{PLAN}\n各乡镇：\n现将《2022年养老服务工作总结》印发给你们。"
    assert title(head) == PLAN


@pytest.mark.parametrize(
    ("text", "number", "title"),
    [
        (
            "甲县政府办公室关于印发工作方案的通知\n"
            "发布机构 甲县政府办公室 文    号 甲政办〔2023〕1号\n",
            "甲政办〔2023〕1号",
            "工作方案",
        ),
        (
            "甲县政府办公室关于印发工作方案的通知\n文    号 甲政办〔2023〕1号\n",
            "甲政办〔2023〕1号",
            "工作方案",
        ),
        (
            "各镇：\n现印发给你们。\n甲县人民政府办公室\n2020年5月22日\n2020年重点工作责任分解\n",
            "",
            "2020年重点工作责任分解",
        ),
        (
            "甲县办公室关于印发2023年县《政府工作报告》确定的任务责任分解方案的通知\n各镇：\n2023年《县〈政府工作报告〉确定的任务责任分解方案》已报经县政府同意，现印发给你们。\n",
            "",
            "2023年县《政府工作报告》确定的任务责任分解方案",
        ),
    ],
)
def test_numbers_without_a_colon_and_titles_with_their_year(
    text: str, number: str, title: str
) -> None:
    plan = drafted(f"{text}一、任务\n1.查酒。（县公安局负责）\n").plan
    assert (plan.title, plan.document_number) == (title, number or "（待核）")


def test_a_day_of_the_last_century_under_the_title_is_the_papers() -> None:
    plan = drafted(
        "甲省政府关于职责分工的意见\n（1980年10月29日）\n1.查酒。（省卫生厅负责）\n"
    ).plan
    assert str(plan.issued_on) == "1980-10-29"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-8-sig"])
def test_a_page_is_read_whatever_wrote_it(encoding: str) -> None:
    page = "<html><body><p>一、总体要求</p><p>1.加强监管。</p></body></html>"
    lines = [line.text for line in page_lines(page.encode(encoding))]
    assert lines == ["一、总体要求", "1.加强监管。"]
