"""Pages from templates; whatever is put into them is escaped, and nothing hidden gets in."""

from typing import Any

from foodsafety_cli.model.text import clean


def fill(package: str, name: str, **values: Any) -> str:
    """A template of a package's folder with these values."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader(package, ""),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        finalize=lambda value: clean(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name).render(**values)
