"""The program without its window, opened on a home of a test."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

from coach.app.coach_app import CoachApp
from coach.app.daily.today import Ask, AskView
from coach.app.history.chart import TrendChart
from coach.app.shipped import Shipped
from coach.app.shipped_place import shipped_root
from coach.domain.past import Morning
from coach.domain.rating import RestAnswer
from coach.store.database import open_database
from coach.store.paths import Home
from coach.store.sessions import SessionStore
from fake_clock import FakeClock
from ordered_voice import OrderedVoice

SHIPPED = Shipped(shipped_root())


class OpenedProgram:
    """A real store below `folder`, a silent voice and a clock under control."""

    def __init__(
        self,
        folder: Path,
        clock: FakeClock,
        *,
        demo: bool = False,
        plan: str | None = None,
        profile: str | None = None,
        environment: Mapping[str, str] = MappingProxyType({}),
        draw_chart: Callable[[TrendChart], bytes] | None = None,
    ) -> None:
        self.home = Home.under(folder)
        self.clock = clock
        self.voice = OrderedVoice()
        today = datetime.fromisoformat(clock.wall()).date()
        self._database = open_database(self.home, today)
        self.store = SessionStore(self._database)
        self.app = CoachApp(
            SHIPPED,
            self.home,
            self.store,
            clock,
            self.voice,
            clock.seconds,
            demo=demo,
            plan=plan,
            profile=profile,
            environment=environment,
            draw_chart=draw_chart,
        )
        self.profile = self.app._profile.id

    def answer_morning(self, morning: Morning) -> None:
        """Answer the morning that Today asks about."""
        self.app.answer_morning(self._asked(Ask.MORNING), morning)

    def answer_ten_minutes(self, answer: RestAnswer) -> None:
        """Answer what Today asks ten minutes after a session."""
        self.app.answer_ten_minutes(self._asked(Ask.TEN_MINUTES), answer)

    def skip_question(self) -> None:
        """Leave what Today asks without any answer, if it asks."""
        asked = self.app.today().ask
        if asked is not None and asked.kind is Ask.MORNING:
            self.app.answer_morning(asked, Morning())
        elif asked is not None:
            self.app.answer_ten_minutes(asked, RestAnswer())

    def _asked(self, kind: Ask) -> AskView:
        asked = self.app.today().ask
        assert asked is not None
        assert asked.kind is kind
        return asked

    def on_disk(self, sql: str) -> list[tuple[Any, ...]]:
        """What another process would find in the data file now."""
        with closing(sqlite3.connect(f"{self.home.database.as_uri()}?mode=ro", uri=True)) as other:
            return other.execute(sql).fetchall()

    def let_a_minute_pass(self) -> None:
        """Move the clock to a minute after the last record on disk, if there is any."""
        rows = self.on_disk("SELECT wall FROM event")
        if rows:
            last = max(datetime.fromisoformat(row[0]) for row in rows)
            now = datetime.fromisoformat(self.clock.wall())
            self.clock.pass_ms(int((last - now) / timedelta(milliseconds=1)) + 60_000)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
