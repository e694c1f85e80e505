"""From a cue to words to sound, with a fallback for everything that can be missing."""
