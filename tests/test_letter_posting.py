"""Letters are made without the lock: whoever reports meanwhile waits for nobody and is heeded."""

import pytest

from foodsafety_cli.analysis.letter_choice import gathered
from foodsafety_cli.cli.letter_choice import Which, ready_letters
from foodsafety_cli.cli.letter_posting import LetterDraft, Outgoing, new_letter, numbers, post
from foodsafety_cli.cli.office import Office
from foodsafety_cli.cli.options import Filters
from foodsafety_cli.model.events import Light
from foodsafety_cli.model.steps import LetterKind
from foodsafety_cli.store.workspace import Workspace
from tests.conftest import Fs


def red_letters(office: Office) -> Outgoing:
    """A letter to each department with a red light."""
    kind = LetterKind.SUPERVISE
    ready = ready_letters(office, Filters(light=[Light.RED]), Which(), kind, ())
    addressed = gathered(kind, ready.parts)
    free = numbers(office, kind, None, len(addressed))
    return Outgoing(
        [
            LetterDraft(
                new_letter(office, kind, number, one.department, "王五"), (), lambda: b"document"
            )
            for number, one in zip(free, addressed, strict=True)
        ]
    )


@pytest.mark.parametrize("reports", [0, 1])
def test_a_report_made_meanwhile_is_heeded(
    fs: Fs, reports: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fs("progress", "update", "17", "--value", "0.1").ok()
    fs("progress", "update", "37", "--value", "3").ok()
    for name in ("HOME", "FS_TODAY", "XDG_CACHE_HOME"):
        if name in fs.env:
            monkeypatch.setenv(name, fs.env[name])
    asked: list[Office] = []

    def prepare(office: Office) -> Outgoing:
        if len(asked) < reports:  # another process; it would fail if it had to wait for the lock
            fs("progress", "update", "37", "--value", "40", FS_LOCK_SECONDS="0").ok()
        asked.append(office)
        return red_letters(office)

    workspace = Workspace(fs.plan)
    posted = post(Office(workspace), fs.folder / "督办", prepare)
    workspace.close()

    assert len(asked) == 1 + reports
    about = [draft.letter.department for draft in posted.drafts]
    assert about == ["市农业农村局"] * (2 - reports)
    assert len(list((fs.folder / "督办").iterdir())) == 2 - reports
    assert len(fs.reported()) == 2 + reports + 2 - reports
