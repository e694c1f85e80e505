"""The page for a clinician as values, and the tagged, archival PDF that typst makes of them.

The layout is a typst file of its own. What is said on the page reaches it as data, never as
source, so nothing that somebody wrote can become typst code.
"""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

STANDARDS = ("a-2a", "ua-1")
"""PDF/A-2a and PDF/UA-1: tagged, searchable, readable aloud, and the same in many years."""

REPLACEMENT = "\u25a1"
"""Stands for a character that no font of this machine can draw."""

_CHARTS = "chart-{n}"
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text, and what is added to it in small."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head that is repeated on every page."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A titled part of the page: sentences, a table, sentences below it."""

    title: str
    lines: tuple[str, ...] = ()
    table: Table | None = None
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """The person's own words, and what they were about."""

    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart as SVG; alt says in words what it shows."""

    title: str
    alt: str
    svg: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One session of the appendix."""

    title: str
    lines: tuple[str, ...]
    table: Table | None


@dataclass(frozen=True, slots=True)
class Report:
    """The page, every word of it. alarming: stop signs were reported. made: the record's end."""

    language: str
    title: str
    person: str
    period: str
    page_of: str
    made: date
    alarming: bool
    stops: Block
    done: Block
    early: Block
    course: Block
    charts: tuple[Chart, ...]
    where: Block
    routine: Block
    words: Block
    quotes: tuple[Quote, ...]
    corrections: Block
    foot: tuple[str, ...]
    marks: tuple[str, ...]
    appendix: Block | None = None
    entries: tuple[Entry, ...] = ()


def page_data(report: Report) -> dict[str, str]:
    """What the layout is given: the words as JSON, each chart by its name."""
    words = asdict(report)
    charts = {_CHARTS.format(n=n): chart.svg.decode() for n, chart in enumerate(report.charts)}
    words["charts"] = [
        {"title": chart.title, "alt": chart.alt, "name": name}
        for name, chart in zip(charts, report.charts, strict=True)
    ]
    words["made"] = report.made.isoformat()
    printable = _mapped(words, _printable)
    return {"report": json.dumps(printable, ensure_ascii=False), **charts}


def report_pdf(report: Report, layout: bytes) -> bytes:
    """The PDF. The same report and layout give the same bytes wherever its own fonts suffice.

    The fonts that typst carries are tried first; then those of this machine; then what neither
    can draw is replaced by a box. Raises TypstError for a layout or chart that is broken.
    """
    import typst

    data = page_data(report)
    try:
        return _compiled(layout, data, system_fonts=False)
    except typst.TypstError as error:
        if _drawable(data["report"], system_fonts=False) == data["report"]:
            raise error from None
    drawable = _drawable(data["report"], system_fonts=True)
    return _compiled(layout, data | {"report": drawable}, system_fonts=True)


def _compiled(layout: bytes, data: Mapping[str, str], *, system_fonts: bool) -> bytes:
    import typst

    return typst.compile(
        layout,
        format="pdf",
        ignore_system_fonts=not system_fonts,
        sys_inputs=dict(data),
        pdf_standards=list(STANDARDS),
    )


def _drawable(text: str, *, system_fonts: bool) -> str:
    """The text with a box for each character that cannot be drawn."""
    strange = {one for one in text if not one.isascii()} - {REPLACEMENT}
    boxes = {
        ord(one): REPLACEMENT
        for one in sorted(strange)
        if not _can_draw(one, system_fonts=system_fonts)
    }
    return text.translate(boxes)


_PROBE = b"""#set document(title: "-", date: datetime(year: 2000, month: 1, day: 1))
#set text(lang: "en")
#sys.inputs.probe
"""


def _can_draw(character: str, *, system_fonts: bool) -> bool:
    import typst

    try:
        _compiled(_PROBE, {"probe": character}, system_fonts=system_fonts)
    except typst.TypstError:
        return False
    return True


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """Nested tables and lists with every text changed."""
    match value:
        case str():
            return change(value)
        case dict():
            return {key: _mapped(one, change) for key, one in value.items()}
        case list() | tuple():
            return [_mapped(one, change) for one in value]
        case _:
            return value


def _printable(text: str) -> str:
    """A text without what a printed page cannot hold: controls, private and lone characters.

    Marks that turn the direction of writing go too: they could make a line say something else.
    """
    return "".join(_kept(text))


def _kept(text: str) -> Iterator[str]:
    for one in text:
        if one.isspace():
            yield " "
        elif not unicodedata.category(one).startswith("C") or one in _JOINERS:
            yield one
