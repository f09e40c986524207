"""What the vault has signed: card, heads, receipts, Status; against a root that a person has typed
(docs/spec/vault-messages.md)."""

import string
from dataclasses import dataclass

from .encoding import (Reader, Refused, check_signature, from_hex, point, public_key, sha, transcript, u64)
from .series import Place

RECEIPT_EVENTS = range(1, 23)
WITNESSED, RESTORED, AUDIT_EXPORT = 11, 19, 22
STATES = ("NONE", "PENDING", "ACTIVE", "LOCKED", "RETIRED")


def read_pin(text):
    """HK1-V-01: 64 hexadecimal digits, perhaps with colons, blanks and capitals."""
    bare = "".join(c for c in text if not c.isspace() and c != ":").lower()
    if len(bare) != 64 or set(bare) - set("0123456789abcdef"):
        raise Refused("HK1-V-01", "the fingerprint of the vault root is mistyped: it has 64 hexadecimal digits", 6)
    return bytes.fromhex(bare)


@dataclass
class Card:
    sequence: int
    tenant: str
    identity: bytes
    channel: bytes
    ake: bytes
    former: list
    hash: bytes

    def keys(self):
        return [self.identity, *self.former]


def read_card(signed, pin):
    """HK1-V-26, HK1-V-01."""
    rule = "HK1-V-26"
    if len(signed) > 2048:
        raise Refused(rule, "the card is too long")
    outer = Reader(signed, rule)
    card, root, signature = outer.field(), outer.field(91), outer.field(64)
    outer.end()
    if sha(root) != pin:
        raise Refused("HK1-V-01", f"the card is of another root, whose fingerprint is {sha(root).hex()}", 6)
    check_signature(root, signature, card, "HK1-V-01", "the card")
    r = Reader(card, rule)
    if r.field() != b"HK1 vault card" or r.field_number(2) != 1:
        raise Refused(rule, "no card of suite 1")
    sequence, tenant, identity = r.field_number(4), r.field(), r.field(91)
    channel, ake, name = r.field(65), r.field(33), r.field()
    numbers, former = (r.field_number(2), r.field_number(2)), []
    for _ in range(_at_most(r, 8)):
        former.append(r.field(91))
    r.end()
    text = tenant.decode("ascii", "replace")
    if not 1 <= len(text) <= 64 or set(text) - set(string.ascii_lowercase + string.digits + "-"):
        raise Refused(rule, "a tenant of other characters")
    if len(name) > 32 or 0 in numbers:
        raise Refused(rule, "a card of another form")
    for key in (identity, *former):
        public_key(key)
    point(channel), point(ake)
    return Card(sequence, text, identity, channel, ake, former, sha(card))


def _at_most(r, most):
    n = r.field_number(1)
    if n > most:
        raise Refused(r.rule, "a list is too long")
    return n


def employee_hash(card, issuer, subject):
    """HK1-V-30."""
    return sha(transcript("vault employee", card.tenant.encode(), issuer.encode(), subject.encode()))


@dataclass
class Row:
    number: int
    code_before: bytes
    time: int
    event: int
    employee: bytes
    set_id: bytes
    cred_id: bytes
    device: bytes
    previous: int
    attempts: int
    due: int
    detail: bytes
    state_hash: bytes
    code: bytes = None


def _signed_by(keys, signature, signed, rule, what):
    for key in keys:
        try:
            return check_signature(key, signature, signed, rule, what)
        except Refused as e:
            refusal = e
    raise refusal


def read_receipt(data, card, keys=None):
    """HK1-V-30; what is kept may be signed by a former key."""
    rule = "HK1-V-30"
    if len(data) > 768:
        raise Refused(rule, "a receipt is too long")
    r = Reader(data, rule)
    tenant, row, code, signature = r.field(), r.field(most=512), r.field(32), r.field(64)
    r.end()
    if tenant != card.tenant.encode():
        raise Refused(rule, "a receipt of another company")
    _signed_by(keys or card.keys(), signature, transcript("vault receipt", tenant, row, code), rule, "a receipt")
    r = Reader(row, rule)
    if r.field() != b"HK1 vault ledger row":
        raise Refused(rule, "a receipt of something else")
    out = Row(r.field_number(8), r.field(32), r.field_number(8), r.field_number(1), r.field(32), r.field(16),
              r.field(32), r.field(16), r.field_number(8), r.field_number(1), r.field_number(8), r.field(32),
              r.field(32), code)
    r.end()
    if out.event not in RECEIPT_EVENTS:
        raise Refused(rule, "a receipt of an unknown event")
    return out


def read_head(data, card, keys=None):
    """Number and code (HK1-V-20, HK1-V-30)."""
    r = Reader(data, "HK1-V-20")
    number, code, signature = r.field_number(8), r.field(32), r.field(64)
    r.end()
    signed = transcript("vault head", card.tenant.encode(), u64(number), code)
    _signed_by(keys or card.keys(), signature, signed, "HK1-V-20", "a head")
    return number, code


def read_series_heads(r, most=64):
    """Places by device; of one number the first that came counts (HK1-D-06)."""
    places = {}
    for _ in range(_at_most(r, most)):
        device = r.field(16)
        place = Place(r.field_number(8), r.field(32), r.field_number(8))
        if device not in places or places[device].sequence < place.sequence:
            places[device] = place
    return places


@dataclass
class Status:
    nonce: bytes
    state: int
    cred_id: bytes
    set_id: bytes
    frozen: int
    attempts_left: int
    wait_seconds: int
    announced: int
    due: int
    heads: dict
    receipts: list


def read_status(data, card, nonce=None, after=0):
    """HK1-V-31. Without a nonce of one's own it says nothing about when it was asked."""
    rule = "HK1-V-31"
    outer = Reader(data, rule)
    status, signature = outer.field(most=32768), outer.field(64)
    outer.end()
    check_signature(card.identity, signature, status, rule, "the Status")
    r = Reader(status, rule)
    if r.field() != b"HK1 vault status":
        raise Refused(rule, "a signature over something else")
    given, state, cred_id, set_id = r.field(16), r.field_number(1), r.field(32), r.field(16)
    frozen, attempts, wait = r.field_number(1), r.field_number(1), r.field_number(4)
    r.field_number(1), r.field_number(2)
    announced, due, _ = r.field_number(1), r.field_number(8), r.field(32)
    if state > 4 or frozen > 1 or announced > 3 or (nonce is not None and given != nonce):
        raise Refused(rule, "a Status of unknown numbers, or over another nonce")
    heads = read_series_heads(r)
    receipts = [r.field(most=768) for _ in range(_at_most(r, 32))]
    r.end()
    rows = [read_receipt(x, card, [card.identity]) for x in receipts]
    numbers = [after, *(row.number for row in rows)]
    if any(a >= b for a, b in zip(numbers, numbers[1:])):
        raise Refused(rule, "receipts do not ascend")
    return Status(given, state, cred_id, set_id, frozen, attempts, wait, announced, due, heads, rows)


class Evidence:
    """What of a bundle the vault has signed. `witness` is None when it says nothing about the set's series."""

    def __init__(self, bundle, pin, pinned_head=None):
        self.said, self.alarms, self.witness, self.rows, self.head = [], [], None, {}, None
        self.card = None
        try:
            data = bundle.read("vault/card", 2048)
            if data is None:
                self.said.append("there is no card of a vault: nothing here is witnessed")
                return
            if pin is None:
                self.said.append("no fingerprint of the vault root was given: what a vault has signed is worth nothing")
                return
            self.card = read_card(data, pin)
            self._employee(bundle)
        except Refused as e:
            self.alarms.append(f"the vault's card: {e}")
            return
        self._each(bundle.files("vault/heads"), bundle, self._head)
        self._each(bundle.files("vault/statuses"), bundle, self._status)
        self._each(bundle.files("vault/receipts"), bundle, lambda data: self._row(read_receipt(data, self.card)))
        self._ledger(pinned_head)

    def _employee(self, bundle):
        issuer, subject = bundle.about.get("issuer"), bundle.about.get("subject")
        try:
            self.employee = employee_hash(self.card, issuer, subject)
        except (AttributeError, UnicodeEncodeError):
            raise Refused("bundle", "issuer and subject are missing") from None

    def _each(self, names, bundle, take):
        for name in names:
            try:
                data = bundle.read(name, 65536)
                if data is None:
                    raise Refused("bundle", "no plain file that can be read")
                take(data)
            except Refused as e:
                self.alarms.append(f"{name}: {e}")

    def _head(self, data):
        head = read_head(data, self.card)
        if self.head and self.head[0] == head[0] and self.head[1] != head[1]:
            self.alarms.append(f"two heads of the vault under the number {head[0]}")
        self.head = max(self.head or head, head)

    def _status(self, data):
        self.take(read_status(data, self.card))

    def take(self, status):
        """What a Status says that was checked."""
        self.witness = self.witness or {}
        for device, place in status.heads.items():
            if device not in self.witness or self.witness[device].sequence < place.sequence:
                self.witness[device] = place
        if status.announced:
            self.said.append(f"something is announced for the record at the vault, due at {status.due}")
        for row in status.receipts:
            self._row(row)

    def _row(self, row):
        if row.employee != self.employee:
            raise Refused("HK1-V-30", "a receipt of another person")
        other = self.rows.setdefault(row.number, row)
        if other != row:
            self.alarms.append(f"two rows of the ledger under the number {row.number}")

    def _ledger(self, pinned):
        rows = [self.rows[n] for n in sorted(self.rows)]
        for a, b in zip(rows, rows[1:]):
            if a.number + 1 == b.number and b.code_before != a.code:
                self.alarms.append(f"row {b.number} of the ledger does not follow row {a.number}")
            if b.time < a.time and b.event != RESTORED:
                self.alarms.append(f"row {b.number} of the ledger is earlier than row {a.number}")
        missing = [row.number for row in rows if row.previous and row.previous not in self.rows]
        if missing:
            self.said.append(f"receipts before the rows {missing[:10]} are not here")
        if self.head and rows and (rows[-1].number > self.head[0]
                                   or (rows[-1].number == self.head[0] and rows[-1].code != self.head[1])):
            self.alarms.append("the head of the ledger is older than a receipt, or another one")
        if pinned and (self.head is None or self.head[0] < pinned[0]
                       or (self.head[0] == pinned[0] and self.head[1] != pinned[1])):
            self.alarms.append("VAULT_SET_BACK: the head of the ledger is older than the one given, or another one")

    def witnessed_by_receipts(self, set_id, series):
        """Places of receipts WITNESSED, found among what is shown by their detail. What is not shown is an alarm."""
        for row in self.rows.values():
            if row.event != WITNESSED or row.set_id != set_id:
                continue
            shown = series[row.device].stubs.items() if row.device in series else ()
            for at, stub in shown:
                if witness_detail(row.device, stub.sequence, at) == row.detail:
                    self.witness = self.witness or {}
                    known = self.witness.get(row.device)
                    if known is None or known.sequence < stub.sequence:
                        self.witness[row.device] = Place(stub.sequence, at, row.time // 1000)
                    break
            else:
                self.alarms.append(f"row {row.number}: a snapshot of device {row.device.hex()} was witnessed "
                                   "that is not shown")


def witness_detail(device, sequence, stub_hash):
    return sha(transcript("vault witness detail", device, u64(sequence), stub_hash))


def read_pinned_head(text):
    number, _, code = text.partition(":")
    if not number.isdecimal():
        raise Refused("HK1-V-20", "a head is given as NUMBER:CODE", 6)
    return int(number), from_hex(code, 32)


def read_pinned_place(text):
    """DEVICE:NUMBER:STUB, what a person knows of a series."""
    parts = text.split(":")
    if len(parts) != 3 or not parts[1].isdecimal():
        raise Refused("HK1-D-06", "a place is given as DEVICE:NUMBER:STUB", 6)
    return from_hex(parts[0], 16), Place(int(parts[1]), from_hex(parts[2], 32))

