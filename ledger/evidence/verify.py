"""Check an export of care accounts: that nothing in it was changed, and that every figure follows from it.

    python3 verify.py BUNDLE... --key "KEY AS THE COUNCIL PUBLISHED IT"

BUNDLE is a folder or a .zip; those that go on from it come after it. Python 3.9 or newer is all it needs. The exit
status is 0 when everything holds, 1 when something does not, 2 when a bundle cannot be read. It checks that

1.  each entry hashes to what stands beside it, and names the hash of the account's entry before it (SHA-256);
2.  the entries come to the root that the council signed, for every checkpoint, so that this log is the one that was
    signed, and only grew (RFC 9162, Ed25519); of one account, that each entry stands under the last root;
3.  every total that was posted or stated follows, day by day, from the entries before it and the rules in the log;
4.  every file is the one that the signed manifest names, where there is a manifest.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid5

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]  # extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z


def point_of(text: bytes) -> Point | None:
    """The point that a y and the sign of its x name, if there is one (RFC 8032 section 5.1.3)."""
    number = int.from_bytes(text, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def added(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, p: Point) -> Point:
    if not number:
        return 0, 1, 1, 0
    doubled = times(number >> 1, added(p, p))
    return added(doubled, p) if number & 1 else doubled


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signature(public: bytes, signature: bytes, text: bytes) -> bool:
    a, r, s = point_of(public), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(public) != 32 or len(signature) != 64 or s >= ORDER or a is None or r is None or BASE is None:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % ORDER
    left, right = times(s, BASE), added(r, times(h, a))
    return all((left[n] * right[2] - right[n] * left[2]) % P == 0 for n in (0, 1))


class Key(NamedTuple):
    name: str
    id: bytes
    raw: bytes


class Checkpoint(NamedTuple):
    size: int
    root: bytes
    at: str


def key_of(line: str) -> Key:
    """The public key that a line says; ValueError."""
    name, key_id, rest = line.strip().split("+", 2)
    raw = base64.b64decode(rest, validate=True)
    found = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if found.hex() != key_id or raw[:1] != b"\x01":
        raise ValueError("the public key was not copied whole")
    return Key(name, found, raw[1:])


def signed_lines(note: str, key: Key) -> list[str]:
    """The lines of a note of the log that the key is of, if the key signed them; ValueError."""
    text, _, signatures = note.rpartition("\n\n")
    for each in signatures[:-1].split("\n") if note.endswith("\n") else ():
        dash, name, told = each.split(" ")
        signature = base64.b64decode(told, validate=True)
        exact = (dash, base64.b64encode(signature).decode()) == ("\u2014", told)
        ours = exact and (text.partition("\n")[0], name, signature[:4]) == (key.name, key.name, key.id)
        if ours and is_signature(key.raw, signature[4:], f"{text}\n".encode()):
            return text.split("\n")
    raise ValueError("it is not signed by the key")


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def add(peaks: list[bytes], below: int, leaf: bytes) -> None:
    """Add a leaf to a tree of so many, of which one root is kept for each whole subtree."""
    while below & 1:
        leaf, below = node_hash(peaks.pop(), leaf), below >> 1
    peaks.append(leaf)


def leads_to(root: bytes, size: int, index: int, leaf: bytes, proof: list[bytes]) -> bool:
    """Whether a proof of inclusion holds (RFC 9162 section 2.1.3.2)."""
    above, last, found = index, size - 1, leaf
    for each in proof:
        if last == 0:
            return False
        if above & 1 or above == last:
            found = node_hash(each, found)
            while not above & 1 and above:
                above, last = above >> 1, last >> 1
        else:
            found = node_hash(found, each)
        above, last = above >> 1, last >> 1
    return 0 <= index < size and last == 0 and found == root


NIL = Fraction(0)
Data = dict[str, Any]
Week = tuple[Fraction, Fraction]  # its base, and what of that are daily living costs
DAY = timedelta(days=1)
FOREVER = date.max


class Span(NamedTuple):
    first: date
    ending_before: date
    data: Data


class Totals(NamedTuple):
    accrued: Fraction
    apart: Fraction
    cap_reached_on: date | None


def day_of(text: str | None) -> date:
    return date.fromisoformat(text) if text else FOREVER


def pennies(amount: Fraction) -> Fraction:
    """Rounded to the penny, halves away from nil."""
    whole = (abs(amount) * 200 + 1) // 2
    return Fraction(whole if amount >= 0 else -whole, 100)


def written(amount: Fraction) -> str:
    whole = int(pennies(amount) * 100)
    return f"{'-' if whole < 0 else ''}{abs(whole) // 100}.{abs(whole) % 100:02}"


def dated(amounts: Data, day: date) -> Fraction | None:
    amount = [None, *(value["amount"] for value in amounts["values"] if day_of(value["from"]) <= day)][-1]
    return None if amount is None else Fraction(amount)


def in_force(spans: list[Span], day: date) -> Data | None:  # the one recorded last of those that contain the day
    return next((span.data for span in reversed(spans) if span.first <= day < span.ending_before), None)


class Account:
    """What counts of an account's entries, by kind."""

    def __init__(self, entries: list[Data]) -> None:
        void: set[Any] = set()
        for entry in reversed(entries):  # what voids an entry is recorded after it
            if entry["kind"] == "entry-voided":
                data = entry["data"]
                void.add(data.get("replaced_by") if entry["id"] in void else data["entry_id"])
        self.entries = [entry for entry in entries if entry["id"] not in void]
        self.opened_on = day_of([None, *(data["opened_on"] for data in self.of("account-opened"))][-1])
        ends = [e for e in self.entries if e["kind"] in ("account-closed", "account-reopened")]
        self.ends = [(day_of(e["data"]["on"]) + DAY * (e["kind"] == "account-closed"), e["kind"]) for e in ends]
        needs = [data for data in self.of("needs-assessed") if data.get("confirmed") is not False]
        self.needs = [spanned(d, d["eligible_from"] if d["eligible"] else d["assessed_on"]) for d in needs]
        self.budgets = [spanned(d, d["effective_from"]) for d in self.of("budget-set")]
        self.breaks = [spanned(d, d["from"]) for d in self.of("break-recorded")]
        asked = [(d.get("asked", d), d) for d in self.of("financial-assessed", "financial-assessment-imported")]
        self.means = [spanned(days, days["effective_from"], data) for days, data in asked]  # its days are asked for
        retracted = {data["charge"] for data in self.of("charge-retracted")}
        charges = [e["data"] for e in self.entries if e["kind"] == "charge-raised" and e["id"] not in retracted]
        self.charges = [Span(day_of(d["period_from"]), day_of(d["period_ending_before"]), d) for d in charges]
        approved = {data["adjustment"] for data in self.of("adjustment-approved")}
        self.adjustments: dict[date, Fraction] = {}
        proposed = [e["data"] for e in self.entries if e["kind"] == "adjustment-proposed" and e["id"] in approved]
        for on, amount in ((day_of(data["on"]), Fraction(data["amount"])) for data in proposed):
            self.adjustments[on] = self.adjustments.get(on, NIL) + amount
        self.carried = self.of("opening-carried-in")

    def of(self, *kinds: str) -> list[Data]:
        return [entry["data"] for entry in self.entries if entry["kind"] in kinds]

    def is_open(self, day: date) -> bool:
        said = ["account-reopened", *(kind for since, kind in self.ends if since <= day)]
        return self.opened_on <= day and said[-1] == "account-reopened"

    def carried_rate(self, day: date) -> Data | None:
        """The first council's weekly rate, until this one has assessed needs."""
        begun = [c for c in self.carried if day_of(c["on"]) <= day and all(day < own.first for own in self.needs)]
        last = max((day_of(each["on"]) for each in begun), default=None)
        return [each for each in begun if day_of(each["on"]) == last][-1].get("weekly_rate") if begun else None

    def changes(self) -> set[date]:
        """The days on which a week may come to something else than on the day before."""
        spans = [*self.needs, *self.budgets, *self.breaks, *self.means, *self.charges]
        found = {self.opened_on, *(since for since, _ in self.ends), *(day_of(c["on"]) for c in self.carried)}
        found |= {day for span in spans for day in (span.first, span.ending_before)}
        return found | {day_of(s.data["duty_arose_on"]) for s in self.needs if s.data.get("duty_arose_on")}


def spanned(data: Data, first: str, shown: Data | None = None) -> Span:
    return Span(day_of(first), day_of(data.get("ending_before")), shown or data)


def week_of(account: Account, rules: Data, day: date) -> Week | None:
    """What a week like this day counts, the cap left aside; None where nothing does."""
    carried, needs = account.carried_rate(day), in_force(account.needs, day)
    eligible = needs and needs["eligible"] and day >= day_of(needs.get("duty_arose_on") or needs["eligible_from"])
    if not account.is_open(day) or not (carried or eligible) or in_force(account.breaks, day):
        return None
    if carried:
        apart = Fraction(carried["daily_living_costs"])
        return Fraction(carried["metered"]) + apart, apart
    budget = in_force(account.budgets, day)
    if budget is None:
        return None
    cost, means = Fraction(budget["weekly_cost"]), in_force(account.means, day)
    charged = [c for c in account.charges if c.first <= day < c.ending_before]
    if budget["kind"] == "independent" or rules["personal_base"] == "weekly_cost":
        base = cost
    elif charged:
        base = sum((Fraction(c.data["amount"]) * 7 / (c.ending_before - c.first).days for c in charged), NIL)
    elif means is None:
        return None
    else:
        base = cost if means["outcome"] == "full_cost" else min(Fraction(means["weekly_contribution"]), cost)
    short = budget.get("short_stay") and not rules["daily_living_costs_on_short_stays"]
    living = dated(rules["daily_living_costs"], day) if budget["setting"] == "care_home" and not short else NIL
    return base, min(base, living or NIL)


def accrue(account: Account, rules: Data | None, on: date) -> Totals:
    """The totals at the close of a day."""
    totals = Totals(NIL, NIL, None)
    if rules is None:
        return totals
    commencement = day_of(rules["commencement"])
    adjusted = {day_of(each["from"]): Fraction(each["percentage"]) for each in rules.get("annual_adjustments", ())}
    amounts = (*rules["daily_living_costs"]["values"], *rules["amount"]["values"])
    changes = account.changes() | {commencement} | {day_of(value["from"]) for value in amounts}
    day, week, cap = max(account.opened_on, commencement) if account.opened_on < FOREVER else FOREVER, None, None
    changes.add(day)
    while day <= on:
        if day in changes:
            week, cap = week_of(account, rules, day), dated(rules["amount"], day)
        totals = close_of(account, rules, day, totals, week, cap, adjusted.get(day))
        day += DAY
    return totals


def close_of(account: Account, rules: Data, day: date, totals: Totals, week: Any, cap: Any, percent: Any) -> Totals:
    """The totals at the close of one day: openings, the annual adjustment, the day's costs, manual adjustments."""

    def capped(total: Fraction) -> Fraction:
        return total if cap is None else min(total, cap)

    def reached(total: Fraction) -> bool:
        return cap is not None and (total > cap if rules["reached_when"] == "above" else total >= cap)

    for carried in account.carried:
        if day_of(carried["on"]) == day:
            totals = Totals(Fraction(carried["accrued_costs"]), Fraction(carried["daily_living_costs"]), None)
    accrued, apart, reached_on = totals
    if percent is not None:
        accrued = pennies(accrued) + pennies(pennies(accrued) * percent / 100)
    metered = NIL if week is None or reached_on else (week[0] - week[1]) / 7
    manual = account.adjustments.get(day, NIL)
    total = max(NIL, capped(accrued) + metered + manual)
    if reached_on:
        reached_on = None if manual < 0 and not reached(capped(total)) else reached_on
    elif reached(total) and account.is_open(day):
        reached_on = day
    return Totals(capped(total), apart + (week[1] / 7 if week else NIL), reached_on)


ALWAYS = {"data", "previous", "recorded_at", "recorded_by"}
SHAPES = (ALWAYS | {"account_id", "role", "topic", "version"}, ALWAYS | {"after", "change", "stream"})


class Line(NamedTuple):
    place: int
    position: int
    leaf: bytes
    proof: list[bytes] | None
    entry: Data


def line_of(text: bytes) -> Line:
    """A line of entries.ndjson, which is canonical too, so that the entry in it is as it was hashed; ValueError."""
    entry, index, leaf, position, proof = json.loads(text).values()
    hashes = None if proof is None else [bytes.fromhex(each) for each in proof]
    told = {"entry": entry, "index": index, "leaf": bytes.fromhex(leaf).hex(), "position": position}
    if canonical({**told, "proof": hashes and [each.hex() for each in hashes]}) + b"\n" != text:
        raise ValueError
    return Line(index, position, bytes.fromhex(leaf), hashes, entry)


class Verification:
    """What was looked at, and what does not hold."""

    def __init__(self, folder: Any, key: Key, *later: Any) -> None:
        self.folders, self.key = (folder, *later), key
        self.wrong: list[str] = []
        self.accounts: dict[str, list[Data]] = {}
        self.schemes: dict[str, Data | None] = {}  # by edition
        self.named: dict[str, Data | None] = {}  # by name, the newest edition so far
        self.heads: dict[str, bytes] = {}
        self.lines = self.figures = self.standing = self.rules = 0

    def run(self) -> None:
        reduce(self.manifest, self.folders, "-")
        said = {each.size: each for each in self.checkpoints()}
        if not said:
            self.wrong.append(f"{self.key.name}: no checkpoint in this export is signed by the key that was given.")
        self.entries(said, max(said.values(), default=None))
        for account_id, entries in self.accounts.items():
            self.stated(account_id, entries)

    def manifest(self, after: str, folder: Any) -> str:
        """Hold the files against what was signed; the manifest's SHA-256, by which a later bundle names this one."""
        if not (folder / "manifest.txt").exists():
            return "-"
        raw, log = (folder / "manifest.txt").read_bytes(), self.key.name
        try:
            _, _, _, _, _, before, *files = signed_lines(raw.decode(), self.key)
        except ValueError:
            self.wrong.append(f"{log}: the manifest of {folder} is not signed by the key, or was changed.")
            return ""
        if before != f"after {after}":
            self.wrong.append(f"{log}: {folder} goes on from another bundle than that before it. Name all, in order.")
        for digest, _, name in (line.partition("  ") for line in files if line[:9] != "unchanged"):
            if not (folder / name).exists() or hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                self.wrong.append(f"{log}: {name} is not the file that was signed for.")
        return hashlib.sha256(raw).hexdigest()

    def checkpoints(self) -> Iterator[Checkpoint]:
        texts = ((each / "checkpoints.txt").read_text("utf-8", "replace") for each in self.folders)
        for number, line in enumerate((line for text in texts for line in text.split("\n")[:-1]), start=1):
            try:
                note = json.loads(line)
                _, size, root, at = signed_lines(note if json.dumps(note) == line else "", self.key)
                yield Checkpoint(int(size), base64.b64decode(root, validate=True), at[len("time ") :])
            except (ValueError, AttributeError):
                self.wrong.append(f"{self.key.name}: checkpoint {number} is not signed by the key, or was changed.")

    def read(self) -> Iterator[Line]:
        for folder in self.folders:
            with (folder / "entries.ndjson").open("rb") as file:
                for number, text in enumerate(file, start=1):
                    try:
                        yield line_of(text)
                    except (ValueError, AttributeError, TypeError):
                        self.wrong.append(f"{self.key.name}: line {number} of entries.ndjson cannot be read.")

    def entries(self, by_size: dict[int, Checkpoint], last: Checkpoint | None) -> None:
        """Hashes, chain and tree, and what the entries say."""
        peaks, size, since = list[bytes](), 0, 0
        for line in self.read():
            self.lines += 1
            place = self.take(line)
            if hashlib.sha256(b"\x00" + canonical(line.entry)).digest() != line.leaf:
                self.wrong.append(f"{place}: it was changed, its hash is another.")
            if line.proof is not None:
                if not last or not leads_to(last.root, last.size, line.place, line.leaf, line.proof):
                    self.wrong.append(f"{place}: it is not in the log that was signed.")
                continue
            if line.place != size:
                self.wrong.append(f"{place}: entry {size} should stand here.")
            add(peaks, size, line.leaf)
            size += 1
            said = by_size.get(size)
            if said and said.root != reduce(lambda right, left: node_hash(left, right), peaks[::-1]):
                among = f"{since} to {size - 1}: it does not come to the root that was signed on {said.at}"
                self.wrong.append(f"{self.key.name}: the log was changed among entries {among}.")
            since = size if said else since
        if size and last and last.size != size:
            self.wrong.append(f"{self.key.name}: {last.size} entries were signed, and {size} are here.")

    def take(self, line: Line) -> str:
        """Where and whose an entry is, once what it says is held against what came before it."""
        place = f"{self.key.name}, entry {line.place}, position {line.position}"
        try:
            if set(told := line.entry) not in SHAPES:
                raise ValueError
            if line.position != line.place - self.rules + ("stream" not in told):
                self.wrong.append(f"{place}: this is not its position.")
            if "stream" in told:
                self.follow(place, "rules", told["previous"], line.leaf)
                self.rules, data = self.rules + 1, told["data"]
                if told["stream"] == "scheme" and data["rules"] is not None:
                    self.schemes[data["edition"]] = json.loads(data["rules"])["cap"]
                    self.named = {**self.named, data["name"]: self.schemes[data["edition"]]}
                return place
            account, version = told["account_id"], told["version"]
            named = {"kind": told["topic"].rpartition(".")[0], "id": str(uuid5(UUID(account), f"entry {version}"))}
        except (ValueError, KeyError, TypeError, AttributeError):
            self.wrong.append(f"{place}: this is no entry.")
            return place
        place, entries = f"{place}, account {account}, version {version}", self.accounts.setdefault(account, [])
        if version != len(entries) + 1:
            self.wrong.append(f"{place}: version {len(entries) + 1} should stand here.")
        if entries and told["recorded_at"] < entries[-1]["recorded_at"]:
            self.wrong.append(f"{place}: it says that it was recorded before the entry before it.")
        self.follow(place, account, told["previous"], line.leaf)
        entries.append({**told, **named, "rules": self.named})
        return place

    def follow(self, place: str, chain: str, previous: str, leaf: bytes) -> None:
        if previous != self.heads.get(chain, bytes(32)).hex():
            self.wrong.append(f"{place}: it does not follow the entry before it.")
        self.heads[chain] = leaf

    def stated(self, account_id: str, entries: list[Data]) -> None:
        """Every total that was posted or stated, worked out again from what was recorded before it."""
        posted_under: list[Data | None] = []
        for entry in entries:
            if entry["kind"] in ("statement-issued", "period-posted"):
                what = f"{self.key.name}, account {account_id}, version {entry['version']}"
                try:
                    self.wrong += [f"{what}: {each}" for each in self.misstated(entry, entries, posted_under)]
                except (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError) as fault:
                    self.wrong.append(f"{what}: its figures cannot be worked out ({fault!r}).")

    def misstated(self, entry: Data, entries: list[Data], posted_under: list[Data | None]) -> Iterator[str]:
        said, on = (entry["data"].get("figures", entry["data"]), "to" if "figures" in entry["data"] else "through")
        rules = self.schemes[said["edition"]] if said["edition"] in self.schemes else entry["rules"][said["scheme"]]
        self.figures += 1
        if any(other != rules for other in posted_under):  # what was posted stands, whatever the rules are since
            self.standing += 1
            return
        posted_under += [rules] if on == "through" else []
        totals = accrue(Account(entries[: said.get("version", entry["version"] - 1)]), rules, day_of(said[on]))
        worked_out = {"accrued_costs": written(totals.accrued), "daily_living_costs_so_far": written(totals.apart)}
        worked_out["cap_reached_on"] = str(totals.cap_reached_on) if totals.cap_reached_on else ""
        for name, value in worked_out.items():
            if name in said and (said[name] or "") != value:
                yield f"{name} is stated as {said[name]}, and comes to {value or 'none'}."
        if on == "to" and hashlib.sha256(canonical(said)).hexdigest() != entry["data"]["digest"]:
            yield "the digest of the statement is not that of its figures."


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("bundles", type=Path, nargs="+", help="a folder or .zip, and what goes on from it")
    parser.add_argument("--key", help="the council's public key; else the one in the folder, which proves less")
    asked = parser.parse_args()
    try:
        first, *later = [zipfile.Path(each) if each.is_file() else each for each in asked.bundles]
        key = key_of(asked.key or (first / "public-key.txt").read_text("utf-8"))
        found = Verification(first, key, *later)
        found.run()
    except (KeyError, OSError, ValueError, zipfile.BadZipFile) as fault:
        parser.exit(2, f"This export cannot be read: {fault}\n")
    for each in found.wrong:
        print(each)
    looked = f"{found.lines} entries, {len(found.accounts)} accounts, {found.figures} totals"
    if found.standing:
        print(f"{found.standing} totals rest on what was posted under earlier rules, and were not worked out again.")
    if not asked.key:
        print("The key came with the export: compare it with the one that the council publishes.")
    print(f"FAIL: {len(found.wrong)} things do not hold ({looked})." if found.wrong else f"PASS: {looked}.")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
