#!/usr/bin/env python3
"""Computes vectors/snapshot.json from the specification alone: chain, owner key, packs, roots, a whole snapshot, Padmé, told figures, cuts.

Needs Python 3 and its package "cryptography", 43 or later. Run in this folder: python3 snapshot.py > snapshot.json
All byte strings are hexadecimal. Set, K, generation and device are those of device.json.
"""

import json
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import p256
from device import (DEVICE, K, SET, chunk_id, count, data, digits, hkdf, nonce, padme, sealed, sha, subkey, transcript, wrap)

GENERATION = 3
TEXT = b"".join(b"line %d of a file that compresses well\n" % i for i in range(60))

#: TEXT in one frame of Zstandard (RFC 8878), made by zstd 1.5 at level 3.
TEXT_FRAME = bytes.fromhex(
    "28b52ffd601a08d505000286121790391d00d80cfc8e0d0a6477e7611fa59432e5baa3c005ffffffbf6ddbb6ddb66ddb92244992dbb66d230c"
    "0481bb9c614c2de8d439a5481c94022d8761a132094207210a01a81089093c20b0334a07a37ceec37ae4731ff6239ffbb01ef9dc877da4e73e"
    "ec233ff7611fe9b90ffbc8e77ad8473ef7c33ef2b91ef691cf7d588f7ceec37ee4731f968f4ccc731179d8c33dd2b0cf2de46109f7c8c13e57"
    "908707ee318025e311cf79188f78cec33cc273ca33a7cb9201")


def u8(n):
    return struct.pack(">B", n)


def u16(n):
    return struct.pack(">H", n)


def u32(n):
    return struct.pack(">I", n)


def u64(n):
    return struct.pack(">Q", n)


def s64(n):
    return struct.pack(">q", n)


def flipped(bytes_, at):
    return bytes_[:at] + bytes([bytes_[at] ^ 1]) + bytes_[at + 1:]


def bad(*cases):
    return [{"why": why, "bytes": data_.hex()} for why, data_ in cases]


# Zstandard frames that any decoder must take, made by hand.

def zstd_frame(*blocks):
    """Single segment, content size of 4 bytes, no checksum; a block is bytes (raw) or (byte, times)."""
    size = sum(len(b) if isinstance(b, bytes) else b[1] for b in blocks)
    out = b"\x28\xb5\x2f\xfd\xa0" + struct.pack("<I", size)
    for i, block in enumerate(blocks):
        last = i == len(blocks) - 1
        raw = isinstance(block, bytes)
        length = len(block) if raw else block[1]
        out += struct.pack("<I", last | (0 if raw else 2) | length << 3)[:3] + (block if raw else block[0])
    return out


RUN = b"a" * 100_000 + b"end"
RUN_FRAME = zstd_frame((b"a", 100_000), b"end")


def frame(chunk, packed=None):
    return (b"\0" if packed is None else b"\1") + u32(len(chunk)) + (chunk if packed is None else packed)


# Packs.

class Pack:
    """A pack whose entries are frames; what a case wants otherwise is given by name."""

    def __init__(self, salt, device=DEVICE, generation=GENERATION):
        self.key, self.start = sealed(b"HK1p", b"HK1 pack", subkey("pack"), SET + u32(generation) + device, salt)
        self.body, self.listed = self.start, []

    def add(self, chunk, frame_, identifier=None, number=None):
        at = len(self.listed) if number is None else number
        entry = AESGCM(self.key).encrypt(nonce(at), frame_, self.start)
        self.listed.append((len(self.body), len(entry), identifier or chunk_id(chunk)))
        self.body += entry
        return self

    def finish(self, listed=None, size=None, fill=0, entries=None, length=None):
        listed = self.listed if listed is None else listed
        directory = u32(len(listed) if entries is None else entries)
        directory += b"".join(u32(offset) + u32(sealed_) + name for offset, sealed_, name in listed)
        fixed = len(self.body) + 16 + 20
        padding = (size or padme)(fixed + len(directory)) - fixed - len(directory)
        directory = AESGCM(self.key).encrypt(nonce(2**32 - 2), directory + bytes([fill] * padding), self.start)
        trailer = u32(len(directory) if length is None else length)
        return self.body + directory + AESGCM(self.key).encrypt(nonce(2**32 - 1), trailer, self.start)


def packs():
    chunks = [(TEXT, frame(TEXT, TEXT_FRAME)), (RUN, frame(RUN, RUN_FRAME)), (b"raw", frame(b"raw"))]

    def made(**otherwise):
        pack = Pack(count(33, 32), **otherwise)
        for chunk, framed in chunks:
            pack.add(chunk, framed)
        return pack

    good = made().finish()
    moved = [made().listed[0], (made().listed[1][0] + 1,) + made().listed[1][1:], made().listed[2]]
    swapped = [made().listed[1], made().listed[0], made().listed[2]]

    def one(chunk, framed, **otherwise):
        return Pack(count(34, 32)).add(chunk, framed, **otherwise).finish()

    return {
        "pack": good.hex(), "chunks": [{"length": len(c), "sha256": sha(c).hex(), "chunkId": chunk_id(c).hex()} for c, _ in chunks],
        "bad": bad(
            ("a letter of the start", flipped(good, 0)), ("another suite", flipped(good, 5)), ("a flag", flipped(good, 7)),
            ("another salt", flipped(good, 8)), ("another commitment", flipped(good, 71)),
            ("a bit of an entry", flipped(good, 72)), ("a bit of the directory", flipped(good, len(good) - 30)),
            ("a bit of the trailer", flipped(good, len(good) - 1)), ("cut", good[:-1]), ("a byte behind it", good + b"\0"),
            ("only its start", good[:72]), ("of another device", made(device=count(1, 16)).finish()),
            ("of another generation", made(generation=2).finish()),
            ("a directory whose entries do not follow each other", made().finish(listed=moved)),
            ("a directory in another order", made().finish(listed=swapped)),
            ("an entry that is not listed", made().finish(listed=made().listed[:2])),
            ("more entries than there are", made().finish(entries=4)),
            ("a size that is not Padmé's", made().finish(size=lambda n: padme(n) + 1)),
            ("padding that is not zero", made().finish(fill=1)),
            ("a directory longer than the pack", made().finish(length=2**31 - 1)),
            ("a chunk under another name", one(b"chunk", frame(b"chunk"), identifier=chunk_id(b"other"))),
            ("an entry under another number", one(b"chunk", frame(b"chunk"), number=1)),
            ("a codec that is unknown", one(b"chunk", b"\2" + u32(5) + b"chunk")),
            ("raw bytes of another length", one(b"chunk", b"\0" + u32(6) + b"chunk")),
            ("a frame without a length", one(b"", b"\0\0\0\0")),
            ("a length above 4 MiB", one(b"chunk", b"\1" + u32(4 * 1024 * 1024 + 1) + TEXT_FRAME)),
            ("a frame of Zstandard that is longer than it says", one(TEXT[:-1], frame(TEXT[:-1], TEXT_FRAME))),
            ("a frame of Zstandard that is shorter than it says", one(TEXT + b"\n", frame(TEXT + b"\n", TEXT_FRAME))),
            ("a frame of Zstandard that is cut", one(TEXT, frame(TEXT, TEXT_FRAME[:-1]))),
            ("bytes behind a frame of Zstandard", one(TEXT, frame(TEXT, TEXT_FRAME + b"\0\0\0\0\0"))),
            ("bytes that are no frame of Zstandard", one(b"chunk", frame(b"chunk", b"chunk")))),
    }


# Roots.

def place(sequence, previous, device=DEVICE, generation=GENERATION, set_id=SET):
    return set_id + u32(generation) + device + u64(sequence) + previous


def root(content, at, length=None, size=padme):
    key, start = sealed(b"HK1r", b"HK1 root", subkey("manifest"), at, count(66, 32))
    plain = u32(len(content) if length is None else length) + content
    plain += bytes(size(72 + 16 + len(plain)) - 88 - len(plain))
    return start + AESGCM(key).encrypt(bytes(12), plain, start)


def list_hash(names):
    return sha(transcript(b"object list", b"".join(sorted(set(names)))))


def stub(sequence, previous, root_name, listed):
    return sha(transcript(b"snapshot stub", SET, DEVICE, u32(GENERATION), u64(sequence), previous, root_name, listed))


def reference(pack, number, listed, chunk, length=None):
    offset, sealed_, _ = listed
    return u32(pack) + u32(number) + u32(offset) + u32(sealed_) + u32(len(chunk) if length is None else length) + chunk_id(chunk)


# The manifest.

def record(kind, body=b""):
    return u8(kind) + u32(len(body)) + body


def metadata(mode, mtime=(1_700_000_000, 123_456_789), inode=7, attributes=()):
    ctime = (1_700_000_100, 5)
    out = u32(mode) + u32(1000) + u32(100) + s64(mtime[0]) + u32(mtime[1]) + s64(ctime[0]) + u32(ctime[1]) + u64(inode)
    return out + u16(len(attributes)) + b"".join(u16(len(n)) + n + u32(len(v)) + v for n, v in attributes)


def named(name):
    return u16(len(name)) + name


def enter(name, mode=0o755, way=0, **more):
    return record(1, named(name) + metadata(mode, **more) + u8(way))


LEAVE, END = record(2), record(11)


def file_(name, size, mode=0o644, links=1, device=64, **more):
    return record(3, named(name) + metadata(mode, **more) + u64(size) + u32(links) + u64(device))


def again(size, **more):
    return record(4, metadata(0o644, **more) + u64(size))


def hole(length):
    return record(6, u64(length))


def file_end(length, state=0):
    return record(7, u64(length) + u8(state))


def hard_link(name, inode, device=64):
    return record(8, named(name) + u64(device) + u64(inode))


def symlink(name, target):
    return record(9, named(name) + metadata(0o777) + u16(len(target)) + target)


def fifo(name):
    return record(10, named(name) + metadata(0o600))


#: Of the regular files of the snapshot.
BYTES = len(TEXT) + len(RUN) + 3 + 0 + 3 + (3 + 65536 + 3) + len(RUN)


class Snapshot:
    """One of everything."""

    def __init__(self):
        self.first = Pack(count(35, 32)).add(TEXT, frame(TEXT, TEXT_FRAME)).add(RUN, frame(RUN, RUN_FRAME))
        self.second = Pack(count(36, 32)).add(b"raw", frame(b"raw")).add(b"before", frame(b"before"))
        self.text = reference(0, 0, self.first.listed[0], TEXT)
        self.run = reference(0, 1, self.first.listed[1], RUN)
        self.raw = reference(2, 0, self.second.listed[0], b"raw")
        self.before = reference(2, 1, self.second.listed[1], b"before")
        objects = [self.first.finish(), self.second.finish()]
        self.table = sha(objects[0]) + bytes(32) + sha(objects[1])
        self.manifest = u8(1) + self.records()
        half = len(self.manifest) // 2
        own = [self.table, self.manifest[:half], self.manifest[half:]]
        third = Pack(count(37, 32))
        for chunk in own:
            third.add(chunk, frame(chunk))
        objects.append(third.finish())
        self.objects = objects
        self.listed = list_hash(sha(each) for each in objects)
        refs = [reference(0, i, third.listed[i], chunk) for i, chunk in enumerate(own)]
        self.content = self.head() + sha(objects[2]) + b"".join(refs)
        self.previous = stub(1, bytes(32), sha(b"an earlier root"), list_hash([]))
        self.place = place(2, self.previous)
        self.root = root(self.content, self.place)
        self.refs = refs
        self.stub = stub(2, self.previous, sha(self.root), self.listed)

    def head(self, version=1, files=6, total=None, packs_=1, a=1, b=2):
        total = BYTES if total is None else total
        return u8(version) + u64(1_700_000_200) + u64(files) + u64(total) + self.listed + u32(packs_) + u32(a) + u32(b)

    def records(self):
        return b"".join([
            enter(b"", way=1), enter(b"home", way=1), enter(b"hanako", 0o700),
            file_(b"a file", len(TEXT) + len(RUN), links=2, inode=11), record(5, self.text + self.run),
            file_end(len(TEXT) + len(RUN)),
            hard_link(b"another name of it", 11),
            file_(b"changed", 6, inode=12), record(5, self.before), hole(65536), again(3, mtime=(1_700_000_150, 0), inode=12),
            record(5, self.raw), file_end(3, 1),
            file_(b"empty", 0, mode=0o4755, inode=13), file_end(0),
            enter(b"folder", 0o1777), file_(b"inside", 3, mtime=(-1, 999_999_999), inode=14, attributes=(
                (b"user.a", b""), (b"user.comment", b"\xe8\x8a\xb1"))), record(5, self.raw), file_end(3), LEAVE,
            fifo(b"pipe"),
            symlink(b"pointer", b"../somewhere/else"),
            file_(b"sparse", 65536 + 6, inode=15), record(5, self.raw), hole(65536), record(5, self.raw), file_end(65542),
            file_(b"unreadable", 10, inode=16), file_end(0, 2),
            file_("花".encode(), len(RUN), inode=17), record(5, self.run), file_end(len(RUN)),
            fifo(b"\xff not UTF-8"),
            LEAVE, LEAVE, LEAVE, END])

    def tree(self):
        run, text = RUN, TEXT
        home = b"/home/hanako"

        def entry(name, kind, **more):
            return {"path": (home + name).hex(), "kind": kind, **more}

        def content(data_, mode=0o644, **more):
            return {"mode": mode, "length": len(data_), "sha256": sha(data_).hex(), "state": 0, **more}

        mtime = {"seconds": 1_700_000_000, "nanoseconds": 123_456_789}
        return [
            {"path": b"/".hex(), "kind": "directory", "mode": 0o755, "way": True},
            {"path": b"/home".hex(), "kind": "directory", "mode": 0o755, "way": True},
            {"path": home.hex(), "kind": "directory", "mode": 0o700, "way": False},
            entry(b"/a file", "file", **content(text + run, links=2, modified=mtime)),
            entry(b"/another name of it", "hard link", to=(home + b"/a file").hex()),
            entry(b"/changed", "file", **content(b"raw", modified={"seconds": 1_700_000_150, "nanoseconds": 0}) | {"state": 1}),
            entry(b"/empty", "file", **content(b"", 0o4755, modified=mtime)),
            entry(b"/folder", "directory", mode=0o1777, way=False),
            entry(b"/folder/inside", "file", **content(b"raw", modified={"seconds": -1, "nanoseconds": 999_999_999},
                                                      attributes={"user.a": "", "user.comment": "e88ab1"})),
            entry(b"/pipe", "named pipe", mode=0o600),
            entry(b"/pointer", "symbolic link", target=b"../somewhere/else".hex()),
            entry(b"/sparse", "file", **content(b"raw" + bytes(65536) + b"raw", modified=mtime)),
            entry(b"/unreadable", "file that does not count", state=2),
            entry(b"/" + "花".encode(), "file", **content(run, modified=mtime)),
            entry(b"/\xff not UTF-8", "named pipe", mode=0o600),
        ]

    def bad_roots(self):
        """Genuine seals of contents that must be refused, and seals that must not open."""
        def sealed_(content):
            return root(content, self.place)

        tail = sha(self.objects[2])
        refs = b"".join(self.refs)
        long = self.refs[2][:16] + u32(4 * 1024 * 1024 + 1) + self.refs[2][20:]
        return bad(
            ("a letter of the start", flipped(self.root, 3)), ("another suite", flipped(self.root, 5)),
            ("a flag", flipped(self.root, 7)), ("another salt", flipped(self.root, 8)),
            ("another commitment", flipped(self.root, 40)), ("a bit of what is sealed", flipped(self.root, 72)),
            ("cut", self.root[:-1]), ("only its start", self.root[:72]),
            ("a length longer than the content", root(self.content, self.place, length=2**20)),
            ("another version", sealed_(self.head(version=2) + tail + refs)),
            ("a byte behind the references", sealed_(self.content + b"\0")), ("a reference less", sealed_(self.content[:-52])),
            ("more packs than are named", sealed_(self.head(packs_=2) + tail + refs)),
            ("a reference to a pack that is not named", sealed_(self.head() + tail + refs[:104] + u32(1) + refs[108:])),
            ("a chunk of no bytes", sealed_(self.head() + tail + refs[:104] + self.refs[2][:16] + u32(0) + self.refs[2][20:])),
            ("a chunk above 4 MiB", sealed_(self.head() + tail + refs[:104] + long)),
            ("another list of objects", sealed_(self.content.replace(self.listed, list_hash([])))),
        )

    def elsewhere(self):
        """Places where the root must not open."""
        zero = bytes(32)
        return [{"why": why, "setId": s.hex(), "deviceId": d.hex(), "generation": g, "sequence": n, "previous": p.hex()}
                for why, s, d, g, n, p in [
                    ("another set", count(1, 16), DEVICE, 3, 2, self.previous), ("another device", SET, SET, 3, 2, self.previous),
                    ("another generation", SET, DEVICE, 2, 2, self.previous),
                    ("another sequence", SET, DEVICE, 3, 3, self.previous), ("another predecessor", SET, DEVICE, 3, 2, zero)]]

    def shown(self):
        return {
            "setId": SET.hex(), "deviceId": DEVICE.hex(), "generation": GENERATION, "sequence": 2,
            "previous": self.previous.hex(), "root": sha(self.root).hex(), "listHash": self.listed.hex(),
            "stubHash": self.stub.hex(), "snapshotId": self.stub[:16].hex(),
            "objects": [o.hex() for o in self.objects], "objectNames": sorted(sha(o).hex() for o in self.objects),
            "rootObject": self.root.hex(), "rootContent": self.content.hex(), "started": 1_700_000_200, "files": 6,
            "bytes": BYTES, "packTable": self.table.hex(), "manifest": self.manifest.hex(),
            "tree": self.tree(), "elsewhere": self.elsewhere(), "badRoots": self.bad_roots(),
        }


def manifests(of):
    """Manifests that must be refused; of a good one see "snapshot"."""
    def stream(*records, version=1):
        return u8(version) + b"".join(records)

    top, plain = enter(b""), file_(b"f", 3)
    whole = (plain, record(5, of.raw), file_end(3))
    return bad(
        ("another version", stream(top, LEAVE, END, version=2)), ("nothing", b""), ("no end", stream(top, LEAVE)),
        ("cut in a record", stream(top, LEAVE, END)[:-1]), ("a byte behind the end", stream(top, LEAVE, END) + b"\0"),
        ("no top", stream(END)), ("a top with a name", stream(enter(b"x"), LEAVE, END)),
        ("two tops", stream(top, LEAVE, top, LEAVE, END)), ("a directory without a name", stream(top, top, LEAVE, LEAVE, END)),
        ("not left", stream(top, END)), ("left once more", stream(top, LEAVE, LEAVE, END)),
        ("a type that is unknown", stream(top, record(12), LEAVE, END)), ("type 0", stream(top, record(0), LEAVE, END)),
        ("a body above 1 MiB", stream(top, u8(9) + u32(1024 * 1024 + 1))),
        ("a byte behind a body", stream(top, record(2, b"\0"), END)), ("a body cut short", stream(record(1, b"\0\0"), END)),
        ("a flag of 2", stream(enter(b"", way=2), LEAVE, END)),
        ("the name ..", stream(top, fifo(b".."), LEAVE, END)), ("the name .", stream(top, fifo(b"."), LEAVE, END)),
        ("a name of no bytes", stream(top, fifo(b""), LEAVE, END)), ("a slash in a name", stream(top, fifo(b"a/b"), LEAVE, END)),
        ("NUL in a name", stream(top, fifo(b"a\0"), LEAVE, END)), ("a name of 256 bytes", stream(top, fifo(b"a" * 256), LEAVE, END)),
        ("a name twice", stream(top, fifo(b"a"), fifo(b"a"), LEAVE, END)),
        ("names that descend", stream(top, fifo(b"b"), fifo(b"a"), LEAVE, END)),
        ("names ascending only as signed bytes", stream(top, fifo(b"\xff"), fifo(b"a"), LEAVE, END)),
        ("contents outside a file", stream(top, record(5, of.raw), LEAVE, END)),
        ("a hole outside a file", stream(top, hole(1), LEAVE, END)), ("an end of no file", stream(top, file_end(0), LEAVE, END)),
        ("begun again outside a file", stream(top, again(0), LEAVE, END)),
        ("an entry inside a file", stream(top, plain, fifo(b"g"), file_end(0), LEAVE, END)),
        ("a directory left inside a file", stream(top, plain, LEAVE, END)),
        ("a length that is not the sum", stream(top, plain, record(5, of.raw), file_end(4), LEAVE, END)),
        ("a hole of no bytes", stream(top, plain, hole(0), file_end(0), LEAVE, END)),
        ("a sum above 2^63", stream(top, plain, hole(2**63 - 1), hole(1), file_end(0), LEAVE, END)),
        ("a hole above 2^63", stream(top, plain, hole(2**63), file_end(0), LEAVE, END)),
        ("data of no references", stream(top, plain, record(5), file_end(0), LEAVE, END)),
        ("data of 257 references", stream(top, plain, record(5, of.raw * 257), file_end(771), LEAVE, END)),
        ("half a reference", stream(top, plain, record(5, of.raw[:-1]), file_end(3), LEAVE, END)),
        ("a reference to a chunk of no bytes",
         stream(top, plain, record(5, of.raw[:16] + u32(0) + of.raw[20:]), file_end(0), LEAVE, END)),
        ("a reference to a chunk above 4 MiB",
         stream(top, plain, record(5, of.raw[:16] + u32(2**22 + 1) + of.raw[20:]), file_end(2**22 + 1), LEAVE, END)),
        ("a reference to entry 65536", stream(top, plain, record(5, of.raw[:4] + u32(65536) + of.raw[8:]), file_end(3), LEAVE, END)),
        ("a state that is unknown", stream(top, *whole[:2], file_end(3, 3), LEAVE, END)),
        ("bits of a mode above 07777", stream(enter(b"", 0o40755), LEAVE, END)),
        ("a thousand million nanoseconds", stream(enter(b"", mtime=(0, 1_000_000_000)), LEAVE, END)),
        ("attributes that descend", stream(enter(b"", attributes=((b"b", b""), (b"a", b""))), LEAVE, END)),
        ("an attribute without a name", stream(enter(b"", attributes=((b"", b""),)), LEAVE, END)),
        ("a link to nothing", stream(top, symlink(b"l", b""), LEAVE, END)),
        ("NUL in a target", stream(top, symlink(b"l", b"a\0b"), LEAVE, END)),
        ("a target of 4096 bytes", stream(top, symlink(b"l", b"a" * 4096), LEAVE, END)),
    )


def wraps():
    """The wrap of the 64-digit key of device.json, altered, and chains."""
    older = sha(b"vector older K")

    def made(key, method, params, secret, generation=2, suite=1, flags=0, length=None):
        head = (b"HK1w" + u16(suite) + u8(method) + u8(flags) + SET + u32(generation) + count(5, 16) + count(6, 32)
                + u16(len(params) if length is None else length) + params)
        okm = hkdf(count(6, 32), secret, b"HK1 wrap" + sha(head), 64)
        return head + okm[32:] + AESGCM(okm[:32]).encrypt(bytes(12), key, head + okm[32:])

    chain_key = subkey("chain")
    chain = made(older, 5, u32(3), chain_key)
    good = wrap(2, b"", "".join(digits()).encode())
    secret = "".join(digits()).encode()
    return {
        "older": {"generation": 2, "K": older.hex()}, "chain": chain.hex(),
        "badChain": bad(("to another generation above", made(older, 5, u32(4), chain_key)),
                        ("of a generation that is not the one below", made(older, 5, u32(3), chain_key, generation=1)),
                        ("under another K", made(older, 5, u32(3), sha(b"x"))),
                        ("that is none", made(older, 2, b"", chain_key)), ("a bit changed", flipped(chain, len(chain) - 1)),
                        ("cut", chain[:-1])),
        "badDigits": bad(*[("bit of byte %d" % at, flipped(good, at)) for at in (0, 5, 6, 7, 8, 27, 28, 44, 77, 78, 110, 157)],
                         ("cut", good[:-1]), ("a byte behind it", good + b"\0"),
                         ("generation 0", made(K, 2, b"", secret, generation=0)),
                         ("another suite", made(K, 2, b"", secret, suite=2)), ("a flag", made(K, 2, b"", secret, flags=1)),
                         ("a method that is reserved", made(K, 3, b"", secret)),
                         ("parameters where there are none", made(K, 2, b"x", secret)),
                         ("under the digits with blanks", made(K, 2, b"", b" ".join(d.encode() for d in digits())))),
        "badRows": [["1234567890123458"] + digits()[1:], [digits()[1], digits()[0]] + digits()[2:], digits()[:3]],
    }


def owner():
    k = p256.derive_key_pair(subkey("owner"), b"HK1 owner")
    return {"private": k.to_bytes(32, "big").hex(), "public": p256.spki(p256.public(k)).hex()}


def cut_ends(stream):
    okm = hkdf(b"", subkey("cdc"), b"HK1 cdc", 40)
    p = 2**61 - 1
    x = 2 + (int.from_bytes(okm[32:], "big") % 2**61) % (p - 2)
    top = pow(x, 64, p)
    aes = Cipher(algorithms.AES(okm[:32]), modes.ECB()).encryptor()
    least, most, ends, start = 256 * 1024, 4096 * 1024, [], 0
    while start < len(stream):
        left = len(stream) - start
        end = start + min(left, most)
        at, limit, h = least, min(left, most) if len(stream) > 512 * 1024 else 0, 0
        for b in stream[start + least - 64:start + least]:
            h = (h * x + b + 1) % p
        while at < limit and end == start + min(left, most):
            blocks = bytearray()
            for i in range(at, min(at + 4096, limit)):
                blocks += struct.pack(">QQ", h, 0)
                h = (h * x + stream[start + i] + 1 - (stream[start + i - 64] + 1) * top) % p
            sealed_ = aes.update(bytes(blocks))
            found = [i for i in range(len(blocks) // 16)
                     if struct.unpack_from(">I", sealed_, 16 * i)[0] < 2**32 // (768 * 1024)]
            if found:
                end = start + at + found[0]
            at += 4096
        ends.append(end)
        start = end
    return ends


def cut_ciphers():
    okm = hkdf(b"", subkey("cdc"), b"HK1 cdc 2", 64)
    return [Cipher(algorithms.AES(key), modes.ECB()) for key in (okm[:32], okm[32:])]


def xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def cbc_mac(aes, message):
    state = bytes(16)
    for at in range(0, len(message), 16):
        state = aes.update(xor(state, message[at:at + 16]))
    return state


def number(block):
    return struct.unpack(">I", block[:4])[0]


def cut_ends_2(stream):
    candidate, mac = (c.encryptor() for c in cut_ciphers())
    least, most, ends, start = 256 * 1024, 4096 * 1024, [], 0
    while start < len(stream):
        end = min(len(stream), start + most)
        at = start + least if len(stream) > 512 * 1024 else end
        while at < end:
            upto = min(at + 4096, end)
            sealed_ = candidate.update(b"".join(stream[i - 16:i] for i in range(at, upto)))
            found = [at + i for i in range(upto - at) if sealed_[16 * i] == 0]
            found = [i for i in found if number(cbc_mac(mac, stream[i - 64:i])) < 2**32 // 3072]
            if found:
                end = found[0]
            at = upto
        ends.append(end)
        start = end
    return ends


def window(first, second):
    """64 bytes of which the first number and that of the MAC are as wanted, which takes both keys."""
    candidate, mac = cut_ciphers()
    last = candidate.decryptor().update(u32(first) + bytes(range(1, 13)))
    before = xor(mac.decryptor().update(u32(second) + bytes(range(13, 25))), last)
    start = bytes(range(32))
    made = start + xor(mac.decryptor().update(before), cbc_mac(mac.encryptor(), start)) + last
    assert number(candidate.encryptor().update(made[48:])) == first and number(cbc_mac(mac.encryptor(), made)) == second
    return made


def placed(what, length, *windows):
    """Zeros with windows that end where it is said."""
    stream = bytearray(length)
    for end, first, second in windows:
        stream[end - 64:end] = window(first, second)
    return {"what": what, "length": length, "sha256": sha(bytes(stream)).hex(), "ends2": cut_ends_2(bytes(stream)),
            "windows": [{"end": end, "candidate": first, "mac": second, "bytes": window(first, second).hex()} for end, first, second in windows]}


def cuts():
    mixed = data(2_700_000)
    streams = [
        ("nothing", b""), ("one byte", b"x"), ("524288 bytes", data(524_288)), ("524289 bytes", data(524_289)),
        ("2700000 bytes", mixed), ("the same from byte 1000 on", mixed[1000:]),
        ("the same behind 300000 zeros", bytes(300_000) + mixed), ("4500000 zeros", bytes(4_500_000)),
        ("the first 1000 bytes, 9000 times", mixed[:1000] * 9000),
    ]
    zeros = [
        placed("up to 524288 bytes nothing is cut", 524_288, (300_000, 0, 0)), placed("beyond it is", 524_289, (300_000, 0, 0)),
        placed("the last candidate, and the last MAC that is a cut", 600_000, (300_000, 2**24 - 1, 1_398_100)),
        placed("the first that is no candidate", 600_000, (300_000, 2**24, 0)), placed("the first MAC that is none", 600_000, (300_000, 0, 1_398_101)),
        placed("the number of a MAC has no sign", 600_000, (300_000, 0, 2**32 - 1)),
        placed("too near to the start to be looked at", 600_000, (262_143, 0, 0)), placed("the first that is looked at", 600_000, (262_144, 0, 0)),
        placed("too near to the start of the second chunk", 1_000_000, (300_000, 0, 0), (562_143, 0, 0)),
        placed("the first that is looked at in the second chunk", 1_000_000, (300_000, 0, 0), (562_144, 0, 0)),
        placed("two next to each other", 1_000_000, (300_000, 0, 0), (300_064, 0, 0)),
        placed("one less than the longest", 4_500_000, (4_194_303, 0, 0)), placed("as long as the longest", 4_500_000, (4_194_304, 0, 0)),
        placed("beyond the longest", 4_500_000, (4_194_305, 0, 0)),
        placed("one byte before the end", 600_000, (599_999, 0, 0)), placed("at the end", 600_000, (600_000, 0, 0)),
    ]
    return {"data": "SHA-256 of u64 0, 1, 2 ... joined, as many bytes as are named",
            "streams": [{"what": what, "length": len(s), "sha256": sha(s).hex(), "ends": cut_ends(s), "ends2": cut_ends_2(s)}
                        for what, s in streams],
            "zeros": zeros}


def told(n, least=0):
    n = n and max(n, least)
    step = 1 << max(0, n.bit_length() - 4)
    return min(-(-n // step) * step, 15 << 59)


def told_figures():
    numbers = [0, 1, 15, 16, 17, 18, 31, 32, 33, 100, 255, 256, 257, 1000, 65_535, 65_536, 65_537, 73_728, 73_729, 1_000_000,
               1_234_567_890, 2**53 - 1, 15 * 2**59 - 1, 15 * 2**59, 15 * 2**59 + 1, 2**63 - 1]
    return {"counts": [[n, told(n)] for n in numbers], "bytes": [[n, told(n, 65_536)] for n in numbers]}


def main():
    of = Snapshot()
    sizes = [0, 1, 2, 3, 8, 9, 10, 17, 18, 100, 255, 256, 257, 1000, 4095, 4097, 65_537, 1_000_000, 8_388_608, 8_388_609, 25_165_824]
    print(json.dumps({
        "owner": owner(), "wraps": wraps(), "packs": packs(), "snapshot": of.shown(), "badManifests": manifests(of),
        "padme": [[n, padme(n) if n > 1 else n] for n in sizes], "told": told_figures(), "cuts": cuts(),
    }, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
