"""Records that lost the line ends between them: merges, editors, a list that a program made."""

import json
import re

_GLUED = re.compile(rb"[}\]0-9a-z\"][\s\0,\xef\xbb\xbf]*\{\"")
_OF_A_LIST = (b"[", b"]", b",")  # what stands around records that were saved as one
_START = re.compile(r'\{\s*"(?=[a-z_]+"\s*:)')
_PARTING = " \t\r\n\0\ufeff,[]"
_MOST_WORK = 20  # times a line's length, for starts that turn out to be none


def is_glued(line: bytes) -> bool:
    """Whether there may be more, or other things, on a line than one record."""
    is_of_list = line.startswith(_OF_A_LIST) or line.endswith(_OF_A_LIST)
    return is_of_list or _GLUED.search(line) is not None


def unglued(line: bytes) -> list[tuple[int, bytes]]:
    """The records of a line on which several stand, with their places; else the line itself.

    Half of one before or after a whole one is a piece of its own; what merely parts them is none.
    """
    text = line.decode("utf-8", "surrogateescape")
    decoder = json.JSONDecoder()
    found: list[tuple[int, bytes]] = []
    at = place = work = 0  # in characters, the same in bytes, and what was read in vain
    for start in (match.start() for match in _START.finditer(text)):
        if start < at:  # within the last
            continue
        try:
            record, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            record, end = None, error.pos
        except (ValueError, RecursionError):  # a number of thousands of digits, too
            record, end = None, len(text)
        if isinstance(record, dict) and {"id", "at"} <= record.keys():
            found += _rest(text[at:start], place)
            place += _size(text[at:start])
            raw = _bytes(text[start:end])
            found.append((place, raw))
            at, place = end, place + len(raw)
            continue
        work += end - start
        if work > _MOST_WORK * len(text):
            break
    if not found and text.strip(_PARTING):
        return [(0, line)]
    return [*found, *_rest(text[at:], place)]


def _rest(text: str, place: int) -> list[tuple[int, bytes]]:
    return [(place, _bytes(text))] if text.strip(_PARTING) else []


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(_bytes(text))
