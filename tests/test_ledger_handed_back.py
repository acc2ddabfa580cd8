"""An exported ledger (台账) that is handed in again: only what was changed in it counts."""

from tests.conftest import Fs


def test_an_old_copy_brings_nothing_back(fs: Fs) -> None:
    fs("progress", "update", "7", "--percent", "75", "--date", "2021-08-30").ok()
    fs("progress", "update", "38", "-i", "整改率", "--value", "97", "--date", "2021-08-30").ok()
    fs("progress", "update", "34", "-d", "阳城", "--percent", "50", "--note", "已巡查").ok()
    fs("progress", "update", "2", "--percent", "66", "--note", "写错了").ok()
    fs("export", "-o", "旧.xlsx").ok()
    fs("export", "-o", "旧.csv").ok()
    fs("export", "--as-of", "2021-08-31", "-o", "八月.csv").ok()
    fs("progress", "undo", "--yes").ok()
    fs("progress", "update", "7", "--percent", "90").ok()
    fs("progress", "update", "38", "-i", "整改率", "--value", "99").ok()
    fs("progress", "update", "34", "-d", "阳城", "--percent", "66", "--note", "新增巡查").ok()
    before = fs.ledger.read_bytes()
    for name in ("旧.xlsx", "旧.csv", "八月.csv"):
        run = fs("progress", "import", name).ok()
        assert fs.ledger.read_bytes() == before, name
    assert "写的是以前的，后来已经改报或撤回，没有当作改动" in run.err
    text = (fs.folder / "旧.csv").read_text("utf-8-sig").replace("75.0%", "80.0%")
    (fs.folder / "旧.csv").write_text(text, "utf-8")
    run = fs("progress", "import", "旧.csv", "--allow-decrease").ok()
    assert "已记录 1 条" in run.out
    assert fs.thing("show", "7")["completion"] == 80


def test_one_departments_list_is_rounded_and_comes_back_unchanged(fs: Fs) -> None:
    for name, value in (("核查处置率", "107/109"), ("按时完成率", "181/211")):
        fs("progress", "update", "16", "-i", name, "--value", value).ok()
    columns = ("-c", "指标,完成值")
    told = fs("export", "-d", "市市场监督管理局", "-f", "csv", *columns).ok().out
    assert "核查处置率,98.17" in told
    assert "按时完成率,85.78" in told
    fs("export", "-d", "市市场监督管理局", "-o", "单.xlsx").ok()
    assert "没有填写任何进展" in fs("progress", "import", "单.xlsx").ok().out
