"""Whom a stop message says to call: by the country chosen, the one assumed, or in general words."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.app.emergency import (
    Countries,
    CountryChoice,
    EmergencyLine,
    country_of,
    emergency_numbers,
    number_words,
)
from coach.app.phrasing import Phrasing
from coach.domain.decision import Phrase
from coach.domain.rating import News, SetAnswers
from coach.engine.control import Message, Move
from coach.engine.inputs import Report, SomethingWrong
from coach.voice.cue_text import clean
from live_player import LivePlayer, shipped_answers
from opened_program import SHIPPED, OpenedProgram

ROOT = SHIPPED.root
PHRASES = SHIPPED.phrases
LOCAL = "your local emergency number"
EMERGENCY = Phrase("tier.emergency")

Open = Callable[..., OpenedProgram]


def words(country: str) -> str:
    return number_words(ROOT, country, PHRASES)


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("DE", "112"),
        ("GB", "999 or 112"),
        ("NZ", "111"),
        ("US", "911"),
        ("AU", "000"),
        ("IN", "112 or 108"),
    ],
)
def test_a_known_country_has_its_numbers(country: str, said: str) -> None:
    assert words(country) == said


@pytest.mark.hazard("H17")
@pytest.mark.parametrize("country", ["", "ZZ", "AQ", "gb", "GBR", "United Kingdom"])
def test_an_unknown_country_has_the_local_number(country: str) -> None:
    """H17: a wrong number costs minutes, so what is not known is not guessed."""
    assert words(country) == LOCAL


@pytest.mark.hazard("H17")
def test_111_is_called_only_where_it_is_the_emergency_number() -> None:
    """H17: UK 111 never as emergency."""
    with_111 = {code for code, found in emergency_numbers(ROOT).items() if "111" in found.numbers}
    assert with_111 == {"NZ", "PG"}
    assert "111" not in words("GB").split()


@pytest.mark.parametrize(
    ("environment", "country"),
    [
        ({"LANG": "en_GB.UTF-8"}, "GB"),
        ({"LANG": "de_AT@euro"}, "AT"),
        ({"LANG": "de_DE"}, "DE"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_NZ.UTF-8"}, "NZ"),
        ({"LANG": "en_US", "LC_MESSAGES": "en_NZ", "LC_ALL": "pt_BR.UTF-8"}, "BR"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": ""}, "GB"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C.UTF-8"}, ""),
        ({"LANG": "C"}, ""),
        ({"LANG": "POSIX"}, ""),
        ({"LANG": "de"}, ""),
        ({"LANG": "en_150.UTF-8"}, ""),
        ({"LANG": "en_GBR"}, ""),
        ({"LANG": "/usr/share/locale/en_GB"}, ""),
        ({"LC_TIME": "en_GB.UTF-8"}, ""),
        ({}, ""),
    ],
)
def test_the_locale_names_a_country(environment: dict[str, str], country: str) -> None:
    assert country_of(environment) == country


def line(environment: dict[str, str]) -> EmergencyLine:
    return EmergencyLine(ROOT, None, PHRASES, environment)


def test_an_assumed_number_never_stands_alone() -> None:
    """Many computers are set to American English far from America."""
    assumed = line({"LANG": "en_US.UTF-8"})
    assert assumed.words("") == f"911 or {LOCAL}"
    assert assumed.words("US") == "911"
    assert assumed.words("NZ") == "111"
    assert assumed.words("ZZ") == LOCAL


@pytest.mark.parametrize("environment", [{}, {"LANG": "C"}, {"LANG": "en_AQ.UTF-8"}])
def test_nothing_to_assume_is_the_local_number(environment: dict[str, str]) -> None:
    assert line(environment).words("") == LOCAL
    assert line(environment).countries().assumed is None


def test_every_country_s_message_is_said_to_its_end() -> None:
    """The voice cuts off what is too long; "Do not wait" is the last that may be lost."""
    for code in emergency_numbers(ROOT):
        for number in (words(code), line({"LANG": f"xx_{code}"}).words("")):
            said = Phrasing(PHRASES, number).words(EMERGENCY)
            assert f"Call {number} or go to an emergency department." in said
            assert clean(said) == said


@pytest.mark.hazard("H17")
@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("GB", "Call 999 or 112 or go to an emergency department."),
        ("NZ", "Call 111 or go to an emergency department."),
        ("US", "Call 911 or go to an emergency department."),
        ("DE", "Call 112 or go to an emergency department."),
        ("ZZ", "Call your local emergency number or go to an emergency department."),
    ],
)
def test_the_message_follows_the_setting(opened: Open, country: str, said: str) -> None:
    """On the screen, to the ear, and after a restart."""
    program = opened(environment={"LANG": "fr_FR.UTF-8"})
    program.app.change_setting("country", country)
    assert said in program.app.words(EMERGENCY)
    assert any(said in cue for cue in program.voice.prepared)
    player = LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day"))
    player.until(Move)
    player.live.give(SomethingWrong())
    player.live.give(Report(SetAnswers(new=frozenset({News.CHEST_BREATH}))))
    assert isinstance(player.live.view().stage, Message)
    assert said in player.live.caption
    lock = opened().app.today().lock
    assert lock is not None
    assert said in lock.text


def test_a_session_that_runs_follows_the_setting_too(program: OpenedProgram) -> None:
    """Somebody who corrects the country does not want to begin again."""
    player = LivePlayer(program.app.begin(), program.clock, shipped_answers("calm-day"))
    player.until(Move)
    program.app.change_setting("country", "NZ")
    player.live.give(SomethingWrong())
    player.live.give(Report(SetAnswers(new=frozenset({News.CHEST_BREATH}))))
    assert "Call 111 or" in player.live.caption


def test_the_country_is_assumed_from_the_environment(opened: Open) -> None:
    """And the settings say which one, with what is called."""
    program = opened(environment={"LANG": "en_GB.UTF-8"})
    assert f"Call 999 or 112 or {LOCAL} or go" in program.app.words(EMERGENCY)
    assumed = program.app.countries().assumed
    assert assumed is not None
    assert assumed == CountryChoice("GB", "United Kingdom", "999 or 112")
    assert f"Call {LOCAL} or go" in opened().app.words(EMERGENCY)


def test_the_settings_offer_every_country_by_name(program: OpenedProgram) -> None:
    listed = program.app.countries().listed
    assert [one.code for one in listed] == list(emergency_numbers(ROOT))
    assert ("New Zealand", "111") in {(one.name, one.number) for one in listed}


@pytest.mark.hazard("H17")
@pytest.mark.parametrize("text", [None, "format = 1", 'format = "nerve-coach.numbers/1"'])
def test_a_damaged_table_still_gives_a_message(tmp_path: Path, text: str | None) -> None:
    """Nothing may stand between somebody and help."""
    if text is not None:
        (tmp_path / "assets").mkdir()
        (tmp_path / "assets" / "emergency_numbers.toml").write_text(text)
    assert number_words(tmp_path, "GB", PHRASES) == LOCAL
    damaged = EmergencyLine(tmp_path, None, PHRASES, {"LANG": "en_GB.UTF-8"})
    assert damaged.words("") == LOCAL
    assert damaged.countries() == Countries((), None)


def test_the_kept_table_is_the_same_and_needs_no_reader(tmp_path: Path) -> None:
    """A later start reads it without pydantic."""
    assert emergency_numbers(ROOT, tmp_path) == emergency_numbers(ROOT)
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from coach.app.emergency import emergency_numbers\n"
        "root, keep = map(Path, sys.argv[1:])\n"
        "print(emergency_numbers(root, keep)['NZ'].numbers, 'pydantic' in sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(ROOT), str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=ROOT,
    )
    assert ran.stdout.strip() == "('111',) False"
