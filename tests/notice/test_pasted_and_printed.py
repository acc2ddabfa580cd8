"""What pasting and printing do to notices: other signs, repeated heads, headings with brackets."""

import pytest

from tests.conftest import Fs
from tests.notice.test_other_offices import HEAD, Roles, drafted, roles

START = HEAD.format(who="人民政府办公室", what="重点工作") + "一、重点任务\n"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("(县教育局牵头；县体育局配合)", (["县教育局"], [], ["县体育局"])),
        ("[县林业局负责；县财政局配合]", ([], ["县林业局"], ["县财政局"])),
        ("【县民政局牵头。县残联配合】", (["县民政局"], [], ["县残联"])),
        ("（责任单位∶县司法局）", ([], ["县司法局"], [])),
        ("（牵头单位﹕县水利局）", (["县水利局"], [], [])),
        ("\n——责任单位：县统计局", ([], ["县统计局"], [])),
        ("\n※责任单位：县审计局、县财政局", ([], ["县审计局", "县财政局"], [])),
        ("（县体育局、县总工会、县老年体协）", ([], ["县体育局", "县总工会", "县老年体协"], [])),
        ("（县农技校、各乡镇人民政府）", ([], ["县农技校", "各乡镇人民政府"], [])),
        ("（县广播电视台）", ([], ["县广播电视台"], [])),
        ("（县军分区、县教育局）", ([], ["县军分区", "县教育局"], [])),
    ],
)
def test_who_is_meant(fs: Fs, said: str, meant: Roles) -> None:
    (task,) = drafted(fs, f"{START}1．做好日常工作。{said}\n")
    assert roles(task) == meant


@pytest.mark.parametrize("said", ["（含县城、乡镇）", "（详见附件、表一）", "（如图书、玩具）"])
def test_what_is_no_list_of_bodies(fs: Fs, said: str) -> None:
    tasks = drafted(fs, f"{START}1．做好日常工作。{said}（县教育局）\n2．管好活动。（县体育局）\n")
    assert [roles(task)[1] for task in tasks] == [["县教育局"], ["县体育局"]]


@pytest.mark.parametrize(
    "text",
    [
        "（一）开展检查（县司法局）\n检查10家。\n（二）做好宣传（县教育局）\n宣传20场。\n",
        "1.开展检查（县司法局牵头）\n检查10家。\n2.做好宣传（县教育局牵头）\n宣传20场。\n",
    ],
)
def test_a_heading_with_the_bracket_has_its_words_below(fs: Fs, text: str) -> None:
    tasks = drafted(fs, START + text)
    assert [task["text"] for task in tasks] == ["开展检查。检查10家。", "做好宣传。宣传20场。"]
    assert [task["indicators"][0]["target"] for task in tasks] == [10, 20]


def test_words_that_close_the_text_are_no_part_of_the_last_task(fs: Fs) -> None:
    text = "1.开展检查。（县司法局）\n2.做好宣传（县教育局）\n各单位要高度重视，抓好落实。\n"
    assert drafted(fs, START + text)[-1]["text"] == "做好宣传"


@pytest.mark.parametrize(
    ("second", "third"),
    [("2.6月底前建成2.5公里。", "3.检查10家。"), ("2.2022年建成8个。", "3.12345热线办结4000件。")],
)
def test_a_label_before_a_digit_in_one_line(fs: Fs, second: str, third: str) -> None:
    line = f"一、宣传1.开展宣传。（县教育局）{second}（县公安局）{third}（县司法局）"
    tasks = drafted(fs, START.rsplit("一、", 1)[0] + line)
    assert [roles(task)[1] for task in tasks] == [["县教育局"], ["县公安局"], ["县司法局"]]


ROWS = "序号\t任务\t责任单位\n1\t创建节水企业10家\t县水利局\n"


def test_a_head_that_is_repeated_is_no_row(fs: Fs) -> None:
    again = f"{ROWS}序号\t任务\t责任单位\n2\t创建节水学校5所\t县教育局\n"
    tasks = drafted(fs, START.rsplit("一、", 1)[0] + again)
    assert [roles(task)[1] for task in tasks] == [["县水利局"], ["县教育局"]]


def test_another_head_begins_another_table(fs: Fs) -> None:
    other = f"{ROWS}序号\t工作内容\t牵头单位\n1\t创建节水学校5所\t县教育局\n"
    tasks = drafted(fs, START.rsplit("一、", 1)[0] + other)
    assert [roles(task)[:2] for task in tasks] == [([], ["县水利局"]), (["县教育局"], [])]


@pytest.mark.parametrize(
    "over", ["一\t水资源保护\t水资源保护", "水资源保护\t水资源保护\t水资源保护"]
)
def test_a_cell_over_all_but_its_number_is_a_heading(fs: Fs, over: str) -> None:
    head, row = ROWS.split("\n")[:2]
    text = f"{head}\n{over}\n{row}\n二\t节水宣传\t节水宣传\n2\t宣传5场\t县教育局\n"
    tasks = drafted(fs, START.rsplit("一、", 1)[0] + text)
    assert [task["section_title"] for task in tasks] == ["水资源保护", "节水宣传"]
    assert [roles(task)[1] for task in tasks] == [["县水利局"], ["县教育局"]]


def test_a_shorter_head_is_no_trouble(fs: Fs) -> None:
    rows = "工作任务,责任单位,序号\n检查10家,县教育局,1\n工作任务,责任单位\n宣传5场,县体育局\n"
    (fs.folder / "t.csv").write_text(rows, "utf-8")
    fs("import", "t.csv", "-o", "新.yaml").ok()
    tasks = fs.objects("--plan", "新.yaml", "tasks")
    assert [roles(task)[1] for task in tasks] == [["县教育局"], ["县体育局"]]


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("某县2022年民政工作要点\n（2022年4月6日）\n", "2022-04-06"),
        ("某县2022年民政工作要点\n（二〇二二年四月六日）\n", "2022-04-06"),
        ("某县2022年民政工作要点\n某民发〔2022〕5号　　2022年4月6日\n", "2022-04-06"),
        ("某县2022年民政工作要点\n某县民政局　　2022年4月6日\n", "2022-04-06"),
        ("某县2022年民政工作要点\n2022.4.6\n", "2022-04-06"),
    ],
)
def test_the_day_wherever_it_stands_in_the_head(fs: Fs, head: str, day: str) -> None:
    (fs.folder / "文.txt").write_text(f"{head}一、任务\n1．做好工作。（县民政局）\n", "utf-8")
    fs("import", "文.txt", "-o", "新.yaml").ok()
    assert f"issued_on: {day}" in (fs.folder / "新.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("head", "title", "issuer"),
    [
        ("某县教育局\n2022年工作要点\n", "某县教育局2022年工作要点", "某县教育局"),
        ("某县体育局\n全县2022年体育工作要点\n", "全县2022年体育工作要点", "某县体育局"),
    ],
)
def test_who_stands_over_a_title(fs: Fs, head: str, title: str, issuer: str) -> None:
    (fs.folder / "文.txt").write_text(f"{head}一、任务\n1．做好工作。（县民政局）\n", "utf-8")
    fs("import", "文.txt", "-o", "新.yaml").ok()
    text = (fs.folder / "新.yaml").read_text("utf-8")
    assert f"title: {title}\n" in text
    assert f"issuer: {issuer}\n" in text


def test_a_number_that_runs_on_from_who_issues_it(fs: Fs) -> None:
    line = (
        "某县人民政府办公室文件某政办〔2022〕5号某县人民政府办公室关于印发2022年民政工作要点的通知"
    )
    (fs.folder / "文.txt").write_text(f"{line}\n一、任务\n1．做好工作。（县民政局）\n", "utf-8")
    fs("import", "文.txt", "-o", "新.yaml").ok()
    assert "document_number: 某政办〔2022〕5号\n" in (fs.folder / "新.yaml").read_text("utf-8")


def test_groups_stand_below_a_heading_over_all_columns(fs: Fs) -> None:
    rows = (
        "序号\t类别\t任务\t责任单位\n一\t水资源保护\t水资源保护\t水资源保护\n"
        "1\t节水创建\t创建节水企业10家\t县水利局\n2\t节水宣传\t宣传5场\t县教育局\n"
        "二\t水域管护\t水域管护\t水域管护\n3\t河湖整治\t整治河道8公里\t县水利局\n"
    )
    tasks = drafted(fs, START.rsplit("一、", 1)[0] + rows)
    assert [task["section_title"] for task in tasks] == ["水资源保护", "水资源保护", "水域管护"]
