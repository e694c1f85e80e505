"""From the page's values to a PDF that can be read, heard and kept."""

import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from unicodedata import category

import pypdf
import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.formats.report_page import (
    REPLACEMENT,
    Block,
    Cell,
    Chart,
    Entry,
    Quote,
    Report,
    Table,
    page_data,
    report_pdf,
)
from report_sessions import SHIPPED

LAYOUT = SHIPPED.report_layout
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 4"><rect width="9" height="4"/></svg>'
)


def page(said: str = "As said", **changed: Any) -> Report:
    """A page on which a text stands wherever somebody's own words could; headings are ours."""
    block = Block(
        "A heading", (said,), Table((said, said), ((Cell(said), Cell(said, said)),)), (said,)
    )
    wide = Table((said,) * 4, ((Cell(said),) * 4,))
    routine = Table((said,) * 5, ((Cell(said),) * 5,))
    early = Table((said,) * 3, ((Cell(said),) * 3,))
    plain = Report(
        language="en",
        title="A title",
        person=said,
        period=said,
        page_of="Page {n} of {m}",
        made=date(2026, 3, 16),
        alarming=True,
        stops=replace(block, table=wide),
        done=block,
        early=replace(block, table=early),
        course=block,
        charts=(Chart(said, f"a drawing of {said}", SVG),),
        where=block,
        routine=replace(block, table=routine),
        words=Block("A heading"),
        quotes=(Quote(said, said),),
        corrections=block,
        foot=(said,),
        marks=(said,),
    )
    return replace(plain, **changed)


def read(pdf: bytes) -> pypdf.PdfReader:
    """The PDF as another program reads it."""
    return pypdf.PdfReader(BytesIO(pdf), strict=True)


def structure(node: Any) -> list[tuple[str, str | None]]:
    """Kind and alternative text of every element of the tag tree, in reading order."""
    found: list[tuple[str, str | None]] = []
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        one = kid.get_object()
        if isinstance(one, dict):
            if "/S" in one:
                alt = one.get("/Alt")
                found.append((str(one["/S"]), None if alt is None else str(alt)))
            found += structure(one)
    return found


@settings(max_examples=60)
@example('"); #panic("no") #"')
@example('#eval("1") $x^2$ *b* _i_ `raw` = head \\ <label> @ref // /* */ ~ -- \' [ ] { }')
@example("\x00\x1b[31m\u202e\ue000\ud800\r\n\t")
@example("\U0001d518 你好 😀 ﷽ नमस्ते مرحبا")
@given(st.text(max_size=30))
def test_no_text_becomes_part_of_the_layout(said: str) -> None:
    """Whatever somebody wrote is data when it arrives, and the page is made all the same."""
    report = page(said)
    data = page_data(report)
    probe = b"#metadata(json(bytes(sys.inputs.report)).person)<person>"
    arrived = typst.query(probe, "<person>", field="value", one=True, sys_inputs=data)
    kept = "".join(" " if one.isspace() else one for one in said)
    assert json.loads(arrived) == "".join(
        one for one in kept if not category(one).startswith("C") or one in "\u200c\u200d"
    )
    assert report_pdf(report, LAYOUT).startswith(b"%PDF-")


def test_a_text_is_shown_as_it_was_written() -> None:
    said = '#panic("x") $y$ *b* `raw` \\n'
    text = " ".join(one.extract_text() for one in read(report_pdf(page(said), LAYOUT)).pages)
    assert said in text


def test_the_page_is_tagged_and_names_its_language_and_title() -> None:
    made = read(report_pdf(page(), LAYOUT))
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a value of the PDF, not the word
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    kinds = [kind for kind, _ in structure(root["/StructTreeRoot"])]
    assert {"/H1", "/H2", "/P", "/Table", "/THead", "/TH", "/TD", "/Figure"} <= set(kinds)
    assert kinds.count("/H1") == 1
    assert made.metadata is not None
    assert made.metadata.title == "A title, As said"


def test_the_page_says_it_is_archival_and_accessible() -> None:
    """PDF/A-2a and PDF/UA-1, by the marks that readers and archives look for."""
    metadata = read(report_pdf(page(), LAYOUT)).trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part[>=\"]+2", metadata)
    assert re.search(r"pdfaid:conformance[>=\"]+A", metadata)
    assert re.search(r"pdfuaid:part[>=\"]+1", metadata)


def test_every_picture_is_said_in_words() -> None:
    made = read(report_pdf(page(), LAYOUT))
    alts = [
        alt
        for kind, alt in structure(made.trailer["/Root"]["/StructTreeRoot"])
        if kind == "/Figure"
    ]
    assert alts == ["a drawing of As said"]


def test_a_picture_without_words_is_refused() -> None:
    """Typst checks the standard itself, so a missing alternative text cannot slip through."""
    silent = LAYOUT.replace(b", alt: chart.alt", b"")
    assert silent != LAYOUT
    with pytest.raises(typst.TypstError, match="alt"):
        report_pdf(page(), silent)


def test_the_same_page_is_the_same_bytes() -> None:
    """Nothing of the moment or the machine gets in."""
    assert report_pdf(page(), LAYOUT) == report_pdf(page(), LAYOUT)
    assert read(report_pdf(page(), LAYOUT)).metadata.creation_date.date() == date(2026, 3, 16)  # type: ignore[union-attr]


def test_all_fonts_are_in_the_file() -> None:
    fonts = read(report_pdf(page(), LAYOUT)).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        (inner,) = font.get_object()["/DescendantFonts"]
        assert {"/FontFile3", "/FontFile2"} & inner.get_object()["/FontDescriptor"].keys()


def test_greek_cyrillic_and_hebrew_need_no_fonts_of_the_machine() -> None:
    said = "Ελένη Жанна מריה Łucja"
    text = read(report_pdf(page("x", person=said), LAYOUT)).pages[0].extract_text()
    assert "Ελένη Жанна" in text


def test_what_no_font_can_draw_is_a_box() -> None:
    """An unassigned script must not keep the rest from being read."""
    report = page("x", person="Ana \U0001e030\U00012000 Lee")
    text = read(report_pdf(report, LAYOUT)).pages[0].extract_text()
    assert "Ana" in text and "Lee" in text
    assert REPLACEMENT in text or "\U00012000" in text


def test_a_crowded_page_is_set_smaller_and_stays_one() -> None:
    rows = tuple((Cell("a row"), Cell("1")) for _ in range(30))
    crowded = page("x", course=Block("Ratings", (), Table(("What", "How much"), rows)))
    assert len(read(report_pdf(crowded, LAYOUT)).pages) == 1


def test_the_appendix_repeats_the_head_of_a_long_table() -> None:
    head = ("Exercise", "Reps", "Seconds", "T", "P", "Felt", "Settled", "Then")
    rows = tuple(tuple(Cell(f"{n}") for _ in head) for n in range(120))
    entries = (Entry("An evening", ("Before.",), Table(head, rows)),)
    report = page("x", appendix=Block("Every session", ("How to read it.",)), entries=entries)
    made = read(report_pdf(report, LAYOUT))
    assert len(made.pages) == 3
    for one in made.pages[1:]:
        assert "Settled" in one.extract_text()
    assert "Page 2 of 3" in made.pages[1].extract_text()
