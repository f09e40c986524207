"""The channel: HPKE base mode (RFC 9180) with the ephemeral key given, and the reply (RFC 9458, section 4.4)."""

import struct

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import p256
from device import hkdf_expand, hkdf_extract, sha

KEM = b"KEM\0\x10"
HPKE = b"HPKE\0\x10\0\1\0\2"


def _extract(suite, salt, label, data):
    return hkdf_extract(salt, b"HPKE-v1" + suite + label + data)


def _expand(suite, prk, label, info, length):
    return hkdf_expand(prk, struct.pack(">H", length) + b"HPKE-v1" + suite + label + info, length)


def context(ephemeral, recipient, info):
    """Encapsulated key, key, nonce and exporter secret."""
    enc = p256.uncompressed(p256.public(ephemeral))
    prk = _extract(KEM, b"", b"eae_prk", p256.ecdh(ephemeral, recipient))
    shared = _expand(KEM, prk, b"shared_secret", enc + p256.uncompressed(recipient), 32)
    hashed = b"\0" + _extract(HPKE, b"", b"psk_id_hash", b"") + _extract(HPKE, b"", b"info_hash", info)
    secret = _extract(HPKE, shared, b"secret", b"")
    return (enc, _expand(HPKE, secret, b"key", hashed, 32), _expand(HPKE, secret, b"base_nonce", hashed, 12),
            _expand(HPKE, secret, b"exp", hashed, 32))


def seal_request(made, plain):
    enc, key, nonce, _ = made
    return enc + AESGCM(key).encrypt(nonce, plain, b"")


def seal_reply(made, sealed_request, nonce, reply):
    enc, _, _, exporter = made
    secret = _expand(HPKE, exporter, b"sec", b"HK1 reply", 32)
    prk = hkdf_extract(enc + nonce, secret)
    plain = sha(sealed_request) + reply
    return nonce + AESGCM(hkdf_expand(prk, b"key", 32)).encrypt(hkdf_expand(prk, b"nonce", 12), plain, b"")
