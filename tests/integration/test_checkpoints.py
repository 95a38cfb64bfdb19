"""Is what is signed of a council's log what is in it, and is nothing signed that does not follow from what was?"""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from api.wiring import Installation
from ledger.council import Council
from ledger.evidence.checkpoint import Checkpoint, Inconsistent, witnessed
from ledger.evidence.checkpointing import Signing, origin_of
from ledger.evidence.copies import Copies
from ledger.evidence.note import COSIGNATURE, NotSigned, PublicKey, Signer, UnusableKey
from ledger.evidence.tree import consistency_proof, grew, includes, inclusion_proof, root, whole_subtrees_over
from ledger.evidence.witnessing import Asked, witness
from ledger.store.evidence_log import EvidenceLog, NoHashYet, NotThere
from tests.conftest import NOON
from tests.integration.conftest import Admin
from tests.integration.recording import ALICE, open_account, rows, set_budget

LATER = NOON + timedelta(minutes=1)
CHANGES = 4
"""How many schemes a new council is given: the first leaves of its tree."""


@pytest.fixture
def signing(council: Council, tmp_path: Path) -> Signing:
    signer = Signer.of_file(origin_of(council.code), tmp_path / "keys" / "log.key")
    return Signing(council, signer, Copies(tmp_path / "elsewhere" / "log.checkpoints"))


@pytest.fixture(scope="module")
def large(new_council: Callable[..., Council]) -> Council:
    """A council whose tree has more than one tile, with changes of scheme among its entries."""
    found = new_council()
    for number in range(3):
        account_id = open_account(found).account.id
        found.scheme_changes.adopt(("national", "reform-2025", "reform-2023")[number], by="pat", now=NOON)
        fact = set_budget(found, account_id).entries[0].fact
        found.ledger.append([(account_id, 2, (fact,) * 180)], by=ALICE, now=NOON, before=lambda _: None)
    return found


def leaves_in_order(council: Council) -> list[bytes]:
    """Every hash, each change after the entry that was the last then."""
    found = rows(
        council,
        "SELECT leaf FROM (SELECT leaf, position, 1 AS kind, 0 AS number FROM {schema}.events UNION ALL"
        " SELECT leaf, position, 2, number FROM {schema}.policy_entries) AS all_of_them"
        " ORDER BY position, kind, number",
    )
    return [bytes(leaf) for (leaf,) in found]


@pytest.fixture
def log(large: Council) -> Iterator[EvidenceLog]:
    with large.verifier.transaction() as statements:
        yield EvidenceLog.at_one_moment(statements, large.names.schema)


def test_the_tree_is_over_every_entry_and_every_change_in_the_order_they_were_recorded(
    large: Council, log: EvidenceLog
) -> None:
    leaves = leaves_in_order(large)
    assert log.size == len(leaves) > 2 * 256
    assert log.leaves(0, log.size) == leaves
    assert log.root(log.size) == root(len(leaves), whole_subtrees_over(leaves))
    positions = [position for (position,) in rows(large, "SELECT position FROM {schema}.events ORDER BY position")]
    hashes = rows(large, "SELECT leaf FROM {schema}.events ORDER BY position")
    assert [leaves[log.index_of(position)] for position in positions] == [bytes(leaf) for (leaf,) in hashes]


def test_proofs_from_what_is_kept_of_the_tree_are_those_from_all_of_it(large: Council, tmp_path: Path) -> None:
    signed = Signing(large, Signer.of_file("log", tmp_path / "key"), Copies(tmp_path / "copies")).sign(NOON)
    leaves = leaves_in_order(large)
    whole = whole_subtrees_over(leaves)
    assert signed
    assert rows(large, "SELECT level, place FROM {schema}.tree_nodes ORDER BY 1, 2") == [(8, 0), (8, 1)]
    with large.verifier.transaction() as statements:
        kept = EvidenceLog.at_one_moment(statements, large.names.schema)
        for index in (0, 5, 255, 256, 257, 511, signed.size - 1):
            proof = inclusion_proof(index, signed.size, kept.whole)
            assert proof == inclusion_proof(index, signed.size, whole)
            assert includes(signed.root, signed.size, index, leaves[index], proof)
        for before in (1, 255, 256, 300, 512, signed.size):
            proof = consistency_proof(before, signed.size, kept.whole)
            assert grew(root(before, whole), before, signed.root, signed.size, proof)


def test_a_checkpoint_says_how_many_entries_there_are_and_is_kept_inside_and_outside(
    council: Council, signing: Signing
) -> None:
    open_account(council)
    signed = signing.sign(NOON)
    assert signed
    assert (signed.origin, signed.size, signed.at) == (origin_of(council.code), CHANGES + 1, NOON)
    ((note,),) = rows(council, "SELECT note FROM {schema}.checkpoints")
    assert list(signing.copies.notes()) == [note]
    assert Checkpoint.read(note, signing.signer.public()) == signed
    assert signing.sign(LATER) is None
    set_budget(council, open_account(council).account.id)
    again = signing.sign(LATER)
    assert again
    assert again.size == CHANGES + 3
    assert len(list(signing.copies.notes())) == 2


ATTACKS = {
    "a penny changed": (
        "UPDATE {schema}.events SET state = convert_to(replace(convert_from(state, 'UTF8'), '950', '951'), 'UTF8')",
        Inconsistent,
    ),
    "the time changed": ("UPDATE {schema}.events SET recorded_at = recorded_at + interval '1 second'", Inconsistent),
    "who recorded it changed": ("UPDATE {schema}.events SET recorded_by = 'mallory'", Inconsistent),
    "a hash changed": ("UPDATE {schema}.events SET leaf = sha256('') WHERE position = 2", Inconsistent),
    "two that changed places": (
        "UPDATE {schema}.events SET position = -position; UPDATE {schema}.events"
        " SET position = CASE position WHEN -2 THEN 3 WHEN -3 THEN 2 ELSE -position END",
        Inconsistent,
    ),
    "one taken out": ("DELETE FROM {schema}.events WHERE position = 2", NotThere),
    "the tail cut off": (
        "DELETE FROM {schema}.events WHERE position = 4; UPDATE {schema}.head SET position = 3",
        Inconsistent,
    ),
    "a checkpoint changed": ("UPDATE {schema}.checkpoints SET note = replace(note, '8', '7')", NotSigned),
    "a change of scheme changed": (
        "UPDATE {schema}.policy_entries SET leaf = sha256('') WHERE number = 2",
        Inconsistent,
    ),
    "a hash taken out": ("UPDATE {schema}.events SET leaf = NULL WHERE position = 2", NoHashYet),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_is_signed_once_what_was_signed_has_been_changed(
    council: Council, signing: Signing, admin: Admin, attack: str
) -> None:
    account_id = open_account(council).account.id
    for pounds in (950, 960, 970):
        set_budget(council, account_id, pounds)
    assert signing.sign(NOON)
    statement, refusal = ATTACKS[attack]
    with admin() as statements:
        statements.execute(statement.format(schema=council.names.schema))
    with pytest.raises(refusal):
        signing.sign(LATER, thorough=True)
    assert len(list(signing.copies.notes())) == 1


def test_yesterdays_database_put_back_is_refused_by_the_copy_kept_elsewhere(
    council: Council, signing: Signing, admin: Admin
) -> None:
    account_id = open_account(council).account.id
    assert signing.sign(NOON)
    set_budget(council, account_id, 950)
    assert signing.sign(LATER)
    with admin() as statements:
        schema = council.names.schema
        statements.execute(
            f"DELETE FROM {schema}.events WHERE position = 2; UPDATE {schema}.head SET position = 1;"
            f" DELETE FROM {schema}.checkpoints WHERE size = {CHANGES + 2}; DELETE FROM {schema}.receipts"
        )
    with pytest.raises(Inconsistent, match="entries were taken away"):
        signing.sign(LATER)
    set_budget(council, account_id, 990)  # as many entries as there were
    set_budget(council, account_id, 990)
    with pytest.raises(Inconsistent, match="some were changed"):
        signing.sign(LATER)


def test_a_lost_copy_does_not_let_a_changed_database_be_signed(
    council: Council, signing: Signing, admin: Admin
) -> None:
    account_id = open_account(council).account.id
    set_budget(council, account_id)
    assert signing.sign(NOON)
    signing.copies.path.unlink()
    with admin() as statements:
        statements.execute(f"UPDATE {council.names.schema}.events SET leaf = sha256('') WHERE position = 1")
    with pytest.raises(Inconsistent):
        signing.sign(LATER)


def test_a_copy_whose_last_line_was_cut_off_goes_on_from_the_one_before(council: Council, signing: Signing) -> None:
    open_account(council)
    assert signing.sign(NOON)
    whole = signing.copies.path.read_bytes()
    signing.copies.path.write_bytes(whole + whole[:30])
    open_account(council)
    assert signing.sign(LATER)
    assert [json.loads(line).keys() for line in signing.copies.path.read_text("utf-8").splitlines()] == [{"note"}] * 2


def test_a_key_that_others_may_read_or_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    Signer.of_file("log", path)
    path.chmod(0o640)
    with pytest.raises(UnusableKey, match="chmod 600"):
        Signer.of_file("log", path)
    path.chmod(0o600)
    path.write_text("no key")
    with pytest.raises(UnusableKey, match="32 bytes in hexadecimal"):
        Signer.of_file("log", path)


@pytest.mark.parametrize("text", ["", "name", "name+00000000+AQ==", "name+zz+%%%"])
def test_a_public_key_that_was_not_copied_whole_is_refused(text: str) -> None:
    with pytest.raises(UnusableKey):
        PublicKey.read(text)


def test_a_public_key_reads_as_it_is_written(tmp_path: Path) -> None:
    key = Signer.of_file("log", tmp_path / "key").public()
    assert PublicKey.read(str(key)) == key


@pytest.fixture
def neighbour(tmp_path: Path) -> tuple[Signer, Copies]:
    return Signer.of_file("neighbour.example", tmp_path / "neighbour.key"), Copies(tmp_path / "seen")


def asked_of(signing: Signing, before: int) -> Asked:
    *_, note = signing.copies.notes()
    size = Checkpoint.read(note, signing.signer.public()).size
    with signing.council.verifier.transaction() as statements:
        log = EvidenceLog.at_one_moment(statements, signing.council.names.schema)
        return Asked(before, consistency_proof(before, size, log.whole), note)


def test_a_witness_signs_what_follows_from_what_it_saw_and_nothing_else(
    council: Council, signing: Signing, neighbour: tuple[Signer, Copies]
) -> None:
    (signer, seen), key = neighbour, signing.signer.public()
    open_account(council)
    signing.sign(NOON)
    first = asked_of(signing, 0)
    line = witness(Asked.read(str(first)), key, seen, signer, NOON)
    assert list(witnessed(first.note + line, signer.public(COSIGNATURE))) == [NOON]
    assert not list(witnessed(first.note.replace(f"\n{CHANGES + 1}\n", "\n9\n") + line, signer.public(COSIGNATURE)))

    open_account(council)
    signing.sign(LATER)
    with pytest.raises(Inconsistent, match=f"--since {CHANGES + 1}"):
        witness(asked_of(signing, 0), key, seen, signer, LATER)
    assert witness(asked_of(signing, CHANGES + 1), key, seen, signer, LATER)


def test_two_heads_for_two_witnesses_come_out_at_either(
    council: Council, signing: Signing, neighbour: tuple[Signer, Copies], admin: Admin, installation: Installation
) -> None:
    """The council itself signs another history: a witness that saw the first one does not sign the second."""
    (signer, seen), key = neighbour, signing.signer.public()
    account_id = open_account(council).account.id
    signing.sign(NOON)
    witness(asked_of(signing, 0), key, seen, signer, NOON)
    with admin() as statements:
        schema = council.names.schema
        statements.execute(f"UPDATE {schema}.events SET recorded_by = 'mallory', leaf = NULL")
        statements.execute(f"DELETE FROM {schema}.checkpoints")
    signing.copies.path.unlink()
    installation.migrate(council.code)  # every hash worked out anew
    set_budget(council, account_id)
    assert signing.sign(LATER)
    with pytest.raises(Inconsistent, match="some were changed"):
        witness(asked_of(signing, CHANGES + 1), key, seen, signer, LATER)


@pytest.mark.parametrize("text", ["", "old x\n\nnote", "old 1\n%%\n\nnote"])
def test_what_is_no_request_is_not_witnessed(text: str) -> None:
    with pytest.raises(NotSigned, match="no request to a witness"):
        Asked.read(text)


Run = Callable[..., Result]


@pytest.fixture
def run(home: Path, council: Council, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setattr(Installation, "codes", lambda _: [council.code])
    return lambda *asked, **more: CliRunner().invoke(cli, [str(each) for each in asked], **more)


def test_a_council_signs_and_its_neighbour_witnesses_from_the_command_line(
    run: Run, council: Council, tmp_path: Path, admin: Admin
) -> None:
    open_account(council)
    at = ("--key", tmp_path / "a.key", "--copies", tmp_path / "a")
    assert "no checkpoint yet" in run("checkpoint", *at, "--since", 0).output
    signed = run("checkpoint", *at)
    assert signed.stdout.startswith(f"Signed: {CHANGES + 1} entries, root ")
    assert run("checkpoint", *at).stdout == "Nothing was recorded since the last checkpoint. It stands.\n"
    key = run("checkpoint", *at, "--public-key").stdout.strip()
    request = run("checkpoint", *at, "--since", 0).stdout
    seen = ("--of", key, "--name", "b.example", "--key", tmp_path / "b.key", "--seen", tmp_path / "b")
    line = run("witness", *seen, input=request)
    assert (line.exit_code, line.stdout.startswith("— b.example ")) == (0, True)
    again = run("witness", *seen, input=request)
    assert (again.exit_code, f"--since {CHANGES + 1}" in again.output) == (1, True)
    assert run("checkpoint", *at, "--since", 99).exit_code == 2
    with admin() as statements:
        statements.execute(f"UPDATE {council.names.schema}.events SET recorded_by = 'mallory'")
    refused = run("checkpoint", *at, "--thorough")
    assert (refused.exit_code, "Nothing was signed. Entry" in refused.output) == (1, True)
