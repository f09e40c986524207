"""The password through the vault: OPAQUE-3DH on P-256 (RFC 9807), the channel (RFC 9180), the owner key (RFC 9497).

Only the online part needs this. Points are computed in plain Python, which is not constant in time."""

import hashlib
import secrets
import unicodedata

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .encoding import Refused, hkdf_expand, hkdf_extract, mac, opened, point, same, sha, u8, u16

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
A, B = P - 3, 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
OPRF = b"OPRFV1-\0-P256-SHA256"
AKE = b"OPAQUE-DeriveDiffieHellmanKeyPair"


def add(p, q):
    if p is None or q is None:
        return p or q
    if p[0] == q[0]:
        if (p[1] + q[1]) % P == 0:
            return None
        slope = (3 * p[0] * p[0] + A) * pow(2 * p[1], -1, P) % P
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, P) % P
    x = (slope * slope - p[0] - q[0]) % P
    return x, (slope * (p[0] - x) - p[1]) % P


def multiply(p, k):
    out = None
    while k:
        if k & 1:
            out = add(out, p)
        p, k = add(p, p), k >> 1
    return out


def decode(data):
    """A compressed or uncompressed point that is on the curve."""
    numbers = point(data).public_numbers()
    return numbers.x, numbers.y


def compressed(p):
    return u8(2 + (p[1] & 1)) + p[0].to_bytes(32, "big")


def uncompressed(p):
    return b"\4" + p[0].to_bytes(32, "big") + p[1].to_bytes(32, "big")


def expand_xmd(message, tag, length):
    """expand_message_xmd of RFC 9380, section 5.3.1."""
    tag += u8(len(tag))
    first = sha(bytes(64) + message + u16(length) + b"\0" + tag)
    block, out, i = sha(first + b"\1" + tag), b"", 2
    while True:
        out += block
        if len(out) >= length:
            return out[:length]
        block = sha(bytes(a ^ b for a, b in zip(first, block)) + u8(i) + tag)
        i += 1


def hash_to_curve(message, tag):
    """P256_XMD:SHA-256_SSWU_RO_ of RFC 9380."""
    data = expand_xmd(message, tag, 96)
    return add(*(_sswu(int.from_bytes(data[i:i + 48], "big") % P) for i in (0, 48)))


def _sswu(u):
    z = P - 10
    tv = (z * z * pow(u, 4, P) + z * u * u) % P
    x = B * pow(z * A, -1, P) % P if tv == 0 else (P - B) * pow(A, -1, P) * (1 + pow(tv, -1, P)) % P
    square = (x**3 + A * x + B) % P
    if pow(square, (P - 1) // 2, P) not in (0, 1):
        x = z * u * u * x % P
        square = (x**3 + A * x + B) % P
    y = pow(square, (P + 1) // 4, P)
    return x, y if y & 1 == u & 1 else P - y


def derive_key_pair(seed, info):
    """The secret of DeriveKeyPair of RFC 9497, section 3.2.1."""
    for counter in range(256):
        data = expand_xmd(seed + u16(len(info)) + info + u8(counter), b"DeriveKeyPair" + OPRF, 48)
        k = int.from_bytes(data, "big") % N
        if k:
            return k
    raise Refused("RFC 9497", "no key pair")


def owner_key(key):
    """The secret of the owner key of K's generation (HK1-K-02)."""
    return derive_key_pair(key.subkey("owner"), b"HK1 owner")


_BLANKS = {0x20, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000}


def normalise(password):
    """HK1-K-09, for who enters a password."""
    text = "".join(" " if ord(c) in _BLANKS else c for c in password)
    for each in (text, unicodedata.normalize("NFKC", text)):
        if any(ord(c) < 0x20 or 0x7F <= ord(c) <= 0x9F or 0xD800 <= ord(c) <= 0xDFFF for c in each):
            raise Refused("HK1-K-09", "the password has a control character", 8)
    if not 1 <= len(each) <= 256:
        raise Refused("HK1-K-09", "a password has 1 to 256 characters", 8)
    return each.encode()


def password_input(password, set_id):
    """HK1-K-11."""
    return u16(len(password)) + password + set_id


def _two(data):
    return u16(len(data)) + data


class Login:
    """The client's side of one login."""

    def __init__(self, password, blind=None, nonce=None, seed=None):
        self.password = password
        self.blind = blind or secrets.randbelow(N - 1) + 1
        element = hash_to_curve(password, b"HashToGroup-" + OPRF)
        self.share = derive_key_pair(seed or secrets.token_bytes(32), AKE)
        nonce = nonce or secrets.token_bytes(32)
        self.ke1 = compressed(multiply(element, self.blind)) + nonce + compressed(multiply(G, self.share))

    def finish(self, ke2, server_identity, client_identity):
        """KE3, session key and export key; refuses when KE2 does not verify, which is a wrong password."""
        if len(ke2) != 259:
            raise Refused("HK1-V-29", "KE2 has another length")
        evaluated, server_share = decode(ke2[:33]), decode(ke2[194:227])
        masking_nonce, masked = ke2[33:65], ke2[65:162]
        element = compressed(multiply(evaluated, pow(self.blind, -1, N)))
        output = sha(_two(self.password) + _two(element) + b"Finalize")
        stretched = hash_secret_raw(output, bytes(16), time_cost=3, memory_cost=65536, parallelism=4, hash_len=32,
                                    type=Type.ID, version=0x13)
        randomized = hkdf_extract(b"", output + stretched)
        pad = hkdf_expand(hkdf_expand(randomized, b"MaskingKey", 32), masking_nonce + b"CredentialResponsePad", 97)
        response = bytes(a ^ b for a, b in zip(masked, pad))
        server_key, nonce, tag = response[:33], response[33:65], response[65:]
        auth = hkdf_expand(randomized, nonce + b"AuthKey", 32)
        if not same(tag, mac(auth, nonce + server_key + _two(server_identity) + _two(client_identity))):
            raise Refused("HK1-V-29", "the password is wrong, or the answer was altered", 8)
        private = derive_key_pair(hkdf_expand(randomized, nonce + b"PrivateKey", 32), AKE)
        preamble = (b"OPAQUEv1-" + _two(b"") + _two(client_identity) + self.ke1 + _two(server_identity) + ke2[:162]
                    + ke2[162:227])
        products = (multiply(server_share, self.share), multiply(decode(server_key), self.share),
                    multiply(server_share, private))
        prk = hkdf_extract(b"", b"".join(compressed(p) for p in products))
        secret = _label(prk, b"HandshakeSecret", sha(preamble))
        server_mac = mac(_label(secret, b"ServerMAC", b""), sha(preamble))
        if not same(server_mac, ke2[227:]):
            raise Refused("HK1-V-29", "the password is wrong, or the answer was altered", 8)
        ke3 = mac(_label(secret, b"ClientMAC", b""), sha(preamble + server_mac))
        return ke3, _label(prk, b"SessionKey", sha(preamble)), hkdf_expand(randomized, nonce + b"ExportKey", 32)


def _label(key, label, context):
    label = b"OPAQUE-" + label
    return hkdf_expand(key, u16(32) + u8(len(label)) + label + u8(len(context)) + context, 32)


_KEM, _HPKE = b"KEM\0\x10", b"HPKE\0\x10\0\1\0\2"


class Channel:
    """HPKE base mode to the vault, for one request and its reply (HK1-V-02, HK1-V-04)."""

    def __init__(self, recipient, info, ephemeral=None):
        ephemeral = ephemeral or secrets.randbelow(N - 1) + 1
        self.encapsulated = uncompressed(multiply(G, ephemeral))
        shared = multiply(decode(recipient), ephemeral)[0].to_bytes(32, "big")
        prk = self._extract(_KEM, b"", b"eae_prk", shared)
        shared = self._expand(_KEM, prk, b"shared_secret", self.encapsulated + recipient, 32)
        context = b"\0" + self._extract(_HPKE, b"", b"psk_id_hash", b"") + self._extract(_HPKE, b"", b"info_hash", info)
        secret = self._extract(_HPKE, shared, b"secret", b"")
        self.key, self.nonce, self.exporter = (self._expand(_HPKE, secret, label, context, n)
                                               for label, n in ((b"key", 32), (b"base_nonce", 12), (b"exp", 32)))

    @staticmethod
    def _extract(suite, salt, label, data):
        return hkdf_extract(salt, b"HPKE-v1" + suite + label + data)

    @staticmethod
    def _expand(suite, prk, label, info, length):
        return hkdf_expand(prk, u16(length) + b"HPKE-v1" + suite + label + info, length)

    def seal(self, plain):
        self.sealed = self.encapsulated + AESGCM(self.key).encrypt(self.nonce, plain, b"")
        return self.sealed

    def open(self, body):
        """The reply's head and reply, which answer this request alone."""
        if len(body) < 32 + 16:
            raise Refused("HK1-V-04", "a reply that is too short")
        secret = self._expand(_HPKE, self.exporter, b"sec", b"HK1 reply", 32)
        prk = hkdf_extract(self.encapsulated + body[:32], secret)
        plain = opened(hkdf_expand(prk, b"key", 32), hkdf_expand(prk, b"nonce", 12), body[32:], b"", "HK1-V-04")
        if not same(plain[:32], hashlib.sha256(self.sealed).digest()):
            raise Refused("HK1-V-04", "a reply to another request")
        return plain[32:]
