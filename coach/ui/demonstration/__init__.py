"""Demonstrating a movement: the stages, the scrubber, the second screen, pictures for slides."""
