#!/usr/bin/env python3
"""Computes vectors/series.json from the specification alone: lists of snapshots, what the vault and a device's memory say of them, and the decision.

Needs Python 3 and its package "cryptography", 43 or later. Run in this folder: python3 series.py > series.json
Set, K and generation are those of device.json and snapshot.json. What each case wants stands in it by hand; `decide` says the same from the rules of decisions.md.
"""

import json

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

import p256
from device import SET, count, padme, sealed, sha, subkey, transcript
from formats import salt
from snapshot import GENERATION, u8, u16, u32, u64

DAY = 86_400
FIRST = 1_800_000_000
NOW = FIRST + 40 * DAY
NONE = bytes(32)
OTHER_SET = count(200, 16)
END = 2 ** 53


class Device:
    def __init__(self, name):
        self.name = name
        self.key = p256.derive_key_pair(sha(b"vector device " + name.encode()), b"HK1 vector")
        self.public = p256.spki(p256.public(self.key))
        self.id = sha(self.public)[:16]


DEVICES = {name: Device(name) for name in ("A", "B", "X")}
SNAPSHOTS = {}


# The world: snapshots that were made, honestly or not (HK1-S-04, HK1-S-06, HK1-M-01, HK1-M-08).

def made(name, device, after, day, version=1, sequence=None, previous=None, signer=None, generation=GENERATION, set_id=SET, opens=True):
    """`after` names the one before; what a case wants otherwise is given by name."""
    before = SNAPSHOTS[after] if after else None
    sequence = sequence or (before["sequence"] + 1 if before else 1)
    previous = previous or (before["stub"] if before else NONE)
    who, started, listed = DEVICES[device], FIRST + day * DAY, sha(b"vector list " + name.encode())
    reference = u32(0) + u32(0) + u32(72) + u32(30) + u32(9) + sha(b"vector chunk")
    content = u8(version) + u64(started) + u64(3) + u64(1234) + listed + u32(1) + u32(0) + u32(1) + sha(b"vector pack") + reference
    place = set_id + u32(generation) + who.id + u64(sequence) + previous
    if version > 1:
        key = DEVICES[signer or device]
        content += u16(1) + u16(1) + who.public
        content += p256.sign(key.key, transcript(b"snapshot root", set_id, who.id, u32(generation), u64(sequence), previous, content))
    root = seal(subkey("manifest") if opens else sha(b"no K of this set"), place, content)
    stub = sha(transcript(b"snapshot stub", set_id, who.id, u32(generation), u64(sequence), previous, sha(root), listed))
    known = opens and version < 3 and signer is None and set_id == SET and sequence < END
    SNAPSHOTS[name] = {
        "set": set_id, "device": device, "generation": generation, "sequence": sequence, "previous": previous, "root": sha(root),
        "list": listed, "stub": stub, "object": root, "started": started if known else None, "signed": version == 2 if known else None}


def seal(manifest_key, place, content):
    key, start = sealed(b"HK1r", b"HK1 root", manifest_key, place, salt(b"HK1r", "manifest", place, count(2, 32), content))
    plain = u32(len(content)) + content
    plain += bytes(padme(88 + len(plain)) - 88 - len(plain))
    return start + AESGCM(key).encrypt(bytes(12), plain, start)


def forged(name):
    """Another root for the place of a snapshot, by somebody who has K: it opens, and is not what the stub names."""
    of = SNAPSHOTS[name]
    content = u8(1) + u64(of["started"] + 1) + u64(3) + u64(1234) + of["list"] + u32(0) + u32(0) + u32(0)
    return seal(subkey("manifest"), of["set"] + u32(of["generation"]) + DEVICES[of["device"]].id + u64(of["sequence"]) + of["previous"], content)


def world():
    made("a1", "A", None, 1)
    for n in range(2, 6):
        made("a%d" % n, "A", "a%d" % (n - 1), n)
    made("a6", "A", "a5", 6, version=2)
    made("a7", "A", "a6", 7, version=2)
    made("a5-forged", "A", "a4", 5)
    made("a6-unsigned", "A", "a5", 6)
    made("a7-unsigned", "A", "a6", 7)
    made("a5-other", "A", "a4", 5, version=2)
    made("a6-after-other", "A", "a5-other", 6, version=2)
    made("a6-of-another-key", "A", "a5", 6, version=2, signer="B")
    made("a6-later-form", "A", "a5", 6, version=3)
    made("a6-ahead", "A", "a5", 400, version=2)
    made("a4-stranger", "A", None, 4, sequence=4, previous=sha(b"vector stub of nobody"))
    made("a-above-all", "A", None, 5, sequence=END, previous=sha(b"vector stub of nobody"))
    made("b1", "B", None, 1)
    made("b2", "B", "b1", 2)
    made("b3", "B", "b2", 3)
    made("b4", "B", "b3", 20, version=2)
    made("b4-no-key", "B", "b3", 20, generation=2, opens=False)
    made("b4-same-time", "B", "b3", 5)
    made("o1", "A", None, 30, set_id=OTHER_SET)


# The rules (HK1-D-03 to HK1-D-10), for one case.

def chain_faults(device, views):
    """HK1-D-05."""
    faults, numbers = [], sorted({v["sequence"] for v in views})
    for before, number in zip([0] + numbers, numbers):
        here = [v for v in views if v["sequence"] == number]
        expected = [v["stub"] for v in views if v["sequence"] == before] if before else [NONE]
        if len(here) > 1:
            faults.append(("FORK", device, number))
        if number != before + 1:
            faults.append(("GAP", device, before + 1))
        elif any(v["previous"] not in expected for v in here):
            faults.append(("BROKEN_CHAIN", device, number))
    return faults


def memory_faults(device, views, remembered):
    """HK1-S-07."""
    at = [v for v in views if v["sequence"] == remembered["sequence"]]
    if not views or max(v["sequence"] for v in views) < remembered["sequence"]:
        return [("REGRESS", device, remembered["sequence"])]
    if not at:
        return [("GAP", device, remembered["sequence"])]
    return [] if any(v["stub"] == remembered["stub"] for v in at) else [("SWAPPED", device, remembered["sequence"])]


def one_of(views, case):
    """HK1-D-06: of several that can be the end."""
    return min(views, key=lambda v: (v["name"] in case.get("removed", []), v["stub"]), default=None)


def followed(views, place, case):
    """HK1-D-06: the last one that follows, stub by stub."""
    at, end = place, next((v for v in views if v["stub"] == place["stub"]), None)
    while True:
        after = one_of([v for v in views if v["sequence"] == at["sequence"] + 1 and v["previous"] == at["stub"]], case)
        if not after:
            return end
        at = end = after


def covers(place, view, views):
    """HK1-D-07: whether `view` stands at this place or before, stub by stub, all of it shown."""
    stub = place["stub"]
    while True:
        at = next((v for v in views if v["stub"] == stub), None)
        if at is None or at is view:
            return at is view
        stub = at["previous"]


class Series:
    def __init__(self, case, device, memory):
        self.case, self.device, self.memory = case, device, memory.get(device)
        self.views = [SNAPSHOTS[n] for n in dict.fromkeys(case["shown"]) if SNAPSHOTS[n]["device"] == device and SNAPSHOTS[n]["set"] == SET]
        told = (case["vault"] or {}).get(device)
        self.head, self.witnessed_at = (SNAPSHOTS[told["snapshot"]], told["at"]) if told else (None, None)
        self.remembered = SNAPSHOTS[self.memory["snapshot"]] if self.memory else None
        self.findings = []
        self.decide()
        self.own_work = self.whose()

    def removed(self, view):
        return view["name"] in self.case.get("removed", [])

    def opened(self, view):
        gone = view["name"] in self.case.get("withheld", []) or view["name"] in self.case.get("instead", {})
        return None if self.removed(view) or gone or view["started"] is None else view

    def decide(self):
        """HK1-D-06."""
        places = [p for p in (self.remembered, self.head) if p]
        trusted = max(places, key=lambda p: p["sequence"]) if places else None
        known = trusted["sequence"] if trusted else 0
        top = max((v["sequence"] for v in self.views), default=0)
        highest = one_of([v for v in self.views if v["sequence"] == top], self.case)
        end = followed(self.views, trusted, self.case) if trusted else highest
        limit = end["sequence"] if end else known - 1
        under = {n: [v for v in self.views if v["sequence"] == n] for n in {v["sequence"] for v in self.views}}
        forked = min((n for n in under if n > known and len(under[n]) > 1), default=None)
        if forked:
            limit = min(limit, forked - 1)
        self.newest = None
        for number in sorted((n for n in under if n <= limit), reverse=True):
            here = under[number]
            if all(self.removed(v) for v in here):
                continue
            one = here if len(here) == 1 else [v for v in here if v is trusted and not self.removed(v)]
            if one:
                self.newest = one[0]
                break
            forked = number
        replaced = self.head and any(v is not self.head for v in under.get(self.head["sequence"], []))
        if replaced:
            self.findings.append(("NOT_WITNESSED", self.head["sequence"]))
        if forked:
            self.findings.append(("NEWEST_FORKED", forked))
        if self.head and not replaced and not followed(self.views, self.head, self.case):
            self.findings.append(("OLDER_THAN_WITNESSED", self.head["sequence"]))
        if end and self.removed(end) and not (self.memory and self.memory.get("gone") and end is self.remembered):
            self.findings.append(("NEWEST_REMOVED", end["sequence"]))

    def whose(self):
        """HK1-D-07: whether it is its device's. Nothing is said of one that does not open."""
        view = self.newest
        if not view or not self.opened(view) or view["signed"]:
            return True
        if self.head and covers(self.head, view, self.views):
            return True
        if any(self.opened(v) and v["signed"] and covers(v, view, self.views) for v in self.views):
            return True
        signs = self.case.get("signers", {}).get(self.device) or (self.memory and self.memory.get("signs"))
        if self.head:
            above = [v for v in self.views if v["sequence"] >= self.head["sequence"]]
            signs = signs or any(self.opened(v) and v["signed"] for v in above)
        if signs:
            self.findings.append(("NOT_SIGNED", view["sequence"]))
            return False
        made = self.device == self.case["reader"] and self.remembered and not self.memory.get("accepted")
        return bool(made and covers(self.remembered, view, self.views))

    def at(self):
        """HK1-D-09."""
        witnessed = self.head and covers(self.head, self.newest, self.views)
        return min(self.newest["started"], self.witnessed_at) if witnessed else self.newest["started"]

    def vouched(self):
        return bool(self.head) or (self.device == self.case["reader"] and bool(self.memory))


def decide(case):
    for name in case["shown"]:
        SNAPSHOTS[name]["name"] = name
    memory, words = case["memory"], []
    # HK1-D-05: what no device can have made is not shown.
    alarms = [("BROKEN_CHAIN", SNAPSHOTS[n]["device"], SNAPSHOTS[n]["sequence"]) for n in case["shown"] if SNAPSHOTS[n]["sequence"] >= END]
    case = dict(case, shown=[n for n in case["shown"] if SNAPSHOTS[n]["sequence"] < END])
    shown = [SNAPSHOTS[n] for n in dict.fromkeys(case["shown"]) if SNAPSHOTS[n]["set"] == SET]
    for device in "ABX":
        views = [v for v in shown if v["device"] == device]
        if device in memory:
            alarms += memory_faults(device, views, SNAPSHOTS[memory[device]["snapshot"]])
        alarms += [f for f in chain_faults(device, views) if f not in alarms]
    if alarms:
        words.append("list")
    back = {device for kind, device, _ in alarms if kind in ("REGRESS", "SWAPPED")}
    case = dict(case, signers={d: memory.get(d, {}).get("signs") or d in case.get("signs", []) for d in "ABX"})
    devices = sorted({v["device"] for v in shown} | set(case["vault"] or {}) | set(memory), key=lambda d: DEVICES[d].id)
    series = {d: Series(case, d, {m: memory[m] for m in memory if m not in back}) for d in devices}
    asked = case["request"].split()
    latest = asked[0] != "named"
    if not latest:
        view = SNAPSHOTS[asked[1]]
        among = [s for s in series.values() if s.device == view["device"]]
    else:
        who = asked[1] if len(asked) > 1 else case["reader"] if case["reader"] in series else None
        among = [s for s in series.values() if who in (None, s.device)]
        view = among[0].newest if len(among) == 1 else compared(among)
    questions = []
    if latest and view:
        of = series[view["device"]]
        if not of.vouched():
            questions.append("unchecked")
        elif not of.own_work and [finding for finding, _ in of.findings] != ["NOT_SIGNED"]:
            questions.append("unsigned")
        if len(among) > 1 and of.at() > max([case["now"]] + [head["at"] for head in (case["vault"] or {}).values()]) + 300:
            questions.append("ahead")
    alarms += [(finding, s.device, number) for s in series.values() for finding, number in s.findings]
    contested = any(finding in ("NOT_WITNESSED", "NEWEST_FORKED") for s in among for finding, _ in s.findings)
    refused = not view or not among[0].opened(view) or (latest and contested)
    words += ["older %d" % (s.newest["sequence"] if s.newest else 0) for s in among if s.findings]
    words += questions
    then = "REFUSED" if refused else "ALARM" if set(words) - {"unchecked", "unsigned", "ahead"} else "ASK" if words else "RESTORE"
    return {"alarms": sorted(list(a) for a in alarms), "then": then,
            "snapshot": None if refused else view["name"], "words": [] if refused else words}


def compared(among):
    """HK1-D-09: across series."""
    best = None
    for each in among:
        if each.newest and not each.opened(each.newest):
            each.findings.append(("NEWEST_UNREADABLE", each.newest["sequence"]))
        elif each.newest and (best is None or each.at() > best.at()):
            best = each
    return best.newest if best else None


# The cases.

A5, B3, ALL = ["a1", "a2", "a3", "a4", "a5"], ["b1", "b2", "b3"], ["a1", "a2", "a3", "a4", "a5", "b1", "b2", "b3"]
CASES = []


def case(why, shown, then, snapshot, words=(), alarms=(), request="latest", reader="X", vault=None, memory=None, now=NOW, **more):
    heads = None if vault is None else {
        d: {"snapshot": n, "at": more.get("at", {}).get(d, (SNAPSHOTS[n]["started"] or FIRST) + 600)} for d, n in vault.items()}
    more.pop("at", None)
    CASES.append(dict({
        "why": why, "reader": reader, "request": request, "shown": shown, "vault": heads,
        "memory": {d: m if isinstance(m, dict) else {"snapshot": m} for d, m in (memory or {}).items()}, "now": now}, **more,
        decision={"alarms": sorted(list(a) for a in alarms), "then": then, "snapshot": snapshot, "words": list(words)}))


def cases():
    one, both = {"A": "a5"}, {"A": "a5", "B": "b3"}
    case("witnessed, and shown", A5, "RESTORE", "a5", vault=one)
    case("the portal's order says nothing", ["a3", "a5", "a1", "a4", "a2"], "RESTORE", "a5", vault=one)
    case("one that is listed twice counts once", A5 + ["a5"], "RESTORE", "a5", vault=one)
    case("signed, and follows what was witnessed", A5 + ["a6"], "RESTORE", "a6", vault=one)
    case("what follows stub by stub, two of them", A5 + ["a6", "a7"], "RESTORE", "a7", vault=one)
    case("the newest is withheld", A5[:4], "ALARM", "a4", ["older 4", "unsigned"], [("OLDER_THAN_WITNESSED", "A", 5)], vault=one)
    case("the newest is withheld, an older one is named", A5[:4], "ALARM", "a2", ["older 4"], [("OLDER_THAN_WITNESSED", "A", 5)],
         request="named a2", vault=one)
    case("a whole series is withheld", B3, "ALARM", "b3", ["older 0"], [("OLDER_THAN_WITNESSED", "A", 5)], vault=both)
    case("a whole series is withheld, another device's is asked for", B3, "RESTORE", "b3", (), [("OLDER_THAN_WITNESSED", "A", 5)],
         request="latest B", vault=both)
    case("nothing is shown, nothing was witnessed", [], "REFUSED", None, vault={})
    case("nothing is shown of what was witnessed", [], "REFUSED", None, (), [("OLDER_THAN_WITNESSED", "A", 5)], vault=one)
    case("the vault is silent", A5, "ASK", "a5", ["unchecked"])
    case("the vault is silent, a snapshot is named", A5, "RESTORE", "a3", request="named a3")
    case("the vault never witnessed this device", A5, "ASK", "a5", ["unchecked"], vault={"B": "b3"}, request="latest A",
         alarms=[("OLDER_THAN_WITNESSED", "B", 3)])
    case("the vault is silent, and this device has made it", A5, "RESTORE", "a5", reader="A", memory={"A": "a5"})
    case("what was seen of another device is no witness", A5, "ASK", "a5", ["unchecked"], memory={"A": "a5"})
    case("another one under the witnessed number", A5[:4] + ["a5-other"], "REFUSED", None, (), [("NOT_WITNESSED", "A", 5)], vault=one)
    case("the same, and it goes on", A5[:4] + ["a5-other", "a6-after-other"], "REFUSED", None, (), [("NOT_WITNESSED", "A", 5)], vault=one)
    case("the same, and it is named", A5[:4] + ["a5-other"], "ALARM", "a5-other", ["older 4"], [("NOT_WITNESSED", "A", 5)],
         request="named a5-other", vault=one)
    case("the same, and this device has made it: its portal was restored from a backup", A5[:4] + ["a5-other"], "ALARM", "a5-other", ["older 5"],
         [("NOT_WITNESSED", "A", 5)], request="named a5-other", reader="A", vault=one, memory={"A": "a5-other"})
    case("this device has seen a later one", A5[:3], "ALARM", "a3", ["list", "unchecked"], [("REGRESS", "A", 4)], memory={"A": "a4"})
    case("seen and witnessed a later one", A5[:4], "ALARM", "a4", ["list", "older 4", "unsigned"], [("REGRESS", "A", 5), ("OLDER_THAN_WITNESSED", "A", 5)],
         reader="A", memory={"A": "a5"}, vault=one)
    case("another one under the number that was seen", A5[:4] + ["a5-other"], "ALARM", "a5-other", ["list", "unchecked"],
         [("SWAPPED", "A", 5)], memory={"A": "a5"})
    case("a gap below what was witnessed", ["a1", "a2", "a4", "a5"], "ALARM", "a5", ["list"], [("GAP", "A", 3)], vault=one)
    case("the beginning is withheld", A5[1:], "ALARM", "a5", ["list"], [("GAP", "A", 1)], vault=one)
    case("a stranger in the place of the newest", A5[:3] + ["a4-stranger"], "ALARM", "a4-stranger", ["list", "unchecked"],
         [("BROKEN_CHAIN", "A", 4)])
    case("a stranger behind what was witnessed is not the newest", A5[:3] + ["a4-stranger"], "ALARM", "a3", ["list"],
         [("BROKEN_CHAIN", "A", 4)], vault={"A": "a3"})
    case("two under one number behind what was witnessed", A5 + ["a6", "a6-unsigned"], "REFUSED", None, (),
         [("FORK", "A", 6), ("NEWEST_FORKED", "A", 6)], vault=one)
    case("two under one number, the witnessed one among them", A5 + ["a5-other", "a6"], "REFUSED", None, (),
         [("FORK", "A", 5), ("NOT_WITNESSED", "A", 5)], vault=one)
    case("two under one number below what was witnessed", A5 + ["a5-other", "a6"], "ALARM", "a6", ["list"], [("FORK", "A", 5)],
         vault={"A": "a6"})
    case("two under one number, one of them is named", A5 + ["a6", "a6-unsigned"], "ALARM", "a6", ["list", "older 5"],
         [("FORK", "A", 6), ("NEWEST_FORKED", "A", 6)], request="named a6", vault=one)
    case("the newest is called removed", A5, "ALARM", "a4", ["older 4"], [("NEWEST_REMOVED", "A", 5)], vault=one, removed=["a5"])
    case("a person has said that it is gone rightly", A5, "RESTORE", "a4", vault=one, removed=["a5"],
         memory={"A": {"snapshot": "a5", "gone": True}})
    case("HELD is the portal's word and decides nothing", A5, "RESTORE", "a5", vault=one, held=["a5", "a3"])
    case("an older one is called removed", A5, "RESTORE", "a5", vault=one, removed=["a2"])
    case("not signed, behind a signed one", A5 + ["a6", "a7-unsigned"], "ALARM", "a7-unsigned", ["older 7"], [("NOT_SIGNED", "A", 7)],
         vault={"A": "a6"})
    case("not signed, of a device that is known to sign", A5 + ["a6-unsigned"], "ALARM", "a6-unsigned", ["older 6"], [("NOT_SIGNED", "A", 6)],
         vault=one, memory={"A": {"snapshot": "a5", "signs": True}})
    case("another one under the number that was seen, and it goes on, signed", A5[:4] + ["a5-other", "a6-after-other"], "ALARM", "a6-after-other", ["list", "unchecked"],
         [("SWAPPED", "A", 5)], memory={"A": {"snapshot": "a5", "signs": True}})
    case("who signs is not forgotten with the list", A5[:4], "ALARM", "a4", ["list", "older 4", "unchecked"],
         [("REGRESS", "A", 5), ("NOT_SIGNED", "A", 4)], memory={"A": {"snapshot": "a5", "signs": True}})
    case("who signs is known without a place", A5, "ALARM", "a5", ["older 5", "unchecked"], [("NOT_SIGNED", "A", 5)], signs=["A"])
    case("who signs makes nothing unsigned, not even as this device remembers it", A5, "ALARM", "a5", ["older 5"], [("NOT_SIGNED", "A", 5)],
         reader="A", memory={"A": {"snapshot": "a5", "signs": True}})
    case("the same, and the vault has witnessed a later one", A5[:4], "ALARM", "a4", ["older 4", "unsigned"],
         [("OLDER_THAN_WITNESSED", "A", 5), ("NOT_SIGNED", "A", 4)], reader="A", vault=one, memory={"A": {"snapshot": "a4", "signs": True}})
    case("what takes the word for the list is no finding beside it", A5[1:] + ["a6-unsigned"], "ALARM", "a6-unsigned", ["list", "older 6"],
         [("GAP", "A", 1), ("NOT_SIGNED", "A", 6)], vault=one, memory={"A": {"snapshot": "a5", "signs": True}})
    case("one of who signs that does not open is not called unsigned", ALL + ["a6-unsigned"], "ALARM", "b3", ["older 6"],
         [("NEWEST_UNREADABLE", "A", 6)], vault=both, withheld=["a6-unsigned"], memory={"A": {"snapshot": "a5", "signs": True}})
    case("not signed, but witnessed", A5 + ["a6-unsigned"], "RESTORE", "a6-unsigned", vault={"A": "a6-unsigned"},
         memory={"A": {"snapshot": "a5", "signs": True}})
    case("not signed, behind what was witnessed, no signature known", A5 + ["a6-unsigned"], "ASK", "a6-unsigned", ["unsigned"], vault=one)
    case("the same in this device's own series, and it has not made it", A5 + ["a6-unsigned"], "ASK", "a6-unsigned", ["unsigned"],
         reader="A", memory={"A": "a5"})
    case("of two series the later time in the roots", ALL, "RESTORE", "a5", vault=both)
    case("the same, listed the other way round", ALL[::-1], "RESTORE", "a5", vault=both)
    case("the later time is the other one's", ALL + ["b4"], "RESTORE", "b4", vault=both)
    case("this device's own series comes first", ALL + ["b4"], "RESTORE", "a5", reader="A", vault=both, memory={"A": "a5"})
    case("another device is asked for", ALL, "RESTORE", "b3", reader="A", request="latest B", vault=both)
    case("the root of the later one is withheld", ALL + ["b4"], "ALARM", "a5", ["older 4"], [("NEWEST_UNREADABLE", "B", 4)],
         vault=both, withheld=["b4"])
    case("another root, sealed under K for the same place, in place of a witnessed one", ALL, "ALARM", "b3", ["older 5"],
         [("NEWEST_UNREADABLE", "A", 5)], vault=both, instead={"a5": forged("a5").hex()})
    case("no K opens the root of one", ALL + ["b4-no-key"], "ALARM", "a5", ["older 4"], [("NEWEST_UNREADABLE", "B", 4)], vault=both)
    case("the signature of one is another key's", ALL + ["a6-of-another-key"], "ALARM", "b3", ["older 6"], [("NEWEST_UNREADABLE", "A", 6)],
         vault=both)
    case("one is of a later form", ALL + ["a6-later-form"], "ALARM", "b3", ["older 6"], [("NEWEST_UNREADABLE", "A", 6)], vault=both)
    case("the clock of one was ahead", ALL + ["a6-ahead"], "ASK", "a6-ahead", ["ahead"], vault=both)
    case("the clock of one was ahead, and the vault knows since when it is there", ALL + ["a6-ahead", "b4"], "RESTORE", "b4",
         vault={"A": "a6-ahead", "B": "b4"}, at={"A": FIRST + 7 * DAY, "B": FIRST + 20 * DAY + 600})
    case("a clock five minutes ahead is not asked about", ALL + ["a6"], "RESTORE", "a6", vault=both, now=FIRST + 6 * DAY - 300)
    case("a second more is", ALL + ["a6"], "ASK", "a6", ["ahead"], vault=both, now=FIRST + 6 * DAY - 301)
    case("the reader's clock is behind what the vault has witnessed", ALL, "RESTORE", "a5", vault=both, now=FIRST)
    case("it is behind, and another series was witnessed five minutes before", ALL + ["a6"], "RESTORE", "a6", vault=both, now=FIRST,
         at={"B": FIRST + 6 * DAY - 300})
    case("it is behind, and nothing was witnessed as late", ALL + ["a6"], "ASK", "a6", ["ahead"], vault=both, now=FIRST,
         at={"B": FIRST + 6 * DAY - 301})
    case("of one series alone no time is asked about", A5 + ["a6-ahead"], "RESTORE", "a6-ahead", vault=one)
    case("of one that is withheld whole, and was witnessed, times are compared", A5 + ["a6-ahead"], "ALARM", "a6-ahead", ["older 0", "ahead"],
         [("OLDER_THAN_WITNESSED", "B", 3)], vault=both, at={"B": FIRST})
    case("of one that is withheld whole, and only remembered, too", A5 + ["a6-ahead"], "ALARM", "a6-ahead", ["list", "ahead"],
         [("REGRESS", "B", 3)], vault=one, memory={"B": "b3"})
    case("equal times: the lower identifier", ALL + ["b4-same-time"], "RESTORE", min(("a5", "A"), ("b4-same-time", "B"),
         key=lambda each: DEVICES[each[1]].id)[0], vault={"A": "a5", "B": "b4-same-time"}, at={"A": NOW, "B": NOW})
    case("snapshots of another set are passed over", A5 + ["o1"], "RESTORE", "a5", vault=one)
    case("of the same device in another set alone", ["o1"], "REFUSED", None, vault={})
    # What becomes of the memory after the word.
    case("a gap leaves the memory as it is", ["a1", "a3", "a4", "a5"], "ALARM", "a1", ["list", "unchecked"], [("GAP", "A", 2)], removed=["a5"],
         memory={"A": "a1"})
    case("a fork below what was seen, too", A5[:4] + ["a4-stranger", "a5", "a6", "a7"], "ALARM", "a7", ["list", "unchecked"],
         [("FORK", "A", 4), ("BROKEN_CHAIN", "A", 4)], memory={"A": "a7"})
    case("a device still knows its own behind a gap", A5[1:] + ["a6", "a7"], "ALARM", "a7", ["list"], [("GAP", "A", 1)], reader="A",
         memory={"A": "a6"})
    case("a gap in the place that was seen", A5[:3] + ["a6"], "ALARM", "a3", ["list", "unchecked"], [("GAP", "A", 4)], memory={"A": "a4"})
    case("its own series went back, and nobody vouches any more", A5 + ["a6"], "ALARM", "a6", ["list", "unchecked"], [("REGRESS", "A", 7)], reader="A",
         memory={"A": "a7"})
    case("a person has said that the portal was restored, not whose it is that it shows", A5[:4], "ASK", "a4", ["unsigned"], reader="A",
         memory={"A": {"snapshot": "a4", "accepted": True}})
    case("the same, and this device has gone on from there", A5, "RESTORE", "a5", reader="A", memory={"A": "a5"})
    case("the same, and what it shows is signed", A5 + ["a6"], "RESTORE", "a6", reader="A", memory={"A": {"snapshot": "a6", "accepted": True}})
    case("another series went back, this one's memory stays", A5 + B3[:2], "ALARM", "a5", ["list"], [("REGRESS", "B", 3)], reader="A",
         memory={"A": "a5", "B": "b3"})
    # Two under one number at the end, or below it.
    for order in (["a5", "a5-other"], ["a5-other", "a5"]):
        case("two below the end, which was removed: %s first" % order[0], A5[:4] + order + ["a6"], "REFUSED", None, (),
             [("FORK", "A", 5), ("NEWEST_FORKED", "A", 5), ("NEWEST_REMOVED", "A", 6)], vault={"A": "a6"}, removed=["a6"])
        case("two below the end, which is withheld: %s first" % order[0], A5[:4] + order, "REFUSED", None, (),
             [("FORK", "A", 5), ("NEWEST_FORKED", "A", 5), ("OLDER_THAN_WITNESSED", "A", 7)], vault={"A": "a7"})
    for order in (["a5", "a5-other"], ["a5-other", "a5"]):
        case("two at the end, one of them is called removed: %s first" % order[0], A5[:4] + order, "REFUSED", None, (),
             [("FORK", "A", 5), ("NEWEST_FORKED", "A", 5)], vault={}, removed=["a5"])
        case("two follow from the witnessed one, one of them is called removed: %s first" % order[0], A5[:4] + order, "REFUSED", None, (),
             [("FORK", "A", 5), ("NEWEST_FORKED", "A", 5)], vault={"A": "a4"}, removed=["a5-other"])
    case("two at the end, both of them called removed", A5[:4] + ["a5", "a5-other"], "REFUSED", None, (),
         [("FORK", "A", 5), ("NEWEST_FORKED", "A", 5), ("NEWEST_REMOVED", "A", 5)], vault={}, removed=["a5", "a5-other"])
    case("a number that no device reaches", A5 + ["a-above-all"], "ALARM", "a5", ["list"], [("BROKEN_CHAIN", "A", END)], vault=one)
    case("one of the two is called removed", A5[:4] + ["a5", "a5-other", "a6"], "REFUSED", None, (),
         [("FORK", "A", 5), ("NEWEST_FORKED", "A", 5), ("NEWEST_REMOVED", "A", 6)], vault={"A": "a6"}, removed=["a5", "a6"])
    case("two below the end, one of them is named", A5[:4] + ["a5", "a5-other", "a6"], "ALARM", "a5", ["list", "older 4"],
         [("FORK", "A", 5), ("NEWEST_FORKED", "A", 5), ("NEWEST_REMOVED", "A", 6)], request="named a5", vault={"A": "a6"}, removed=["a6"])
    case("three findings of one series", A5[:4] + ["a4-stranger", "a7"], "REFUSED", None, (),
         [("BROKEN_CHAIN", "A", 4), ("FORK", "A", 4), ("GAP", "A", 5), ("NEWEST_FORKED", "A", 4), ("OLDER_THAN_WITNESSED", "A", 5),
          ("NEWEST_REMOVED", "A", 7)], vault=one, memory={"A": "a7"}, removed=["a7"])
    case("a signed one behind it is its device's word for it", A5[:4] + ["a5", "a5-other", "a6-after-other"], "ALARM", "a4", ["list", "older 4"],
         [("FORK", "A", 5), ("NEWEST_FORKED", "A", 5)], request="named a4", signs=["A"])
    case("two in the place that was seen, which tells them apart", A5 + ["a5-other"], "ALARM", "a5", ["list"], [("FORK", "A", 5)], reader="A",
         memory={"A": "a5"})
    # Whose it is, stub by stub.
    case("a lower number than the witnessed one is no witness", A5[:4] + ["a5-forged"], "ALARM", "a5-forged", ["older 5", "unsigned"],
         [("OLDER_THAN_WITNESSED", "A", 6)], vault={"A": "a6"})
    case("below a witnessed one that is shown, stub by stub", A5 + ["a6"], "ALARM", "a5", ["older 5"], [("NEWEST_REMOVED", "A", 6)],
         vault={"A": "a6"}, removed=["a6"])
    # The question is asked whatever else there is.
    case("not signed, and a gap elsewhere", A5 + ["a6-unsigned"] + B3[1:], "ALARM", "a6-unsigned", ["list", "unsigned"], [("GAP", "B", 1)],
         vault=both)
    case("not signed, and another series is withheld", A5 + ["a6-unsigned"], "ALARM", "a6-unsigned", ["older 0", "unsigned"],
         [("OLDER_THAN_WITNESSED", "B", 3)], vault=both)
    # This device's own series is meant, also when nothing of it is shown.
    case("its own series is withheld whole, and was witnessed", B3, "REFUSED", None, (), [("OLDER_THAN_WITNESSED", "A", 5)], reader="A", vault=both)
    case("its own series is withheld whole, and only it remembers", B3, "REFUSED", None, (), [("REGRESS", "A", 5)], reader="A",
         memory={"A": "a5"})
    case("the same, and another device is asked for", B3, "ALARM", "b3", ["list", "unchecked"], [("REGRESS", "A", 5)], reader="A",
         memory={"A": "a5"}, request="latest B")
    case("all of its own series is called removed", ALL, "REFUSED", None, (), [("NEWEST_REMOVED", "A", 5)], reader="A", vault=both, removed=A5)
    # What was chosen cannot be had.
    case("the chosen root of one series alone is withheld", A5, "REFUSED", None, vault=one, withheld=["a5"])
    case("one of another set is named", A5 + ["o1"], "REFUSED", None, vault=one, request="named o1")
    case("a removed one is named", A5, "REFUSED", None, vault=one, removed=["a2"], request="named a2")
    # HK1-D-07: the newest are judged first, of whatever series.
    case("a signed one is named, the newest is not signed, the vault is silent", A5 + ["a6", "a7-unsigned"], "RESTORE", "a6", request="named a6")
    case("not signed, of a series that is not asked for", ALL + ["a6", "a7-unsigned"], "RESTORE", "b3", (), [("NOT_SIGNED", "A", 7)],
         request="latest B", vault={"A": "a6", "B": "b3"})
    # HK1-D-04: a page of the list is withheld.
    case("a page is withheld, and what is shown has no gap", A5, "RESTORE", "a5", vault=one, lacks=True)
    case("a page with the beginning is withheld", A5[2:], "ALARM", "a5", ["list"], [("GAP", "A", 1)], vault=one, lacks=True)
    case("a page is withheld, and what the vault has witnessed is not shown", B3, "ALARM", "b3", ["older 0"], [("OLDER_THAN_WITNESSED", "A", 5)],
         vault=both, lacks=True)
    case("a page is withheld, and what was seen is not shown", A5[:3], "ALARM", "a3", ["list", "unchecked"], [("REGRESS", "A", 4)],
         memory={"A": "a4"}, lacks=True)
    case("a page is withheld, and more is shown than was seen", A5 + ["a6"], "ASK", "a6", ["unchecked"], memory={"A": "a5"}, lacks=True)
    case("the first page is withheld", [], "REFUSED", None, (), [("OLDER_THAN_WITNESSED", "A", 5)], vault=one, lacks=True)
    case("the first page is withheld, and the vault is silent", [], "REFUSED", None, lacks=True)
    case("two series with findings", A5 + B3, "ALARM", "a5", ["older 5", "older 3", "unsigned"],
         [("OLDER_THAN_WITNESSED", "A", 7), ("OLDER_THAN_WITNESSED", "B", 4)], vault={"A": "a7", "B": "b4"})


def main():
    world()
    cases()
    for each in CASES:
        found = decide(each)
        assert found == each["decision"], (each["why"], found, each["decision"])
    times = {n: {k: SNAPSHOTS[n][k] for k in ("started", "signed")} for n in SNAPSHOTS}
    print(json.dumps({
        "setId": SET.hex(), "generation": GENERATION,
        "devices": {d.name: {"deviceId": d.id.hex(), "publicKey": d.public.hex()} for d in DEVICES.values()},
        "snapshots": {n: {
            "setId": s["set"].hex(), "deviceId": DEVICES[s["device"]].id.hex(), "generation": s["generation"], "sequence": s["sequence"],
            "previous": s["previous"].hex(), "root": s["root"].hex(), "listHash": s["list"].hex(), "stubHash": s["stub"].hex(),
            "snapshotId": s["stub"][:16].hex(), "opens": times[n] if times[n]["started"] else None, "rootObject": s["object"].hex()}
            for n, s in SNAPSHOTS.items()},
        "cases": CASES,
    }, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
