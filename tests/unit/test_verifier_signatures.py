"""Does the verifier's own Ed25519 take what the library's signs, the published vectors among it, and nothing else?"""

import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.evidence.verify import ORDER, P, is_signature

VECTORS = [  # RFC 8032 section 7.1
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]


@pytest.mark.parametrize(("public", "text", "signature"), VECTORS)
def test_the_published_signatures_are_taken(public: str, text: str, signature: str) -> None:
    assert is_signature(bytes.fromhex(public), bytes.fromhex(signature), bytes.fromhex(text))


def test_what_the_library_signs_is_taken_and_nothing_changed_about_it_is() -> None:
    chance = random.Random(8032)
    for size in (0, 1, 64, 500):
        key, text = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32)), chance.randbytes(size)
        public, signature = key.public_key().public_bytes_raw(), key.sign(text)
        assert is_signature(public, signature, text)
        assert not is_signature(public, signature, text + b" ")
        for _ in range(4):
            assert not is_signature(public, flipped(chance, signature), text)
            assert not is_signature(flipped(chance, public), signature, text)


def test_a_second_way_to_write_the_same_signature_is_refused() -> None:
    """Else whoever has one signature could make others (RFC 8032 section 5.1.7)."""
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    signature = key.sign(b"text")
    again = int.from_bytes(signature[32:], "little") + ORDER
    public = key.public_key().public_bytes_raw()
    assert not is_signature(public, signature[:32] + again.to_bytes(32, "little"), b"text")


@pytest.mark.parametrize("public", [b"", b"\x00" * 31, P.to_bytes(32, "little"), b"\xff" * 32, b"\x01" * 33])
def test_what_is_no_key_signs_nothing(public: bytes) -> None:
    assert not is_signature(public, bytes(64), b"")


@pytest.mark.parametrize("size", [0, 32, 63, 65])
def test_what_is_no_signature_is_refused(size: int) -> None:
    assert not is_signature(bytes.fromhex(VECTORS[0][0]), bytes(size), b"")


def flipped(chance: random.Random, text: bytes) -> bytes:
    at = chance.randrange(len(text))
    return text[:at] + bytes([text[at] ^ 1 << chance.randrange(8)]) + text[at + 1 :]
