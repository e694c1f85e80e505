"""The use cases without widgets: running a session, checking files, exporting."""
