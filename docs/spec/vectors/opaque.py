"""OPAQUE-3DH (RFC 9807) with P256-SHA256 and Argon2id, both sides, with every random value given."""

import hashlib
import hmac
import struct

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

import p256
from device import hkdf_expand, hkdf_extract

AKE_KEY = b"OPAQUE-DeriveDiffieHellmanKeyPair"


def mac(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def sha(data):
    return hashlib.sha256(data).digest()


def two(data):
    return struct.pack(">H", len(data)) + data


def stretch(data):
    return Argon2id(salt=bytes(16), length=32, iterations=3, lanes=4, memory_cost=64 * 1024).derive(data)


def blind(password, scalar):
    return p256.multiply(p256.hash_to_curve(password, b"HashToGroup-" + p256.OPRF), scalar)


def randomized_password(password, scalar, evaluated):
    element = p256.compressed(p256.multiply(evaluated, pow(scalar, -1, p256.N)))
    output = sha(two(password) + two(element) + b"Finalize")
    return hkdf_extract(b"", output + stretch(output))


def envelope(randomized, nonce, server_key, server_identity, client_identity):
    """Secret of the client's key, export key and tag."""
    seed = hkdf_expand(randomized, nonce + b"PrivateKey", 32)
    bound = nonce + server_key + two(server_identity) + two(client_identity)
    return (p256.derive_key_pair(seed, AKE_KEY), hkdf_expand(randomized, nonce + b"ExportKey", 32),
            mac(hkdf_expand(randomized, nonce + b"AuthKey", 32), bound))


def masking_key(randomized):
    return hkdf_expand(randomized, b"MaskingKey", 32)


def masked(key, nonce, data):
    pad = hkdf_expand(key, nonce + b"CredentialResponsePad", 97)
    return bytes(a ^ b for a, b in zip(data, pad))


def _derive(key, label, context):
    label = b"OPAQUE-" + label
    return hkdf_expand(key, struct.pack(">H", 32) + bytes([len(label)]) + label + bytes([len(context)]) + context, 32)


def handshake(server_identity, client_identity, ke1, response, server_nonce, server_share, products):
    """Session key, the server's code and the client's."""
    preamble = (b"OPAQUEv1-" + two(b"") + two(client_identity) + ke1 + two(server_identity) + response + server_nonce
                + server_share)
    prk = hkdf_extract(b"", b"".join(p256.compressed(each) for each in products))
    secret = _derive(prk, b"HandshakeSecret", sha(preamble))
    server = mac(_derive(secret, b"ServerMAC", b""), sha(preamble))
    client = mac(_derive(secret, b"ClientMAC", b""), sha(preamble + server))
    return _derive(prk, b"SessionKey", sha(preamble)), server, client
