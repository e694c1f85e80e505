"""What is chosen about an export: as what, which sessions, how, and which columns."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QRadioButton,
    QWidget,
)

from coach.app.daily.today import AssessmentDays
from coach.app.export.exporting import Format
from coach.app.export.offer import TABLES, Choices, ExportOffer, Period
from coach.app.people import LONGEST_NAME
from coach.domain.side import Side
from coach.formats.tables.column import Group
from coach.ui.chips import Chips
from coach.ui.day_field import DayField
from coach.ui.desk import Desk
from coach.ui.list_field import ListField
from coach.ui.parts import column, frame, label, row
from coach.ui.text_field import TextField
from coach.ui.tokens import Space

#: In the order in which most people want them.
_FORMATS = (Format.PDF, Format.XLSX, Format.CSV, Format.JSON, Format.FHIR)
_EARLIEST_YEAR = 2000
_EVERYBODY = ""
"""Stands in the list of people for all of them."""


class ExportChoices(QWidget):
    """The fields of the page; nothing is written by them.

    columns_card: the choice of columns, to be put where there is room for it.
    """

    changed = Signal()
    """Something else is chosen."""

    def __init__(self, desk: Desk, offer: ExportOffer) -> None:
        super().__init__()
        self._desk = desk
        say = desk.say
        self.formats = {one: QRadioButton(say(f"ui.export.{one}")) for one in _FORMATS}
        self._one_format = QButtonGroup(self)
        for made in self.formats.values():
            self._one_format.addButton(made)
            made.toggled.connect(self._told)
        self.period = self._listed("period", {one: say(f"ui.export.{one}") for one in Period})
        days = AssessmentDays(offer.today.replace(year=_EARLIEST_YEAR, day=1), offer.today, "", "")
        self.since, self.until = DayField(desk, days), DayField(desk, days)
        for name, field in (("since", self.since), ("until", self.until)):
            field.text.setAccessibleName(say(f"ui.export.{name}"))
            field.changed.connect(self._told)
        sides = {"": say("ui.export.side_any")}
        sides |= {side: say(f"ui.export.side_{side}") for side in Side}
        self.side = self._listed("side", sides)
        self.whose = self._listed("whose", {})
        self.name = TextField(desk.coach.settings.name_on_page)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(say("ui.export.name_hint"))
        self.name.setAccessibleName(say("ui.export.name"))
        self.name.editingFinished.connect(self._keep_name)
        self.name.textEdited.connect(lambda _text: self._told())
        self.deidentify = self._check("deidentify")
        self.semicolon = self._check("semicolon")
        self.document = self._check("document")
        self.appendix = self._check("appendix")
        groups = [group for group in Group if group is not Group.KEY]
        self.fields = Chips({group: say(f"ui.export.field_{group}") for group in groups})
        for chip in self.fields.buttons:
            chip.setChecked(True)
            chip.toggled.connect(self._told)
        self._lay_out()
        self.show_people(offer)
        self.formats[Format.PDF].setChecked(True)

    def show_people(self, offer: ExportOffer) -> None:
        """List whose record can be taken away, beginning with whoever is looked at."""
        self._people = {one.id: one for one in offer.people}
        with QSignalBlocker(self.whose):
            self.whose.clear()
            for one in offer.people:
                self.whose.addItem(one.name, one.id)
            self.whose.addItem(self._desk.say("ui.export.everybody"), _EVERYBODY)
            self.whose.setCurrentIndex(self.whose.findData(offer.looked_at))
        self._shared = offer.shared
        self._told()

    @property
    def chosen(self) -> Choices | None:
        """What is chosen; None while the days entered are no period."""
        period = Period(self.period.currentData())
        since, until = self.since.day, self.until.day
        if period is Period.OWN and (since is None or until is None or since > until):
            return None
        side, on = self.side.currentData(), self.fields.on
        return Choices(
            self.whose.currentData() or None,
            self.format,
            period,
            since,
            until,
            Side(side) if side else None,
            deidentify=self.deidentify.isChecked(),
            semicolon=self.semicolon.isChecked() and self.format is Format.CSV,
            document=self.document.isChecked() and self.format is Format.FHIR,
            appendix=self.appendix.isChecked() and self.format is Format.PDF,
            fields=None if len(on) == len(self.fields.buttons) else tuple(sorted(on)),
            name=self.name.text().strip() if self._may_be_named else "",
        )

    @property
    def format(self) -> Format:
        """As what the record is to be taken away."""
        return next(one for one, made in self.formats.items() if made.isChecked())

    @property
    def _may_be_named(self) -> bool:
        """Whether a page bears the name typed here; that of others is theirs in the history."""
        person = self._people.get(self.whose.currentData())
        nameless = person is not None and person.mine and person.unnamed
        return nameless and self.format is Format.PDF and not self.deidentify.isChecked()

    def _keep_name(self) -> None:
        self._desk.coach.change_setting("name_on_page", self.name.text().strip())

    def _lay_out(self) -> None:
        say = self._desk.say
        cards = column(spacing=Space.BASE)
        formats = column(margin=Space.WIDE, spacing=Space.HAIR)
        formats.addWidget(label(say("ui.export.format"), "title"))
        for made in self.formats.values():
            formats.addWidget(made)
        cards.addWidget(frame("card", formats))
        which = column(margin=Space.WIDE, spacing=Space.SMALL)
        which.addWidget(label(say("ui.export.what"), "title"))
        which.addWidget(self._named("period", self.period))
        self._own = QWidget()
        own = column(spacing=Space.SMALL)
        own.addWidget(self._named("since", self.since))
        own.addWidget(self._named("until", self.until))
        self._own.setLayout(own)
        which.addWidget(self._own)
        which.addWidget(self._named("side", self.side))
        self._whose = self._named("whose", self.whose)
        which.addWidget(self._whose)
        cards.addWidget(frame("card", which))
        how = column(margin=Space.WIDE, spacing=Space.SMALL)
        how.addWidget(label(say("ui.export.options"), "title"))
        self._named_as = self._named("name", self.name)
        how.addWidget(self._named_as)
        self._explained: dict[QCheckBox, QWidget] = {}
        for name, check in (
            ("deidentify", self.deidentify),
            ("semicolon", self.semicolon),
            ("document", self.document),
            ("appendix", self.appendix),
        ):
            how.addWidget(check)
            self._explained[check] = label(say(f"ui.export.{name}_help"), "caption")
            how.addWidget(self._explained[check])
        cards.addWidget(frame("card", how))
        columns = column(margin=Space.WIDE, spacing=Space.SNUG)
        columns.addWidget(label(say("ui.export.fields"), "title"))
        columns.addWidget(self.fields)
        self.columns_card: QFrame = frame("card", columns)
        self.setLayout(cards)

    def _told(self) -> None:
        """Show what belongs to the choice, and tell that it is another."""
        if self._one_format.checkedButton() is None:
            return
        chosen = self.format
        self._own.setVisible(self.period.currentData() == Period.OWN)
        self._whose.setVisible(self._shared)
        self._offer_everybody(on=chosen is not Format.PDF)
        self._named_as.setVisible(self._may_be_named)
        for made, there in (
            (self.semicolon, chosen is Format.CSV),
            (self.document, chosen is Format.FHIR),
            (self.appendix, chosen is Format.PDF),
        ):
            made.setVisible(there)
            self._explained[made].setVisible(there)
        self.columns_card.setVisible(chosen in TABLES)
        typed = [*Group][1:].index(Group.WORDS)
        self.fields.buttons[typed].setEnabled(not self.deidentify.isChecked())
        self.changed.emit()

    def _offer_everybody(self, *, on: bool) -> None:
        """A clinician's page is about one person."""
        last = self.whose.count() - 1
        people = self.whose.model()
        if isinstance(people, QStandardItemModel):
            people.item(last).setEnabled(on)
        if not on and self.whose.currentIndex() == last:
            with QSignalBlocker(self.whose):
                self.whose.setCurrentIndex(0)

    def _listed(self, name: str, texts: dict[str, str]) -> ListField:
        made = ListField()
        made.setAccessibleName(self._desk.say(f"ui.export.{name}"))
        made.setSizeAdjustPolicy(ListField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(10)
        for value, text in texts.items():
            made.addItem(text, value)
        made.currentIndexChanged.connect(lambda _place: self._told())
        return made

    def _check(self, name: str) -> QCheckBox:
        made = QCheckBox(self._desk.say(f"ui.export.{name}"))
        made.toggled.connect(self._told)
        return made

    def _named(self, name: str, field: QWidget) -> QWidget:
        line = QWidget()
        across = row()
        across.addWidget(label(self._desk.say(f"ui.export.{name}"), wrap=False), 2)
        across.addWidget(field, 5)
        line.setLayout(across)
        return line
