"""Taking the record away: what is chosen, what it will be, and how far the writing has got."""

import time
from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QWidget

from coach.app.export.exporting import Exported, Format, Progress, steps
from coach.app.export.preview import Looking
from coach.formats.bad_file import BadFile
from coach.store.errors import KnownError
from coach.ui.announce import announce
from coach.ui.demonstration.saving import Choose, chosen_file
from coach.ui.desk import Desk
from coach.ui.export_choices import ExportChoices
from coach.ui.export_preview import ExportPreview
from coach.ui.keys import Asked, Command
from coach.ui.page import Page
from coach.ui.parts import Scroll, button, column, frame, label, row, set_text, set_tone
from coach.ui.tokens import Space

_STINT_S = 0.015
"""Seconds of writing between two looks at the keyboard."""

_PAUSE_MS = 200
"""Milliseconds without another choice before a look is made that takes a while."""

_NARROW = 1000
"""Width of the page (pixels at 100 % text) below which the preview stands under the choices."""

_ASIDE = 400
"""Width of the choices (pixels at 100 % text) beside the preview."""


class ExportPage(Page):
    """Choices on the left, what comes of them on the right; written in small pieces."""

    scrolls = True

    def __init__(
        self, desk: Desk, back: Callable[[], object], choose: Choose = chosen_file
    ) -> None:
        super().__init__(desk)
        self._back, self._choose = back, choose
        self._offer = desk.coach.export_offer()
        self._work: Generator[Progress, None, Exported] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        self._looking: Looking | None = None
        self._look_timer = QTimer(self)
        self._look_timer.timeout.connect(self._look_on)
        say = desk.say
        self._headline = label(say("ui.export.title"), "headline")
        self.choices = ExportChoices(desk, self._offer)
        self.choices.changed.connect(self._show_choice)
        self.preview = ExportPreview(desk)
        self.save_button = button(say("ui.export.save"), self.save, "primary")
        self.cancel_button = button(say("ui.export.cancel"), self.cancel)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(say("ui.export.save"))
        self.told = label("")
        self._banner = frame("banner", self._inside(self.told), tone="good")
        self._lay_out()
        self._show_under_way(on=False)
        self._banner.hide()

    @property
    def title(self) -> str:
        """The headline."""
        return self._headline.text()

    @property
    def under_way(self) -> bool:
        """True while files are being written."""
        return self._work is not None

    def enter(self) -> None:
        """The record may have grown since."""
        self._offer = self._desk.coach.export_offer()
        self._banner.hide()
        self.choices.show_people(self._offer)

    def obey(self, asked: Asked) -> bool:
        """Esc gives up what is under way, and else leads back."""
        if asked.command is Command.LEAVE:
            if self.under_way:
                self.cancel()
            else:
                self._back()
            return True
        return super().obey(asked)

    def save(self) -> None:
        """Ask where to, and begin."""
        chosen = self.choices.chosen
        if chosen is None or self.under_way:
            return
        key = "ui.export.choose_folder" if chosen.format is Format.CSV else "ui.export.choose"
        suggested = str(Path.home() / self._offer.suggested(chosen))
        place = self._choose(self, self._desk.say(key), suggested)
        if not place:
            return
        self._offer = self._desk.coach.export_offer()
        wish = self._offer.wish(chosen, self._offer.named(chosen, place))
        self._work = steps(self._offer.source, wish)
        self._banner.hide()
        self.progress.setRange(0, 0)
        self._show_under_way(on=True)
        self._timer.start()

    def cancel(self) -> None:
        """Give up; nothing is left."""
        if self._stop():
            self._tell(self._desk.say("ui.export.cancelled"), tone="warn")

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is written behind another page, least of all behind a session."""
        super().hideEvent(event)
        if event.spontaneous():
            return
        self._look_away()
        if self._stop():
            self._tell(self._desk.say("ui.export.left"), tone="warn")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview stands beside the choices where there is room."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW * self._desk.scale
        way = QBoxLayout.Direction
        self._across.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        most = self.maximumWidth() if narrow else round(_ASIDE * self._desk.scale)
        self.choices.setMaximumWidth(most)
        self.choices.setMinimumWidth(0 if narrow else most)

    def _go_on(self) -> None:
        """Write for a moment."""
        until = time.perf_counter() + _STINT_S
        while self._work is not None and time.perf_counter() < until:
            try:
                done, total = next(self._work)
            except StopIteration as end:
                self._written(end.value)
            except (KnownError, BadFile) as error:
                self._stop()
                self._tell(str(error), tone="warn")
            else:
                self.progress.setRange(0, total)
                self.progress.setValue(done)

    def _written(self, exported: Exported) -> None:
        self._stop()
        saved = self._desk.say("ui.export.saved")
        said = [saved, *map(str, exported.files), *exported.left_out]
        self._tell("\n".join(said), tone="warn" if exported.left_out else "good")

    def _stop(self) -> bool:
        """End the writing; whether there was any."""
        work, self._work = self._work, None
        self._timer.stop()
        if work is None:
            return False
        work.close()
        self._show_under_way(on=False)
        return True

    def _tell(self, text: str, *, tone: str) -> None:
        set_text(self.told, text)
        set_tone(self._banner, tone)
        self._banner.show()
        announce(self, text)

    def _show_under_way(self, *, on: bool) -> None:
        comes, goes = self.save_button, self.cancel_button
        if on:
            comes, goes = goes, comes
        comes.show()
        if on or goes.hasFocus():  # before the other hides: that would hand its focus to anything
            comes.setFocus()
        goes.hide()
        self.choices.setEnabled(not on)
        self.choices.columns_card.setEnabled(not on)
        self.progress.setVisible(on)

    def _show_choice(self) -> None:
        chosen = self.choices.chosen
        self.save_button.setEnabled(chosen is not None)
        self._look_away()
        if chosen is None:
            self.preview.show_trouble(self._desk.say("ui.export.day_wrong"))
            return
        self._banner.hide()
        try:
            count = self._offer.count(chosen)
        except KnownError as error:
            self._tell(str(error), tone="warn")
            return
        self.preview.show_choice(self._desk.say(f"ui.export.{chosen.format}_help"), count)
        self._looking = self._offer.previewing(chosen)
        if not self._looked():
            self.preview.show_waiting()
            self._look_timer.start(_PAUSE_MS)

    def _look_on(self) -> None:
        """Go on with the look for a moment."""
        self._look_timer.setInterval(0)
        until = time.perf_counter() + _STINT_S
        while not self._looked() and time.perf_counter() < until:
            pass

    def _looked(self) -> bool:
        """Take the look one piece further; whether it is made and shown."""
        if self._looking is None:
            return True
        try:
            next(self._looking)
        except StopIteration as end:
            self._look_away()
            self.preview.show_look(end.value)
        except KnownError as error:
            self._look_away()
            self.preview.show_look(None)
            self._tell(str(error), tone="warn")
        else:
            return False
        return True

    def _look_away(self) -> None:
        """Drop the look that is being made."""
        looking, self._looking = self._looking, None
        self._look_timer.stop()
        if looking is not None:
            looking.close()

    def _lay_out(self) -> None:
        say, scale = self._desk.say, self._desk.scale
        top = column(spacing=Space.HAIR)
        top.addWidget(self._headline)
        top.addWidget(label(say("ui.export.lead"), "soft"))
        shown = column(margin=Space.WIDE, spacing=Space.BASE)
        shown.addWidget(label(say("ui.export.preview"), "title"))
        shown.addWidget(self.preview.head)
        across = row()
        across.addWidget(self.save_button)
        across.addWidget(self.cancel_button)
        across.addWidget(self.progress, 1)
        across.addStretch(0)
        shown.addLayout(across)
        shown.addWidget(self._banner)
        shown.addWidget(self.preview)
        beside = column()
        beside.addWidget(frame("card", shown))
        beside.addWidget(self.choices.columns_card)
        beside.addStretch(1)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(Space.BASE)
        held = column()
        held.addWidget(self.choices)
        held.addStretch(1)
        self._across.addLayout(held)
        self._across.addLayout(beside, 1)
        content = column(spacing=Space.WIDE)
        content.addLayout(top)
        content.addLayout(self._across)
        content.addStretch(1)
        whole = column()
        whole.addWidget(Scroll(content, widest=1180, scale=lambda: scale, share=0.8))
        self.setLayout(whole)

    @staticmethod
    def _inside(shown: QWidget) -> QBoxLayout:
        made = column(margin=Space.BASE)
        made.addWidget(shown)
        return made
