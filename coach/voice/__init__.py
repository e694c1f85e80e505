"""Cue to sound: clean text, speech made ahead of time, tones, playback on the beat, fallbacks.

The window uses `speaker.open_speaker` and the words in `interface`. Speech is made and sound is
played in two helper processes, because a speech engine or a sound server may hang or abort.
"""
