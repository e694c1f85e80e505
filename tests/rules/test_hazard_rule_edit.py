"""H25: a number of the decision table moved by one, or a row lost, changes a decision."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from coach.domain.action import Action
from coach.domain.rule import Rule, RuleStage
from coach.rules.after_set import AfterSet, SetContext, Settled
from playing import SHIPPED
from situations import contexts, differing

TABLE = SHIPPED.after_set.table
_ROWS = tomllib.loads(
    (SHIPPED.root / "assets" / "rules" / "after_set.toml").read_text(encoding="utf-8")
)["rule"]
_SECONDS = {"above_s", "up_to_s", "after_s"}
_HIGHEST = 10
#: Edits that change nothing, because another row says the same or no session gets there.
_WITHOUT_EFFECT = {
    "SET-05-high-6-to-7": "from 7 the next row of SET-05 ends the session",
    "SET-06-high-4-to-5": "from 5 the next row of SET-06 ends the exercise",
    "SET-07-low-4-to-3": "a rating no higher than 3 does not ease anyway",
    "SET-07-high-5-to-6": "from a check-in rating of 6 there is no session",
    "CHR-03-times-1-to-0": "the first time is the first time",
}


def neighbours(name: str, number: int) -> Iterator[int]:
    """The values beside a boundary that can be told from it.

    A settling time is one of four classes, so a number of seconds moves down by one or up to the
    next class; a scale has nothing below its beginning or above its end.
    """
    if name in _SECONDS:
        yield from (number - 1, min(one.value for one in Settled if one.value > number))
    else:
        yield from (near for near in (number - 1, number + 1) if 0 <= near <= _HIGHEST)


EDITS = [
    pytest.param(n, name, near, id=f"{row['id']}-{name}-{row[name]}-to-{near}")
    for n, row in enumerate(_ROWS)
    for name in row
    if isinstance(row[name], int) and not isinstance(row[name], bool) and row[name] >= 0
    for near in neighbours(name, row[name])
]


@pytest.fixture(scope="module")
def asked() -> list[SetContext]:
    """Every rating in every situation that differs from a quiet set on up to two axes."""
    found = [context for axes in range(3) for of in differing(axes) for context in contexts(of)]
    return [context for context in found if context is not None]


def fired(table: AfterSet, context: SetContext, ids: set[str]) -> list[tuple[str, Action | None]]:
    """The rows with these ids that fire; of the last stage, for whatever was asked."""
    first = [rule.when for rule, fires in table._first if rule.id in ids and fires(context, rule)]
    return [(when, None) for when in first] + [
        (rule.when, action)
        for rule, then in table._then
        if rule.id in ids
        for action in Action
        if then(context, action, rule)
    ]


def changes_a_decision(edited: AfterSet, rule: Rule, asked: list[SetContext]) -> bool:
    """Whether some input gets another action or another reason than from the shipped table."""
    shipped = SHIPPED.after_set
    ids = {rule.id} | ({"SET-03", "SET-04"} if rule.id == "SET-07" else set())
    return any(
        edited.judge(context) != shipped.judge(context)
        for context in asked
        if fired(edited, context, ids) != fired(shipped, context, ids)
    )


@pytest.mark.hazard("H25")
@pytest.mark.parametrize(("row", "name", "near"), EDITS)
def test_a_boundary_moved_by_one_changes_a_decision(
    row: int, name: str, near: int, asked: list[SetContext]
) -> None:
    """So whatever holds the decisions holds the numbers: none of them is idle."""
    rule = replace(TABLE[row], **{name: near})
    edited = AfterSet((*TABLE[:row], rule, *TABLE[row + 1 :]))
    edit = f"{rule.id}-{name}-{_ROWS[row][name]}-to-{near}"
    assert changes_a_decision(edited, rule, asked) is (edit not in _WITHOUT_EFFECT)


@pytest.mark.hazard("H25")
@pytest.mark.parametrize(
    "row", [n for n, rule in enumerate(TABLE) if rule.id != "SET-07"], ids=lambda n: f"row-{n}"
)
def test_a_row_taken_out_changes_a_decision(row: int, asked: list[SetContext]) -> None:
    """Without SET-07, which two others look at, a table is none."""
    edited = AfterSet((*TABLE[:row], *TABLE[row + 1 :]))
    assert changes_a_decision(edited, TABLE[row], asked)


def test_every_number_of_the_table_is_edited() -> None:
    assert [row["id"] for row in _ROWS] == [rule.id for rule in TABLE]
    assert len(EDITS) > 50
    assert {edit.id for edit in EDITS} >= set(_WITHOUT_EFFECT)
    assert RuleStage.THEN in {TABLE[edit.values[0]].stage for edit in EDITS}
