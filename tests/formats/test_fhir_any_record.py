"""Whatever is in a record, the bundle of it is a good one."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.domain.action import Action, Tier
from coach.domain.exercise import LevelName
from coach.domain.outcome import Outcome
from coach.domain.pose import Pose
from coach.domain.rating import Feel, News, Place
from coach.domain.record import (
    Asked,
    Correction,
    Moment,
    PlayedSession,
    PlayedSet,
    SaidLater,
    SetLock,
)
from coach.domain.screening import Reply
from coach.domain.side import Side
from coach.formats.fhir.bundle import bundle
from fhir_gate import model_faults
from fhir_own_checks import own_faults, resources
from fhir_records import FEW_QUESTIONS

ratings = st.none() | st.integers(0, 10)
zones = st.sampled_from(
    [UTC, timezone(timedelta(hours=5, minutes=45)), timezone(-timedelta(hours=8))]
)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=zones)  # noqa: DTZ001 - zones follow
names = st.text(min_size=1, max_size=30)
rules = st.sampled_from(["SET-03", "NEW-02", "E1", "DAY-04"]) | st.text(max_size=5)


def several(values: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(list(values)), unique=True, max_size=3).map(tuple)


@st.composite
def played_sets(draw: st.DrawFn) -> tuple[PlayedSet, ...]:
    return tuple(
        PlayedSet(
            *(n, draw(st.sampled_from(["S3", "W1"]) | names), draw(st.sampled_from([None, *Side]))),
            *(draw(st.sampled_from(LevelName)), draw(st.integers(0, 20)), draw(st.integers(0, 90))),
            *(Pose(), Pose(), draw(st.integers(0, 10**7)), draw(st.integers(0, 10**7))),
            *(draw(ratings), draw(ratings), draw(several(Place)), draw(several(Feel))),
            *(draw(several(News)), draw(st.none() | st.integers(-1, 600))),
            draw(st.none() | st.sampled_from(Action)),
            *(draw(st.lists(rules, max_size=2).map(tuple)), draw(several(["RNG", "POS:S2"]))),
        )
        for n in range(1, draw(st.integers(0, 2)) + 1)
    )


later = st.lists(
    st.builds(
        SaidLater,
        st.sampled_from([Moment.TEN_MINUTES, Moment.MORNING]),
        *(moments, ratings, ratings, st.none() | st.booleans(), st.none() | st.booleans()),
    ),
    max_size=3,
).map(tuple)
corrections = st.lists(
    st.builds(
        Correction,
        *(st.sampled_from(Moment), st.integers(0, 2), st.sampled_from(Asked)),
        *(ratings, st.text(max_size=20), moments),
    ),
    max_size=3,
).map(tuple)


@st.composite
def sessions(draw: st.DrawFn) -> PlayedSession:
    began = draw(moments)
    name = draw(names)
    locks = draw(
        st.lists(
            st.builds(
                SetLock,
                st.just("id"),
                st.sampled_from(list(Tier)[1:]),
                rules,
                moments,
                st.none() | moments,
                st.none() | names,
                st.none() | names,
            ),
            max_size=1,
        )
    )
    return PlayedSession(
        *(name, draw(names), began, began + timedelta(seconds=draw(st.integers(0, 7200)))),
        *(
            draw(st.sampled_from(Outcome)),
            draw(st.text(max_size=20)),
            draw(st.sampled_from(["", "ab" * 32])),
        ),
        *(
            draw(names),
            draw(st.sampled_from(["", "cd" * 32])),
            draw(st.sampled_from(["", "ef" * 32])),
        ),
        replies=draw(
            st.dictionaries(st.sampled_from(["E1", "U3", "A7"]), st.none() | st.sampled_from(Reply))
        ),
        tingling=draw(ratings),
        pain=draw(ratings),
        sets=draw(played_sets()),
        later=draw(later),
        locks=tuple(locks),
        corrections=draw(corrections),
    )


def without_words(whole: dict[str, Any]) -> dict[str, Any]:
    """The definitions are the same every time, and reading them takes the longest."""
    defined = ("Questionnaire", "CodeSystem", "ConceptMap")
    kept = [one for one in whole.get("entry", []) if one["resource"]["resourceType"] not in defined]
    return {**whole, "entry": kept}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions())
def test_any_session_makes_a_bundle_without_faults(session: PlayedSession) -> None:
    whole = bundle([session], FEW_QUESTIONS)
    assert own_faults(whole) == []
    assert model_faults(without_words(whole)) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions())
def test_there_are_as_many_scores_as_answers_and_corrections(session: PlayedSession) -> None:
    """None is made up, none is lost, and what was not said is no zero."""
    said = [session.tingling, session.pain]
    said += [
        rating for one in (*session.sets, *session.later) for rating in (one.tingling, one.pain)
    ]
    there = {(Moment.CHECK_IN, 0), (Moment.TEN_MINUTES, 0), (Moment.MORNING, 0)}
    there |= {(Moment.SET, played.n) for played in session.sets}
    said += [one.value for one in session.corrections if (one.moment, one.n) in there]
    scores = [
        one["valueQuantity"]["value"]
        for one in resources(bundle([session], FEW_QUESTIONS), "Observation")
        if one.get("valueQuantity", {}).get("code") == "{score}"
    ]
    assert sorted(scores) == sorted(value for value in said if value is not None)
