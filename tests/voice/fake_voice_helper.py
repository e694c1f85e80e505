"""Stands for the speech helper: `fake_voice_helper.py FOLDER BEHAVIOUR`; counts its starts."""

import array
import json
import os
import sys
import time
import wave
from pathlib import Path

folder, behaviour = Path(sys.argv[1]), sys.argv[2]
with (folder / "starts").open("a") as starts:
    starts.write("x")
first = (folder / "starts").stat().st_size == 1


def say(**message: object) -> None:
    print(json.dumps(message), flush=True)


def misbehave() -> None:
    match behaviour.removesuffix(" once"):
        case "hang":
            time.sleep(60)
        case "exit":
            sys.exit(1)
        case "abort":
            os.abort()
        case "garbage":
            print("espeak: no such thing", flush=True)
        case "deaf":
            os.close(0)
            time.sleep(60)


if behaviour == "no engine":
    say(ready=False, error="no eSpeak")
    sys.exit(3)
always = behaviour.startswith("always ")
behaviour = behaviour.removeprefix("always ")
if behaviour.startswith("early "):
    behaviour = behaviour.removeprefix("early ")
    misbehave()
voices = [{"id": "v", "name": "V", "languages": ["en-gb"]}]
say(ready=True, origin="system", engine="fake 1", usual="v", voices=voices)
for line in sys.stdin:
    request = json.loads(line)
    with (folder / "asked").open("a") as asked:
        asked.write(request["text"] + "\n")
    bad = always or "bad" in request["text"]
    if bad or (behaviour.endswith(" once") and first):
        misbehave()
    out = Path(request["out"])
    if behaviour == "empty" and bad:
        out.write_bytes(b"")
    elif behaviour == "refuse" and bad:
        say(id=request["id"], error="cannot")
        continue
    else:
        with wave.open(str(out), "wb") as sound:
            sound.setparams((1, 2, 22050, 0, "NONE", ""))
            sound.writeframes(array.array("h", [3000] * 11025).tobytes())
    say(id=request["id"], error=None)
