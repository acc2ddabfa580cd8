"""`fs score convert`."""

import typer

from foodsafety_cli.cli.office import office_of
from foodsafety_cli.cli.options import Days, ListOptions
from foodsafety_cli.cli.parser.app import Command, new_app
from foodsafety_cli.cli.parser.bundles import with_bundles
from foodsafety_cli.cli.scoring import Scoring
from foodsafety_cli.model.errors import Refused
from foodsafety_cli.render.score_views import converted_listing

app = new_app()


@app.command(cls=Command)
@with_bundles
def convert(ctx: typer.Context, days: Days, listing: ListOptions) -> None:
    """折算表：得分按细则里的权重（convert）折算成别的考核里的分。"""
    scoring = Scoring(office_of(ctx, days))
    if scoring.rubric.convert is None:
        raise Refused(f"{scoring.path} 里没有写 convert，不知道按多少权重折算。")
    found = scoring.scores()
    scoring.office.show(converted_listing(scoring.rubric, found), listing.as_output())
    scoring.say_if_changed(found)
