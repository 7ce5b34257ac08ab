"""The records that are sent and digested are those that PostgreSQL itself would send."""

from uuid import UUID

import psycopg
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.log.record import UUID_OID, BinaryArray, binary_array, binary_record
from infra.postgres import migrate

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
AS_SENT = "select record_send(row(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)::new_event)"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    id_=st.uuids(),
    type_=TEXT,
    schema_version=st.integers(-(2**31), 2**31 - 1),
    at_us=st.integers(-(2**63), 2**63 - 1),
    actor=TEXT,
    causation=st.none() | st.uuids(),
    correlation=st.none() | st.uuids(),
    subject=st.none() | TEXT,
    key_id=st.none() | st.uuids(),
    payload=st.binary(max_size=50),
)
async def test_a_record_is_what_the_server_makes_of_the_same_fields(database: str, **fields: object) -> None:
    await migrate(database)
    async with await psycopg.AsyncConnection.connect(database) as connection:
        [(sent,)] = await (await connection.execute(AS_SENT, list(fields.values()), binary=True)).fetchall()
    assert binary_record(**fields) == sent  # type: ignore[arg-type]  # hypothesis gives each its own type


async def test_an_array_is_taken_as_it_was_written(database: str) -> None:
    ids = [UUID(int=number) for number in range(3)]
    async with await psycopg.AsyncConnection.connect(database) as connection:
        for some in (ids, []):
            array: BinaryArray = binary_array(UUID_OID, [one.bytes for one in some])
            [(taken,)] = await (await connection.execute("select %b::uuid[]", [array])).fetchall()
            assert taken == some
