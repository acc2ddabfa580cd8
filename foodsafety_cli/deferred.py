"""What our libraries import and an answer hardly ever touches: loaded when it is touched.

A stopgap until `lazy import` (PEP 810) is in every Python that we support. The standard library's
`LazyLoader` gives up waiting as soon as a second module imports the same one, as most of these
are, and costs the load of `importlib.util` itself.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.abc import Loader

# Each is named at the top of a module as `import x` and used there in functions only; what is
# taken apart at once (`from x import y`, a base class) could not wait.
_SELDOM_TOUCHED = frozenset(
    {
        "bz2",
        "fnmatch",
        "importlib.util",
        "ipaddress",
        "linecache",
        "locale",
        "lzma",
        "ntpath",
        "platform",
        "shellingham",
        "signal",
        "subprocess",
        "textwrap",
        "token",
        "tokenize",
    }
)


class _Waiting(ModuleType):
    """A module that runs at the first look at anything in it but its spec.

    The spec is what every further `import` of it looks at.
    """

    def __getattribute__(self, name: str) -> object:
        spec: ModuleSpec = object.__getattribute__(self, "__spec__")
        if name == "__spec__":
            return spec
        self.__class__ = ModuleType  # type: ignore[assignment]  # from here on an ordinary one
        if spec.loader is not None:
            spec.loader.exec_module(self)
        return getattr(self, name)


class _Waiter:
    """Stands in for a module's loader until the module is touched."""

    def __init__(self, loader: "Loader") -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__class__ = _Waiting


class _Deferring:
    """A finder for these few."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name not in _SELDOM_TOUCHED:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Waiter(spec.loader)  # type: ignore[assignment]  # importlib.abc is heavy
        return spec


def defer_seldom_touched() -> None:
    """From now on, let what is seldom touched be loaded when it is."""
    sys.meta_path.insert(0, _Deferring)
