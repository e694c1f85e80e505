import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

import pytest

from coach.voice.cache import CueCache
from coach.voice.interface import Reason, VoiceChoice
from coach.voice.render_client import NotRendered, RenderClient, Rendered, RenderLimits, Result

FAKE = Path(__file__).with_name("fake_voice_helper.py")
HASTY = RenderLimits(start_s=0.4, cue_s=0.4, letter_s=0, idle_s=30, finish_s=0.2)
PATIENT = RenderLimits(finish_s=5)
CHOICE = VoiceChoice()


class Rendering:
    """A render client with the fake helper, and everything it says."""

    def __init__(self, folder: Path, behaviour: str, limits: RenderLimits) -> None:
        self.folder = folder
        self.results: Queue[Result] = Queue()
        self.troubles: Queue[Reason | None] = Queue()
        self.cache = folder / "cache"
        self.client = RenderClient(
            CueCache(self.cache),
            command=[sys.executable, str(FAKE), str(folder), behaviour],
            limits=limits,
        )
        self.client.start(self.results.put, lambda: self.troubles.put(self.client.trouble))

    def render(self, text: str, choice: VoiceChoice = CHOICE) -> Result:
        self.client.request(text, choice)
        return self.results.get(timeout=10)

    @property
    def starts(self) -> int:
        return (self.folder / "starts").stat().st_size

    @property
    def asked(self) -> list[str]:
        return (self.folder / "asked").read_text().splitlines()


@pytest.fixture
def rendering(tmp_path: Path) -> Iterator[Callable[..., Rendering]]:
    made: list[Rendering] = []

    def make(behaviour: str = "good", limits: RenderLimits = PATIENT) -> Rendering:
        made.append(Rendering(tmp_path, behaviour, limits))
        return made[-1]

    yield make
    for each in made:
        each.client.close()
        each.client.join()


def test_a_cue_is_rendered_once_and_then_found(rendering: Callable[..., Rendering]) -> None:
    voice = rendering()
    first, again = voice.render("Hold"), voice.render("Hold")
    assert isinstance(first, Rendered) and again == first
    assert first.cue.heard_s == pytest.approx(0.5)
    assert first.cue.file.is_file()
    assert voice.asked == ["Hold"]


def test_the_engine_reads_what_the_voice_says_rightly(rendering: Callable[..., Rendering]) -> None:
    """The cue keeps its own words, which are those of its caption."""
    here = rendering()
    result = here.render("Call 112.")
    assert isinstance(result, Rendered) and result.text == "Call 112."
    assert here.asked == ["Call 1 1 2."]
    assert here.render("Call 112.") == result
    assert here.asked == ["Call 1 1 2."]


def test_the_engine_makes_itself_known_before_any_cue(
    rendering: Callable[..., Rendering],
) -> None:
    voice = rendering()
    assert voice.troubles.get(timeout=10) is None
    assert voice.client.origin is Reason.SYSTEM_VOICE
    assert [each.name for each in voice.client.voices] == ["V"]


def test_an_urgent_cue_overtakes_those_that_wait(rendering: Callable[..., Rendering]) -> None:
    voice = rendering()
    voice.client.request("one", CHOICE)
    voice.client.request("two", CHOICE)
    voice.client.request("now", CHOICE, urgent=True)
    for _ in range(3):
        voice.results.get(timeout=10)
    assert voice.asked.index("now") < voice.asked.index("two")


@pytest.mark.parametrize("behaviour", ["hang once", "exit once", "abort once", "garbage once"])
def test_a_helper_that_dies_once_is_started_again(
    rendering: Callable[..., Rendering], behaviour: str
) -> None:
    voice = rendering(behaviour, HASTY if "hang" in behaviour else PATIENT)
    assert isinstance(voice.render("Hold"), Rendered)
    assert voice.starts == 2


@pytest.mark.parametrize("behaviour", ["exit", "empty", "refuse"])
def test_one_bad_cue_is_tried_twice_and_spoils_no_other(
    rendering: Callable[..., Rendering], behaviour: str
) -> None:
    voice = rendering(behaviour)
    assert voice.render("bad") == NotRendered("bad", CHOICE, Reason.CUE_NOT_SPOKEN)
    assert voice.asked == ["bad", "bad"]
    assert isinstance(voice.render("good"), Rendered)
    assert voice.client.trouble is None


@pytest.mark.parametrize("behaviour", ["exit", "empty", "refuse"])
def test_an_engine_that_fails_with_several_cues_in_a_row_says_so_until_it_makes_one(
    rendering: Callable[..., Rendering], behaviour: str
) -> None:
    """Its helper may be started anew for each of them, which proves nothing."""
    voice = rendering(behaviour, RenderLimits(finish_s=5, restarts=20))
    known = voice.render("known")
    for text in ("bad 1", "bad 2"):
        assert voice.render(text) == NotRendered(text, CHOICE, Reason.CUE_NOT_SPOKEN)
        assert voice.client.trouble is None
    for text in ("bad 3", "bad 4"):
        assert voice.render(text) == NotRendered(text, CHOICE, Reason.VOICE_KEEPS_FAILING)
        assert voice.client.trouble is Reason.VOICE_KEEPS_FAILING
    assert voice.render("known") == known
    assert voice.client.trouble is Reason.VOICE_KEEPS_FAILING, "that one was made before"
    assert isinstance(voice.render("good"), Rendered)
    assert voice.client.trouble is None
    assert voice.render("bad 5").reason is Reason.CUE_NOT_SPOKEN
    changes = [voice.troubles.get_nowait() for _ in range(voice.troubles.qsize())]
    assert changes == [None, Reason.VOICE_KEEPS_FAILING, None]


@pytest.mark.parametrize("behaviour", ["early exit", "early garbage", "early abort"])
def test_a_helper_that_cannot_start_is_left_alone_after_three_restarts(
    rendering: Callable[..., Rendering], behaviour: str
) -> None:
    voice = rendering(behaviour)
    assert voice.render("Hold") == NotRendered("Hold", CHOICE, Reason.VOICE_KEEPS_FAILING)
    assert voice.client.trouble is Reason.VOICE_KEEPS_FAILING
    assert voice.starts == 4
    voice.render("Hold")
    assert voice.starts == 4


def test_a_cue_made_before_does_not_hide_that_the_engine_was_given_up(
    rendering: Callable[..., Rendering],
) -> None:
    voice = rendering("exit")
    known = voice.render("known")
    reasons = [voice.render(f"bad {n}").reason for n in range(3)]
    assert reasons == [*[Reason.CUE_NOT_SPOKEN] * 2, Reason.VOICE_KEEPS_FAILING]
    assert voice.render("known") == known
    assert voice.client.trouble is Reason.VOICE_KEEPS_FAILING


def test_a_helper_that_never_greets_is_left_alone(rendering: Callable[..., Rendering]) -> None:
    voice = rendering("early hang", RenderLimits(start_s=0.1, finish_s=0.1))
    assert voice.troubles.get(timeout=10) is Reason.VOICE_KEEPS_FAILING


def test_restarts_long_ago_do_not_count(rendering: Callable[..., Rendering]) -> None:
    voice = rendering("exit", RenderLimits(finish_s=1, restarts=1, restarts_within_s=0.0))
    for _ in range(2):
        assert voice.render("bad").reason is Reason.CUE_NOT_SPOKEN
    assert voice.starts > 2


@pytest.mark.hazard("H11")
def test_no_speech_engine_is_said_at_once(rendering: Callable[..., Rendering]) -> None:
    voice = rendering("no engine")
    assert voice.troubles.get(timeout=10) is Reason.NO_VOICE_ENGINE
    assert voice.render("Hold") == NotRendered("Hold", CHOICE, Reason.NO_VOICE_ENGINE)
    assert voice.starts == 1


def test_no_voice_for_the_language_is_said_and_passes(
    rendering: Callable[..., Rendering],
) -> None:
    voice = rendering()
    spanish = VoiceChoice(language="es")
    assert voice.render("Dobla", spanish).reason is Reason.NO_VOICE_FOR_LANGUAGE
    assert voice.client.trouble is Reason.NO_VOICE_FOR_LANGUAGE
    assert isinstance(voice.render("Hold"), Rendered)
    assert voice.client.trouble is None


def test_a_damaged_file_is_rendered_again(rendering: Callable[..., Rendering]) -> None:
    voice = rendering()
    first = voice.render("Hold")
    assert isinstance(first, Rendered)
    first.cue.file.write_bytes(b"RIFF")
    assert voice.render("Hold") == first
    assert voice.asked == ["Hold", "Hold"]


def test_another_rate_is_another_file(rendering: Callable[..., Rendering]) -> None:
    voice = rendering()
    slow = voice.render("Hold", VoiceChoice(rate_wpm=120))
    assert slow.cue.file != voice.render("Hold").cue.file


def test_an_idle_helper_leaves_and_comes_back(rendering: Callable[..., Rendering]) -> None:
    voice = rendering("good", RenderLimits(idle_s=0.02))
    first = voice.render("one")
    end = time.monotonic() + 10
    while voice.client._helper is not None and time.monotonic() < end:
        time.sleep(0.01)
    assert voice.render("one") == first
    assert voice.starts == 1, "a cue that is there needs no helper"
    assert isinstance(voice.render("two"), Rendered)
    assert voice.starts == 2


def test_a_cache_that_cannot_be_written_is_said(
    rendering: Callable[..., Rendering], tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("in the way")
    voice = rendering()
    assert voice.troubles.get(timeout=10) is Reason.CACHE_UNUSABLE
    assert voice.render("Hold").reason is Reason.CACHE_UNUSABLE


def test_a_full_disk_is_said_and_passes(
    rendering: Callable[..., Rendering], monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = rendering()
    with monkeypatch.context() as patched:
        patched.setattr(Path, "chmod", _full)
        assert voice.render("Hold").reason is Reason.DISK_FULL
        assert voice.client.trouble is Reason.DISK_FULL
    assert isinstance(voice.render("Hold"), Rendered)
    assert voice.client.trouble is None


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_closing_does_not_wait_for_the_cues_left(rendering: Callable[..., Rendering]) -> None:
    voice = rendering("hang", RenderLimits(cue_s=0.3, letter_s=0, finish_s=0.1))
    for text in ("bad", *map(str, range(50))):
        voice.client.request(text, CHOICE)
    voice.client.close()
    voice.client.join()
    assert voice.results.qsize() <= 2
