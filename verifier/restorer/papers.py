"""Other papers that are checked by hand: exports of the audit trail (HK1-A-06), receipts of erasures (HK1-H-11)."""

import hashlib
import json
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

from .encoding import Refused, from_base64, sha, transcript, u64
from .evidence import AUDIT_EXPORT, read_card, read_receipt

_LINE = 1 << 20


def _object(line, rule="HK1-A-06"):
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise Refused(rule, "a line is no JSON object")
    return value


def _texts(event, *names):
    values = [event.get(name) for name in names]
    values = ["" if v is None else v for v in values]
    if not all(isinstance(v, (str, int)) and not isinstance(v, bool) for v in values):
        raise Refused("HK1-A-06", "a property of an event is of another type")
    return [str(v).encode("utf-8", "replace") for v in values]  # what is no text has another hash


def check_audit_export(lines, pin):
    """Refuses what HK1-A-06 refuses; gives what is proven, as text. `lines` are bytes with their line ends."""
    digest, first, end, count, last = hashlib.sha256(), None, None, 0, (0, b"0" * 64)
    for line in lines:
        if len(line) > _LINE or not line.endswith(b"\n") or end is not None:
            raise Refused("HK1-A-06", "a line is too long, cut, or behind the last one")
        value = _object(line)
        if first is None:
            first = value
            if first.get("hikaeAudit") != 1:
                raise Refused("HK1-A-06", "no export of an audit trail of version 1")
            whole = first.get("filter") in (None, {}, "")
        elif "seq" in value:
            last = _event(value, last, whole)
            count += 1
        else:
            end = value
            break_hash = digest.digest()
        digest.update(line)
    if end is None:
        raise Refused("HK1-A-06", "the last line is missing")
    if end.get("events") != count or end.get("sha256") != break_hash.hex():
        raise Refused("HK1-A-06", "the last line has another number of events, or another hash")
    end_seq, end_hash = first.get("endSeq"), first.get("endHash")
    if type(end_seq) is not int or not isinstance(end_hash, str) or not re.fullmatch("[0-9a-f]{64}", end_hash):
        raise Refused("HK1-A-06", "the first line names no end")
    another = last[0] == end_seq and last[1] != end_hash.encode()
    if last[0] > end_seq or another or (whole and count and last[0] != end_seq):
        raise Refused("HK1-A-06", "the chain has another end than the first line says")
    if not end.get("receipt"):
        raise Refused("HK1-A-06", "there is no receipt of the vault: nobody but the portal vouches for it", 6)
    card = read_card(from_base64(first.get("card")), pin)
    row = read_receipt(from_base64(end["receipt"]), card)
    detail = sha(transcript("vault audit detail", u64(end_seq), bytes.fromhex(end_hash), break_hash))
    trail = sha(transcript("vault audit trail", card.tenant.encode()))
    if row.event != AUDIT_EXPORT or row.employee != trail or row.detail != detail:
        raise Refused("HK1-A-06", "the vault's receipt is about something else")
    return f"{count} events, the chain ends at {end_seq}; the vault's row {row.number} is about this file"


def _event(event, last, whole):
    seq = event.get("seq")
    if type(seq) is not int or seq <= last[0] or seq >= 1 << 63 or (whole and last[0] and seq != last[0] + 1):
        raise Refused("HK1-A-06", "an event does not follow the one before")
    names = ("previous", "at", "actorIssuer", "actorSubject", "action", "object", "detail", "employeeId",
             "personalHash")
    values = _texts(event, *names)
    if seq == last[0] + 1 and values[0] != last[1]:
        raise Refused("HK1-A-06", f"event {seq} does not name the one before")
    if event.get("personalHash") is None:
        previous, at, issuer, subject, action, thing, detail = values[:7]
        computed = sha(transcript("audit event", u64(seq), at, issuer, subject, action, thing, detail, previous))
    else:
        computed = sha(transcript("audit link", u64(seq), *values))
    if computed.hex() != event.get("hash"):
        raise Refused("HK1-A-06", f"event {seq} has another hash")
    if event.get("names") is not None:
        salt, text = _texts(event, "salt", "names")
        if sha(transcript("audit personal", salt, text)).hex() != event.get("personalHash"):
            raise Refused("HK1-A-06", f"event {seq} has other names")
    return seq, computed.hex().encode()


def check_erasure(jws, keys):
    """The claims of a receipt of an erasure, by a JWK set that a person has kept (HK1-H-11)."""
    parts = jws.strip().split(".")
    if len(parts) != 3:
        raise Refused("HK1-H-11", "no JWS in compact form")
    header, claims, signature = (from_base64(p) for p in parts)
    head = _object(header, "HK1-H-11")
    if head.get("alg") not in ("EdDSA", "Ed25519") or head.get("typ") != "hikae-erasure+jwt" or "crit" in head:
        raise Refused("HK1-H-11", "a JWS of another kind")
    for key in _object(keys, "HK1-H-11").get("keys", []):
        if not isinstance(key, dict) or key.get("crv") != "Ed25519":
            continue
        if "kid" in head and key.get("kid") != head["kid"]:
            continue
        try:
            public = ed25519.Ed25519PublicKey.from_public_bytes(from_base64(key.get("x")))
            public.verify(signature, f"{parts[0]}.{parts[1]}".encode())
        except (InvalidSignature, ValueError):
            continue
        return _object(claims, "HK1-H-11")
    raise Refused("HK1-H-11", "no key that was given has signed this receipt")
