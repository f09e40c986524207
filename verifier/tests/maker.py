"""Makes bundles for tests: a small writer of packs, manifests, roots, a vault that signs. Not part of what is trusted."""

import json
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from restorer import evidence
from restorer.encoding import fields, hkdf, padme, sha, to_base64, transcript, u8, u16, u32, u64
from restorer.keys import Key
from restorer.objects import Stub, chunk_id, list_hash
from tests.vectors import raw, vectors

DEVICE = vectors("device")
DIGITS = "".join(DEVICE["digitRows"])
SET = raw(DEVICE["setId"])
KEY = Key(raw(DEVICE["K"]), SET, DEVICE["generation"])
ISSUER, SUBJECT, TENANT = "https://sso.example.com/realms/hikae", "person", b"acme"


class Signer:
    def __init__(self, number):
        self.private = ec.derive_private_key(number, ec.SECP256R1())
        self.spki = self.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        self.device = sha(self.spki)[:16]

    def point(self, form=PublicFormat.UncompressedPoint):
        return self.private.public_key().public_bytes(Encoding.X962, form)

    def sign(self, data):
        r, s = utils.decode_dss_signature(self.private.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def make_pack(chunks, device, key=KEY, salt=bytes(32), spoil=lambda number, frame: frame, lines=lambda data: data):
    header = b"HK1p" + u16(1) + u16(0) + salt
    okm = hkdf(salt, key.subkey("pack"), b"HK1 pack" + sha(header + key.set_id + u32(key.generation) + device), 64)
    aad, aes = header + okm[32:], AESGCM(okm[:32])
    out, directory = aad, u32(len(chunks))
    places = []
    for number, plain in enumerate(chunks):
        sealed = aes.encrypt(bytes(4) + u64(number), spoil(number, u8(0) + u32(len(plain)) + plain), aad)
        places.append((number, len(out), len(sealed), len(plain), chunk_id(key, plain)))
        directory += u32(len(out)) + u32(len(sealed)) + chunk_id(key, plain)
        out += sealed
    size = padme(len(out) + len(directory) + 16 + 20)
    while padme(size) != size or size < len(out) + len(directory) + 36:
        size += 1
    directory = lines(directory + bytes(size - len(out) - len(directory) - 36))
    sealed = aes.encrypt(bytes(4) + u64(0xFFFFFFFE), directory, aad)
    out += sealed
    return out + aes.encrypt(bytes(4) + u64(0xFFFFFFFF), u32(len(sealed)), aad), places


def reference(pack, place):
    number, offset, sealed, plain, chunk = place
    return u32(pack) + u32(number) + u32(offset) + u32(sealed) + u32(plain) + chunk


def name(text):
    return u16(len(text)) + text


def meta(mode=0o644, uid=None, gid=None, seconds=1_700_000_000, nano=5, inode=0, attributes=()):
    out = u32(mode) + u32(os.getuid() if uid is None else uid) + u32(os.getgid() if gid is None else gid)
    out += u64(seconds % (1 << 64)) + u32(nano) + u64(0) + u32(0) + u64(inode) + u16(len(attributes))
    for key, value in attributes:
        out += u16(len(key)) + key + u32(len(value)) + value
    return out


def record(kind, body=b""):
    return u8(kind) + u32(len(body)) + body


def enter(text, mode=0o755, **other):
    return record(1, name(text) + meta(mode, **other) + u8(0))


LEAVE, END = record(2), record(11)


def file(text, refs=(), length=0, links=1, state=0, holes=(), size=None, **other):
    m = meta(**other)
    out = record(3, name(text) + m + u64(size if size is not None else length) + u32(links) + u64(1))
    for ref in refs:
        out += record(5, ref)
    for hole in holes:
        out += record(6, u64(hole))
    return out + record(7, u64(length) + u8(state))


def nasty(refs):
    """A tree with every kind of entry; `refs` are references and their plain lengths."""
    (one, n1), (two, n2) = refs
    top = record(1, name(b"") + meta(0o755) + u8(1))
    body = enter(b"dir \xff", 0o710, seconds=-5)
    body += file(b"big", [one, two], n1 + n2, links=2, inode=7, mode=0o640, attributes=[(b"user.a", b"\0x")])
    body += file(b"empty", mode=0o4755)
    body += record(8, name(b"link") + u64(1) + u64(7))
    body += record(10, name(b"pipe") + meta(0o600))
    body += file(b"sparse", [one], n1 + 70000, holes=[70000], inode=9, seconds=1)
    body += record(9, name(b"sym") + meta() + u16(15) + b"/etc/../escape!")
    body += file(b"void", state=2, inode=11)
    body += LEAVE + enter(b"\xe8\x8a\xb1", 0o700) + LEAVE
    return b"\1" + top + body + LEAVE + END


class Device:
    """A device that commits snapshots into what a portal would keep."""

    def __init__(self, number, key=KEY):
        self.signer, self.key = Signer(number), key
        self.device, self.previous, self.sequence = self.signer.device, bytes(32), 0

    def commit(self, portal, contents=(b"one" * 1000, b"two" * 500), tree=nasty, signed=True, started=1_800_000_000,
               spoil=None, change_root=lambda content: content, pack=make_pack):
        data, places = pack(list(contents), self.device, self.key)
        files = sha(data)
        manifest = tree([(reference(0, p), p[3]) for p in places])
        meta_pack, at = make_pack([files, manifest], self.device, self.key, salt=bytes([1]) * 32)
        names = sorted([files, sha(meta_pack)])
        hash_ = list_hash(b"".join(names))
        self.sequence += 1
        content = u8(2 if signed else 1) + u64(started) + u64(4) + u64(9) + hash_ + u32(1) + u32(1) + u32(1) + sha(meta_pack)
        content += reference(0, at[0]) + reference(0, at[1])
        if signed:
            content += u16(2) + u16(1) + self.signer.spki
            content += self.signer.sign(transcript("snapshot root", SET, self.device, u32(self.key.generation),
                                                   u64(self.sequence), self.previous, content))
        root = self.seal_root(change_root(content))
        stub = Stub(SET, self.device, self.key.generation, self.sequence, self.previous, sha(root), hash_)
        self.previous = stub.hash()
        for each in (data, meta_pack, root):
            portal.objects[sha(each)] = each
        portal.lists[stub.hash()[:16]] = b"".join(names)
        portal.snapshots.append(view(stub))
        return stub

    def seal_root(self, content):
        plain = u32(len(content)) + content
        plain += bytes(padme(len(plain) + 88) - 88 - len(plain))
        header = b"HK1r" + u16(1) + u16(0) + bytes(32)
        bound = sha(header + SET + u32(self.key.generation) + self.device + u64(self.sequence) + self.previous)
        okm = hkdf(bytes(32), self.key.subkey("manifest"), b"HK1 root" + bound, 64)
        return header + okm[32:] + AESGCM(okm[:32]).encrypt(bytes(12), plain, header + okm[32:])


def view(stub, state="KEPT"):
    return {"snapshotId": stub.hash()[:16].hex(), "setId": stub.set_id.hex(), "deviceId": stub.device.hex(),
            "generation": stub.generation, "sequence": stub.sequence, "previous": stub.previous.hex(), "root": stub.root.hex(),
            "listHash": stub.list_hash.hex(), "stubHash": stub.hash().hex(), "committedAt": "2026-11-30T20:00:00Z",
            "objects": 2, "storedBytes": 1, "files": 1, "plainBytes": 1, "fate": {"state": state, "rule": "", "since": ""}}


class Vault:
    """Signs cards, receipts, heads and statuses as a vault would."""

    def __init__(self):
        self.root, self.identity, self.channel, self.ake = Signer(101), Signer(102), Signer(103), Signer(104)
        self.pin = sha(self.root.spki).hex()
        self.number, self.code = 300, sha(b"code")

    def card(self, signer=None):
        card = transcript("vault card", u16(1), u32(7), TENANT, self.identity.spki, self.channel.point(),
                          self.ake.point(PublicFormat.CompressedPoint), b"software", u16(1), u16(1), u8(0))
        return fields(card, self.root.spki, (signer or self.root).sign(card))

    def receipt(self, event, device=bytes(16), detail=bytes(32), subject=SUBJECT, employee=None, signer=None, cred_id=bytes(32)):
        card = evidence.read_card(self.card(), bytes.fromhex(self.pin))
        employee = employee or evidence.employee_hash(card, ISSUER, subject)
        self.number += 1
        before, self.code = self.code, sha(self.code)
        row = transcript("vault ledger row", u64(self.number), before, u64(1_800_000_000_000 + self.number), u8(event), employee,
                         SET, cred_id, device, u64(0), u8(10), u64(0), detail, bytes(32))
        signature = (signer or self.identity).sign(transcript("vault receipt", TENANT, row, self.code))
        return fields(TENANT, row, self.code, signature)

    def head(self, number=None, code=None):
        number, code = number or self.number, code or self.code
        return fields(u64(number), code, self.identity.sign(transcript("vault head", TENANT, u64(number), code)))

    def status(self, places, receipts=(), signer=None, nonce=bytes(16), cred_id=bytes(32)):
        parts = [nonce, u8(2), cred_id, SET, u8(0), u8(10), u32(0), u8(50), u16(200), u8(0), u64(0), bytes(32),
                 u8(len(places))]
        for device, number, stub in places:
            parts += [device, u64(number), stub, u64(1_800_000_100)]
        status = transcript("vault status", *parts, u8(len(receipts)), *receipts)
        return fields(status, (signer or self.identity).sign(status))


class Portal:
    """What a portal keeps of a set, to be written as a bundle, perhaps altered before."""

    def __init__(self):
        self.objects, self.lists, self.snapshots, self.vault = {}, {}, [], {}
        self.wraps = [{"wrapId": "x", "method": "DIGIT_KEY", "generation": 3, "blob": to_base64(raw(DEVICE["digitWrap"]))}]
        self.about = {"hikaeBundle": 1, "setId": SET.hex(), "generation": 3, "issuer": ISSUER, "subject": SUBJECT}

    def write(self, folder):
        for name_, value in (("bundle", self.about), ("wraps", self.wraps), ("snapshots", self.snapshots)):
            with open(os.path.join(folder, f"{name_}.json"), "w", encoding="utf-8") as out:
                json.dump(value, out)
        files = {f"objects/{n.hex()[:2]}/{n.hex()}": d for n, d in self.objects.items()}
        files |= {f"lists/{n.hex()}": d for n, d in self.lists.items()}
        files |= {f"vault/{n}": d for n, d in self.vault.items()}
        for path, data in files.items():
            path = os.path.join(folder, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as out:
                out.write(data)


