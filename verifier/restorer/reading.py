"""Reading a snapshot: its root, pack table, manifest and chunks, with what stands in for damage."""

import collections
from dataclasses import dataclass

from . import manifest
from .encoding import Refused, sha
from .objects import Pack, check_list, open_root


class Chunks:
    """Chunks of a bundle. Each is taken only when its length and chunkId are those of the reference (HK1-C-08)."""

    def __init__(self, bundle, keys, stubs):
        self.bundle, self.keys, self.stubs = bundle, keys, stubs
        self.damaged, self.stood_in = {}, set()
        self._packs, self._elsewhere = collections.OrderedDict(), {}

    def pack(self, name, key, device):
        """A pack that opens; that its hash is wrong is noted, and leaves it what it is (HK1-S-15)."""
        at = (name, key.generation, device)
        if at not in self._packs:
            data = self.bundle.object(name)
            if data is None:
                self.damaged.setdefault(name, "is missing")
                raise Refused("HK1-S-01", "the pack is missing")
            if sha(data) != name:
                self.damaged.setdefault(name, "is not its name")
            try:
                self._packs[at] = Pack(data, key, device)
            except Refused as e:
                self.damaged.setdefault(name, str(e))
                raise
            while len(self._packs) > 4:
                self._packs.popitem(last=False)
        self._packs.move_to_end(at)
        return self._packs[at]

    def chunk(self, name, ref, key, device):
        """The bytes of a reference; `name` is None when the pack table has lost it."""
        try:
            if name is None:
                raise Refused("HK1-M-02", "the reference leads to no pack")
            return self.pack(name, key, device).chunk(ref.number, ref.offset, ref.sealed, ref.plain, ref.chunk)
        except Refused as e:
            if name is not None:
                self.damaged.setdefault(name, f"has an entry that is damaged: {e}")
            other = self.elsewhere(ref, key)
            if other is None:
                raise
            self.stood_in.add(name)
            return other

    def elsewhere(self, ref, key, but=None):
        """HK1-S-16: the same chunk from any pack that opens under the same K, or None."""
        if key.generation not in self._elsewhere:
            self._elsewhere[key.generation] = self._index(key)
        for name, device, number, offset, length in self._elsewhere[key.generation].get(ref.chunk, ()):
            if name == but:
                continue
            try:
                return self.pack(name, key, device).chunk(number, offset, length, ref.plain, ref.chunk)
            except Refused:
                continue
        return None

    def _index(self, key):
        index, seen = {}, set()
        for stub in sorted(self.stubs, key=lambda s: -s.sequence):
            names = self.bundle.object_list(stub.hash()[:16]) if stub.generation == key.generation else None
            names = names or b""
            for name in (names[i:i + 32] for i in range(0, len(names), 32)):
                if (name, stub.device) not in seen:
                    seen.add((name, stub.device))
                    try:
                        lines = self.pack(name, key, stub.device).directory()
                    except Refused:
                        continue
                    for number, (offset, length, chunk) in enumerate(lines):
                        index.setdefault(chunk, []).append((name, stub.device, number, offset, length))
        return index


@dataclass
class Snapshot:
    stub: object
    key: object
    root: object
    names: list  # of the object list, or None without it
    why_no_list: str = None
    _set: set = None

    def names_set(self):
        if self._set is None:
            self._set = set(self.names or ())
        return self._set


def open_snapshot(bundle, keys, stub):
    """Root and object list; a list that is refused does not refuse the snapshot (HK1-S-21)."""
    key = keys.get(stub.generation)
    if key is None:
        raise Refused("HK1-K-13", f"K of generation {stub.generation} is not to be had: a link is missing or wrong")
    data = bundle.object(stub.root)
    if data is None:
        raise Refused("HK1-D-09", "the root is missing")
    snapshot = Snapshot(stub, key, open_root(data, key, stub), None)
    try:
        names = bundle.object_list(stub.hash()[:16])
        if names is None:
            raise Refused("HK1-S-21", "the object list is missing")
        snapshot.names = check_list(names, stub.list_hash)
    except Refused as e:
        snapshot.why_no_list = str(e)
    return snapshot


def pack_table(snapshot, chunks):
    """Names by number; a name of which a byte is lost, or of a number that is free, is None (HK1-M-02)."""
    root, parts, lost = snapshot.root, [], False
    total = sum(ref.plain for ref in root.table)
    if total % 32 or total > 32 * 4_000_000:
        raise Refused("HK1-M-02", "the pack table has another length")
    for ref in root.table:
        try:
            parts.append(chunks.chunk(root.names[ref.pack], ref, snapshot.key, snapshot.stub.device))
        except Refused:
            parts.append(None)
            lost = True
    table, at, gone = b"".join(p or bytes(r.plain) for p, r in zip(parts, root.table)), 0, set()
    for part, ref in zip(parts, root.table):
        if part is None:
            gone.update(range(at // 32, -(-(at + ref.plain) // 32)))
        at += ref.plain
    names = [table[i:i + 32] for i in range(0, total, 32)]
    return [None if i in gone or name == bytes(32) else name for i, name in enumerate(names)], lost


def manifest_entries(snapshot, chunks):
    root = snapshot.root
    pieces = (chunks.chunk(root.names[ref.pack], ref, snapshot.key, snapshot.stub.device) for ref in root.manifest)
    return manifest.entries(manifest.Stream(pieces))
