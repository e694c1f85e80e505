"""Measure the program against its goals: ``make bench``, or with names to measure only those.

Ratios are taken within one run, so a slow or busy machine tells as much as a fast one.
"""

import sys
from importlib import import_module
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
MEASURES = (
    "first_frame",
    "memory",
    "idle_time",
    "figure_frames",
    "answer_to_disk",
    "decision_time",
    "walk_time",
    "simulate_speed",
    "speech_time",
    "killed_engine_sessions",
    "sound_on_time",
    "history_speed",
    "report_speed",
    "fhir_speed",
    "export_speed",
    "import_speed",
)


def main(wanted: list[str]) -> int:
    """Print a row for each measurement, and how many reach their goal."""
    unknown = set(wanted) - set(MEASURES)
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}")
        return 2
    sys.path += [str(TESTS / "fakes"), str(TESTS / "support")]
    print("name | measured | goal | ok")
    met = []
    for name in wanted or MEASURES:
        for row in import_module(name).rows():
            print(row, flush=True)
            met.append(row.ok)
    print(f"{met.count(True)} ok, {met.count(False)} short")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
