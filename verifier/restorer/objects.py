"""Packs, roots, stubs and object lists (docs/spec/objects.md, and the root of manifest.md)."""

from dataclasses import dataclass

import zstandard

from .encoding import (LaterForm, Reader, Refused, check_signature, hkdf, mac, opened, padme, public_key, same, sha,
                       transcript, u32, u64)

CHUNK_LIMIT = 4 << 20
OBJECT_LIMIT = 24 << 20


def chunk_id(key, plain):
    """HK1-C-01."""
    return mac(key.subkey("chunk-id"), plain)


def list_hash(names):
    """HK1-S-03, of names that were joined."""
    return sha(transcript("object list", names))


def check_list(names, wanted):
    """The names of an object list, or a refusal (HK1-S-03)."""
    if len(names) % 32 or len(names) > 32 * 500_000:
        raise Refused("HK1-S-03", "the object list has another length")
    each = [names[i:i + 32] for i in range(0, len(names), 32)]
    if any(a >= b for a, b in zip(each, each[1:])):
        raise Refused("HK1-S-03", "the object list is not in its order")
    if list_hash(names) != wanted:
        raise Refused("HK1-S-03", "the object list has another hash")
    return each


@dataclass(frozen=True)
class Stub:
    """What a snapshot is known by (HK1-S-04)."""

    set_id: bytes
    device: bytes
    generation: int
    sequence: int
    previous: bytes
    root: bytes
    list_hash: bytes

    def hash(self):
        return sha(transcript("snapshot stub", self.set_id, self.device, u32(self.generation), u64(self.sequence),
                              self.previous, self.root, self.list_hash))


class Pack:
    """A pack that was read whole, opened for the device and generation of who lists it (HK1-C-03)."""

    def __init__(self, data, key, device):
        if len(data) < 72 or len(data) > OBJECT_LIMIT:
            raise Refused("HK1-C-03", "the pack has another length")
        header, self.commitment = data[:40], data[40:72]
        if header[:4] != b"HK1p" or header[4:8] != b"\0\1\0\0":
            raise Refused("HK1-C-03", "no pack of suite 1")
        bound = sha(header + key.set_id + u32(key.generation) + device)
        okm = hkdf(header[8:40], key.subkey("pack"), b"HK1 pack" + bound, 64)
        if not same(okm[32:], self.commitment):
            raise Refused("HK1-C-03", "the commitment of the pack differs")
        self.data, self.key, self.aes, self.aad = data, key, okm[:32], header + self.commitment

    def _open(self, number, start, end):
        return opened(self.aes, bytes(4) + u64(number), self.data[start:end], self.aad, "HK1-C-03")

    def frame(self, number, offset, length):
        if offset < 72 or length < 16 + 5 or offset + length > len(self.data):
            raise Refused("HK1-M-01", "a place beyond the pack")
        return self._open(number, offset, offset + length)

    def chunk(self, number, offset, length, plain_length, wanted):
        """The bytes of a chunk; its length and chunkId are computed (HK1-C-08)."""
        plain = decode_frame(self.frame(number, offset, length))
        if len(plain) != plain_length and plain_length is not None:
            raise Refused("HK1-M-01", "the chunk has another length")
        if not same(chunk_id(self.key, plain), wanted):
            raise Refused("HK1-C-08", "the chunk has another chunkId")
        return plain

    def directory(self):
        """Offset, sealed length and chunkId of each entry, or a refusal (HK1-C-04)."""
        data = self.data
        if padme(len(data)) != len(data) or len(data) < 92 + 20:
            raise Refused("HK1-C-04", "the size of the pack is not Padmé's")
        trailer = self._open(0xFFFFFFFF, len(data) - 20, len(data))
        d = int.from_bytes(trailer, "big")
        start = len(data) - 20 - d
        if start < 72 or d < 20:
            raise Refused("HK1-C-04", "the directory has no place")
        r = Reader(self._open(0xFFFFFFFE, start, len(data) - 20), "HK1-C-04")
        lines, at = [], 72
        for _ in range(r.number(4, 65_537)):
            offset, length, chunk = r.number(4), r.number(4), r.take(32)
            if offset != at or length < 16 + 5:
                raise Refused("HK1-C-04", "entries do not follow each other")
            at += length
            lines.append((offset, length, chunk))
        if at != start or any(r.take(r.left())):
            raise Refused("HK1-C-04", "there is something between the entries and the directory, or behind its lines")
        return lines


def decode_frame(frame):
    """What codec and data give, which is exactly the raw length (HK1-C-05)."""
    r = Reader(frame, "HK1-C-05")
    codec, length = r.number(1), r.number(4)
    if length > CHUNK_LIMIT or codec > 1:
        raise Refused("HK1-C-05", "a frame of another codec or length")
    data = r.take(r.left())
    if codec == 0:
        out = data
    else:
        out = _decompressed(data, length)
    if len(out) != length:
        raise Refused("HK1-C-05", "a frame of another length than it says")
    return out


def _decompressed(data, length):
    """What frames of Zstandard give, decompressed in small pieces so that no bomb goes far beyond `length`."""
    out, size, decoder = [], 0, None
    try:
        for at in range(0, len(data), 1024):
            piece = data[at:at + 1024]
            while piece:
                decoder = decoder or zstandard.ZstdDecompressor(max_window_size=8 << 20).decompressobj()
                out.append(decoder.decompress(piece))
                size += len(out[-1])
                if size > length:
                    raise Refused("HK1-C-05", "a frame gives more than it says")
                piece = decoder.unused_data if decoder.eof else b""
                if decoder.eof:
                    decoder = None
    except zstandard.ZstdError:
        raise Refused("HK1-C-05", "no frame of Zstandard") from None
    if decoder is not None or not data:
        raise Refused("HK1-C-05", "a frame is cut")
    return b"".join(out)


@dataclass(frozen=True)
class Reference:
    pack: int
    number: int
    offset: int
    sealed: int
    plain: int
    chunk: bytes


def read_reference(r, packs=None):
    """52 bytes (HK1-M-01); `packs` is the number of names where a pack beyond them is to be refused."""
    ref = Reference(r.number(4, 1 << 31), r.number(4, 65_536), r.number(4, OBJECT_LIMIT + 1),
                    r.number(4, OBJECT_LIMIT + 1), r.number(4, CHUNK_LIMIT + 1), r.take(32))
    if ref.plain < 1 or (packs is not None and ref.pack >= packs):
        raise Refused("HK1-M-01", "a reference is out of its range")
    return ref


@dataclass
class Root:
    version: int
    started: int
    files: int
    bytes: int
    list_hash: bytes
    names: list
    table: list
    manifest: list
    public_key: bytes = None


def open_root(data, key, stub):
    """The root of a snapshot in its place (HK1-S-06), its content (HK1-M-01) and signature (HK1-M-08)."""
    if sha(data) != stub.root:
        raise Refused("HK1-S-01", "the root is not its name")
    return parse_root(unseal_root(data, key, stub), stub)


def unseal_root(data, key, stub):
    if len(data) < 72 + 4 + 16 or len(data) > OBJECT_LIMIT or data[:4] != b"HK1r":
        raise Refused("HK1-S-06", "no root")
    if data[4:8] != b"\0\1\0\0":
        raise LaterForm("HK1-N-03", "a root of an unknown suite or flags: a later client is needed")
    header, commitment = data[:40], data[40:72]
    bound = sha(header + key.set_id + u32(stub.generation) + stub.device + u64(stub.sequence) + stub.previous)
    okm = hkdf(header[8:40], key.subkey("manifest"), b"HK1 root" + bound, 64)
    if not same(okm[32:], commitment):
        raise Refused("HK1-S-06", "the commitment of the root differs")
    r = Reader(opened(okm[:32], bytes(12), data[72:], header + commitment, "HK1-S-06"), "HK1-M-01")
    return r.take(r.number(4))


def parse_root(content, stub):
    r = Reader(content, "HK1-M-01")
    version = r.number(1)
    if version not in (1, 2):
        raise LaterForm("HK1-M-08", f"a root of version {version}: a later client is needed")
    started, files, size = r.number(8, 253_402_300_800), r.number(8, 1 << 63), r.number(8, 1 << 63)
    root = Root(version, started, files, size, r.take(32), [], [], [])
    p, a, b = (r.number(4, 1 << 31) for _ in range(3))
    if p < 1 or b < 1 or 32 * p + 52 * (a + b) > r.left():
        raise Refused("HK1-M-01", "the counts of the root do not fit")
    root.names = [r.take(32) for _ in range(p)]
    root.table = [read_reference(r, p) for _ in range(a)]
    root.manifest = [read_reference(r, p) for _ in range(b)]
    if version == 2:
        r.number(2)
        if r.number(2) != 1:
            raise LaterForm("HK1-M-08", "a root with another rule: a later client is needed")
        root.public_key = r.take(91)
        public_key(root.public_key)
        if sha(root.public_key)[:16] != stub.device:
            raise Refused("HK1-M-08", "the root is signed by another device")
        signed = content[:r.at]
        check_signature(root.public_key, r.take(64), transcript(
            "snapshot root", stub.set_id, stub.device, u32(stub.generation), u64(stub.sequence), stub.previous, signed),
            "HK1-M-08", "the root")
    r.end()
    if root.list_hash != stub.list_hash:
        raise Refused("HK1-M-01", "the root names another object list")
    return root
