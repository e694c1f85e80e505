"""The page for a clinician as values, and the tagged, archival PDF that typst makes of them.

The layout is a typst file of its own. What is said on the page reaches it as data, never as
source, so nothing that somebody wrote can become typst code.
"""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

STANDARDS: tuple[Literal["a-2a"], Literal["ua-1"]] = ("a-2a", "ua-1")
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
    words = data["report"]
    own = _Press(system_fonts=False)
    try:
        return own.pdf(layout, data)
    except typst.TypstError as error:
        if own.drawable(words) == words:
            raise error from None
    whole = _Press(system_fonts=True)
    return whole.pdf(layout, data | {"report": whole.drawable(words)})


def report_picture(report: Report, layout: bytes, dots_per_inch: int) -> bytes:
    """The first page as a PNG, to look at before there is a PDF; see `report_pdf`.

    A picture leaves out in silence what its own fonts cannot draw, so where there is anything but
    plain letters those of this machine are tried too, as they are for the PDF.
    """
    data = page_data(report)
    own = _Press(system_fonts=False)
    words = own.drawable(data["report"])
    if words != data["report"]:
        own = _Press(system_fonts=True)
        words = own.drawable(data["report"])
    return own.picture(layout, data | {"report": words}, dots_per_inch)


_PROBE = b"""#set document(title: "-", date: datetime(year: 2000, month: 1, day: 1))
#set text(lang: "en")
#sys.inputs.probe
"""


class _Press:
    """typst with the fonts it carries, and those of this machine where wanted."""

    def __init__(self, *, system_fonts: bool) -> None:
        import typst

        fonts = typst.Fonts(include_system_fonts=system_fonts)
        self._compiler = typst.Compiler(b"", font_paths=fonts)

    def pdf(self, layout: bytes, data: Mapping[str, str]) -> bytes:
        """Compile a layout."""
        made = self._compiler.compile(
            layout, format="pdf", sys_inputs=dict(data), pdf_standards=list(STANDARDS)
        )
        if not isinstance(made, bytes):
            raise TypeError("typst has made no single PDF")
        return made

    def picture(self, layout: bytes, data: Mapping[str, str], dots_per_inch: int) -> bytes:
        """The first page of a layout as a PNG."""
        made = self._compiler.compile(
            layout, format="png", ppi=dots_per_inch, sys_inputs=dict(data)
        )
        first = made[0] if isinstance(made, list) else made
        if not isinstance(first, bytes):
            raise TypeError("typst has made no picture")
        return first

    def drawable(self, text: str) -> str:
        """The text with a box for each character that cannot be drawn."""
        strange = sorted({one for one in text if not one.isascii()} - {REPLACEMENT})
        boxes = {ord(one): REPLACEMENT for one in strange if not self._can_draw(one)}
        return text.translate(boxes)

    def _can_draw(self, character: str) -> bool:
        import typst

        try:
            self.pdf(_PROBE, {"probe": character})
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
