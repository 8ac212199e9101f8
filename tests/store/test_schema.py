"""The tables of the ledger file."""


def test_every_table_of_ours_is_strict(store, raw):
    loose = raw.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND NOT strict AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_%'"
    )
    assert loose.fetchall() == []


def test_history_files_and_entries_by_hand_carry_the_machine_in_their_keys(store, raw):
    for table in ("history", "logged"):
        keys = raw.execute(
            "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,)
        )
        assert keys.fetchone() == ("machine",)
    unique = raw.execute("SELECT name FROM pragma_index_info('sqlite_autoindex_file_1')").fetchall()
    assert unique == [("machine",), ("path",)]


def test_there_is_one_ledger_in_a_file(store, raw):
    assert raw.execute("SELECT one FROM ledger").fetchall() == [(1,)]


def test_frequent_questions_use_an_index(store, raw):
    questions = (
        "SELECT * FROM request WHERE owner = 1",
        "SELECT * FROM request WHERE session = 1 AND vector <> 0",
        "SELECT * FROM request WHERE session = 1 AND adrift = 1",
        "SELECT * FROM request WHERE interaction = 1 AND adrift = 1",
        "SELECT count(*) FROM request WHERE session = 1 AND copied = 1",
        "SELECT * FROM interaction WHERE session = 1 ORDER BY time_ms",
        "SELECT * FROM session WHERE parent = 1",
        "SELECT * FROM edit_part WHERE owner = 1",
        "SELECT * FROM portion WHERE interaction = 1",
    )
    for question in questions:
        plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {question}")]
        assert all(step.startswith("SEARCH") for step in plan), (question, plan)
