"""Which snapshot is the newest, and what is an alarm, a question or refused (docs/spec/decisions.md).

The portal is not believed about any of it. Nothing is written here and nothing remembered."""

from dataclasses import dataclass, field

from .bundle import removed
from .encoding import Refused

RUN = {"GAP", "BROKEN_CHAIN", "FORK", "REGRESS", "SWAPPED"}


@dataclass(frozen=True)
class Place:
    """A number and a stub of a series, known from elsewhere than the portal."""

    sequence: int
    hash: bytes
    at: int = 0  # when it was witnessed
    gone: bool = False
    accepted: bool = False


@dataclass
class Series:
    """What is shown of one device in one set."""

    device: bytes
    by_number: dict = field(default_factory=dict)  # number -> {hash: stub}
    stubs: dict = field(default_factory=dict)  # hash -> stub
    gone: set = field(default_factory=set)  # hashes that are REMOVED
    broken: set = field(default_factory=set)  # numbers of entries that do not compute

    def add(self, stub, is_removed):
        self.stubs[stub.hash()] = stub
        self.by_number.setdefault(stub.sequence, {})[stub.hash()] = stub
        if is_removed:
            self.gone.add(stub.hash())

    def under(self, number):
        return self.by_number.get(number, {})

    def preferred(self, hashes):
        """Of several: one that is not REMOVED, then the lower hash."""
        return min(hashes, key=lambda h: (h in self.gone, h), default=None)

    def behind(self, place):
        return [h for h, s in self.under(place.sequence + 1).items() if s.previous == place.hash]

    def last(self, place):
        """The hash of the last that follows from a place, or is shown at it, else None."""
        at = place.hash if place.hash in self.under(place.sequence) else None
        number, following = place.sequence, self.behind(place)
        while following:
            at, number = self.preferred(following), number + 1
            following = self.behind(Place(number, at))
        return at

    def before(self, stub, place):
        """Whether it stands at a place or before it, stub by stub, all of which is shown."""
        at = self.stubs.get(place.hash)
        if at is None or at.sequence != place.sequence:
            return False
        while at is not None and at.sequence > stub.sequence:
            at = self.under(at.sequence - 1).get(at.previous)
        return at == stub

    def followers(self, stub):
        """It and all that follow from it."""
        todo = [stub]
        while todo:
            at = todo.pop()
            yield at
            todo.extend(self.stubs[h] for h in self.behind(Place(at.sequence, at.hash())))

    def shape(self):
        """GAP, BROKEN_CHAIN, FORK (HK1-D-05)."""
        found = {("BROKEN_CHAIN", n) for n in self.broken}
        shown, before = sorted(self.by_number), 0
        for n in shown:
            if n > before + 1:
                found.add(("GAP", before + 1))
            before = n
            if len(self.under(n)) > 1:
                found.add(("FORK", n))
            if self.under(n - 1) and any(s.previous not in self.under(n - 1) for s in self.under(n).values()):
                found.add(("BROKEN_CHAIN", n))
        return found


def group(entries, set_id):
    """The series of a set, and how many entries are of other sets (HK1-D-03)."""
    series, others = {}, 0
    for view, stub in entries:
        if view.get("setId") != set_id.hex():
            others += 1
            continue
        if stub is None:
            device = view.get("deviceId")
            try:
                device = bytes.fromhex(device)
            except (TypeError, ValueError):
                device = b""
            number = view.get("sequence")
            one = series.setdefault(device, Series(device))
            one.broken.add(number if type(number) is int else 0)
        else:
            series.setdefault(stub.device, Series(stub.device)).add(stub, removed(view))
    return series, others


@dataclass
class Finding:
    """What HK1-D-06 says of one series."""

    newest: object
    kinds: list
    memory: set
    root: object = None
    its_devices: bool = True
    signs: bool = False


class Reader:
    """Decides for one run. `opens(stub)` gives the root or refuses; `witness` is None for a vault that is silent."""

    def __init__(self, series, opens, witness, memory=None, signs=(), own=None, now=0, lacks=False):
        self.series, self._opens = dict(series), opens
        self.witness, self.silent = witness or {}, witness is None
        self.memory, self.signs, self.own, self.now, self.lacks = dict(memory or {}), set(signs), own, now, lacks
        self._roots = {}
        self.known = set(self.series) | set(self.witness) | set(self.memory)
        self.known = {d for d in self.known if self.series.get(d, Series(d)).stubs or d in self.witness
                      or d in self.memory}
        for device in self.known:
            self.series.setdefault(device, Series(device))

    def root(self, stub):
        """Root, or None when it does not open."""
        at = stub.hash()
        if at not in self._roots:
            try:
                self._roots[at] = None if at in self.series[stub.device].gone else self._opens(stub)
            except Refused:
                self._roots[at] = None
        return self._roots[at]

    def _signed(self, stub):
        root = self.root(stub)
        return root is not None and root.version == 2

    def finding(self, device, memory, compared):
        """HK1-D-06 of one series."""
        s, witnessed = self.series[device], self.witness.get(device)
        places = [p for p in (memory, witnessed) if p is not None]
        trusted = max(places, key=lambda p: p.sequence, default=None)
        base = trusted.sequence if trusted else 0
        if trusted:
            end = s.last(trusted)
        else:
            end = s.preferred(s.under(max(s.by_number, default=0)))
        limit = s.stubs[end].sequence if end else base - 1
        forked = min((n for n in s.by_number if n > base and len(s.under(n)) > 1), default=None)
        if forked:
            limit = min(limit, forked - 1)
        newest = None
        for n in sorted((n for n in s.by_number if n <= limit), reverse=True):
            here = s.under(n)
            if all(h in s.gone for h in here):
                continue
            if len(here) == 1:
                newest = next(iter(here.values()))
                break
            if trusted and trusted.hash in here and trusted.hash not in s.gone:
                newest = here[trusted.hash]
                break
            forked = n
        found = Finding(newest, [], set())
        self._whose(found, s, memory, witnessed)
        kinds = found.kinds
        another = witnessed and any(h != witnessed.hash for h in s.under(witnessed.sequence))
        if another:
            kinds.append(("NOT_WITNESSED", witnessed.sequence))
        if forked:
            kinds.append(("NEWEST_FORKED", forked))
        if witnessed and not another and s.last(witnessed) is None:
            kinds.append(("OLDER_THAN_WITNESSED", witnessed.sequence))
        if end in s.gone and not (memory and memory.gone and memory.hash == end):
            kinds.append(("NEWEST_REMOVED", s.stubs[end].sequence))
        if found.root is not None and not found.its_devices and found.signs:
            kinds.append(("NOT_SIGNED", newest.sequence))
        if compared and newest is not None and found.root is None:
            kinds.append(("NEWEST_UNREADABLE", newest.sequence))
        if memory:
            if max(s.by_number, default=0) < memory.sequence:
                found.memory.add(("REGRESS", memory.sequence))
            elif not s.under(memory.sequence):
                found.memory.add(("GAP", memory.sequence))
            elif memory.hash not in s.under(memory.sequence):
                found.memory.add(("SWAPPED", memory.sequence))
        return found

    def _whose(self, found, s, memory, witnessed):
        """HK1-D-07."""
        newest = found.newest
        found.signs = s.device in self.signs
        if newest is None:
            return
        found.root = self.root(newest)
        if found.root is None:
            return
        if any(self._signed(stub) for stub in s.followers(newest)):
            return
        if witnessed and s.before(newest, witnessed):
            return
        if not found.signs and witnessed:
            found.signs = any(self._signed(stub) for stub in s.stubs.values() if stub.sequence >= witnessed.sequence)
        mine = memory and s.device == self.own and not memory.accepted and not found.signs
        found.its_devices = bool(mine and s.before(newest, memory))

    def time(self, stub, root):
        """HK1-D-09.1."""
        witnessed = self.witness.get(stub.device)
        if witnessed and self.series[stub.device].before(stub, witnessed):
            return min(root.started, witnessed.at)
        return root.started

    def decide(self, kind, what=None):
        """`kind` is latest (`what` a device or None) or named (`what` the beginning of an identifier)."""
        d = Decision()
        shape = {(k, device, n) for device, s in self.series.items() for k, n in s.shape()}
        named = None
        if kind == "named":
            try:
                named = self._named(what)
                about = {named.device}
            except Refused as e:
                about, d.refused = set(), e
        elif what is not None:
            about = {what} & self.known
        else:
            about = {self.own} if self.own in self.known else set(self.known)
        compared = len(about) > 1
        found = {device: self.finding(device, self.memory.get(device), compared) for device in self.known}
        d.alarms = set(shape)
        for device, f in found.items():
            d.alarms |= {(k, device, n) for k, n in [*f.kinds, *f.memory]}
        forgotten = set()
        if any(k in RUN for k, _, _ in d.alarms):
            d.words.append("list")
            forgotten = {device for k, device, _ in d.alarms if k in ("REGRESS", "SWAPPED")}
            for device in forgotten & self.known:
                found[device] = self.finding(device, None, compared)
                d.alarms |= {(k, device, n) for k, n in found[device].kinds}
        if d.refused is None:
            try:
                self._choose(d, named, about, compared, found, forgotten)
            except Refused as e:
                d.refused = e
        if d.refused is not None:
            d.snapshot, d.words = None, []
        d.found = found
        return d

    def _named(self, beginning):
        if len(beginning) < 4:
            raise Refused("HK1-D-08", "an identifier begins with 4 digits at least", 6)
        stubs = (stub for one in self.series.values() for stub in one.stubs.values())
        hits = [stub for stub in stubs if stub.hash()[:16].hex().startswith(beginning)]
        if len(hits) != 1:
            raise Refused("HK1-D-08", f"{len(hits)} snapshots have this identifier", 7 if self.lacks else 6)
        if hits[0].hash() in self.series[hits[0].device].gone:
            raise Refused("HK1-D-08", "this snapshot was removed", 6)
        return hits[0]

    def _choose(self, d, named, about, compared, found, forgotten):
        if not about:
            nothing = 7 if self.lacks else 6
            raise Refused("HK1-D-08", "there is no such series, or no snapshot at all", nothing)
        if named is None:
            if any(k in ("NOT_WITNESSED", "NEWEST_FORKED") for device in about for k, _ in found[device].kinds):
                raise Refused("HK1-D-11", "the newest cannot be told; name a snapshot by its identifier")
            candidates = [f for f in (found[device] for device in about) if f.newest and (f.root or not compared)]
            if not candidates:
                raise Refused("HK1-D-08", "nothing that can be read is left of what was asked for")
            best = candidates[0]
            if compared:
                best = min(candidates, key=lambda f: (-self.time(f.newest, f.root), f.newest.device))
            d.snapshot = best.newest
        else:
            d.snapshot = named
        root = self._opens(d.snapshot)
        alarming = [found[device] for device in sorted(about) if found[device].kinds]
        d.words += [f"older {f.newest.sequence if f.newest else 0}" for f in alarming]
        if named is None:
            self._questions(d, found[d.snapshot.device], d.snapshot.device, forgotten)
            now = max([self.now, *(p.at for p in self.witness.values())])
            if compared and self.time(d.snapshot, root) > now + 300:
                d.words.append("ahead")
        d.vouched = self.vouched(d.snapshot)

    def _questions(self, d, f, device, forgotten):
        own = device == self.own and device in self.memory and device not in forgotten
        if device not in self.witness and not own:
            d.words.append("unchecked")
        elif not f.its_devices and (not f.signs or [k for k, _ in f.kinds] != ["NOT_SIGNED"]):
            d.words.append("unsigned")

    def vouched(self, stub):
        """Whether the vault has witnessed it, or one that stands behind it."""
        place = self.witness.get(stub.device)
        return bool(place and self.series[stub.device].before(stub, place))


@dataclass
class Decision:
    alarms: set = field(default_factory=set)
    words: list = field(default_factory=list)
    snapshot: object = None
    refused: Refused = None
    vouched: bool = False
    found: dict = None

    @property
    def then(self):
        if self.refused is not None:
            return "REFUSED"
        if any(w == "list" or w.startswith("older") for w in self.words):
            return "ALARM"
        return "ASK" if self.words else "RESTORE"
