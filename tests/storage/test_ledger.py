"""What is asked of the ledger at each opening does not go through all of it."""

from sqlalchemy import event

from reviewer.domain.acts.key_history import ACTS_ABOUT_KEYS
from reviewer.domain.acts.roles import ACTS_ABOUT_ROLES
from reviewer.storage import ledger
from reviewer.storage.engine import database


def test_acts_about_people_of_the_case_are_found_by_their_index():
    plans = []
    with database.open_in_memory() as connection:

        @event.listens_for(connection, "before_cursor_execute")
        def explain(connection, cursor, statement, parameters, context, many):
            if statement.startswith("SELECT"):
                cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans.append(" ".join(str(row[3]) for row in cursor.fetchall()))

        for acts in (ACTS_ABOUT_KEYS, ACTS_ABOUT_ROLES):
            ledger.load_entries_of_acts(connection, acts)
    assert len(plans) == 2
    assert all("USING INDEX ledger_of_case" in plan for plan in plans), plans
