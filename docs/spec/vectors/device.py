#!/usr/bin/env python3
"""Computes vectors/device.json from the specification alone: no code of Hikae is involved.

Needs Python 3 and its package "cryptography" (for AES). Run in this folder: python3 device.py > device.json
"""

import hashlib
import hmac
import json
import struct
import unicodedata

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

DAMM = ["0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
        "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"]


def hkdf_extract(salt, ikm):
    return hmac.new(salt or bytes(32), ikm, hashlib.sha256).digest()


def hkdf_expand(prk, info, length):
    out, block = b"", b""
    for i in range(1, 1 + (length + 31) // 32):
        block = hmac.new(prk, block + info + bytes([i]), hashlib.sha256).digest()
        out += block
    return out[:length]


def hkdf(salt, ikm, info, length):
    return hkdf_expand(hkdf_extract(salt, ikm), info, length)


def lp(data):
    return struct.pack(">I", len(data)) + data


def transcript(purpose, *fields):
    return b"".join(lp(f) for f in (b"HK1 " + purpose,) + fields)


def sha(data):
    return hashlib.sha256(data).digest()


def count(start, n):
    return bytes((start + i) % 256 for i in range(n))


SET, DEVICE, K, REPOSITORY = count(0, 16), count(16, 16), count(32, 32), count(112, 16)


def subkey(label):
    return hkdf(SET, K, b"HK1/" + label.encode(), 32)


def digits():
    rows = []
    for row, data in enumerate(["123456789012345", "000000000000000", "999999999999999", "314159265358979"], 1):
        interim = row
        for d in data:
            interim = int(DAMM[interim][int(d)])
        rows.append(data + str(interim))
    return rows


def wrap(method, params, secret):
    head = (b"HK1w" + struct.pack(">HBB", 1, method, 0) + SET + struct.pack(">I", 3) + count(64, 16) + count(96, 32)
            + struct.pack(">H", len(params)) + params)
    okm = hkdf(count(96, 32), secret, b"HK1 wrap" + sha(head), 64)
    aad = head + okm[32:]
    return aad + AESGCM(okm[:32]).encrypt(bytes(12), K, aad)


def nonce(number):
    return struct.pack(">IQ", 0, number)


def padme(length):
    e = length.bit_length() - 1
    z = max(0, e - e.bit_length())
    mask = (1 << z) - 1
    return (length + mask) & ~mask


def sealed(magic, purpose, key, context, salt):
    header = magic + struct.pack(">HH", 1, 0) + salt
    okm = hkdf(salt, key, purpose + sha(header + context), 64)
    return okm[:32], header + okm[32:]


def pack(chunks):
    key, start = sealed(b"HK1p", b"HK1 pack", subkey("pack"), SET + struct.pack(">I", 3) + DEVICE, count(128, 32))
    body, directory = start, struct.pack(">I", len(chunks))
    for number, chunk in enumerate(chunks):
        entry = AESGCM(key).encrypt(nonce(number), b"\0" + struct.pack(">I", len(chunk)) + chunk, start)
        directory += struct.pack(">II", len(body), len(entry)) + chunk_id(chunk)
        body += entry
    fixed = len(body) + 16 + 20
    directory += bytes(padme(fixed + len(directory)) - fixed - len(directory))
    directory = AESGCM(key).encrypt(nonce(2**32 - 2), directory, start)
    return body + directory + AESGCM(key).encrypt(nonce(2**32 - 1), struct.pack(">I", len(directory)), start)


def root(content):
    context = SET + struct.pack(">I", 3) + DEVICE + struct.pack(">Q", 1) + bytes(32)
    key, start = sealed(b"HK1r", b"HK1 root", subkey("manifest"), context, count(160, 32))
    plain = struct.pack(">I", len(content)) + content
    plain += bytes(padme(72 + 16 + len(plain)) - 88 - len(plain))
    return start + AESGCM(key).encrypt(bytes(12), plain, start)


def restic(password):
    context = SET + struct.pack(">I", 3) + REPOSITORY
    key, start = sealed(b"HK1t", b"HK1 restic", subkey("restic"), context, count(176, 32))
    plain = struct.pack(">H", len(password)) + password
    return start + AESGCM(key).encrypt(bytes(12), plain + bytes(256 - len(plain)), start)


def chunk_id(chunk):
    return hmac.new(subkey("chunk-id"), chunk, hashlib.sha256).digest()


def data(length):
    """SHA-256 of u64 0, 1, 2 ..., joined."""
    return b"".join(sha(struct.pack(">Q", i)) for i in range((length + 31) // 32))[:length]


def cuts(stream):
    okm = hkdf(b"", subkey("cdc"), b"HK1 cdc", 40)
    p = 2**61 - 1
    x = 2 + (int.from_bytes(okm[32:], "big") % 2**61) % (p - 2)
    top = pow(x, 64, p)
    aes = Cipher(algorithms.AES(okm[:32]), modes.ECB()).encryptor()
    ends, start, kib = [], 0, 1024
    while start < len(stream):
        left = len(stream) - start
        end = start + min(left, 4096 * kib)
        if left > 256 * kib and len(stream) > 512 * kib:
            h = 0
            for b in stream[start + 256 * kib - 64:start + 256 * kib]:
                h = (h * x + b + 1) % p
            limit = min(left, 4096 * kib)
            for at in range(256 * kib, limit):
                if struct.unpack(">I", aes.update(struct.pack(">QQ", h, 0))[:4])[0] < 2**32 // (768 * 1024):
                    end = start + at
                    break
                h = (h * x + stream[start + at] + 1 - (stream[start + at - 64] + 1) * top) % p
        ends.append(end)
        start = end
    return ends


def cuts_2(stream):
    okm = hkdf(b"", subkey("cdc"), b"HK1 cdc 2", 64)
    aes = Cipher(algorithms.AES(okm[:32]), modes.ECB()).encryptor()
    ends, start, kib = [], 0, 1024
    while start < len(stream):
        end = min(len(stream), start + 4096 * kib)
        if len(stream) > 512 * kib:
            for at in range(start + 256 * kib, end):
                if aes.update(stream[at - 16:at])[0] == 0:
                    mac = Cipher(algorithms.AES(okm[32:]), modes.CBC(bytes(16))).encryptor().update(stream[at - 64:at])[48:]
                    if struct.unpack(">I", mac[:4])[0] < 2**32 // 3072:
                        end = at
                        break
        ends.append(end)
        start = end
    return ends


def passwords():
    typed = ["ＡＢＣ　１２３", "ﾊﾟｽﾜｰﾄﾞ", "か\u3099き", "e\u0301\u00a0x", "ﬁ①㍿"]
    result = []
    for t in typed:
        spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in t)
        result.append({"typed": t, "utf8": unicodedata.normalize("NFKC", spaced).encode().hex()})
    return result


def main():
    rows = digits()
    credential = count(200, 32)
    export = count(240, 32)
    packs = [sha(b"b"), sha(b"a"), sha(b"c")]
    list_hash = sha(transcript(b"object list", b"".join(sorted(packs))))
    chunks = [b"one", b"", count(0, 100)]
    vectors = {
        "setId": SET.hex(), "deviceId": DEVICE.hex(), "generation": 3, "K": K.hex(),
        "subkeys": {label: subkey(label).hex() for label in ["pack", "chunk-id", "cdc", "manifest", "chain", "owner",
                                                                     "restic", "reminder", "names"]},
        "digitRows": rows,
        "digitWrap": wrap(2, b"", "".join(rows).encode()).hex(),
        "credId": credential.hex(), "exportKey": export.hex(),
        "passwordWrap": wrap(1, credential, export).hex(),
        "passwords": passwords(),
        "chunks": [{"plain": c.hex(), "chunkId": chunk_id(c).hex()} for c in chunks],
        "pack": pack(chunks).hex(),
        "rootContent": count(7, 50).hex(), "root": root(count(7, 50)).hex(),
        "repository": REPOSITORY.hex(), "resticPassword": "correct horse", "resticWrap": restic(b"correct horse").hex(),
        "objectNames": [n.hex() for n in packs], "listHash": list_hash.hex(),
        "stub": sha(transcript(b"snapshot stub", SET, DEVICE, struct.pack(">I", 3), struct.pack(">Q", 1), bytes(32),
                               sha(b"root"), list_hash)).hex(),
        "cutData": "SHA-256 of u64 0, 1, 2 ... joined, 6000000 bytes", "cutEnds": cuts(data(6000000)),
        "cutEnds2": cuts_2(data(6000000)),
    }
    print(json.dumps(vectors, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
