#!/usr/bin/env python3
"""Computes vectors/transparency.json from the specification alone: a log, its tiles and proofs, and a checkpoint with a witness.

Needs Python 3 and its package "cryptography". Run in this folder: python3 transparency.py > transparency.json
Everything here is by the definitions of RFC 6962, section 2.1, not by the algorithms that a program would use.
"""

import base64
import hashlib
import json
import struct

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SIZE = 300
ORIGIN = "portal.example/log"
WITNESS = "works-council.example/witness"
TIME = 1_800_000_000


def sha(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.b64encode(data).decode()


def split(n):
    """The largest power of two below n."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def mth(d):
    """The Merkle tree hash of a list of entries."""
    if not d:
        return sha(b"")
    if len(d) == 1:
        return sha(b"\x00" + d[0])
    k = split(len(d))
    return sha(b"\x01" + mth(d[:k]) + mth(d[k:]))


def path(m, d):
    """PATH(m, D[n])"""
    if len(d) == 1:
        return []
    k = split(len(d))
    return path(m, d[:k]) + [mth(d[k:])] if m < k else path(m - k, d[k:]) + [mth(d[:k])]


def subproof(m, d, known):
    """SUBPROOF(m, D[n], b)"""
    if m == len(d):
        return [] if known else [mth(d)]
    k = split(len(d))
    return subproof(m, d[:k], known) + [mth(d[k:])] if m <= k else subproof(m - k, d[k:], False) + [mth(d[:k])]


class Key:
    def __init__(self, name, kind):
        self.name = name
        self.secret = Ed25519PrivateKey.from_private_bytes(sha(b"vector key " + name.encode()))
        typed = bytes([kind]) + self.secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.id = sha(name.encode() + b"\n" + typed)[:4]
        self.text = name + "+" + self.id.hex() + "+" + b64(typed)

    def line(self, signature):
        return "\u2014 " + self.name + " " + b64(self.id + signature) + "\n"


LOG = Key(ORIGIN, 1)
OBSERVER = Key(WITNESS, 4)


def text(size, root, origin=ORIGIN):
    return f"{origin}\n{size}\n{b64(root)}\n"


def signed(body):
    return LOG.line(LOG.secret.sign(body.encode()))


def cosigned(body, time=TIME, stated=TIME):
    message = f"cosignature/v1\ntime {time}\n{body}"
    return OBSERVER.line(struct.pack(">Q", stated) + OBSERVER.secret.sign(message.encode()))


ENTRIES = [b"" if i == 3 else f"entry {i}".encode() for i in range(SIZE)]
BODY = text(SIZE, mth(ENTRIES))
GOOD = BODY + "\n" + signed(BODY) + cosigned(BODY)


def tiles():
    found = {"tile/0/000": ENTRIES[:256], "tile/0/001.p/44": ENTRIES[256:]}
    all_tiles = {name: b"".join(mth([e]) for e in part) for name, part in found.items()}
    all_tiles["tile/1/000.p/1"] = mth(ENTRIES[:256])
    return {name: data.hex() for name, data in all_tiles.items()}


def bundles():
    found = {"tile/entries/000": ENTRIES[:256], "tile/entries/001.p/44": ENTRIES[256:]}
    return {name: b"".join(struct.pack(">H", len(e)) + e for e in part).hex() for name, part in found.items()}


def bad():
    other = text(SIZE, mth(ENTRIES), "portal.example/other")
    return [
        {"why": "nobody signed", "note": BODY + "\n"},
        {"why": "only the witness signed", "note": BODY + "\n" + cosigned(BODY)},
        {"why": "another size", "note": GOOD.replace("\n300\n", "\n299\n")},
        {"why": "another root", "note": text(SIZE, mth(ENTRIES[:-1])) + GOOD[len(BODY):]},
        {"why": "another log, signed by the same key", "note": other + "\n" + signed(other)},
        {"why": "the time is not the signed one", "note": BODY + "\n" + signed(BODY) + cosigned(BODY, stated=TIME + 1)},
        {"why": "the time has 64 bits", "note": BODY + "\n" + signed(BODY) + cosigned(BODY, 2 ** 63, 2 ** 63)},
        {"why": "the witness cosigned another size", "note": BODY + "\n" + signed(BODY) + cosigned(text(299, mth(ENTRIES[:299])))},
        {"why": "a leading zero", "note": (lambda b: b + "\n" + signed(b))(BODY.replace("\n300\n", "\n0300\n"))},
        {"why": "a log without entries has one root", "note": (lambda b: b + "\n" + signed(b))(text(0, bytes(32)))},
        {"why": "no padding", "note": GOOD.replace("=\n", "\n")},
        {"why": "a line behind the signatures", "note": GOOD + "more\n"},
    ]


print(json.dumps({
    "entries": [e.hex() for e in ENTRIES],
    "roots": {str(n): mth(ENTRIES[:n]).hex() for n in (0, 1, 2, 3, 7, 8, 9, 255, 256, 257, 299, 300)},
    "inclusions": [{"index": i, "size": n, "proof": [h.hex() for h in path(i, ENTRIES[:n])]}
                   for n in (1, 2, 7, 256, 257, 300) for i in sorted({0, 3 % n, n // 2, n - 1})],
    "consistencies": [{"earlier": m, "later": n, "proof": [h.hex() for h in subproof(m, ENTRIES[:n], True)]}
                      for n in (1, 2, 7, 256, 257, 300) for m in sorted({1, max(1, n // 3), n - 1 or 1, n})],
    "tiles": tiles(),
    "bundles": bundles(),
    "log": LOG.text,
    "witness": OBSERVER.text,
    "time": TIME,
    "checkpoint": GOOD,
    "badCheckpoints": bad(),
}, indent=1, ensure_ascii=False))
