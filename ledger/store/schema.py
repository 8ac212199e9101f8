"""The tables of the ledger file, one migration per released schema.

A released step is never edited. Ids are 63-bit content ids (`core.ids`), so two machines' ledgers
merge without renumbering; 0 stands for "none" where a column is compared.
"""

import secrets
import sqlite3

from sqlite_utils import Database, Migrations

migrations = Migrations("ledger")

_SCHEMA_1 = """
CREATE TABLE machine (
    id INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, created_ms INTEGER NOT NULL
) STRICT;
-- `stamp` rises with every write, `shape` when interactions or their figures change; `nonce`
-- changes with `shape`, for a restored backup may come to the same number with other content.
CREATE TABLE ledger (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    machine INTEGER NOT NULL REFERENCES machine (id),
    stamp INTEGER NOT NULL, shape INTEGER NOT NULL, nonce INTEGER NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;

-- Authored: can never be built again. Everything the person did, in order.
CREATE TABLE history (
    machine INTEGER NOT NULL REFERENCES machine (id),
    seq INTEGER NOT NULL,
    time_ms INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('do', 'undo', 'redo')),
    target INTEGER,
    title TEXT NOT NULL,
    edit TEXT NOT NULL,
    inverse TEXT NOT NULL,
    chain INTEGER NOT NULL,
    PRIMARY KEY (machine, seq)
) STRICT;
CREATE TRIGGER history_is_kept BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_is_final BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

-- What the history adds up to; can be built again from it.
CREATE TABLE tag (
    interaction INTEGER PRIMARY KEY, value INTEGER NOT NULL, time_ms INTEGER NOT NULL
) STRICT;
CREATE TABLE intent (interaction INTEGER PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE label (
    interaction INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (interaction, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE note (interaction INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE logged (
    machine INTEGER NOT NULL, interaction INTEGER NOT NULL,
    entry TEXT NOT NULL, present INTEGER NOT NULL,
    PRIMARY KEY (machine, interaction)
) STRICT, WITHOUT ROWID;

-- Derived: comes from the tools' logs.
CREATE TABLE project (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE model (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE session (
    id INTEGER PRIMARY KEY, tool TEXT NOT NULL, key TEXT NOT NULL, time_ms INTEGER,
    directory TEXT NOT NULL, branch TEXT NOT NULL, version TEXT NOT NULL, parent INTEGER
) STRICT;
CREATE INDEX session_parent ON session (parent) WHERE parent IS NOT NULL;
-- made: 0 by a log, 1 by the store for requests without a prompt, 2 by hand.
-- hidden: 1 a fork's copy of a prompt, 2 withdrawn by the person.
CREATE TABLE interaction (
    id INTEGER PRIMARY KEY, rank INTEGER NOT NULL, time_ms INTEGER NOT NULL,
    session INTEGER NOT NULL, ordinal INTEGER NOT NULL, origin INTEGER NOT NULL,
    project INTEGER NOT NULL, branch TEXT NOT NULL,
    made INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX interaction_session ON interaction (session, time_ms);
-- `found_ns` and `reached_ns` are the file's modification times when the prompt's place and the
-- end were read: the later look is the one that holds.
CREATE TABLE pointer (
    interaction INTEGER NOT NULL, file INTEGER NOT NULL,
    found_ns INTEGER NOT NULL, offset INTEGER NOT NULL,
    length INTEGER NOT NULL, fingerprint INTEGER NOT NULL,
    reached_ns INTEGER NOT NULL, end INTEGER NOT NULL,
    PRIMARY KEY (interaction, file)
) STRICT, WITHOUT ROWID;
-- te*: token-equivalents in twentieths by `core.usage`; other weights need a migration.
-- owner: the interaction a request counts in. adrift: it was found by time, not told by the log.
CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    rank INTEGER NOT NULL, time_ms INTEGER NOT NULL, session INTEGER NOT NULL,
    interaction INTEGER NOT NULL, anchor_ms INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    vector INTEGER NOT NULL, turn INTEGER NOT NULL,
    model INTEGER NOT NULL, input INTEGER NOT NULL, cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL, output INTEGER NOT NULL,
    reasoning INTEGER, basis INTEGER NOT NULL, low REAL NOT NULL, high REAL NOT NULL,
    te_low INTEGER NOT NULL, te INTEGER NOT NULL, te_high INTEGER NOT NULL,
    owner INTEGER NOT NULL DEFAULT 0, adrift INTEGER NOT NULL DEFAULT 0,
    copied INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX request_owner ON request (owner);
CREATE INDEX request_vector ON request (session, ordinal) WHERE vector <> 0;
CREATE INDEX request_copied ON request (session) WHERE copied = 1;
CREATE INDEX request_adrift ON request (session) WHERE adrift = 1;
CREATE INDEX request_waiting ON request (interaction) WHERE adrift = 1;
CREATE TABLE edit_part (
    id INTEGER PRIMARY KEY,
    time_ms INTEGER NOT NULL, session INTEGER NOT NULL,
    interaction INTEGER NOT NULL, anchor_ms INTEGER NOT NULL,
    path TEXT NOT NULL, added INTEGER NOT NULL, removed INTEGER NOT NULL,
    outcome INTEGER NOT NULL, human_changed INTEGER NOT NULL,
    owner INTEGER NOT NULL DEFAULT 0, adrift INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX edit_owner ON edit_part (owner);
CREATE INDEX edit_adrift ON edit_part (session) WHERE adrift = 1;
CREATE INDEX edit_waiting ON edit_part (interaction) WHERE adrift = 1;
CREATE TABLE portion (
    interaction INTEGER NOT NULL, model INTEGER NOT NULL, quarter INTEGER NOT NULL,
    requests INTEGER NOT NULL, unknown INTEGER NOT NULL,
    input INTEGER NOT NULL, cache_read INTEGER NOT NULL, cache_write INTEGER NOT NULL,
    output INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    te_low INTEGER NOT NULL, te INTEGER NOT NULL, te_high INTEGER NOT NULL,
    PRIMARY KEY (interaction, model, quarter)
) STRICT, WITHOUT ROWID;

-- What was read, and how far. `path` is the system's own bytes: names need not be UTF-8.
CREATE TABLE file (
    id INTEGER PRIMARY KEY, machine INTEGER NOT NULL REFERENCES machine (id),
    path BLOB NOT NULL, tool TEXT NOT NULL,
    device INTEGER NOT NULL, inode INTEGER NOT NULL, size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL, offset INTEGER NOT NULL,
    head_crc INTEGER NOT NULL, tail_crc INTEGER NOT NULL, parser INTEGER NOT NULL,
    state TEXT NOT NULL, lines INTEGER NOT NULL, problem TEXT NOT NULL,
    seen_ms INTEGER NOT NULL, first_ms INTEGER, last_ms INTEGER,
    UNIQUE (machine, path)
) STRICT;
CREATE TABLE rejected (
    file INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
    fingerprint INTEGER NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (file, offset)
) STRICT, WITHOUT ROWID;
"""

_SCHEMA_2 = """
-- For hashes that nobody can compare with those of another ledger, or look up in a list.
CREATE TABLE secret (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;

-- Authored, and in the history like a tag.
CREATE TABLE kind (interaction INTEGER PRIMARY KEY, value INTEGER NOT NULL) STRICT;
-- Authored: when the person was asked what became of a block, and with what probability. What was
-- drawn stays drawn; only the answer is written later.
CREATE TABLE question (
    machine INTEGER NOT NULL REFERENCES machine (id),
    project TEXT NOT NULL, half_hour INTEGER NOT NULL,
    drawn_ms INTEGER NOT NULL, seed INTEGER NOT NULL,
    pi REAL NOT NULL CHECK (pi BETWEEN 0 AND 1), expected REAL NOT NULL,
    volunteered INTEGER NOT NULL, asked INTEGER NOT NULL,
    answered_ms INTEGER, skipped INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (machine, project, half_hour)
) STRICT, WITHOUT ROWID;
CREATE INDEX question_drawn ON question (drawn_ms);
CREATE TRIGGER question_is_kept BEFORE DELETE ON question
BEGIN SELECT RAISE(ABORT, 'what was drawn stays drawn'); END;
CREATE TRIGGER question_is_final BEFORE UPDATE OF
    machine, project, half_hour, drawn_ms, seed, pi, expected, volunteered, asked ON question
BEGIN SELECT RAISE(ABORT, 'what was drawn stays drawn'); END;

-- Derived: what the logs and git show. `look` is the change that columns last learned it by.
CREATE TABLE look (number INTEGER PRIMARY KEY, nonce INTEGER NOT NULL) STRICT;
CREATE TABLE observation (
    interaction INTEGER PRIMARY KEY, version INTEGER NOT NULL, end INTEGER NOT NULL,
    kind INTEGER NOT NULL, print INTEGER NOT NULL, words INTEGER NOT NULL,
    runs INTEGER NOT NULL, failed_runs INTEGER NOT NULL, reads INTEGER NOT NULL,
    hand_edits INTEGER NOT NULL, refused INTEGER NOT NULL, rewound INTEGER NOT NULL,
    look INTEGER NOT NULL
) STRICT;
CREATE INDEX observation_version ON observation (version);
CREATE INDEX observation_look ON observation (look);
CREATE TABLE trace (
    interaction INTEGER NOT NULL, path TEXT NOT NULL, features BLOB NOT NULL,
    grams INTEGER NOT NULL, lines INTEGER NOT NULL, PRIMARY KEY (interaction, path)
) STRICT;
CREATE INDEX trace_path ON trace (path);
CREATE TABLE survival (
    interaction INTEGER NOT NULL, horizon TEXT NOT NULL, fate TEXT NOT NULL,
    looked_ms INTEGER NOT NULL, anywhere REAL, landed REAL, baseline REAL,
    grams INTEGER NOT NULL, lines INTEGER NOT NULL, lines_left INTEGER NOT NULL,
    revision TEXT NOT NULL, PRIMARY KEY (interaction, horizon)
) STRICT, WITHOUT ROWID;
-- tag 0: nothing is suggested any more.
CREATE TABLE suggestion (
    interaction INTEGER PRIMARY KEY, tag INTEGER NOT NULL, confidence REAL NOT NULL,
    worth REAL NOT NULL, why TEXT NOT NULL, look INTEGER NOT NULL
) STRICT;
CREATE INDEX suggestion_look ON suggestion (look);
-- What is to be done, so that nobody has to search a million rows for it: interactions whose log
-- has something that was not looked at, and when git is to be asked about an interaction (below 0:
-- it never was; the newest has the lowest).
CREATE TABLE unobserved (interaction INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL) STRICT;
CREATE INDEX unobserved_time ON unobserved (time_ms);
CREATE TABLE checkup (interaction INTEGER PRIMARY KEY, due_ms INTEGER NOT NULL) STRICT;
CREATE INDEX checkup_due ON checkup (due_ms);

INSERT INTO unobserved SELECT id, time_ms FROM interaction WHERE hidden = 0
AND EXISTS (SELECT 1 FROM pointer WHERE interaction = interaction.id AND pointer.offset >= 0);
"""

_SCHEMA_3 = """
ALTER TABLE session ADD COLUMN repository TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN pull_request TEXT NOT NULL DEFAULT '';
ALTER TABLE request ADD COLUMN tier INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN region INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN searches INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request ADD COLUMN within INTEGER NOT NULL DEFAULT 0;
ALTER TABLE edit_part ADD COLUMN decided_by INTEGER NOT NULL DEFAULT 0;
-- tariff: what a price depends on, by `core.tariff`, so that sums cost what their requests cost.
DROP TABLE portion;
CREATE TABLE portion (
    interaction INTEGER NOT NULL, model INTEGER NOT NULL, quarter INTEGER NOT NULL,
    tariff INTEGER NOT NULL, requests INTEGER NOT NULL, unknown INTEGER NOT NULL,
    input INTEGER NOT NULL, cache_read INTEGER NOT NULL, cache_write INTEGER NOT NULL,
    cache_write_1h INTEGER NOT NULL, output INTEGER NOT NULL, reasoning INTEGER NOT NULL,
    searches INTEGER NOT NULL,
    te_low INTEGER NOT NULL, te INTEGER NOT NULL, te_high INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    PRIMARY KEY (interaction, model, quarter, tariff)
) STRICT, WITHOUT ROWID;
INSERT INTO portion
SELECT owner, model, time_ms / 1000 / 900 AS quarter,
    64 * ((input + cache_read + cache_write_5m + cache_write_1h > 100000)
        + (input + cache_read + cache_write_5m + cache_write_1h > 128000)
        + (input + cache_read + cache_write_5m + cache_write_1h > 200000)
        + (input + cache_read + cache_write_5m + cache_write_1h > 272000)) AS tariff,
    count(*), sum(basis = 3),
    sum(input), sum(cache_read), sum(cache_write_5m + cache_write_1h), sum(cache_write_1h),
    sum(output), sum(ifnull(reasoning, 0)), 0, sum(te_low), sum(te), sum(te_high), 0
FROM request WHERE copied = 0 AND owner <> 0 GROUP BY owner, model, quarter, tariff;
-- Derived: what the tools' own logs say they used, for a comparison with what was counted.
CREATE TABLE tool_total (
    id INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL, output INTEGER NOT NULL,
    input INTEGER NOT NULL, cache_read INTEGER NOT NULL, cache_write INTEGER NOT NULL,
    requests INTEGER NOT NULL, micro_dollars INTEGER NOT NULL, session INTEGER NOT NULL,
    model INTEGER NOT NULL, file INTEGER NOT NULL, offset INTEGER NOT NULL,
    length INTEGER NOT NULL
) STRICT;
CREATE INDEX tool_total_session ON tool_total (session);
-- A project is a directory of the logs; home: what it counts as by `core.homes`, 0 = itself.
-- top: the folder of its worktree. own: more than a `cd` speaks for it. named: 0 for the folder
-- of a repository that no log names.
ALTER TABLE project ADD COLUMN home INTEGER NOT NULL DEFAULT 0;
ALTER TABLE project ADD COLUMN worktree TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN top TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN own INTEGER NOT NULL DEFAULT 0;
ALTER TABLE project ADD COLUMN named INTEGER NOT NULL DEFAULT 1;
ALTER TABLE session ADD COLUMN directory_ms INTEGER;
-- What the disk said of a directory while it was there: a worktree that is gone stays what it was.
CREATE TABLE checkout (
    project INTEGER PRIMARY KEY, is_there INTEGER NOT NULL, repository TEXT NOT NULL,
    top TEXT NOT NULL, worktree TEXT NOT NULL
) STRICT;
-- What the history adds up to. home: the project it counts as by the person's word, 0 = by rule.
CREATE TABLE project_choice (
    project INTEGER PRIMARY KEY, home INTEGER NOT NULL, name TEXT NOT NULL
) STRICT;
-- Derived: what a tool says in total beyond the requests of a session, and where it counts.
CREATE TABLE shortfall (
    session INTEGER NOT NULL, model INTEGER NOT NULL, owner INTEGER NOT NULL,
    time_ms INTEGER NOT NULL, te INTEGER NOT NULL, PRIMARY KEY (session, model)
) STRICT, WITHOUT ROWID;
CREATE INDEX shortfall_owner ON shortfall (owner);
"""


@migrations()
def m001_ledger(db: Database) -> None:
    """Create every table of schema 1."""
    _run(db.conn, _SCHEMA_1)


@migrations()
def m002_evidence(db: Database) -> None:
    """Create the tables of schema 2 and the ledger's own key."""
    _run(db.conn, _SCHEMA_2)
    db.conn.execute("INSERT INTO secret VALUES (1, ?)", (secrets.token_bytes(32),))


@migrations()
def m003_tariffs(db: Database) -> None:
    """Create the tables of schema 3 and sum the portions anew."""
    _run(db.conn, _SCHEMA_3)


def _run(conn: sqlite3.Connection, script: str) -> None:
    """Execute the statements one by one: `executescript` would commit the open transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            conn.execute(statement)
            statement = ""
