from coach.voice.interface import Priority
from coach.voice.talk import Speech, Talk


def talk_with(*speeches: Speech) -> Talk:
    talk = Talk()
    for speech in speeches:
        talk.replace((), by=speech)
    return talk


EARLY = Speech(1, 10.0, 12.0, Priority.NORMAL)


def test_cues_that_touch_do_not_meet() -> None:
    talk = talk_with(EARLY)
    assert talk.displaced(12.0, 13.0, Priority.NORMAL, now=9.0) == []
    assert talk.displaced(9.0, 10.0, Priority.EXTRA, now=9.0) == []


def test_the_later_of_equals_displaces_the_earlier() -> None:
    assert talk_with(EARLY).displaced(11.0, 13.0, Priority.NORMAL, now=9.0) == [EARLY]


def test_the_same_moment_goes_to_the_cue_asked_for_last() -> None:
    assert talk_with(EARLY).displaced(10.0, 11.0, Priority.NORMAL, now=9.0) == [EARLY]


def test_a_cue_that_would_run_into_the_next_of_its_kind_has_no_room() -> None:
    assert talk_with(EARLY).displaced(9.5, 10.5, Priority.NORMAL, now=9.0) is None


def test_priority_beats_order() -> None:
    talk = talk_with(EARLY)
    assert talk.displaced(9.5, 10.5, Priority.URGENT, now=9.0) == [EARLY]
    assert talk.displaced(11.0, 13.0, Priority.EXTRA, now=9.0) is None


def test_what_has_been_said_takes_no_room() -> None:
    talk = talk_with(Speech(1, 10.0, 12.0, Priority.URGENT))
    assert talk.displaced(11.0, 13.0, Priority.EXTRA, now=12.5) == []


def test_displaced_speech_is_forgotten() -> None:
    talk = talk_with(EARLY)
    talk.replace([EARLY], by=Speech(2, 11.0, 11.5, Priority.NORMAL))
    assert talk.displaced(11.6, 11.9, Priority.EXTRA, now=9.0) == []
