"""How do many hashes become one, and how is it shown that one of them is under it, or that it grew out of another?

This is the Merkle tree of RFC 9162, section 2.1, which RFC 6962 laid down first. It knows hashes and numbers only.
"""

import hashlib
from collections.abc import Callable, Sequence

Hash = bytes
WholeSubtree = Callable[[int, int], Hash]
"""Gives the root over the 2**level leaves that begin at index * 2**level."""

HASH_SIZE = 32
NOTHING = hashlib.sha256().digest()
"""The root of a tree without leaves."""


def leaf_hash(entry: bytes) -> Hash:
    """The hash of an entry. The byte before it keeps an entry from passing for a pair of hashes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """The hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def whole_subtrees_over(leaves: Sequence[Hash]) -> WholeSubtree:
    """The subtrees over leaves that are all at hand."""

    def whole(level: int, index: int) -> Hash:
        if level == 0:
            return leaves[index]
        return node_hash(whole(level - 1, 2 * index), whole(level - 1, 2 * index + 1))

    return whole


def root(size: int, whole: WholeSubtree) -> Hash:
    """The root of a tree of so many leaves (RFC 9162 section 2.1.1)."""
    return _root_over(0, size, whole) if size else NOTHING


def inclusion_proof(index: int, size: int, whole: WholeSubtree) -> list[Hash]:
    """What leads from a leaf up to the root (RFC 9162 section 2.1.3.1), lowest first. ValueError where none is."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has none numbered {index}")
    proof, first, last = list[Hash](), 0, size
    while last - first > 1:
        middle = first + _largest_power_below(last - first)
        if index < middle:
            proof.append(_root_over(middle, last, whole))
            last = middle
        else:
            proof.append(_root_over(first, middle, whole))
            first = middle
    return proof[::-1]


def consistency_proof(before: int, size: int, whole: WholeSubtree) -> list[Hash]:
    """What shows that a tree begins with a smaller one (RFC 9162 section 2.1.4.1).

    Nothing has to be shown of an empty one, nor of the tree itself. ValueError for one that is larger.
    """
    if not 0 <= before <= size:
        raise ValueError(f"a tree of {size} leaves does not begin with one of {before}")
    if before in (0, size):
        return []
    proof, first, last = list[Hash](), 0, size
    while last != before:
        middle = first + _largest_power_below(last - first)
        if before <= middle:
            proof.append(_root_over(middle, last, whole))
            last = middle
        else:
            proof.append(_root_over(first, middle, whole))
            first = middle
    if first:  # else this subtree is the smaller tree, whose root the verifier has
        proof.append(_root_over(first, last, whole))
    return proof[::-1]


def includes(root: Hash, size: int, index: int, leaf: Hash, proof: Sequence[Hash]) -> bool:
    """Whether a proof leads from a leaf to the root (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    above, last, found = index, size - 1, leaf
    for each in proof:
        if last == 0 or len(each) != HASH_SIZE:
            return False
        if above & 1 or above == last:
            found = node_hash(each, found)
            while not above & 1 and above:
                above, last = above >> 1, last >> 1
        else:
            found = node_hash(found, each)
        above, last = above >> 1, last >> 1
    return last == 0 and found == root


def grew(before_root: Hash, before: int, after_root: Hash, size: int, proof: Sequence[Hash]) -> bool:
    """Whether a proof shows that a tree begins with a smaller one (RFC 9162 section 2.1.4.2)."""
    if not 0 < before < size:
        return not proof and (
            (before == size and before_root == after_root) or (before == 0 <= size and before_root == NOTHING)
        )
    steps = [before_root, *proof] if before & (before - 1) == 0 else list(proof)
    if not steps or any(len(each) != HASH_SIZE for each in steps):
        return False
    above, last = before - 1, size - 1
    while above & 1:
        above, last = above >> 1, last >> 1
    smaller = larger = steps[0]
    for each in steps[1:]:
        if last == 0:
            return False
        if above & 1 or above == last:
            smaller, larger = node_hash(each, smaller), node_hash(each, larger)
            while not above & 1 and above:
                above, last = above >> 1, last >> 1
        else:
            larger = node_hash(larger, each)
        above, last = above >> 1, last >> 1
    return last == 0 and smaller == before_root and larger == after_root


def _root_over(first: int, last: int, whole: WholeSubtree) -> Hash:
    """The root over some leaves that stand together: `first` is a multiple of the power of two that they fill."""
    number = last - first
    if number & (number - 1) == 0:
        level = number.bit_length() - 1
        return whole(level, first >> level)
    middle = first + _largest_power_below(number)
    return node_hash(_root_over(first, middle, whole), _root_over(middle, last, whole))


def _largest_power_below(number: int) -> int:
    return 1 << ((number - 1).bit_length() - 1)
