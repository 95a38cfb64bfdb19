"""Is one bit that is another, anywhere in an export, found by the verifier that goes with it, and is it said where?"""

import os
import random
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path

import pytest

from ledger.council import Council
from ledger.evidence import verify
from ledger.evidence.checkpointing import Signing, origin_of
from ledger.evidence.copies import Copies
from ledger.evidence.export import export
from ledger.evidence.note import Signer
from tests.conftest import NOON
from tests.integration.posting import posted_run, self_funder
from tests.integration.test_checkpoints import LATER

LONG = bool(os.environ.get("CARELEDGER_LONG"))
FLIPS = 100_000 if LONG else 240
FILES = ("entries.ndjson", "checkpoints.txt")
PORTION = 60
ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
REMEMBERED = cache(verify.is_signature)
"""A signature of the same bytes is worked out once: by hand in Python that takes longer than all else together."""
_NAMED = re.compile(r"(?:entry|line|checkpoint|[Ee]ntries) (\d+)(?: to (\d+))?")


@pytest.fixture(scope="module")
def exported(new_council: Callable[..., Council], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The export of a council that was signed twice, and its key."""
    council, folder = new_council(), tmp_path_factory.mktemp("flips")
    signer = Signer.of_file(origin_of(council.code), folder / "key")
    signing = Signing(council, signer, Copies(folder / "copies"))
    self_funder(council)
    signing.sign(NOON)
    posted_run(council)
    signing.sign(LATER)
    export(council, signer.public(), folder / "export", None, lambda *_: None)
    return folder / "export", str(signer.public())


def missed(whole: Path, key: str, folder: Path, seed: int) -> list[str]:
    """Of some flips of a seed, those that are not found, or of which it is not said where they are."""
    chance, found = random.Random(seed), list[str]()
    verify.is_signature = REMEMBERED
    at = folder / str(seed)
    shutil.copytree(whole, at)
    for _ in range(PORTION):
        name = chance.choices(FILES, [(whole / file).stat().st_size for file in FILES])[0]
        text = (whole / name).read_bytes()
        byte, bit = chance.randrange(len(text)), chance.randrange(8)
        (at / name).write_bytes(text[:byte] + bytes([text[byte] ^ 1 << bit]) + text[byte + 1 :])
        verification = verify.Verification(at, verify.key_of(key))
        verification.run()
        if not located(verification.wrong, name, text[:byte].count(b"\n")):
            found.append(f"{name}, byte {byte}, bit {bit}: {verification.wrong}")
        (at / name).write_bytes(text)
    shutil.rmtree(at)
    return found


def located(wrong: list[str], name: str, line: int) -> bool:
    """Whether what was changed is named: an entry or a line, or the entries that a checkpoint is of."""
    if name == "checkpoints.txt":
        return any(f"checkpoint {line + 1} is not signed" in each or "were signed" in each for each in wrong)
    return any(
        int(first) <= line + ("line" in found.group()) <= int(last or first) + 1
        for each in wrong
        for found in _NAMED.finditer(each)
        for first, last in [found.groups()]
    )


def test_a_bit_that_is_another_is_found_and_located(exported: tuple[Path, str], tmp_path: Path) -> None:
    seeds = range(FLIPS // PORTION + 1)
    with ProcessPoolExecutor(2) as pool:
        work = partial(missed, *exported, tmp_path)
        assert [each for portion in (pool.map(work, seeds) if LONG else map(work, seeds)) for each in portion] == []


def other_idle_bits(notes: bytes) -> bytes:
    """Base64 of 68 bytes ends with two bits that stand for nothing."""
    at = notes.index(b'=\\n"') - 1
    return notes[:at] + bytes([ALPHABET[ALPHABET.index(notes[at]) ^ 1]]) + notes[at + 1 :]


@pytest.mark.parametrize(
    "change",
    [
        other_idle_bits,
        lambda notes: notes.replace(b'\\n"\n', b'\\n"\x0b', 1),
        lambda notes: notes.replace(b'\\n"\n', b'\\f"\n', 1),
        lambda notes: notes.replace(b'\\n"\n', b'\\n" ', 1),
    ],
    ids=["bits that stand for nothing", "another line end", "another line end in a note", "a space"],
)
def test_what_would_be_read_as_the_same_checkpoint_is_not_taken_for_it(
    exported: tuple[Path, str], tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    whole, key = exported
    at = tmp_path / "changed"
    shutil.copytree(whole, at)
    notes = (whole / "checkpoints.txt").read_bytes()
    assert change(notes) != notes
    (at / "checkpoints.txt").write_bytes(change(notes))
    verification = verify.Verification(at, verify.key_of(key))
    verification.run()
    assert any("checkpoint 1 is not signed" in each for each in verification.wrong), verification.wrong


def test_a_hash_in_large_letters_is_not_taken_for_the_one_that_was_written(
    exported: tuple[Path, str], tmp_path: Path
) -> None:
    whole, key = exported
    at = tmp_path / "changed"
    shutil.copytree(whole, at)
    entries = (whole / FILES[0]).read_bytes()
    (at / FILES[0]).write_bytes(re.sub(rb'(?<="leaf":")[0-9a-f]+', lambda leaf: leaf[0].upper(), entries, count=1))
    verification = verify.Verification(at, verify.key_of(key))
    verification.run()
    assert any("line 1 of entries.ndjson cannot be read" in each for each in verification.wrong), verification.wrong
