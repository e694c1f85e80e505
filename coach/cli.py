"""The terminal commands (DESIGN 5). Exit status: 0 done, 1 a check found something, 2 unusable."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from coach import __version__
from coach.formats.bad_file import BadFile
from coach.store.errors import KnownError
from coach.voice.frozen import frozen_helper

if TYPE_CHECKING:  # each command imports what it runs, so that the window opens without the rest
    from coach.app.history.chart import TrendChart
    from coach.app.shipped import Shipped

DONE, FOUND, UNUSABLE = 0, 1, 2
STEP = timedelta(milliseconds=1)
#: The formats that coach.app.export.exporting has a writer for; a name here, a function there.
EXPORTS = ("csv", "xlsx", "json", "pdf", "fhir")


class UnusableError(Exception):
    """Input that cannot be used; the message goes to standard error."""


def _bytes_of(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UnusableError(f"{path}:1: file: {error.strerror or error}") from None


def _text_of(path: str) -> str:
    """The file's text, with line ends as they are; the plan reader names what is not UTF-8."""
    return _bytes_of(path).decode(errors="surrogateescape")


def _simulate(args: argparse.Namespace, shipped: "Shipped") -> int:
    from coach.app.phrasing import Phrasing
    from coach.app.simulation.simulate import as_object, as_table, simulate
    from coach.formats.answers_file import read_answers
    from coach.formats.plan_file import read_plan
    from coach.formats.session_log import log_text

    if args.life:
        return _simulate_life(args, shipped)
    plan_text = _text_of(args.plan_file)
    plan = read_plan(plan_text, args.plan_file, shipped.catalogue)
    answers = read_answers(_bytes_of(args.answers), args.answers)
    began = datetime.now(UTC).astimezone()  # noqa: TID251 - the label of a log, never measured

    def wall(ms: int) -> str:
        return (began + ms * STEP).isoformat(timespec="milliseconds")

    played = simulate(shipped, plan, plan_text, answers, wall)
    phrasing = Phrasing(shipped.phrases, shipped.phrases.say("emergency.local_number"))
    if args.log:
        _write(Path(args.log), log_text(played.records))
    if args.json:
        print(json.dumps(as_object(played, phrasing), ensure_ascii=False, indent=2))
    else:
        print(as_table(played, phrasing))
    return DONE


def _simulate_life(args: argparse.Namespace, shipped: "Shipped") -> int:
    from coach.app.phrasing import Phrasing
    from coach.app.simulation.life_table import life_table
    from coach.app.simulation.living import life_object, live
    from coach.formats.life_file import read_life
    from coach.formats.plan_file import read_plan
    from coach.formats.session_log import log_text

    plan_text = _text_of(args.plan_file)
    plan = read_plan(plan_text, args.plan_file, shipped.catalogue)
    life = read_life(_bytes_of(args.life), args.life)
    phrasing = Phrasing(shipped.phrases, shipped.phrases.say("emergency.local_number"))
    if args.log and not Path(args.log).is_dir():
        raise UnusableError(f"{args.log}: must be a folder that exists; a log a session goes there")
    days = list(live(shipped, plan, plan_text, life, phrasing))
    if args.log:
        for lived in days:
            if lived.played:
                name = f"day-{lived.entry.day:03}-{lived.entry.time:%H%M}.jsonl"
                _write(Path(args.log) / name, log_text(lived.played.records))
    if args.json:
        print(json.dumps(life_object(days, phrasing), ensure_ascii=False, indent=2))
    else:
        print(life_table(plan, days, phrasing, shipped.catalogue))
    return DONE


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UnusableError(f"{path}: {error.strerror or error}") from None


def _check(args: argparse.Namespace, shipped: "Shipped") -> int:
    status = DONE
    for path in args.files:
        try:
            content = _bytes_of(path)
        except UnusableError as error:
            print(error, file=sys.stderr)
            status = UNUSABLE
            continue
        faults = _faults(path, content, shipped)
        for fault in faults:
            print(fault, file=sys.stderr)
        if faults:
            status = UNUSABLE
        else:
            print(f"{path}: ok")
    return status


def _faults(path: str, content: bytes, shipped: "Shipped") -> list[str]:
    from coach.formats.check import faults_in, faults_in_log, kind_of_file

    try:
        if kind_of_file(path, content) == "log":
            return [str(fault) for fault in faults_in_log(path, content)]
    except BadFile as error:
        return [str(fault) for fault in error.faults]
    return [str(f) for f in faults_in(path, content, shipped.catalogue, shipped.phrases)]


def _replay(args: argparse.Namespace, shipped: "Shipped") -> int:
    from coach.app.session.replaying import replay

    status = DONE
    for path in args.logs:
        try:
            result = replay(shipped, _bytes_of(path), path)
        except (UnusableError, BadFile) as error:
            print(error, file=sys.stderr)
            status = UNUSABLE
            continue
        note = " (recorded with another rule table)" if result.other_rules else ""
        if result.ends_open:
            status = max(status, FOUND)
            print(f"{path}: breaks off before the session was closed{note}")
        if result.differences:
            status = max(status, FOUND)
            print(f"{path}: {len(result.differences)} differences{note}")
            for difference in result.differences:
                print(f"  {difference}")
        elif not result.ends_open:
            print(f"{path}: {result.decisions} decisions, all the same{note}")
    return status


def _rules(args: argparse.Namespace, shipped: "Shipped") -> int:
    from coach.app.rule_list import rule_lines, rule_objects

    if args.json:
        print(json.dumps(rule_objects(shipped), ensure_ascii=False, indent=2))
    else:
        print(rule_lines(shipped))
    return DONE


def _doctor(_args: argparse.Namespace, shipped: "Shipped") -> int:
    from coach.app.doctor import Doctor, examine
    from coach.app.remedies import System
    from coach.store.paths import Home

    system = System.here()
    findings = examine(shipped.phrases, Home.find(None, os.environ), system)
    print(Doctor(shipped.phrases, system).lines(findings))
    return DONE if all(finding.works for finding in findings) else FOUND


def _export(args: argparse.Namespace, shipped: "Shipped") -> int:
    from secrets import token_hex

    from coach.app.export.exporting import Format, Source, Wish, export, person_named
    from coach.app.opened_store import opened_store
    from coach.domain.record import Selection
    from coach.store.paths import Home

    now = datetime.now(UTC).astimezone()  # noqa: TID251 - names the day of the export
    if args.since and args.until and args.since > args.until:
        raise UnusableError(f"--since {args.since}: is after --until {args.until}")
    home = Home.find(None, os.environ)
    with opened_store(home, now.date(), _asker()) as store:
        _tell(store.recovery_report)
        person = person_named(store, args.profile) if args.profile else None
        wish = Wish(
            Format(args.format),
            Selection(person, args.since, args.until),
            args.out,
            deidentify=args.deidentify,
            semicolon=args.semicolon,
            document=args.document,
            appendix=args.appendix,
        )
        wall = now.isoformat(timespec="milliseconds")
        source = Source(store, shipped, home, wall, lambda: token_hex(4), _drawn_chart)
        made = export(source, wish)
    for path in made.files:
        print(path)
    if not made.sessions:
        print("No session was found for this, so there is nothing in it.", file=sys.stderr)
    _tell(made.left_out)
    return FOUND if made.left_out else DONE


def _tell(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        print(sentence, file=sys.stderr)


def _asker() -> "Callable[[str], str] | None":
    """Asks on the terminal, where there is one, for what opens encrypted data."""
    from getpass import getpass

    return getpass if sys.stdin is not None and sys.stdin.isatty() else None


def _drawn_chart(chart: "TrendChart") -> bytes:
    from coach.bootstrap import drawn_chart

    return drawn_chart(chart)


def _place(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("names no file")
    return Path(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: not a day such as 2026-06-01") from None


def _import(args: argparse.Namespace, shipped: "Shipped") -> int:
    from coach.app.incoming.importing import Importer, profile_named
    from coach.app.opened_store import opened_store
    from coach.app.phrasing import Phrasing
    from coach.store.errors import KnownError
    from coach.store.paths import Home

    def wall() -> str:
        now = datetime.now(UTC).astimezone()  # noqa: TID251 - when it was found, never measured
        return now.isoformat(timespec="milliseconds")

    home = Home.find(None, os.environ)
    phrasing = Phrasing(shipped.phrases, shipped.phrases.say("emergency.local_number"))
    status = DONE
    try:
        with opened_store(home, datetime.fromisoformat(wall()).date(), _asker()) as store:
            _tell(store.recovery_report)
            importer = Importer(store, shipped, home, wall)
            owner = profile_named(store, args.profile).id if args.profile else None
            # All of them first: whoever reads only the beginning gets the whole work done.
            reports = [(path, importer.bring_in(Path(path), owner)) for path in args.files]
            for path, report in reports:
                for fault in report.left_out:
                    print(fault, file=sys.stderr)
                if not report.usable:
                    status = UNUSABLE
                    continue
                print(f"{path}: {phrasing.words(report.summary)}")
                for note in report.notes:
                    print(f"  {phrasing.words(note)}")
                status = max(status, DONE if report.clean else FOUND)
    except KnownError as error:
        raise UnusableError(str(error)) from None
    return status


def _run_helper(module: str) -> int:
    """Be one of the helper processes, which a frozen program starts through itself."""
    from runpy import run_module

    run_module(module, run_name="__main__", alter_sys=True)
    return DONE


def _add_export(out: argparse.ArgumentParser) -> None:
    out.add_argument("--format", required=True, choices=EXPORTS)
    out.add_argument(
        "--out", type=_place, metavar="PATH", required=True, help="the file; csv: or a folder"
    )
    out.add_argument("--since", metavar="DATE", type=_day, help="first day, such as 2026-06-01")
    out.add_argument("--until", metavar="DATE", type=_day, help="last day")
    # The word before the command is kept unless it is said again after it.
    whose = "only this person's sessions"
    out.add_argument("--profile", metavar="NAME", default=argparse.SUPPRESS, help=whose)
    out.add_argument("--deidentify", action="store_true", help="without names, days and own words")
    out.add_argument("--semicolon", action="store_true", help="csv: semicolons between columns")
    out.add_argument("--document", action="store_true", help="fhir: a document to file away")
    out.add_argument("--appendix", action="store_true", help="pdf: with every session")
    out.set_defaults(run=_export)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nerve-coach",
        description="Guided nerve-gliding and modified hamstring-stretch sessions. "
        "Without a command, opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"nerve-coach {__version__}")
    parser.add_argument("--home", metavar="DIR", help="keep data, settings, cache and logs there")
    parser.add_argument("--plan", metavar="FILE", help="plan to play")
    parser.add_argument("--tray", action="store_true", help="begin in the system tray, unseen")
    parser.add_argument("--demo", action="store_true", help="show movements, record nothing")
    parser.add_argument("--profile", metavar="NAME", help="whose sessions these are")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    sim = commands.add_parser("simulate", help="play a plan on a virtual clock")
    sim.add_argument("plan_file", metavar="PLAN")
    said = sim.add_mutually_exclusive_group(required=True)
    said.add_argument("--answers", metavar="FILE", help="answers of one session")
    said.add_argument("--life", metavar="FILE", help="answers of many days, one after another")
    sim.add_argument("--json", action="store_true", help="print one JSON object")
    sim.add_argument(
        "--log",
        metavar="FILE",
        help="write the session log there (--life: one log a day, into a folder)",
    )
    sim.set_defaults(run=_simulate)
    check = commands.add_parser("check", help="validate plans, answers and logs")
    check.add_argument("files", metavar="FILE", nargs="+")
    check.set_defaults(run=_check)
    again = commands.add_parser("replay", help="decide logs again and name differences")
    again.add_argument("logs", metavar="LOG", nargs="+")
    again.set_defaults(run=_replay)
    _add_export(commands.add_parser("export", help="take the record away as files"))
    doctor = commands.add_parser("doctor", help="what works here: voice, sound, screen, data")
    doctor.set_defaults(run=_doctor)
    bring = commands.add_parser("import", help="bring in logs, or zips of logs, from elsewhere")
    bring.add_argument("files", metavar="FILE", nargs="+")
    bring.set_defaults(run=_import)
    rules = commands.add_parser("rules", help="the rule table as the engine has it")
    rules.add_argument("--json", action="store_true", help="print a JSON list")
    rules.set_defaults(run=_rules)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    helper = frozen_helper(sys.argv[1:] if argv is None else argv)
    if helper is not None:
        return _run_helper(helper)
    if isinstance(sys.stdout, TextIOWrapper):
        # A terminal that lacks a character of a plan's title shows its code instead.
        sys.stdout.reconfigure(errors="backslashreplace")
    args = _parser().parse_args(argv)
    if args.home:
        os.environ["NERVE_COACH_HOME"] = args.home
    try:
        if args.command is None:
            from coach.bootstrap import open_window

            return open_window(
                plan=args.plan,
                demo=args.demo,
                profile=args.profile,
                home=args.home,
                in_tray=args.tray,
            )
        from coach.app.shipped import Shipped
        from coach.app.shipped_place import shipped_root

        status: int = args.run(args, Shipped(shipped_root()))
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough; nothing is left to say to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (UnusableError, BadFile, KnownError) as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    return status
