"""The base of all value types: a NamedTuple to the reader and to mypy, made in a sixth of the time.

`typing.NamedTuple` writes and compiles a constructor for every class at every start; with some
forty classes that is a third of an interpreter start (docs/decisions.md).
"""

import sys
from typing import TYPE_CHECKING, Any

__all__ = ["ValueType"]

if TYPE_CHECKING:
    from typing import NamedTuple as ValueType
else:
    from collections.abc import Iterable
    from operator import itemgetter
    from typing import Self

    def _annotated(body: dict[str, Any]) -> tuple[str, ...]:
        if "__annotations__" in body or sys.version_info < (3, 14):
            return tuple(body.get("__annotations__", ()))
        import annotationlib  # there, a body holds what makes its annotations (PEP 649)

        make = annotationlib.get_annotate_from_class_namespace(body)
        names = annotationlib.Format.FORWARDREF
        return tuple(annotationlib.call_annotate_function(make, names)) if make else ()

    class _Maker(type):
        """Turns a class body's annotated names into fields, as `typing.NamedTuple` does."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            fields = _annotated(body)
            if not fields and bases != (tuple,):
                raise TypeError(f"{name} has no fields; a value type is not derived from another")
            body["__slots__"] = ()
            body["_fields"] = body["__match_args__"] = fields
            body["_field_defaults"] = {field: body[field] for field in fields if field in body}
            body.update((field, property(itemgetter(n))) for n, field in enumerate(fields))
            return super().__new__(cls, name, bases, body)

    class ValueType(tuple, metaclass=_Maker):
        """A tuple whose items have names; it is never changed, only replaced."""

        def __new__(cls, *values: Any, **named: Any) -> Self:
            """The value; what is not given has its default."""
            if not named and len(values) == len(cls._fields):
                return tuple.__new__(cls, values)
            missing = cls._fields[len(values) :]
            given = cls._field_defaults | named
            try:
                made = tuple.__new__(cls, (*values, *map(given.__getitem__, missing)))
            except KeyError as error:
                raise TypeError(f"{cls.__name__} lacks {error.args[0]}") from None
            if len(made) > len(cls._fields) or (named and not named.keys() <= {*missing}):
                raise TypeError(f"{cls.__name__} has no place for {named or values}")
            return made

        @classmethod
        def _make(cls, values: Iterable[Any]) -> Self:
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
            return made

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def _replace(self, **named: Any) -> Self:
            made = self._make(map(named.pop, self._fields, self))
            if named:
                raise TypeError(f"{type(self).__name__} has no place for {named}")
            return made

        def __repr__(self) -> str:
            given = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
            return f"{type(self).__name__}({given})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)
