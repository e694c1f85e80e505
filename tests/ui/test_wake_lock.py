"""The screen is kept awake by the first way that works, and silently not at all without one."""

import pytest

from coach.ui.wake_lock import WakeLock, wake_lock_of


class Keeper:
    """A way of keeping the screen awake that writes down what it is told."""

    def __init__(self, name: str, *, works: bool) -> None:
        self.name = name
        self.works = works
        self.told: list[str] = []

    def hold(self) -> bool:
        self.told.append("hold")
        return self.works

    def release(self) -> None:
        self.told.append("release")


def test_the_first_keeper_that_works_is_held_and_named() -> None:
    """One that does not work is passed over and never released."""
    broken, working, spare = (
        Keeper("a", works=False),
        Keeper("b", works=True),
        Keeper("c", works=True),
    )
    lock = WakeLock((broken, working, spare))
    assert lock.status is None
    lock.hold()
    assert lock.status == "b"
    lock.release()
    assert lock.status is None
    assert (broken.told, working.told, spare.told) == (["hold"], ["hold", "release"], [])


def test_holding_twice_is_holding_once() -> None:
    """And releasing twice is releasing once."""
    keeper = Keeper("a", works=True)
    lock = WakeLock((keeper,))
    lock.hold()
    lock.hold()
    lock.release()
    lock.release()
    assert keeper.told == ["hold", "release"]


def test_what_does_not_work_is_not_tried_again_and_again() -> None:
    """It may take half a second each time; only the next session tries anew."""
    keeper = Keeper("a", works=False)
    lock = WakeLock((keeper,))
    lock.hold()
    lock.hold()
    assert keeper.told == ["hold"]
    lock.release()
    lock.hold()
    assert keeper.told == ["hold", "hold"]


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin", "plan9"])
def test_a_machine_without_the_service_is_no_error(
    platform: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    """No session bus, no Windows, no caffeinate: the status says that nothing holds it."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    monkeypatch.setenv("PATH", str(tmp_path))
    lock = wake_lock_of(platform)
    lock.hold()
    assert lock.status is None
    lock.release()
