"""The transition table of a small session: every kind of edge once, as one line of text.

Stages keep what tells them apart, inputs what a decision rests on. ``python
tests/support/transition_table.py`` writes the committed copy anew.
"""

from dataclasses import replace
from pathlib import Path

from coach.domain.rating import SetAnswers
from coach.engine.control import LeadIn, Move, Paused, Recover, Rest, Stage, Wrong
from coach.engine.effects import Effect, Judged, Locked, Refused, ReportJudged, Say
from coach.engine.inputs import Input, Rated, RatedSoFar, Report, RestReply, Tick
from coach.engine.invariants import Edge
from coach.engine.view import duration_ms
from coach.engine.walk import edges, question_classes
from playing import plan_of, script_of

GOLDEN = Path(__file__).parent.parent / "golden" / "transitions.txt"
#: A stretch and a slider: holds, repetitions, levers and a change of exercise.
ITEMS = ('id = "S6", side = "left", sets = 1, reps = 5', 'id = "W1"', 'id = "H1", side = "right"')


def _stage(stage: Stage) -> str:
    name = type(stage).__name__
    match stage:
        case Paused(back) | Wrong(back):
            return f"{name}({_stage(back)})"
        case LeadIn(ms, rep, begun):
            return f"LeadIn({ms} ms, {'begun' if begun else 'new'}{', later' if rep else ''})"
        case Move(rep, phase):
            return f"Move({'first' if rep == 0 else 'later'} repetition, phase {phase})"
        case Rest() | Recover():
            return name
        case _:
            return repr(stage)


def _answers(answers: SetAnswers) -> str:
    signs = sorted((*answers.where, *answers.feels, *answers.new))
    ratings = f"T={answers.tingling} P={answers.pain}"
    return " ".join((ratings, *signs))


def _input(edge: Edge, given: Input) -> str:
    match given:
        case Tick(elapsed_ms):
            planned = duration_ms(edge.script, edge.before)
            return "time is up" if elapsed_ms and elapsed_ms == planned else "a tick"
        case Rated(answers) | RatedSoFar(answers) | Report(answers):
            return f"{type(given).__name__}({_answers(answers)})"
        case RestReply(answer, waited_s):
            start = edge.before.clearance.tingling or 0
            known = answer.tingling is not None
            settled = known and answer.tingling - start <= 1
            word = "settled" if settled else "not settled" if known else "no number"
            return f"RestReply({word}, {waited_s} s, pain {answer.pain}, numb {answer.numb})"
        case _:
            return repr(given)


def _effect(effect: Effect) -> str:
    match effect:
        case Say(phrase):
            return f"say {phrase.key}"
        case Refused(reason):
            return f"refused: {reason}"
        case ReportJudged(decision):
            return f"report: {decision.action.name}"
        case Judged(decision, final):
            levers = "+".join(str(step) for step in decision.levers)
            kind = "decides" if final else "expects"
            return " ".join(filter(None, (kind, decision.action.name, levers)))
        case Locked(lock):
            return f"lock {lock.tier.name} by {lock.rule}"
        case _:
            return type(effect).__name__


def table() -> str:
    """All lines, sorted: stage | input | next stage | effects."""
    script = script_of(plan_of(*ITEMS))
    classed = replace(script, questions=question_classes(script))
    lines = {
        " | ".join(
            (
                _stage(edge.before.stage),
                _input(edge, edge.given),
                _stage(edge.after.stage),
                ", ".join(map(_effect, edge.effects)) or "-",
            )
        )
        for edge in edges(classed)
    }
    return "\n".join(sorted(lines)) + "\n"


if __name__ == "__main__":
    GOLDEN.write_text(table(), encoding="utf-8")
