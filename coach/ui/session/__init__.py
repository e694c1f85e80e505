"""The parts of a session's pages."""
