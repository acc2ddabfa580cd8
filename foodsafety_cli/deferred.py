"""What our libraries import and an answer hardly ever touches: loaded when it is touched.

A stopgap until `lazy import` (PEP 810) is in every Python that we support.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

# Each is named at the top of a module as `import x` and used there in functions only; what is
# taken apart at once (`from x import y`, a base class) could not wait.
_SELDOM_TOUCHED = frozenset(
    {
        "bz2",
        "ipaddress",
        "locale",
        "lzma",
        "platform",
        "shellingham",
        "signal",
        "textwrap",
    }
)


class _Deferring:
    """A finder for these few, whose modules run on the first look at anything in them."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name not in _SELDOM_TOUCHED:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def defer_seldom_touched() -> None:
    """From now on, let what is seldom touched be loaded when it is."""
    sys.meta_path.insert(0, _Deferring)
