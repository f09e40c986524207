"""Restores and verifies a bundle, believing neither portal nor vendor. See docs/verifier.md."""

import argparse
import getpass
import sys
import time

from . import papers
from .bundle import Bundle
from .checking import Verification
from .dossier import check_dossier
from .encoding import Refused, from_hex, shown
from .evidence import Evidence, read_pin, read_pinned_head, read_pinned_place
from .keys import chain_down, open_with_digits, read_digits
from .reading import Chunks, open_snapshot
from .restoring import Outcome, restore
from .series import Reader, group
from .target import Nowhere, Target

UNWITNESSED = ("no place of this series was witnessed by a vault whose root you have given. Whoever made this bundle "
               "may have left out the newest snapshots, or all of a device, and nothing here would show it. "
               "--accept-unwitnessed says that you take that")

QUESTIONS = {"unchecked": UNWITNESSED, "ahead": "the newest is from the future",
             "unsigned": "nobody has signed this snapshot, and the vault has not witnessed it"}


def say(text):
    print(shown(text))


class Run:
    """A bundle, opened: K of each generation, what the vault has signed, and the series."""

    def __init__(self, args, key=None, statuses=()):
        self.args = args
        self.bundle = Bundle(args.bundle)
        wraps = self.bundle.wraps()
        for text in self.bundle.passed_over:
            say(f"passed over {text}")
        try:
            key = key or open_with_digits(wraps, read_digits(_read_secret(args.digits_file)), self.bundle.set_id,
                                          self.bundle.generation)
        except Refused:
            if self.bundle.passed_over:
                say("an entry was passed over: a later version of this program may be needed. Keep the digits")
            raise
        generation = self.bundle.generation
        if generation is not None and key.generation not in (generation, generation + 1):
            raise Refused("HK1-K-20", f"what opened is K of generation {key.generation}, the set is of {generation}")
        self.keys = chain_down(wraps, key)
        entries = self.bundle.snapshots()
        self.series, others = group(entries, self.bundle.set_id)
        if others:
            say(f"{others} entries are of other sets and are passed over")
        pin = read_pin(args.vault_root) if args.vault_root else None
        head = read_pinned_head(args.head) if args.head else None
        self.evidence = Evidence(self.bundle, pin, head)
        for status in statuses:
            self.evidence.take(status)
        self.evidence.witnessed_by_receipts(self.bundle.set_id, self.series)
        self.stubs = [s for one in self.series.values() for h, s in one.stubs.items() if h not in one.gone]
        self.chunks = Chunks(self.bundle, self.keys, self.stubs)
        memory = dict(read_pinned_place(text) for text in args.place)
        self.reader = Reader(self.series, lambda stub: open_snapshot(self.bundle, self.keys, stub).root,
                             self.evidence.witness, memory, now=int(time.time()))
        for text in self.evidence.said:
            say(text)
        for text in self.evidence.alarms:
            say(f"ALARM {text}")

    def witnessed(self, device):
        """Whether the vault has named any place of this series."""
        return device in (self.evidence.witness or {})

    def decide(self, kind, what):
        decision = self.reader.decide(kind, what)
        for k, device, number in sorted(decision.alarms):
            say(f"ALARM {k}: device {device.hex()}, number {number}")
        return decision

    def words(self, decision):
        """Refuses when a word is missing (HK1-D-02); stricter than the table: also what is named wants a witness."""
        args, needed = self.args, list(decision.words)
        if self.evidence.alarms and "list" not in needed:
            needed.insert(0, "list")
        if not self.witnessed(decision.snapshot.device) and "unchecked" not in needed:
            needed.append("unchecked")
        given = [f"older {n}" for n in args.accept_older]
        for word in needed:
            if word == "list" and not args.accept_list:
                raise Refused("HK1-D-11", "there is an alarm about the list or about what the vault has signed. "
                              "--accept-list says that you go on all the same")
            if word.startswith("older"):
                if word not in given:
                    raise Refused("HK1-D-11", f"there is an alarm about a series: --accept-{word} goes on")
                given.remove(word)
            if word in ("unchecked", "unsigned", "ahead") and not args.accept_unwitnessed:
                raise Refused("HK1-D-11", f"{QUESTIONS[word]} (--accept-unwitnessed)", 6)


def _read_secret(name):
    if name == "-":
        return getpass.getpass("The 64 digits, on one line: ") if sys.stdin.isatty() else sys.stdin.read(1025)
    with open(name, encoding="utf-8") as file:
        return file.read(1025)


def list_snapshots(args):
    run = Run(args)
    decision = run.decide("latest", None)
    for device, one in sorted(run.series.items()):
        for stub in sorted(one.stubs.values(), key=lambda s: s.sequence):
            if stub.hash() in one.gone:
                say(f"{stub.hash()[:16].hex()}  device {device.hex()}  number {stub.sequence}  removed")
                continue
            root = run.reader.root(stub)
            about = "does not open"
            if root is not None:
                signed = "signed" if root.version == 2 else "not signed"
                about = f"{_time(root.started)}  {root.files} files  {root.bytes} bytes  {signed}"
            vouched = "witnessed" if run.reader.vouched(stub) else "not witnessed"
            say(f"{stub.hash()[:16].hex()}  device {device.hex()}  number {stub.sequence}  {about}  {vouched}")
    return 7 if decision.alarms or run.evidence.alarms else 0


def _time(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def restore_snapshot(args, key=None, statuses=()):
    run = Run(args, key, statuses)
    device = from_hex(args.device, 16) if args.device else None
    decision = run.decide("named" if args.snapshot else "latest", args.snapshot or device)
    if decision.refused:
        raise decision.refused
    run.words(decision)
    snapshot = open_snapshot(run.bundle, run.keys, decision.snapshot)
    root = snapshot.root
    say(f"snapshot {decision.snapshot.hash()[:16].hex()}, number {decision.snapshot.sequence} of device "
        f"{decision.snapshot.device.hex()}, of {_time(root.started)}, "
        f"{'signed by its device' if root.version == 2 else 'not signed'}, "
        f"{'witnessed' if decision.vouched else 'not witnessed'}")
    if snapshot.why_no_list:
        say(f"goes on without the object list: {snapshot.why_no_list}")
    outcome = Outcome(say)
    restore(snapshot, run.chunks, Nowhere() if args.dry_run else Target(args.target), outcome)
    _damage(run)
    say(f"{'opened' if args.dry_run else 'restored'} {outcome.files} files of {outcome.bytes} bytes, "
        f"{outcome.folders} folders, {outcome.others} links and pipes")
    return outcome.code


def _damage(run):
    for name, why in run.chunks.damaged.items():
        stood_in = "others stood in" if name in run.chunks.stood_in else "nothing stood in for it"
        say(f"pack {name.hex()} {why}; {stood_in}")


def verify(args):
    run = Run(args)
    decision = run.decide("latest", None)
    outcome = Outcome(say)
    check = Verification(run.bundle, run.keys, run.chunks, outcome)
    for stub in sorted(run.stubs, key=lambda s: (s.device, s.sequence)):
        check.snapshot(stub)
    if not run.stubs:
        outcome.tell("there is no snapshot that could be restored", 6)
    code = 7 if decision.alarms or run.evidence.alarms else outcome.code
    gone = sum(len(one.gone) for one in run.series.values())
    say(f"{check.snapshots} snapshots, {check.opened} packs opened whole and deeply, {outcome.files} files, "
        f"{gone} removed")
    for device, found in sorted(decision.found.items()):
        if found.newest and not run.reader.vouched(found.newest):
            say(f"device {device.hex()}: its newest snapshot, number {found.newest.sequence}, is not witnessed")
    unwitnessed = [device for device, found in decision.found.items() if found.newest and not run.witnessed(device)]
    if code == 0 and unwitnessed and not args.accept_unwitnessed:
        say(f"not called intact: {UNWITNESSED}")
        return 6
    say("intact" if code == 0 else "NOT INTACT")
    return code


def audit(args):
    with open(args.file, "rb") as file:
        say(papers.check_audit_export(iter(lambda: file.readline((1 << 20) + 1), b""), read_pin(args.vault_root)))
    return 0


def erasure(args):
    with open(args.file, encoding="ascii") as file, open(args.keys, encoding="utf-8") as keys:
        claims = papers.check_erasure(file.read(1 << 16), keys.read(1 << 20))
    for name in sorted(claims):
        say(f"{name}: {claims[name]}")
    return 0


def dossier(args):
    report = check_dossier(args.folder, args.key, args.challenge)
    for claim in report["claims"]:
        say(f"{claim['result']:8} {claim['id']}: {claim['facts'][0]['en']}")
    return 6 if any(claim["result"] == "FAILS" for claim in report["claims"]) else 0


def bundle_options(needs_digits=True):
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("bundle")
    if needs_digits:
        common.add_argument("--digits-file", default="-", help="file with the 64 digits; - is standard input")
    common.add_argument("--vault-root", help="fingerprint of the vault root, from the company and not from the bundle")
    common.add_argument("--head", help="NUMBER:CODE, a head of the vault's ledger that you know")
    common.add_argument("--place", action="append", default=[], help="DEVICE:NUMBER:STUB, a snapshot that you know")
    common.add_argument("--accept-unwitnessed", action="store_true",
                        help="go on although no vault vouches that this is the newest")
    common.add_argument("--accept-list", action="store_true",
                        help="go on in spite of alarms about the list or the vault")
    common.add_argument("--accept-older", type=int, action="append", default=[], metavar="NUMBER",
                        help="go on in spite of an alarm about a series, with this number as its newest")
    return common


def restore_options(one):
    one.add_argument("target", nargs="?")
    one.add_argument("--snapshot", help="its identifier, or how that begins")
    one.add_argument("--device", help="identifier of the device whose newest is wanted")
    one.add_argument("--dry-run", action="store_true", help="open everything and write nothing")


def parser():
    top = argparse.ArgumentParser(prog="restorer", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    common = bundle_options()
    for name, run in (("list", list_snapshots), ("verify", verify)):
        commands.add_parser(name, parents=[common]).set_defaults(run=run)
    one = commands.add_parser("restore", parents=[common])
    restore_options(one)
    one.set_defaults(run=restore_snapshot)
    one = commands.add_parser("audit", help="check an export of the audit trail")
    one.add_argument("file")
    one.add_argument("--vault-root", required=True)
    one.set_defaults(run=audit)
    one = commands.add_parser("erasure", help="check a receipt of an erasure")
    one.add_argument("file")
    one.add_argument("--keys", required=True, help="the portal's receipt keys (a JWK set) that you have kept")
    one.set_defaults(run=erasure)
    one = commands.add_parser("dossier", help="check the signature of a dossier, and show what it says")
    one.add_argument("folder")
    one.add_argument("--key", required=True, help="the key, from somebody else")
    one.add_argument("--challenge", help="what you wanted to read in it, so that it is not older")
    one.set_defaults(run=dossier)
    return top


def main(argv=None, options=parser):
    """The exit code (HK1-S-20); 2 is a command line that is wrong."""
    args = options().parse_args(argv)
    if args.command == "restore" and bool(args.target) == args.dry_run:
        say("either a target or --dry-run")
        return 2
    try:
        return args.run(args)
    except Refused as e:
        say(f"REFUSED: {e}")
        return e.code
    except (OSError, UnicodeDecodeError) as e:
        say(f"this computer: {e}")
        return 9


if __name__ == "__main__":
    sys.exit(main())
