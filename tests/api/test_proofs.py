"""Can whoever holds a receipt show with nothing else that the entry still stands in the council's log?"""

import hashlib
from collections.abc import Callable

import pytest

from ledger.council import Council
from ledger.evidence.checkpoint import Checkpoint
from ledger.evidence.checkpointing import Signing, origin_of
from ledger.evidence.copies import Copies
from ledger.evidence.note import Signer
from ledger.evidence.tree import grew, includes
from tests.api.caller import ApiCaller
from tests.api.conftest import BREAK
from tests.conftest import NOON


@pytest.fixture(scope="session")
def signing(api_council: Council, tmp_path_factory: pytest.TempPathFactory) -> Signing:
    """Whoever signs the log of the council that the tests of the API share."""
    folder = tmp_path_factory.mktemp("signing")
    signer = Signer.of_file(origin_of(api_council.code), folder / "key")
    return Signing(api_council, signer, Copies(folder / "copies"))


def unhexed(hashes: list[str]) -> list[bytes]:
    return [bytes.fromhex(each) for each in hashes]


def test_a_receipt_names_a_place_and_a_hash_that_a_proof_leads_from_to_what_was_signed(
    mrs_a: str, finance: ApiCaller, signing: Signing
) -> None:
    receipt = finance.post(f"{mrs_a}/breaks", BREAK, Idempotency_Key="away").get_json()
    history = finance.get(f"{mrs_a}/history").get_json()["items"]
    assert receipt["leaf"] == history[-1]["hash"]
    signing.sign(NOON)
    proved = finance.get(f"/v1/proofs/inclusion?position={receipt['position']}").get_json()
    said = Checkpoint.read(proved["note"], signing.signer.public())
    assert (proved["leaf"], proved["size"]) == (receipt["leaf"], said.size)
    assert includes(said.root, said.size, proved["index"], bytes.fromhex(receipt["leaf"]), unhexed(proved["proof"]))
    assert finance.get("/v1/proofs/checkpoint").get_json() == {"size": said.size, "note": proved["note"]}
    again = finance.post(f"{mrs_a}/breaks", BREAK, Idempotency_Key="away").get_json()
    assert again == receipt


def test_what_was_signed_earlier_is_shown_to_be_the_beginning_of_what_is_signed_now(
    mrs_a: str, finance: ApiCaller, signing: Signing
) -> None:
    before = signing.sign(NOON)
    finance.post(f"{mrs_a}/breaks", BREAK)
    after = signing.sign(NOON)
    assert before
    assert after
    shown = finance.get(f"/v1/proofs/consistency?before={before.size}").get_json()
    assert (shown["before"], shown["size"]) == (before.size, after.size)
    assert grew(before.root, before.size, after.root, after.size, unhexed(shown["proof"]))
    nothing = finance.get(f"/v1/proofs/consistency?before=0&size={before.size}").get_json()
    assert grew(hashlib.sha256().digest(), 0, before.root, before.size, unhexed(nothing["proof"]))


def test_before_anything_is_signed_there_is_no_proof(
    new_council: Callable[..., Council], as_role: Callable[..., ApiCaller]
) -> None:
    finance = as_role("finance", council=new_council().code)
    assert finance.get("/v1/proofs/checkpoint").get_json() == {"size": 0, "note": ""}
    assert finance.get("/v1/proofs/inclusion?position=1").status_code == 422
    assert finance.get("/v1/proofs/consistency?before=1").status_code == 422


@pytest.mark.parametrize(
    ("address", "pointer"),
    [
        ("inclusion?position=999999999", "/position"),
        ("inclusion?position=0", "/position"),
        ("consistency?before=999999999", "/before"),
        ("consistency?before=1&size=999999999", "/size"),
    ],
)
def test_what_was_not_signed_yet_is_not_proved(
    mrs_a: str, finance: ApiCaller, signing: Signing, address: str, pointer: str
) -> None:
    signing.sign(NOON)
    answer = finance.get(f"/v1/proofs/{address}")
    assert (answer.status_code, [each["pointer"] for each in answer.get_json()["errors"]]) == (422, [pointer])
