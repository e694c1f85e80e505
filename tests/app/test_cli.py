"""The terminal commands: what they print, their exit status, and bad input without a traceback."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from coach.cli import main
from coach.formats.session_log import LogRecord, chained, log_text, read_log
from playing import SHIPPED

SESSIONS = SHIPPED.root / "sessions"
PLAN = str(SESSIONS / "plans" / "first-week.toml")
CALM = str(SESSIONS / "answers" / "calm-day.toml")
LOG = SESSIONS / "logs" / "calm.jsonl"
PLACED = re.compile(r".+:\d+: [^ :]+: .+")

BAD_FILES: dict[str, bytes] = {
    "empty.toml": b"",
    "binary.toml": bytes(range(256)),
    "not-utf8.toml": b'format = "nerve-coach.plan/1"\ntitle = "\xff"\n',
    "nul.toml": b'format = "nerve-coach.answers/1"\n\0',
    "no-format.toml": b'title = "x"\n',
    "soup.toml": b'format = "nerve-coach.soup/1"\n',
    "newer.toml": b'format = "nerve-coach.plan/2"\n',
    "half-a-table.toml": b'format = "nerve-coach.plan/1"\n[[exercise\n',
    "long-line.toml": b'format = "nerve-coach.answers/1"\n# ' + b"x" * 600,
    "huge.toml": b"#\n" * 40_000,
    "deep.toml": b'format = "nerve-coach.plan/1"\nx = ' + b"[" * 400,
    "log.jsonl": b'{"seq": 0}\n',
    "torn.jsonl": b'{"seq": 0',
}
BAD_PLANS: dict[str, bytes] = {
    "no-exercise.toml": b'format = "nerve-coach.plan/1"\ntitle = "x"\n',
    "unknown-exercise.toml": (SESSIONS / "plans" / "first-week.toml")
    .read_bytes()
    .replace(b'"S3"', b'"S33"'),
    "laxer.toml": (SESSIONS / "plans" / "gentle-day.toml").read_bytes().replace(b"= 5", b"= 7"),
}
BAD_ANSWERS: dict[str, bytes] = {
    "too-high.toml": b'format = "nerve-coach.answers/1"\n[[set]]\ntingling = 11\n',
    "half.toml": b'format = "nerve-coach.answers/1"\n[[set]]\ntingling = 1.5\n',
    "unknown-question.toml": b'format = "nerve-coach.answers/1"\n[check_in]\nE99 = "no"\n',
    "maybe.toml": b'format = "nerve-coach.answers/1"\n[check_in]\nE1 = "maybe"\n',
    "unknown-place.toml": b'format = "nerve-coach.answers/1"\n[[set]]\nwhere = ["elbow"]\n',
    "no-rating.toml": b'format = "nerve-coach.answers/1"\n[[set]]\ntingling = "none"\n',
    "late.toml": b'format = "nerve-coach.answers/1"\n[[set]]\nsettled_s = 601\n',
    "typo.toml": b'format = "nerve-coach.answers/1"\n[[set]]\ntinglng = 3\n',
}


@pytest.fixture(params=["a missing file", "a folder", *BAD_FILES])
def unusable(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "a folder":
        return str(tmp_path)
    path = tmp_path / request.param
    if request.param in BAD_FILES:
        path.write_bytes(BAD_FILES[request.param])
    return str(path)


def placed(errors: str, path: str) -> bool:
    lines = errors.splitlines()
    return bool(lines) and all(
        line.startswith(f"{path}:") and PLACED.fullmatch(line) for line in lines
    )


def test_simulate_prints_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", PLAN, "--answers", CALM, "--json"]) == 0
    out, err = capsys.readouterr()
    shown = json.loads(out)
    assert list(shown) == ["plan", "outcome", "check_in", "sets", "locks", "seconds"]
    assert shown["plan"] == "First week"
    assert [entry["n"] for entry in shown["sets"]] == [1, 2, 3, 4]
    assert err == ""


def test_simulate_prints_a_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", PLAN, "--answers", CALM]) == 0
    out, _ = capsys.readouterr()
    assert out.startswith("First week: ")
    assert out.count("CONTINUE") == 4


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ("emergency-at-check-in", "emergency"),
        ("ended-session", "ended"),
        ("no-answer", "incomplete"),
    ],
)
def test_a_session_that_ends_early_is_no_failure(
    answers: str, outcome: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(SESSIONS / "answers" / f"{answers}.toml")
    assert main(["simulate", PLAN, "--answers", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == outcome


def test_a_written_log_is_decided_the_same_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = str(tmp_path / "a.jsonl")
    assert main(["simulate", PLAN, "--answers", CALM, "--log", log]) == 0
    assert main(["check", log]) == 0
    assert main(["replay", log]) == 0
    assert capsys.readouterr().out.endswith(f"{log}: 8 decisions, all the same\n")
    wall = [record.wall for record in read_log(Path(log).read_bytes(), log)]
    assert wall == sorted(wall)
    assert wall[0][-6] in "+-"


def test_a_log_that_cannot_be_written_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for log in (tmp_path, tmp_path / "no" / "such" / "folder.jsonl"):
        assert main(["simulate", PLAN, "--answers", CALM, "--log", str(log)]) == 2
        out, err = capsys.readouterr()
        assert err.startswith(f"{log}: ")
        assert out == ""


def test_an_unusable_plan_is_named_with_its_place(
    unusable: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", unusable, "--answers", CALM]) == 2
    out, err = capsys.readouterr()
    assert placed(err, unusable), err
    assert out == ""


def test_unusable_answers_are_named_with_their_place(
    unusable: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", PLAN, "--answers", unusable]) == 2
    out, err = capsys.readouterr()
    assert placed(err, unusable), err
    assert out == ""


@pytest.mark.parametrize("name", [*BAD_PLANS, *BAD_ANSWERS])
def test_a_mistake_in_a_file_of_the_right_kind_is_named(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes((BAD_PLANS | BAD_ANSWERS)[name])
    plan, answers = (str(path), CALM) if name in BAD_PLANS else (PLAN, str(path))
    assert main(["simulate", plan, "--answers", answers]) == 2
    assert placed(capsys.readouterr().err, str(path))
    assert main(["check", str(path)]) == 2
    assert placed(capsys.readouterr().err, str(path))


def test_check_names_what_is_unusable(unusable: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", unusable]) == 2
    out, err = capsys.readouterr()
    assert placed(err, unusable), err
    assert out == ""


def test_check_passes_everything_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    assets = SHIPPED.root / "assets"
    files = [*assets.glob("*/*.toml"), *SESSIONS.glob("*/*.toml"), *SESSIONS.glob("*/*.jsonl")]
    ours = [str(path) for path in files if path.parent.name != "themes"]
    assert len(ours) > 40
    assert main(["check", *ours]) == 0
    out, err = capsys.readouterr()
    assert out.count(": ok\n") == len(ours)
    assert err == ""


def test_check_names_a_log_that_was_cut_off(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = (SESSIONS / "logs" / "calm.jsonl").read_bytes()
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(content[:-20])
    assert main(["check", str(cut)]) == 2
    line = content.count(b"\n")
    assert capsys.readouterr().err.startswith(f"{cut}:{line}: line end: ")


def test_check_names_a_log_that_ends_before_its_session(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where it is cut at the end of a line."""
    lines = LOG.read_bytes().splitlines(keepends=True)
    cut = tmp_path / "cut.jsonl"
    for kept in (1, 2, len(lines) - 1):
        cut.write_bytes(b"".join(lines[:kept]))
        assert main(["check", str(cut)]) == 2
        assert capsys.readouterr().err.startswith(f"{cut}:{kept}: type: the log breaks off")


def test_a_plan_that_was_exchanged_in_a_log_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Even with a chain worked out anew for it."""
    records = read_log(LOG.read_bytes(), str(LOG))
    changed: list[LogRecord] = []
    for one in records:
        data = one.data if changed else one.data | {"plan": one.data["plan"] + "# more\n"}
        previous = changed[-1] if changed else None
        changed.append(chained(previous, one.type, one.ms, one.wall, data))
    log = tmp_path / "other-plan.jsonl"
    log.write_text(log_text(changed), encoding="utf-8")
    for command in ("check", "replay"):
        assert main([command, str(log)]) == 2
        assert capsys.readouterr().err.startswith(f"{log}:1: data.plan_sha256: is not that of")


@pytest.mark.parametrize("out", ["", "  "])
def test_an_export_to_no_place_is_refused(out: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--home", str(tmp_path), "export", "--format", "csv", "--out", out])
    assert left.value.code == 2


def test_an_import_is_done_whole_even_if_nobody_reads_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with ``| head -1``."""

    def gone(*_words: object, **_more: object) -> None:
        raise BrokenPipeError

    logs = [str(SESSIONS / "logs" / f"{name}.jsonl") for name in ("calm", "eased")]
    monkeypatch.setattr("builtins.print", gone)
    monkeypatch.setattr("os.dup2", lambda *_: None)
    main(["--home", str(tmp_path), "import", *logs])
    assert len(list((tmp_path / "data" / "logs").glob("*.jsonl"))) == len(logs)


def test_check_goes_on_after_a_bad_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_bytes(b"")
    assert main(["check", PLAN, str(bad), CALM]) == 2
    out, err = capsys.readouterr()
    assert out == f"{PLAN}: ok\n{CALM}: ok\n"
    assert err.startswith(f"{bad}:1: ")


def test_replay_says_that_nothing_differs(capsys: pytest.CaptureFixture[str]) -> None:
    logs = sorted(str(path) for path in (SESSIONS / "logs").glob("*.jsonl"))
    assert len(logs) >= 8
    assert main(["replay", *logs]) == 0
    assert capsys.readouterr().out.count("all the same") == len(logs)


def test_replay_names_what_is_unusable(unusable: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", unusable]) == 2
    out, err = capsys.readouterr()
    assert placed(err, unusable), err
    assert out == ""


def test_replay_names_the_line_where_the_chain_breaks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "edited.jsonl"
    text = LOG.read_text(encoding="utf-8")
    edited = text[: text.index('"tingling":1')].count("\n") + 1
    log.write_text(text.replace('"tingling":1', '"tingling":0', 1), encoding="utf-8")
    assert main(["replay", str(log)]) == 2
    assert capsys.readouterr().err.startswith(f"{log}:{edited}: h: the chain breaks here")


def test_replay_of_a_log_that_breaks_off_has_found_something(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "short.jsonl"
    log.write_bytes(b"".join(LOG.read_bytes().splitlines(keepends=True)[:-1]))
    assert main(["replay", str(log)]) == 1
    assert capsys.readouterr().out == f"{log}: breaks off before the session was closed\n"


def test_rules_prints_the_table_the_engine_uses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    used = [(rule.id, rule.when, rule.action.name) for rule in SHIPPED.after_set.table]
    used += [(rule.id, rule.when, "NEXT_DAYS") for rule in SHIPPED.across_days.values()]
    assert [(row["id"], row["when"], row["action"]) for row in rows[-len(used) :]] == used
    assert len(rows) == len(used) + len(SHIPPED.screen)
    assert all(row["source"] for row in rows)
    assert main(["rules"]) == 0
    text = capsys.readouterr().out
    assert all(f"{name:<8}{action:<15}{when}" in text for name, when, action in used)
    assert SHIPPED.rules_sha256 in text


@pytest.mark.parametrize(
    "argv",
    [["dance"], ["simulate"], ["simulate", PLAN], ["check"], ["replay"], ["--home"]],
    ids=" ".join,
)
def test_a_command_that_is_none_explains_itself(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(argv)
    assert left.value.code == 2
    assert "usage: nerve-coach" in capsys.readouterr().err


def command(*argv: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    paths = os.pathsep.join(path for path in sys.path if path)
    return subprocess.run(
        [sys.executable, "-m", "coach", *argv],
        env={**os.environ, "PYTHONPATH": paths, **env},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_the_program_itself_returns_the_status(tmp_path: Path) -> None:
    done = command("check", PLAN, CALM)
    assert (done.returncode, done.stderr) == (0, b"")
    missing = command("replay", str(tmp_path / "none.jsonl"))
    assert missing.returncode == 2
    assert missing.stdout == b""
    assert b"Traceback" not in missing.stderr


def test_a_terminal_without_a_character_shows_its_code(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    text = Path(PLAN).read_text(encoding="utf-8").replace("First week", "Erste Übung")
    plan.write_text(text, encoding="utf-8")
    done = command("simulate", str(plan), "--answers", CALM, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"Erste \xdcbung" in done.stdout


def test_terminal_commands_load_no_window() -> None:
    script = (
        "import sys\nfrom coach.cli import main\n"
        f"main(['simulate', {PLAN!r}, '--answers', {CALM!r}])\n"
        "sys.exit('PySide6' in sys.modules or 'sqlite3' in sys.modules)"
    )
    paths = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def test_a_reader_that_has_seen_enough_causes_no_traceback() -> None:
    """``nerve-coach rules --json | head`` ends quietly."""
    with subprocess.Popen(
        [sys.executable, "-m", "coach", "rules", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()

    assert (running.returncode, said) == (0, b"")
