"""The tables, as numbered steps from an empty file to the newest form.

A step that was released is never edited: a change is a new step at the end.
"""

#: The statements that lead from one format number to the next.
Step = tuple[str, ...]

_FIRST: Step = (
    """
    CREATE TABLE profile (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        pseudonym TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # A plan is played for weeks: its text is kept once, however many sessions name it.
    """
    CREATE TABLE plan (
        sha256 TEXT NOT NULL PRIMARY KEY,
        text TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # started_utc orders sessions across time zones; started_wall is what people see.
    """
    CREATE TABLE session (
        id TEXT NOT NULL PRIMARY KEY,
        profile TEXT NOT NULL REFERENCES profile (id),
        plan_title TEXT NOT NULL,
        plan_sha256 TEXT NOT NULL REFERENCES plan (sha256),
        engine_version TEXT NOT NULL,
        rules_sha256 TEXT NOT NULL,
        tz TEXT NOT NULL,
        started_wall TEXT NOT NULL,
        started_utc TEXT NOT NULL,
        closed_wall TEXT,
        outcome TEXT,
        log_head TEXT,
        demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
        CHECK ((closed_wall IS NULL) = (outcome IS NULL)),
        CHECK ((closed_wall IS NULL) = (log_head IS NULL))
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX session_by_time ON session (profile, demo, started_utc)",
    """
    CREATE TABLE event (
        session TEXT NOT NULL REFERENCES session (id),
        seq INTEGER NOT NULL CHECK (seq >= 0),
        type TEXT NOT NULL,
        ms INTEGER NOT NULL,
        wall TEXT NOT NULL,
        data TEXT NOT NULL,
        h TEXT NOT NULL,
        PRIMARY KEY (session, seq)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE set_row (
        session TEXT NOT NULL REFERENCES session (id),
        n INTEGER NOT NULL CHECK (n >= 1),
        exercise TEXT NOT NULL,
        side TEXT,
        level TEXT NOT NULL,
        reps INTEGER NOT NULL,
        rest_s INTEGER NOT NULL,
        home TEXT NOT NULL,
        out TEXT NOT NULL,
        planned_ms INTEGER NOT NULL,
        done_ms INTEGER NOT NULL,
        tingling INTEGER CHECK (tingling BETWEEN 0 AND 10),
        pain INTEGER CHECK (pain BETWEEN 0 AND 10),
        "where" TEXT NOT NULL,
        feels TEXT NOT NULL,
        new TEXT NOT NULL,
        settled_s INTEGER,
        action TEXT,
        rules TEXT NOT NULL,
        levers TEXT NOT NULL,
        PRIMARY KEY (session, n)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE answer (
        session TEXT NOT NULL REFERENCES session (id),
        seq INTEGER NOT NULL,
        question TEXT NOT NULL,
        value TEXT,
        PRIMARY KEY (session, seq, question)
    ) STRICT, WITHOUT ROWID
    """,
    # A lock outlives the session it came from, so session is a name here, not a reference.
    """
    CREATE TABLE lock (
        id TEXT NOT NULL PRIMARY KEY,
        profile TEXT NOT NULL REFERENCES profile (id),
        session TEXT,
        tier TEXT NOT NULL,
        rule TEXT NOT NULL,
        set_wall TEXT NOT NULL,
        lifted_wall TEXT,
        lifted_by TEXT,
        note TEXT,
        CHECK ((lifted_wall IS NULL) = (lifted_by IS NULL))
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX lock_active ON lock (profile) WHERE lifted_wall IS NULL",
)

_SECOND: Step = (
    # That a backup took the place of a damaged file is remembered until every question was asked.
    """
    CREATE TABLE restored (
        day TEXT NOT NULL PRIMARY KEY
    ) STRICT, WITHOUT ROWID
    """,
    # Worked out from the log when the session closes, so that Today need not replay it.
    # seq is the order in which sessions really closed, whatever the clock said.
    """
    CREATE TABLE past (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        session TEXT NOT NULL UNIQUE REFERENCES session (id),
        data TEXT NOT NULL
    ) STRICT
    """,
    # A row in which everything is NULL is a question that was skipped.
    """
    CREATE TABLE afterwards (
        session TEXT NOT NULL REFERENCES session (id),
        seq INTEGER NOT NULL CHECK (seq >= 0),
        kind TEXT NOT NULL CHECK (kind IN ('morning', 'ten_minutes')),
        wall TEXT NOT NULL,
        tingling INTEGER CHECK (tingling BETWEEN 0 AND 10),
        pain INTEGER CHECK (pain BETWEEN 0 AND 10),
        woken INTEGER CHECK (woken IN (0, 1)),
        numb INTEGER CHECK (numb IN (0, 1)),
        PRIMARY KEY (session, seq)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE allowance (
        id TEXT NOT NULL PRIMARY KEY,
        profile TEXT NOT NULL REFERENCES profile (id),
        exercise TEXT NOT NULL,
        wall TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # Session logs that the data file knew nothing of when the program was opened.
    """
    CREATE TABLE left_log (
        profile TEXT NOT NULL REFERENCES profile (id),
        session TEXT NOT NULL,
        found_wall TEXT NOT NULL,
        PRIMARY KEY (profile, session)
    ) STRICT, WITHOUT ROWID
    """,
    # At most one row. wrong: wrong tries in a row; closed_until_ms: wall clock, UTC, 0 is open.
    """
    CREATE TABLE physio_code (
        id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
        salt BLOB NOT NULL,
        hash BLOB NOT NULL,
        wrong INTEGER NOT NULL CHECK (wrong >= 0),
        closed_until_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)

_THIRD: Step = (
    # What was first said stays where it is; seq counts the corrections of a session from 0.
    """
    CREATE TABLE correction (
        session TEXT NOT NULL REFERENCES session (id),
        seq INTEGER NOT NULL CHECK (seq >= 0),
        moment TEXT NOT NULL CHECK (moment IN ('check_in', 'set', 'ten_minutes', 'morning')),
        n INTEGER NOT NULL CHECK (n >= 0),
        asked TEXT NOT NULL CHECK (asked IN ('tingling', 'pain')),
        value INTEGER CHECK (value BETWEEN 0 AND 10),
        reason TEXT NOT NULL,
        wall TEXT NOT NULL,
        PRIMARY KEY (session, seq)
    ) STRICT, WITHOUT ROWID
    """,
    # Two logs of one session that say different things: the one that came second, whole.
    """
    CREATE TABLE conflict (
        session TEXT NOT NULL REFERENCES session (id),
        log_head TEXT NOT NULL,
        found_wall TEXT NOT NULL,
        log TEXT NOT NULL,
        PRIMARY KEY (session, log_head)
    ) STRICT, WITHOUT ROWID
    """,
    # Locks that were already lifted when an imported file brought them.
    """
    CREATE TABLE lifted_elsewhere (
        lock TEXT NOT NULL PRIMARY KEY REFERENCES lock (id)
    ) STRICT, WITHOUT ROWID
    """,
    # What the rows of a closed session come to, and under an empty name the small tables.
    """
    CREATE TABLE seal (
        what TEXT NOT NULL PRIMARY KEY,
        sha256 BLOB NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)

MIGRATIONS: tuple[Step, ...] = (_FIRST, _SECOND, _THIRD)
