"""Stands for the sound helper: `fake_sound_helper.py FOLDER BEHAVIOUR`; notes what it is asked."""

import json
import os
import sys
import time
from pathlib import Path

folder, behaviour = Path(sys.argv[1]), sys.argv[2]
with (folder / "starts").open("a") as starts:
    starts.write("x")
first = (folder / "starts").stat().st_size == 1


def say(**message: object) -> None:
    print(json.dumps(message), flush=True)


if behaviour.startswith("leave "):
    sys.exit(int(behaviour.removeprefix("leave ")))
if behaviour == "silent":
    time.sleep(60)
say(ready=True, devices=[{"id": "d", "name": "Loudspeaker"}], on="d")
if behaviour == "hang once" and first:
    time.sleep(60)
say(beat=True)
for line in sys.stdin:
    request = json.loads(line)
    with (folder / "asked").open("a") as asked:
        asked.write(line)
    if request["op"] == "play":
        if behaviour == "abort on play" and first:
            os.abort()
        if behaviour == "too late":
            say(id=request["id"], failed="cue_too_late")
        else:
            say(id=request["id"], late_ms=1.5)
