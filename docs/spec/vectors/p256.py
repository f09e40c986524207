"""P-256 as RFC 9380 and RFC 9497 need it: points, hashing to them, DeriveKeyPair, ECDH, ECDSA. Slow, and only for vectors."""

import hashlib
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
A = P - 3
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)

#: SubjectPublicKeyInfo of an uncompressed point of P-256: these bytes, then the point's 65.
SPKI = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")


def add(p, q):
    if p is None or q is None:
        return q if p is None else p
    if p[0] == q[0] and (p[1] + q[1]) % P == 0:
        return None
    if p == q:
        slope = (3 * p[0] * p[0] + A) * pow(2 * p[1], -1, P) % P
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, P) % P
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def multiply(point, k):
    result = None
    for bit in bin(k)[2:]:
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


def compressed(point):
    return bytes([2 + (point[1] & 1)]) + point[0].to_bytes(32, "big")


def uncompressed(point):
    return b"\4" + point[0].to_bytes(32, "big") + point[1].to_bytes(32, "big")


def decompress(data):
    x = int.from_bytes(data[1:], "big")
    y = pow(x**3 + A * x + B, (P + 1) // 4, P)
    return x, (y if y & 1 == data[0] & 1 else P - y)


def spki(point):
    return SPKI + uncompressed(point)


def public(k):
    return multiply(G, k)


def _expand(message, tag, length):
    """expand_message_xmd with SHA-256 (RFC 9380, section 5.3.1)."""
    tag += bytes([len(tag)])
    first = hashlib.sha256(bytes(64) + message + struct.pack(">H", length) + b"\0" + tag).digest()
    block = hashlib.sha256(first + b"\1" + tag).digest()
    out, i = block, 2
    while len(out) < length:
        block = hashlib.sha256(bytes(a ^ b for a, b in zip(first, block)) + bytes([i]) + tag).digest()
        out, i = out + block, i + 1
    return out[:length]


def _map(u):
    """Simplified SWU (RFC 9380, section 6.6.2), Z = -10."""
    z = P - 10
    t = (z * z * pow(u, 4, P) + z * u * u) % P
    x = B * pow(z * A, -1, P) % P if t == 0 else (P - B) * pow(A, -1, P) * (1 + pow(t, -1, P)) % P
    y2 = (x**3 + A * x + B) % P
    if pow(y2, (P - 1) // 2, P) not in (0, 1):
        x = z * u * u * x % P
        y2 = (x**3 + A * x + B) % P
    y = pow(y2, (P + 1) // 4, P)
    return x, (y if y & 1 == u & 1 else P - y)


def hash_to_curve(message, tag):
    """P256_XMD:SHA-256_SSWU_RO_."""
    uniform = _expand(message, tag, 96)
    u = [int.from_bytes(uniform[i:i + 48], "big") % P for i in (0, 48)]
    return add(_map(u[0]), _map(u[1]))


OPRF = b"OPRFV1-\0-P256-SHA256"


def derive_key_pair(seed, info):
    """The secret of DeriveKeyPair of RFC 9497, section 3.2.1, in mode 0 (OPRF)."""
    data = seed + struct.pack(">H", len(info)) + info + b"\0"
    k = int.from_bytes(_expand(data, b"DeriveKeyPair" + OPRF, 48), "big") % N
    assert k != 0
    return k


def ecdh(k, point):
    return multiply(point, k)[0].to_bytes(32, "big")


def sign(k, message):
    """ECDSA with SHA-256, r and s of 32 bytes; the nonce is that of RFC 6979, so that vectors can be made again."""
    key = ec.derive_private_key(k, ec.SECP256R1())
    der = key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    r, s = utils.decode_dss_signature(der)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")
