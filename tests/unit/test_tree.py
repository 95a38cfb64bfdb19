"""Is the tree that of RFC 9162, and is no proof taken that does not hold?

The vectors are those that Certificate Transparency's own implementations are tried by. The second implementation is
written from the RFC's definitions, over lists, and shares nothing with ours but SHA-256.
"""

import hashlib
import random
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from ledger.evidence.tree import (
    NOTHING,
    consistency_proof,
    grew,
    includes,
    inclusion_proof,
    leaf_hash,
    root,
    whole_subtrees_over,
)

ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [leaf_hash(bytes.fromhex(entry)) for entry in ENTRIES]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSIONS = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCIES = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
UP_TO = 70
MANY = [leaf_hash(b"%d" % n) for n in range(UP_TO)]
WHOLE = cache(whole_subtrees_over(MANY))
MUTATED = 10_000


def mth(d: list[bytes]) -> bytes:
    """MTH(D_n) of RFC 9162 section 2.1.1, over hashes of leaves."""
    if not d:
        return hashlib.sha256().digest()
    if len(d) == 1:
        return d[0]
    k = below(len(d))
    return hashlib.sha256(b"\x01" + mth(d[:k]) + mth(d[k:])).digest()


def path(m: int, d: list[bytes]) -> list[bytes]:
    """PATH(m, D_n) of section 2.1.3.1."""
    if len(d) == 1:
        return []
    k = below(len(d))
    return [*path(m, d[:k]), mth(d[k:])] if m < k else [*path(m - k, d[k:]), mth(d[:k])]


def subproof(m: int, d: list[bytes], b: bool) -> list[bytes]:
    """SUBPROOF(m, D_n, b) of section 2.1.4.1."""
    if m == len(d):
        return [] if b else [mth(d)]
    k = below(len(d))
    return [*subproof(m, d[:k], b), mth(d[k:])] if m <= k else [*subproof(m - k, d[k:], False), mth(d[:k])]


def below(n: int) -> int:
    """The largest power of two that is smaller."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def hexes(hashes: list[bytes]) -> list[str]:
    return [each.hex() for each in hashes]


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_the_root_of_each_published_tree_is_the_published_one(size: int) -> None:
    assert root(size, whole_subtrees_over(LEAVES)).hex() == ROOTS[size]


@pytest.mark.parametrize("place", INCLUSIONS)
def test_a_proof_of_inclusion_is_the_published_one(place: tuple[int, int]) -> None:
    assert hexes(inclusion_proof(*place, whole_subtrees_over(LEAVES))) == INCLUSIONS[place]


@pytest.mark.parametrize("sizes", CONSISTENCIES)
def test_a_proof_of_consistency_is_the_published_one(sizes: tuple[int, int]) -> None:
    assert hexes(consistency_proof(*sizes, whole_subtrees_over(LEAVES))) == CONSISTENCIES[sizes]


@pytest.mark.parametrize("size", [*range(1, 34), 63, 64, 65, UP_TO])
def test_every_proof_is_that_of_a_second_implementation_and_holds(size: int) -> None:
    d = MANY[:size]
    top = root(size, WHOLE)
    assert top == mth(d)
    for m in range(size):
        proof = inclusion_proof(m, size, WHOLE)
        assert proof == path(m, d)
        assert includes(top, size, m, d[m], proof)
    for m in range(1, size + 1):
        proof = consistency_proof(m, size, WHOLE)
        assert proof == subproof(m, d, True)
        assert grew(mth(d[:m]), m, top, size, proof)


class Inclusion(NamedTuple):
    root: bytes
    size: int
    place: int
    leaf: bytes
    proof: tuple[bytes, ...]

    def holds(self) -> bool:
        return includes(*self)


class Consistency(NamedTuple):
    before_root: bytes
    before: int
    after_root: bytes
    size: int
    proof: tuple[bytes, ...]

    def holds(self) -> bool:
        return grew(*self)


Claim = Inclusion | Consistency


def true_claim(chance: random.Random) -> Claim:
    size = chance.randrange(2, UP_TO + 1)
    top = root(size, WHOLE)
    if chance.random() < 0.5:
        index = chance.randrange(size)
        return Inclusion(top, size, index, MANY[index], tuple(inclusion_proof(index, size, WHOLE)))
    before = chance.randrange(1, size)
    return Consistency(root(before, WHOLE), before, top, size, tuple(consistency_proof(before, size, WHOLE)))


def flipped(chance: random.Random, text: bytes) -> bytes:
    at = chance.randrange(len(text))
    return text[:at] + bytes([text[at] ^ 1 << chance.randrange(8)]) + text[at + 1 :]


def mutated(chance: random.Random, claim: Claim) -> Claim:
    """The claim with one thing about it that is not so: a bit, a hash too many or too few, two that change places."""
    fields = claim._asdict()
    name = chance.choice([*fields, "proof", "proof"])
    value = fields[name]
    if isinstance(value, bytes):
        fields[name] = flipped(chance, value)
    elif isinstance(value, tuple):
        fields[name] = otherwise(chance, value)
    elif name == "size":
        fields[name] = other_shape(chance, claim)
    else:
        fields[name] = chance.choice([n for n in range(-1, UP_TO + 2) if n != value])
    return type(claim)(**fields)


def otherwise(chance: random.Random, proof: tuple[bytes, ...]) -> tuple[bytes, ...]:
    at = chance.randrange(len(proof) + 1)
    changes = [(*proof[:at], chance.randbytes(32), *proof[at:]), (*proof, b"")]
    if proof:
        at = chance.randrange(len(proof))
        changes += [
            (*proof[:at], *proof[at + 1 :]),
            (*proof[:at], flipped(chance, proof[at]), *proof[at + 1 :]),
            (*proof[:at], proof[at][:-1], *proof[at + 1 :]),
        ]
    if len(set(proof)) > 1:
        changes.append(proof[::-1])
    return chance.choice(changes)


def other_shape(chance: random.Random, claim: Claim) -> int:
    """Another size, by which this very proof would have to be of another length: else the RFC's check cannot know."""
    sizes: list[int] = []
    for size in range(-1, UP_TO + 1):
        if isinstance(claim, Inclusion):
            needed = len(inclusion_proof(claim.place, size, WHOLE)) if claim.place < size else -1
        else:
            needed = len(consistency_proof(claim.before, size, WHOLE)) if claim.before < size else -1
        if needed != len(claim.proof):
            sizes.append(size)
    return chance.choice(sizes)


def claims(chance: random.Random) -> Iterator[tuple[Claim, Claim]]:
    for _ in range(MUTATED):
        claim = true_claim(chance)
        yield claim, mutated(chance, claim)


def test_of_ten_thousand_proofs_with_something_changed_none_is_taken() -> None:
    for claim, changed in claims(random.Random(9162)):
        assert claim.holds()
        assert not changed.holds(), (claim, changed)


def test_nothing_has_to_be_shown_of_an_empty_tree_nor_of_the_tree_itself() -> None:
    top = root(5, whole_subtrees_over(LEAVES))
    assert grew(NOTHING, 0, top, 5, [])
    assert grew(top, 5, top, 5, [])
    assert not grew(top, 0, top, 5, [])
    assert not grew(NOTHING, 5, top, 5, [])
    assert not grew(top, 5, top, 5, [top])
    assert not grew(top, 6, top, 5, [])
    assert not grew(NOTHING, -1, top, 5, [])


@pytest.mark.parametrize(("index", "size"), [(5, 5), (-1, 5), (0, 0)])
def test_a_leaf_that_is_not_there_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match=f"a tree of {size} leaves has none numbered {index}"):
        inclusion_proof(index, size, whole_subtrees_over(LEAVES))
    assert not includes(root(5, whole_subtrees_over(LEAVES)), size, index, LEAVES[0], [])


@pytest.mark.parametrize("before", [-1, 6])
def test_a_tree_does_not_begin_with_a_larger_one(before: int) -> None:
    with pytest.raises(ValueError, match=f"a tree of 5 leaves does not begin with one of {before}"):
        consistency_proof(before, 5, whole_subtrees_over(LEAVES))
