"""From bytes to text: the codec is found by strict decoding or asked for, never guessed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from energycalc.errors import MeterDataError
from energycalc.metering.notices import Notice, shown_lines

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = bytes(set(range(32)) - set(b"\t\r\n")) + b"\x7f"
_SIGNS = frozenset("°²³µ·±×÷½¼Ωμ\u00a0")
"""Signs that stand alone in headers of Western loggers; anything else of two bytes may be part of a Chinese word."""
_TWO_BYTE_RUNS = re.compile(r"[\u0080-\u07ff]+")
_PAIRS = re.compile(rb"(?:[\x81-\xfe][\x40-\x7e\xa1-\xfe])+")
_NUL_SHARE = 0.4
"""Share of NUL bytes on one side of all pairs that only UTF-16 text of digits shows (it is near 1 there)."""
_RARE_SHARE = 0.1
"""Share of level-2 characters from which text read as CP950 is rather of another codec (rule of this reader)."""


@dataclass(frozen=True)
class Decoded:
    """Bytes of a text file with the codec that reads all of them.

    Attributes:
        raw: the bytes, without a mark of end of file.
        codec: name for ``bytes.decode``.
        notices: codec found, byte order mark, mark of end of file.
    """

    raw: bytes
    codec: str
    notices: tuple[Notice, ...]

    @property
    def text(self) -> str:
        """The whole text without its byte order mark."""
        return self.raw.decode(self.codec).removeprefix("\ufeff")


def decode(raw: bytes, declared: str, name: str) -> Decoded:
    """Find or check the codec of a text file; every byte must be text in it.

    Args:
        raw: the bytes.
        declared: codec as declared, or ``auto``: a byte order mark decides; else strict UTF-8, the NUL pattern of
            UTF-16, strict CP950, in this order. What fits doubtfully or not at all is asked for.
        name: name of the file, for messages.

    Raises:
        MeterDataError: the codec is unknown, does not fit or is doubtful; NUL bytes or control characters stand in
            the text.
    """
    mark = next((codec for start, codec in _MARKS if raw.startswith(start)), None)
    codec = _detected(raw, name) if declared.lower() == "auto" else _declared(raw, declared, mark, name)
    notices: list[Notice] = []
    if mark and declared.lower() == "auto":
        notices.append(
            Notice("byte_order_mark", f"the text starts with the mark of {codec}", f"文字以 {codec} 位元組順序記號開頭")
        )
    if declared.lower() == "auto" and codec not in ("utf-8", "utf-8-sig"):
        notices.append(
            Notice(
                "encoding",
                f"the text is read as {codec}, which was found and not declared",
                f"文字編碼依內容判定為 {codec}(未經宣告)",
            )
        )
    if raw.endswith(b"\x1a") and not _wide(codec):
        raw = raw.rstrip(b"\x1a")
        notices.append(
            Notice(
                "end_of_file_mark", "the text ends with a DOS mark of end of file", "文字以 DOS 檔尾記號(Ctrl-Z)結束"
            )
        )
    _refuse_control_characters(raw, codec, name)
    return Decoded(raw, codec, tuple(notices))


def _declared(raw: bytes, declared: str, mark: str | None, name: str) -> str:
    codec = "utf-8-sig" if declared.lower() in ("utf-8", "utf8") else declared
    try:
        codec = codecs.lookup(codec).name
        raw.decode(codec)
    except LookupError as error:
        raise MeterDataError(
            "the encoding is unknown",
            subject=name,
            value=declared,
            next_step="Write encoding: auto, utf-8 or cp950",
        ) from error
    except UnicodeDecodeError as error:
        raise MeterDataError(
            f"line {_line_of(raw, error.start)} is not text in the declared encoding",
            subject=name,
            value=f"byte 0x{raw[error.start]:02x}",
            limit=f"encoding {declared}",
            next_step=f"Write encoding: {mark or _other(raw, codec)} if the file comes from such a system",
        ) from error
    if mark and codec[:6] != mark[:6]:
        raise MeterDataError(
            f"the file starts with the mark of {mark}, and another encoding is declared",
            subject=name,
            value=f"encoding {declared}",
            next_step=f"Write encoding: {mark.removesuffix('-sig')}",
        )
    return codec


def _detected(raw: bytes, name: str) -> str:
    for start, codec in _MARKS:
        if raw.startswith(start):
            return _strict(raw, codec, name)
    if wide := _wide_without_mark(raw):
        return _strict(raw, wide, name)
    if (text := _decoded(raw, "utf-8")) is not None:
        if raw.isascii() or not _may_be_chinese(text, raw):
            return "utf-8"
        raise _doubtful(raw, ("utf-8", "cp950"), name)
    if _decoded(raw, "cp950") is None:
        fits = [codec for codec in ("gb18030", "shift_jis", "cp1252") if _decoded(raw, codec) is not None]
        raise _doubtful(raw, tuple(fits), name)
    if other := _rather_than_cp950(raw):
        raise _doubtful(raw, ("cp950", other), name)
    return "cp950"


def _strict(raw: bytes, codec: str, name: str) -> str:
    try:
        raw.decode(codec)
    except UnicodeDecodeError as error:
        raise MeterDataError(
            f"line {_line_of(raw, error.start)} is damaged: the file is {codec} by its first bytes, but not there",
            subject=name,
            value=f"byte 0x{raw[error.start]:02x}",
            next_step="Copy or download the file again",
        ) from error
    return codec


def _wide_without_mark(raw: bytes) -> str | None:
    """UTF-16 without mark: a NUL beside nearly every digit, always on the same side, and lines that end."""
    if len(raw) % 2 or len(raw) < 8:
        return None
    half = len(raw) // 2
    low, high = raw[0::2].count(0) / half, raw[1::2].count(0) / half
    for codec, full, bare in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        text = _decoded(raw, codec) if full >= _NUL_SHARE and bare < full / 10 else None
        if text is not None and "\n" in text.replace("\r", "\n") and "\x00" not in text:
            return codec
    return None


def _may_be_chinese(text: str, raw: bytes) -> bool:
    """UTF-8 text without any character of three bytes whose bytes are CP950 too, and not plain signs of units."""
    if any(character > "\u07ff" for character in text) or _decoded(raw, "cp950") is None:
        return False
    return any(len(run) > 1 or run not in _SIGNS for run in _TWO_BYTE_RUNS.findall(text))


def _rather_than_cp950(raw: bytes) -> str | None:
    """A codec that explains bytes better than CP950, which accepts nearly everything; ``None`` when CP950 is plain."""
    runs = _PAIRS.findall(raw)
    pairs = [run[start : start + 2] for run in runs for start in range(0, len(run), 2)]
    if all(len(run) == 2 and run[1] < 0x7F for run in runs):
        return "cp1252"  # single high bytes before a letter: 0xB0 0x43 is the ° of °C there
    rare = sum(1 for pair in pairs if pair[0] >= 0xC9 and not 0xF9D6 <= pair[0] << 8 | pair[1] <= 0xF9FE)
    simplified = all(pair[1] >= 0xA1 for pair in pairs) and _decoded(raw, "gb2312") is not None
    return "gb2312" if simplified and rare >= _RARE_SHARE * len(pairs) else None


def _doubtful(raw: bytes, codecs_that_fit: tuple[str, ...], name: str) -> MeterDataError:
    line = next((line for line in raw.splitlines() if not line.isascii()), b"")[:200]
    shown = "; ".join(f"{codec}: {line.decode(codec, 'replace')[:40]}" for codec in codecs_that_fit)
    return MeterDataError(
        f"the encoding is doubtful: {len(codecs_that_fit) or 'none'} of the known ones "
        f"fit{'s' if len(codecs_that_fit) == 1 else ''} all bytes and all text",
        subject=name,
        value=shown or f"bytes {line[:20].hex(' ')}",
        limit="UTF-8, UTF-16 and CP950 are found by themselves",
        next_step="Write encoding: followed by the one that reads right"
        if shown
        else "Save the file as UTF-8 from the program that shows it right, or copy it again",
    )


def _refuse_control_characters(raw: bytes, codec: str, name: str) -> None:
    plain = raw.decode(codec).encode("utf-8") if _wide(codec) else raw
    if len(plain) == len(plain.translate(None, _CONTROL)):
        return
    unified = plain.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    lines = [number for number, line in enumerate(unified.split(b"\n"), 1) if line.translate(None, _CONTROL) != line]
    found = sorted({byte for byte in plain if byte in _CONTROL})
    nul = found == [0]
    raise MeterDataError(
        f"lines {shown_lines(lines)}: {'NUL bytes' if nul else 'control characters'} stand in the text",
        subject=name,
        value=", ".join(f"0x{byte:02x}" for byte in found[:5]),
        limit="text, tabs and line ends only",
        next_step="Export the file again; NUL bytes are left where a logger lost its power" if nul
        else "Export the file again; the storage or the transfer has damaged it",
    )  # fmt: skip


def _wide(codec: str) -> bool:
    return codec.startswith(("utf-16", "utf-32"))


def _decoded(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        return None


def _other(raw: bytes, codec: str) -> str:
    if wide := _wide_without_mark(raw):
        return wide
    return "cp950" if codec.startswith("utf-8") else "utf-8"


def _line_of(raw: bytes, position: int) -> int:
    before = raw[:position].replace(b"\r\n", b"\n").replace(b"\x00", b"")
    return before.count(b"\n") + before.count(b"\r") + 1
