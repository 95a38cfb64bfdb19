"""Does what is stored still come to its hashes, to the tree over them, and to all that was signed and seen of it?

Entries are gone through some at a time, each portion by itself, so that whoever goes through them may be cut off and go
on. What is found is named as closely as what is left allows: an entry; else some entries that stand together.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import groupby

from domain.dates import instant_text
from ledger.evidence.found import Found
from ledger.evidence.leaves import Row
from ledger.evidence.said import Said, witness_wrong
from ledger.evidence.tree import Hash, node_hash
from ledger.store.checked_log import CheckedLog
from ledger.store.evidence_log import AT_A_TIME, TILE, NoHashYet, NotThere

PORTION = AT_A_TIME
"""So many entries are gone through at a time: each portion begins where whole subtrees of the tree end."""
_TIME, _POSITION = 4, 8
_EXCHANGED = 2
_CANNOT_BE_READ = (ArithmeticError, LookupError, TypeError, ValueError)


def portion(log: CheckedLog, first: int, size: int, said: Iterable[Said]) -> Iterator[Found]:
    """What does not hold of the entries from an index on, as many as make a portion."""
    last = min(first + PORTION, size)
    try:
        rows = log.rows(first, last)
        yield from _wrong(log, rows)
        yield from _out_of_order(rows)
    except _CANNOT_BE_READ as fault:
        yield Found(f"Entries {first} to {last - 1} cannot be read: {type(fault).__name__}.")
    yield from _gone(log, first, last)
    try:
        yield from _tree(log, first, last, said)
    except (NotThere, NoHashYet):
        return  # those that are missing were named, and without them there is no root to compare


def the_whole(log: CheckedLog, beyond: Sequence[Said], outside: Sequence[Said]) -> Iterator[Found]:
    """What does not hold of the log as one: at its ends, of what others keep of it, of what moves all figures."""
    yield from map(_stray, log.strays())
    yield from _not_there_any_more(log, [*beyond, *outside])
    yield from _taken_out(log, outside)
    yield from map(Found, log.wrong_changes())
    yield from (
        Found(f"A receipt names version {version} of account {account}, which is not there.", None, account, version)
        for account, version in log.receipts_of_nothing()
    )
    yield from filter(None, (witness_wrong(log.note(each.size), each) for each in log.cosignatures()))


def _not_there_any_more(log: CheckedLog, said: Iterable[Said]) -> Iterator[Found]:
    """The largest that was signed of entries that there are not, by each place that keeps it."""
    largest = {each.kept_in: each for each in sorted(said, key=_size) if each.checkpoint.size > log.size}
    for where, (_, checkpoint) in largest.items():
        yield Found(
            f"Entries {log.size} to {checkpoint.size - 1} were signed on {instant_text(checkpoint.at)}, as {where}"
            " says, and are not there any more.",
            log.position + 1,
        )


def _taken_out(log: CheckedLog, outside: Iterable[Said]) -> Iterator[Found]:
    inside = log.sizes_signed()
    for each in outside:
        if each.checkpoint.size not in inside:
            yield Found(
                f"The checkpoint of {each.checkpoint.size:,} entries, as {each.kept_in} says, is not in the database."
            )


def _size(said: Said) -> int:
    return said.checkpoint.size


def _wrong(log: CheckedLog, rows: Sequence[Row]) -> Iterator[Found]:
    for each in log.wrong_in(rows):
        yield Found(str(each), each.position, each.account, each.version)


def _stray(row: Row) -> Found:
    account, version, position = row
    return Found(
        f"Version {version} of account {account} stands at position {position}, outside of the log.",
        position,
        account,
        version,
    )


def _out_of_order(rows: Sequence[Row]) -> Iterator[Found]:
    """The entries that do not stand in the order of their instants: two that were exchanged, else as few as can be."""
    by_instant = sorted(range(len(rows)), key=lambda at: (rows[at][_TIME], at))
    elsewhere = [at for at, place in enumerate(by_instant) if at != place]
    for at in elsewhere if len(elsewhere) <= _EXCHANGED else _fewest_that_break_the_order(rows):
        account, version, position = rows[at][0], rows[at][1], rows[at][_POSITION]
        yield Found(
            f"Version {version} of account {account}, at position {position}, does not stand where it was recorded: an"
            " entry of another instant stands before it or after it.",
            position,
            account,
            version,
        )


def _fewest_that_break_the_order(rows: Sequence[Row]) -> list[int]:
    """As few as can be taken away so that the instants of the others rise with their positions."""
    rising: list[tuple[object, int]] = []  # the lowest last instant of so many, and the row it is of
    before: list[int | None] = []
    for at, row in enumerate(rows):
        place = bisect_right(rising, row[_TIME], key=lambda each: each[0])
        before.append(rising[place - 1][1] if place else None)
        rising[place : place + 1] = [(row[_TIME], at)]
    in_order, last = set[int](), rising[-1][1] if rising else None
    while last is not None:
        in_order.add(last)
        last = before[last]
    return [at for at in range(len(rows)) if at not in in_order]


def _gone(log: CheckedLog, first: int, last: int) -> Iterator[Found]:
    """The entries that are not there, those that stand together as one."""
    gone = log.gone(first, last)
    for _, together in groupby(enumerate(gone), lambda each: each[1] - each[0]):
        places = [place for _, place in together]
        which = f"Entry {places[0]}" if len(places) == 1 else f"Entries {places[0]} to {places[-1]}"
        position = log.position_from(places[0])
        are = "is" if len(places) == 1 else "are"
        yield Found(f"{which} of the log, from position {position} on, {are} not there any more.", position)


def _tree(log: CheckedLog, first: int, last: int, said: Iterable[Said]) -> Iterator[Found]:
    """The tree made again over the portion, held against the roots that are kept and those that were said."""
    by_size, since = defaultdict[int, list[Said]](list), dict[str, int]()
    for each in said:
        by_size[each.checkpoint.size].append(each)
    kept, peaks, leaves = log.kept_nodes(first, last), _peaks(log, first), log.leaves(first, last)
    for place, leaf in enumerate(leaves, start=first):
        yield from _other_nodes(log, _add(peaks, place, leaf), kept)
        at_this_size = by_size.get(place + 1, ())
        root = reduce(lambda right, left: node_hash(left, right), reversed(peaks)) if at_this_size else b""
        for each in at_this_size:
            if root != each.checkpoint.root and since.get(each.kept_in) != -1:
                yield _other_root(log, each, since.get(each.kept_in, first))
                since[each.kept_in] = -1  # whatever follows differs for the same reason
            elif root == each.checkpoint.root:
                since[each.kept_in] = place + 1


def _peaks(log: CheckedLog, size: int) -> list[Hash]:
    """The root of each whole subtree of the tree of so many leaves, the largest first."""
    peaks, at = list[Hash](), 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            peaks.append(log.whole(level, at >> level))
            at += 1 << level
    return peaks


def _add(peaks: list[Hash], place: int, leaf: Hash) -> Iterator[tuple[int, int, Hash]]:
    """Add the leaf of a place; the roots over whole tiles that it completes, by level and number."""
    level, node, whole = 0, leaf, list[tuple[int, int, Hash]]()
    while place >> level & 1:
        node, level = node_hash(peaks.pop(), node), level + 1
        if level % TILE == 0:
            whole.append((level, place >> level, node))
    peaks.append(node)
    return iter(whole)


def _other_nodes(
    log: CheckedLog, whole: Iterable[tuple[int, int, Hash]], kept: dict[tuple[int, int], Hash]
) -> Iterator[Found]:
    for level, number, node in whole:
        if kept.get((level, number), node) != node:
            first, last = number << level, (number + 1 << level) - 1
            yield Found(
                f"Entries {first} to {last} do not come to the root over them that was kept: some of them were changed,"
                " or that root was.",
                log.position_from(first),
            )


def _other_root(log: CheckedLog, said: Said, since: int) -> Found:
    size, at = said.checkpoint.size, instant_text(said.checkpoint.at)
    return Found(
        f"The log was changed among entries {since} to {size - 1}: it does not come to the root that was signed on"
        f" {at}, as {said.kept_in} says.",
        log.position_from(since),
    )
