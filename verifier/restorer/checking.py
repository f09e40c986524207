"""A deep verification of a snapshot (HK1-D-13): every pack it lists, every entry, every reference."""

from .encoding import Refused, sha, shown, u32
from .manifest import references
from .objects import Pack, chunk_id, decode_frame
from .reading import manifest_entries, open_snapshot, pack_table

_LINE = 44


class Verification:
    """Packs are opened once for each device and generation that lists them."""

    def __init__(self, bundle, keys, chunks, outcome):
        self.bundle, self.keys, self.chunks, self.outcome = bundle, keys, chunks, outcome
        self.packs, self.snapshots, self.opened, self.referred = {}, 0, 0, {}

    def snapshot(self, stub):
        what = f"snapshot {stub.hash()[:16].hex()}, number {stub.sequence} of device {stub.device.hex()}"
        try:
            snapshot = open_snapshot(self.bundle, self.keys, stub)
            if snapshot.why_no_list:
                self.outcome.tell(f"{what}: nobody can say what belongs to it: {snapshot.why_no_list}", 7)
            bad = [name for name in snapshot.names or () if self._pack(name, snapshot) is None]
            self._tree(snapshot, what, bad)
            self.snapshots += 1
        except Refused as e:
            self.outcome.tell(f"{what}: is damaged: {e}", 7)

    def _pack(self, name, snapshot):
        """The lines of its directory with the plain length of each, or None when anything of it is wrong."""
        at = (name, snapshot.key.generation, snapshot.stub.device)
        if at not in self.packs:
            try:
                self.packs[at] = self._lines(name, snapshot)
                self.opened += 1
            except Refused as e:
                self.packs[at] = None
                self.chunks.damaged.setdefault(name, str(e))
                self.outcome.say(f"pack {name.hex()} is damaged: {e}")
        return self.packs[at]

    def _lines(self, name, snapshot):
        data = self.bundle.object(name)
        if data is None:
            raise Refused("HK1-S-01", "it is missing")
        if sha(data) != name:
            raise Refused("HK1-S-01", "it is not its name")
        pack, lines = Pack(data, snapshot.key, snapshot.stub.device), []
        for number, (offset, length, chunk) in enumerate(pack.directory()):
            plain = decode_frame(pack.frame(number, offset, length))
            if chunk_id(snapshot.key, plain) != chunk:
                raise Refused("HK1-D-13", f"entry {number} has another chunkId than its directory says")
            lines.append(u32(offset) + u32(length) + u32(len(plain)) + chunk)
        return b"".join(lines)

    def _tree(self, snapshot, what, bad):
        """Every reference of root, table and manifest; what is damaged may stand elsewhere (HK1-D-14)."""
        self.referred = {}
        for ref in snapshot.root.table + snapshot.root.manifest:
            self._reference(snapshot.root.names[ref.pack], ref, snapshot)
        table, lost = pack_table(snapshot, self.chunks)
        if lost:
            self.outcome.tell(f"{what}: names of its pack table are lost", 7)
        inodes, path, files = set(), [], 0
        for entry in manifest_entries(snapshot, self.chunks):
            where = "/" + "/".join(shown(p) for p in [*path[1:], entry.name])
            if entry.kind == "enter":
                path.append(entry.name)
            elif entry.kind == "leave":
                path.pop()
            elif entry.kind == "hard link" and entry.inode not in inodes:
                self.outcome.tell(f"{what}: {where} is a further name of nothing", 7)
            elif entry.kind == "file":
                inodes.add(entry.inode)
                files += entry.state != 2
                data = [p for p in entry.pieces if isinstance(p, bytes) and entry.state != 2]
                try:
                    for ref in (ref for piece in data for ref in references(piece)):
                        self._reference(table[ref.pack] if ref.pack < len(table) else None, ref, snapshot)
                except Refused as e:
                    self.outcome.tell(f"{what}: {where} is damaged: {e}", 7)
        self.outcome.files += files
        for name in bad:
            elsewhere = self.referred.get(name)
            self.outcome.tell(f"{what}: of pack {name.hex()}, which is damaged, {'all' if elsewhere else 'not all'} "
                              "stands elsewhere", 0 if elsewhere else 7)

    def _reference(self, name, ref, snapshot):
        lines = self.packs.get((name, snapshot.key.generation, snapshot.stub.device))
        if name is not None and snapshot.names is not None and name not in snapshot.names_set():
            raise Refused("HK1-M-02", "it refers to a pack that the object list does not name")
        if lines is not None:
            line = lines[_LINE * ref.number:_LINE * (ref.number + 1)]
            if line != u32(ref.offset) + u32(ref.sealed) + u32(ref.plain) + ref.chunk:
                raise Refused("HK1-D-13", "a reference is not what the pack's directory says")
            return
        found = self.chunks.elsewhere(ref, snapshot.key, name) is not None
        self.referred[name] = found and self.referred.get(name, True)
        if not found:
            what = name.hex() if name else "without a name"
            raise Refused("HK1-D-14", f"pack {what} is damaged, and nothing stands in")
