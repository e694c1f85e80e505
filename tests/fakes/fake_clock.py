"""A clock under a test's control."""

from datetime import UTC, datetime, timedelta, timezone

#: 2025-11-20, 18:30 in Berlin.
EVENING_UTC_MS = int(datetime(2025, 11, 20, 17, 30, tzinfo=UTC).timestamp() * 1000)
DAY_MS = 24 * 3600 * 1000


class FakeClock:
    """A `Clock` that stands still until a test moves it."""

    def __init__(self, utc_ms: int = EVENING_UTC_MS, monotonic_ms: int = 1_000_000) -> None:
        self.now_ms = monotonic_ms
        self.now_utc_ms = utc_ms
        self.zone = timezone(timedelta(hours=1))

    def monotonic_ms(self) -> int:
        return self.now_ms

    def utc_ms(self) -> int:
        return self.now_utc_ms

    def wall(self) -> str:
        moment = datetime.fromtimestamp(self.now_utc_ms / 1000, self.zone)
        return moment.isoformat(timespec="milliseconds")

    def seconds(self) -> float:
        """The voice's clock, which runs with the monotonic one."""
        return self.now_ms / 1000

    def pass_ms(self, ms: int) -> None:
        """Time goes by."""
        self.now_ms += ms
        self.now_utc_ms += ms

    def suspend(self, ms: int) -> None:
        """The machine sleeps: its monotonic clock stands still meanwhile."""
        self.now_utc_ms += ms
