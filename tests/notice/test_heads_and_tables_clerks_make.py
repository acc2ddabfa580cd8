"""Heads, signatures and tables as clerks of other offices make them."""

import datetime as dt

import pytest

from foodsafety_cli.notice.webpage import page_lines
from tests.notice.made import drafted, roles, table, tasks

HEAD = "松溪县2025年冷链食品监管任务分工\n一、追溯管理\n"


def test_who_issues_it() -> None:
    task = "一、登记\n1.登记冷库。（县商务局负责）\n"
    body = f"现将要点印发给你们。\n\n{{}}\n2025年3月11日\n\n冷链要点\n{task}"
    several = body.format("松溪县商务局　　　　松溪县教育局")
    assert drafted(f"关于印发冷链要点的通知\n{several}").plan.issuer == "松溪县商务局、松溪县教育局"
    acting = body.format("松溪县食品安全委员会\n（代章）")
    assert drafted(f"关于印发冷链要点的通知\n{acting}").plan.issuer == "松溪县食品安全委员会"
    under = f"松溪县2025年冷链工作任务\n松溪县商务局\n（2025年3月11日）\n{task}"
    assert drafted(under).plan.issuer == "松溪县商务局"


def test_the_foot_of_a_site_is_no_task() -> None:
    text = (
        f"{HEAD}1.登记冷库12座。（县商务局负责）\n"
        "主办单位：松溪县商务局　承办单位：县信息中心\n地址：滨河路8号\n某ICP备12345678号\n"
    )
    assert roles(text) == [{"responsible": ("县商务局",)}]
    assert len(drafted(text).coverage.unread) == 3, "and it is told"
    page = "<p>1.登记冷库。</p><aside><p>2.县商务局召开会议</p></aside>"
    assert [line.text for line in page_lines(page.encode())] == ["1.登记冷库。"]


@pytest.mark.parametrize(
    ("foot", "is_of_the_paper"),
    [
        ('<div class="footer">主办单位：松溪县人民政府办公室</div>', False),
        ('<div id="page-foot">版权所有：松溪县人民政府</div>', False),
        ("<footer>承办：县信息中心 某ICP备12号</footer>", False),
        ('<div class="footer">松溪县商务局<br>2025年3月11日</div>', True),
        ('<div class="football">2.主办单位：县体育局</div>', True),
    ],
)
def test_what_a_site_says_of_itself_below_the_paper(foot: str, is_of_the_paper: bool) -> None:
    lines = [line.text for line in page_lines(f"<p>1.登记冷库。</p>{foot}".encode())]
    assert (len(lines) > 1) is is_of_the_paper, lines


def test_two_rows_of_titles_with_any_word_for_who_helps() -> None:
    for helps in ("协助", "协作", "配合"):
        rows = (
            "序号|任务|责任单位||时限",
            "---|---|---|---|---",
            f"||牵头|{helps}|",
            "1|登记冷库|县商务局|县公安局、县财政局|6月底前",
        )
        assert roles(table(*rows)) == [
            {"lead": ("县商务局",), "support": ("县公安局", "县财政局")}
        ], helps


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("县教育局（局长 田大鹏）", "县教育局"),
        ("县教育局（副局长：田鹏）", "县教育局"),
        ("县住建局(党组书记彭卫东)", "县住建局"),
        ("县水利局（县河长制办公室）", "县水利局（县河长制办公室）"),
    ],
)
def test_who_speaks_for_a_department_is_no_part_of_its_name(printed: str, name: str) -> None:
    text = f"{HEAD}1.登记冷库12座。\n牵头单位：{printed}\n配合单位：县公安局\n"
    assert roles(text) == [{"lead": (name,), "support": ("县公安局",)}]


def test_who_signs_below_a_table_pasted_cell_by_cell_is_in_no_row() -> None:
    rows = "1\n登记冷库12座。\n县商务局\n2\n抽查冷柜30台。\n县市场监管局\n"
    text = (
        f"松溪县任务分解表\n序号\n工作任务\n责任单位\n{rows}\n松溪县人民政府办公室\n2025年2月28日\n"
    )
    assert roles(text) == [{"responsible": ("县商务局",)}, {"responsible": ("县市场监管局",)}]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("松溪县冷链要点\n（2025年2月18日县政府第九次常务会议通过）\n", dt.date(2025, 2, 18)),
        ("松溪县冷链要点\n（2025年5月1日）\n", dt.date(2025, 5, 1)),
    ],
)
def test_the_day_under_a_title(head: str, day: dt.date) -> None:
    text = f"{head}一、登记\n1.登记冷库。（县商务局负责；时限：\n2025年6月30日）\n"
    assert drafted(text).plan.issued_on == day


def test_a_period_in_brackets_under_the_title() -> None:
    text = "松溪县百日攻坚方案（2025年3月10日至6月17日）\n一、登记\n1.登记。（县商务局负责）\n"
    assert drafted(text).plan.period == (dt.date(2025, 3, 10), dt.date(2025, 6, 17))


def test_a_title_runs_on_into_the_first_part() -> None:
    more = "（3）抽查冷藏车35辆，合格率达到百分之九十五以上。（县公安局负责）"
    text = (
        "松溪县2025年冷链食品监管任务分解一、登记冷库（1）登记冷库12座。（县商务局负责）"
        f"（2）抽查冷柜30台。（县市场监管局负责）二、抽查车辆{more}"
    )
    plan = drafted(text).plan
    assert plan.title == "松溪县2025年冷链食品监管任务分解"
    assert [(s.title, len(s.tasks)) for s in plan.sections] == [("登记冷库", 2), ("抽查车辆", 1)]


def test_who_signs_is_no_part_of_the_last_task() -> None:
    text = (
        "松溪县关于明确重点任务的通知\n任务一：登记冷库\n主要内容：登记冷库12座。\n"
        "落实单位：县商务局\n任务二：抽查冷柜\n主要内容：抽查冷柜30台。\n落实单位：县财政局\n\n"
        "松溪县商务局\n2025年3月1日\n"
    )
    assert [task.title for task in tasks(text)] == ["登记冷库", "抽查冷柜"]
    assert "松溪县商务局" not in tasks(text)[1].text
    assert drafted(text).plan.issuer == "松溪县商务局"


def test_titles_in_two_rows_say_what_is_below() -> None:
    text = table(
        "序号|任务|目标值|目标值|责任单位|责任单位|时间安排|时间安排",
        "序号|任务|上半年|全年|牵头|配合|启动|完成",
        "1|冷库登记数（座）|6|12|县商务局|县财政局|3月底|9月底",
        "2|冷柜抽查数（台）|10|30|县财政局|县商务局|3月底|10月底",
    )
    first, second = tasks(text)
    assert (first.lead, first.support) == (("县商务局",), ("县财政局",))
    assert [task.due and task.due.month for task in (first, second)] == [9, 10]
    assert [f"{i.target}{i.unit}" for t in (first, second) for i in t.indicators] == [
        "12座",
        "30台",
    ]


def test_a_column_may_be_called_a_division_of_duties() -> None:
    text = table(
        "序号|重点任务|工作目标|职责分工|完成期限",
        "1|登记冷库|登记率达到98%|牵头：县商务局；配合：县财政局|6月底",
        "2|抽查冷柜|抽查30台|县财政局、县商务局|9月底",
    )
    assert [task.title for task in tasks(text)] == ["登记冷库", "抽查冷柜"]
    assert roles(text)[0] == {"lead": ("县商务局",), "support": ("县财政局",)}


def test_targets_with_their_unit_and_who_fills_the_table_in() -> None:
    text = table(
        "序号|任务|目标值|责任单位|完成时间",
        "1|冷库登记数|12座|县商务局|6月底",
        "2|冷柜抽查数|30台|县财政局|9月底",
        "填报单位：松溪县商务局||||2025年3月1日",
    )
    assert [f"{i.target}{i.unit}" for t in tasks(text) for i in t.indicators] == ["12座", "30台"]
    plan = drafted(text).plan
    assert (plan.issuer, plan.issued_on) == ("松溪县商务局", dt.date(2025, 3, 1))


def test_a_title_of_several_lines_over_its_day() -> None:
    text = (
        "中共松溪县委\n松溪县人民政府\n松发〔2025〕1号\n关于学习运用冷链工程经验\n"
        "做好2025年食品安全重点工作的\n实施意见\n（2025年3月5日）\n一、登记\n"
        "1.登记冷库。（县商务局负责）\n"
    )
    plan = drafted(text).plan
    assert plan.title.endswith("关于学习运用冷链工程经验做好2025年食品安全重点工作的实施意见")
    assert (plan.issuer, plan.issued_on) == ("中共松溪县委、松溪县人民政府", dt.date(2025, 3, 5))


def test_number_issuer_and_day_on_one_line() -> None:
    text = (
        "松溪县冷链要点\n松商发〔2025〕9号　松溪县商务局　2025年2月18日\n1.登记。（县商务局负责）\n"
    )
    plan = drafted(text).plan
    assert (plan.document_number, plan.issuer) == ("松商发〔2025〕9号", "松溪县商务局")
    assert plan.issued_on == dt.date(2025, 2, 18)


def test_tasks_numbered_without_a_colon() -> None:
    text = (
        "松溪县冷链清单\n任务一　登记冷库\n登记冷库12座。\n责任单位：县商务局\n"
        "任务二　抽查冷柜\n抽查冷柜30台。\n责任单位：县财政局\n"
    )
    assert [task.title for task in tasks(text)] == ["登记冷库", "抽查冷柜"]


def test_full_days_in_a_table_pasted_cell_by_cell() -> None:
    rows = (
        "1\n登记冷库12座\n县商务局\n2025年4月30日\n2\n建立监管平台\n县财政局\n2025年9月30日\n"
        "3\n抽查冷柜30台\n县公安局\n2025年10月31日\n"
    )
    text = f"松溪县2025年任务清单\n序号\n工作任务\n责任单位\n完成时限\n{rows}"
    assert [task.due for task in tasks(text)] == [
        dt.date(2025, 4, 30),
        dt.date(2025, 9, 30),
        dt.date(2025, 10, 31),
    ]
    assert tasks(text)[1].title == "建立监管平台"


@pytest.mark.parametrize(
    ("head", "start", "end"),
    [
        ("二、整治时间\n2025年9月至12月。\n", dt.date(2025, 9, 1), dt.date(2025, 12, 31)),
        ("行动时间：2025年3月至6月\n", dt.date(2025, 3, 1), dt.date(2025, 6, 30)),
        (
            "各乡镇人民政府：\n为巩固成果，自2025年6月至12月开展专项整治，制定如下方案。\n",
            dt.date(2025, 6, 1),
            dt.date(2025, 12, 31),
        ),
    ],
)
def test_the_months_of_the_work(head: str, start: dt.date, end: dt.date) -> None:
    text = f"松溪县冷链整治方案\n松政办〔2025〕9号\n{head}三、登记\n1.登记冷库。（县商务局负责）\n"
    assert drafted(text).plan.period == (start, end)


def test_an_autumn_and_winter_is_october_to_march() -> None:
    text = "松溪县2024—2025年秋冬季攻坚方案\n一、登记\n1.登记冷库。（县商务局负责）\n"
    assert drafted(text).plan.period == (dt.date(2024, 10, 1), dt.date(2025, 3, 31))


def test_titles_end_at_a_half_width_stop() -> None:
    text = f"{HEAD}1.摸清冷库底数.备案率达到100%,登记冷库175座.(县商务局负责)\n"
    assert tasks(text)[0].title == "摸清冷库底数"


def test_sections_of_a_column_have_no_number_to_tell() -> None:
    text = table(
        *("类别|序号|重点任务|责任单位", "登记|1|登记冷库|县商务局"),
        *("登记|2|抽查冷柜|县商务局", "追溯|3|追溯货物|县公安局"),
    )
    assert not any("原文序号" in note for notes in drafted(text).notes.values() for note in notes)


def test_what_says_who_does_something_behind_the_end_is_told() -> None:
    text = (
        f"{HEAD}1.登记冷库12座。（县商务局负责）\n附件：任务分解表\n"
        "抽查冷柜120台，县公安局负责落实到位。\n联系人：张某某\n"
    )
    assert [place.line for place in drafted(text).coverage.unread] == [5]


def test_a_dash_in_the_column_of_targets_is_no_target() -> None:
    text = table("序号|任务|目标值|责任单位", "1|登记冷库|12座|县商务局", "2|抽查|—|县公安局")
    assert [task.title for task in tasks(text)] == ["登记冷库12座", "抽查"]


def test_share_buttons_are_of_the_site() -> None:
    text = f"{HEAD}1.登记冷库（县商务局负责）\n登记冷库12座。\n分享到：微信 微博\n"
    assert "微信" not in tasks(text)[0].text


def test_a_number_between_the_day_and_the_second_title_is_the_papers() -> None:
    text = (
        "关于印发冷链要点的通知\n各乡镇人民政府：\n现将要点印发给你们。\n松溪县人民政府\n"
        "2025年2月20日\n松政发〔2025〕5号\n冷链要点\n一、登记\n1.登记。（县商务局负责）\n"
    )
    assert drafted(text).plan.document_number == "松政发〔2025〕5号"


def test_parts_of_one_sentence_have_one_bracket() -> None:
    text = (
        f"{HEAD}1.登记冷库12座。（县商务局负责）\n2.深化服务。\n(1)可办率达到98%；\n"
        "(2)事项占比100%；\n(3)8月底前完成服务30个。（县政务局牵头，县商务局配合）\n"
        "3.抽查冷柜30台。（县公安局负责）\n"
    )
    made = tasks(text)
    assert [task.title for task in made] == ["登记冷库12座", "深化服务", "抽查冷柜30台"]
    assert [i.target for i in made[1].indicators] == [98, 100, 30]


def test_a_page_begins_with_the_way_home_and_no_title() -> None:
    text = "网站首页\n松溪县2025年重点任务分工表\n一、登记\n1.登记。（县商务局负责）\n"
    assert drafted(text).plan.title == "松溪县2025年重点任务分工表"


def test_a_deadline_behind_the_last_label_is_read_and_not_missed() -> None:
    text = f"{HEAD}1.举办活动2次。\n责任单位：县教育局；配合单位：团县委。完成时限：2025年6月底。\n"
    made = drafted(text)
    assert [task.due for _, task in made.plan.tasks()] == [dt.date(2025, 6, 30)]
    assert not any("没有收入" in note for notes in made.notes.values() for note in notes)
