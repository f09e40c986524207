"""Bytes of HK1: transcripts, fields, numbers, names, signatures (docs/spec/README.md)."""

import base64
import hashlib
import hmac
import struct
import unicodedata

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SUITE = 1
SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")


class Refused(Exception):
    """Something is not what the specification prescribes, or a word is missing. `code` is an exit code of HK1-S-20."""

    def __init__(self, rule, text, code=7):
        super().__init__(f"{text} ({rule})")
        self.rule = rule
        self.code = code


class LaterForm(Refused):
    """A later version of a client is needed for this."""


def sha(data):
    return hashlib.sha256(data).digest()


def mac(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def u8(n):
    return struct.pack(">B", n)


def u16(n):
    return struct.pack(">H", n)


def u32(n):
    return struct.pack(">I", n)


def u64(n):
    return struct.pack(">Q", n)


def lp(data):
    return u32(len(data)) + data


def fields(*parts):
    """F of HK1-N-02: the body of a message."""
    return b"".join(lp(part) for part in parts)


def transcript(purpose, *parts):
    """T of HK1-N-02: the input of a signature, a MAC or a named hash."""
    return lp(b"HK1 " + purpose.encode()) + fields(*parts)


def hkdf_extract(salt, ikm):
    return mac(salt or bytes(32), ikm)


def hkdf_expand(prk, info, length):
    out, block, i = b"", b"", 1
    while len(out) < length:
        block = mac(prk, block + info + u8(i))
        out, i = out + block, i + 1
    return out[:length]


def hkdf(salt, ikm, info, length):
    return hkdf_expand(hkdf_extract(salt, ikm), info, length)


def same(a, b):
    return hmac.compare_digest(a, b)


def opened(key, nonce, data, aad, rule):
    """What AES-256-GCM opens to."""
    try:
        return AESGCM(key).decrypt(nonce, data, aad)
    except InvalidTag:
        raise Refused(rule, "does not open") from None


class Reader:
    """Reads bytes from front to back; refuses what is too short, and what is left."""

    def __init__(self, data, rule):
        self.data, self.at, self.rule = data, 0, rule

    def take(self, length):
        if length > len(self.data) - self.at:
            raise Refused(self.rule, "bytes are missing")
        self.at += length
        return self.data[self.at - length:self.at]

    def number(self, length, below=None):
        n = int.from_bytes(self.take(length), "big")
        if below is not None and n >= below:
            raise Refused(self.rule, f"the number {n} is too large")
        return n

    def field(self, length=None, most=1 << 20):
        """A field of F; `length` is the one that is prescribed."""
        n = self.number(4)
        if n > most or (length is not None and n != length):
            raise Refused(self.rule, f"a field has {n} bytes")
        return self.take(n)

    def field_number(self, length):
        n = int.from_bytes(self.field(length), "big")
        if length == 8 and n >= 1 << 63:
            raise Refused(self.rule, f"the number {n} is too large")
        return n

    def left(self):
        return len(self.data) - self.at

    def end(self):
        if self.left():
            raise Refused(self.rule, "bytes are left")


def padme(length):
    """HK1-N-04."""
    if length < 2:
        return length
    e = length.bit_length() - 1
    z = max(0, e - e.bit_length())
    return -(-length >> z) << z


def from_hex(text, length):
    """HK1-N-01: identifiers and hashes."""
    if not isinstance(text, str) or len(text) != 2 * length or set(text) - set("0123456789abcdef"):
        raise Refused("HK1-N-01", f"{shown(str(text), name=True)!r} is no identifier of {length} bytes")
    return bytes.fromhex(text)


def from_base64(text):
    """HK1-N-01: base64url without padding, in its only form."""
    try:
        data = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (ValueError, AttributeError):
        raise Refused("HK1-N-01", "no base64url") from None
    if to_base64(data) != text:
        raise Refused("HK1-N-01", "no base64url in its only form")
    return data


def to_base64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def public_key(spki):
    """A key of signatures: SubjectPublicKeyInfo in its only form."""
    if len(spki) != 91 or spki[:26] != SPKI or spki[26] != 4:
        raise Refused("HK1-N", "a public key has another form")
    return point(spki[26:])


def point(data):
    """A point of P-256 in SEC 1, compressed or not."""
    if len(data) not in (33, 65) or data[0] not in ((2, 3) if len(data) == 33 else (4,)):
        raise Refused("HK1-N", "a point has another form")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data)
    except ValueError:
        raise Refused("HK1-N", "a point is not on the curve") from None


def check_signature(spki, signature, signed, rule, what):
    if len(signature) != 64:
        raise Refused(rule, f"the signature of {what} has another length")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        public_key(spki).verify(utils.encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Refused(rule, f"the signature of {what} is wrong") from None


_BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def shown(text, name=False):
    """HK1-D-16: text that others gave, made harmless for a terminal."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "surrogateescape")
    out = []
    for c in text[:100] if name else text:
        category = unicodedata.category(c)
        hidden = category in ("Cc", "Zl", "Zp", "Cs") or ord(c) in _BIDI or (name and category == "Cf")
        how = "surrogateescape" if 0xDC80 <= ord(c) <= 0xDCFF else "surrogatepass"
        out.append("".join(f"\\x{b:02X}" for b in c.encode("utf-8", how)) if hidden else c)
    return "".join(out)
