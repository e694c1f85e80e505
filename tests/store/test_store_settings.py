"""Settings: what is good is used, what is bad is said, nothing of the user's is lost."""

import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.store.errors import KnownError
from coach.store.settings import Settings, SettingsFile
from coach.store.toml_text import to_toml

# tomllib counts "\r\n" as one line end, which only matters outside of strings we escape anyway.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
plain = (
    st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | texts
    | st.dates(min_value=date(1000, 1, 1))
    | st.datetimes(min_value=datetime(1000, 1, 1))  # noqa: DTZ001 (TOML has local times)
    | st.times()
)
values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings" / "settings.toml"


def write(file: Path, text: str | bytes) -> SettingsFile:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return SettingsFile(file)


def test_without_a_file_everything_has_its_first_value(file: Path) -> None:
    """And nothing is written by looking."""
    loaded = SettingsFile(file).load()
    assert loaded.settings == Settings()
    assert loaded.warnings == ()
    assert not file.parent.exists()


def test_settings_come_back_as_they_were_saved(file: Path) -> None:
    """Also back at a default that had been left."""
    chosen = Settings(theme="dark", text_scale=150, voice_id='a "b" \\ ü\x7f', lead_in_s=20)
    assert SettingsFile(file).save(chosen) is None
    assert SettingsFile(file).load().settings == chosen
    SettingsFile(file).save(chosen.changed(theme="system"))
    assert SettingsFile(file).load().settings == chosen.changed(theme="system")


def test_defaults_stay_out_of_the_file(file: Path) -> None:
    """So that a better default of a later program reaches the user."""
    SettingsFile(file).save(Settings(theme="dark"))
    assert tomllib.loads(file.read_text()) == {"theme": "dark"}


def test_a_bad_value_falls_back_alone_and_is_named(file: Path) -> None:
    """File, line, key, what was wrong and what is used instead; the good ones count."""
    text = '# mine\ntext_scale = 400\ntheme = "dark"\nvoice_rate = "150"\nreduced_motion = 1\n'
    loaded = write(file, text).load()
    assert loaded.settings == Settings(theme="dark")
    assert [(warning.line, warning.key) for warning in loaded.warnings] == [
        (2, "text_scale"),
        (5, "reduced_motion"),
        (4, "voice_rate"),
    ]
    first = str(loaded.warnings[0])
    assert first.startswith(f"{file}:2: text_scale: ")
    assert first.endswith("must be at most 200 (found 400); using 100")


@pytest.mark.parametrize(
    ("content", "words", "line"),
    [
        ('theme = "dark"\nvoice_id = ?\n', "Invalid value", 2),
        (b'theme = "\xff"', "not UTF-8 text at byte 9", None),
        ("x = 1\n" * 20_000, "larger than", None),
        ("x = " + "[" * 5000, "nested too deeply", None),
        ("x = " + "1" * 5000, "4300", None),
    ],
)
def test_an_unreadable_file_gives_defaults_and_a_warning(
    file: Path, content: str | bytes, words: str, line: int | None
) -> None:
    """Whatever is in it; the file itself stays as it is."""
    loaded = write(file, content).load()
    assert loaded.settings == Settings()
    (warning,) = loaded.warnings
    assert words in str(warning)
    assert warning.line == line


@pytest.mark.parametrize("content", ["theme = ", "text_scale = 400\n"])
def test_a_bad_file_is_copied_before_it_is_written_over(file: Path, content: str) -> None:
    """Twice bad makes two copies."""
    for name in ("settings-before.toml", "settings-before-2.toml"):
        copy = write(file, content).save(Settings(theme="dark"))
        assert copy == file.with_name(name)
        assert copy.read_text() == content
        assert SettingsFile(file).load().settings == Settings(theme="dark")
        assert SettingsFile(file).load().warnings == ()


def test_keys_of_another_program_version_are_kept(file: Path) -> None:
    """They are named, and still there after saving."""
    text = 'skin = "warm"\nwhen = 2025-11-20\n[later]\nlist = [1, {a = "b"}]\n'
    settings_file = write(file, text)
    loaded = settings_file.load()
    assert loaded.unknown == ("skin", "when", "later")
    assert loaded.warnings == ()
    assert settings_file.save(loaded.settings.changed(theme="light")) is None
    assert tomllib.loads(file.read_text()) == tomllib.loads(text) | {"theme": "light"}


def test_a_file_that_cannot_be_read_is_not_written_over(file: Path) -> None:
    """A folder of that name, as a stand-in for whatever the system refuses."""
    file.mkdir(parents=True)
    assert SettingsFile(file).load().settings == Settings()
    with pytest.raises(KnownError, match="cannot read"):
        SettingsFile(file).save(Settings(theme="dark"))
    assert file.is_dir()


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("text_scale", [100, 200], [99, 201, True, 150.0]),
        ("voice_rate", [80, 260], [79, 261]),
        ("voice_volume", [0, 100], [-1, 101]),
        ("sound_offset_ms", [-200, 500], [-201, 501]),
        ("lead_in_s", [5, 60], [4, 61]),
        ("language", ["system", "de", "pt-BR"], ["", "german", "de_DE"]),
        ("country", ["", "DE"], ["de", "DEU"]),
        ("sore_side", ["", "left", "right"], ["both"]),
        ("theme", ["system", "light", "dark", "contrast"], ["blue"]),
        ("voice_mode", ["voice", "tones", "both", "silent"], ["off"]),
        ("remind_session", [True, False], ["yes", 1]),
        ("remind_days", ["", "mon", "sun, tue"], ["monday", "mon,mon", "mon,", 1]),
        ("remind_at", ["00:00", "23:59", "18:30, 07:05"], ["", "24:00", "9:00", "18.30", 1830]),
        ("remind_at", ["07:00,18:00"], ["07:00,07:00", "07:00,12:00,18:00", "18:30:00"]),
        ("remind_morning_at", ["08:00"], ["08:00,09:00", "8", "\u0661\u0662:00"]),
        ("remind_break_every", [20, 240], [19, 241, True]),
        ("remind_break_until", ["06:00"], ["25:00"]),
    ],
)
def test_each_setting_has_its_range(key: str, good: list[Any], bad: list[Any]) -> None:
    """Both sides of every boundary."""
    for value in good:
        assert getattr(Settings().changed(**{key: value}), key) == value
    for value in bad:
        with pytest.raises(ValueError, match=key):
            Settings().changed(**{key: value})


@given(st.dictionaries(texts, values, max_size=6))
def test_any_toml_document_survives_being_written(document: dict[str, Any]) -> None:
    """Unknown keys may hold anything that TOML can say."""
    assert tomllib.loads(to_toml(document)) == document


def test_times_with_an_offset_and_special_numbers_survive() -> None:
    """What the random documents above leave out."""
    text = "a = 2025-11-20T18:30:00.5+01:00\nb = 18:30:00\nc = -inf\nd = 0x10\n"
    document = tomllib.loads(text)
    assert tomllib.loads(to_toml(document)) == document
    assert document["b"] == time(18, 30)
