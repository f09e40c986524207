"""Restores of a whole bundle: every kind of entry, a dry run, and what a target must not suffer."""

import contextlib
import io
import os
import pathlib
import shutil
import stat
import tempfile
import unittest

from restorer.__main__ import main
from restorer.encoding import u8, u16
from tests.maker import DIGITS, END, LEAVE, Device, Portal, Vault, file, meta, name, record


class BundleTest(unittest.TestCase):
    """One device with three snapshots, witnessed by a vault."""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.base = pathlib.Path(self.folder.name)
        self.portal, self.vault, self.device = Portal(), Vault(), Device(11)
        self.stubs = [self.device.commit(self.portal, started=1_800_000_000 + i,
                                         contents=(b"one" * 1000, b"%d" % i * 500)) for i in range(3)]
        self.portal.vault = {"card": self.vault.card(), "statuses/1": self.status()}
        (self.base / "digits").write_text(DIGITS)

    def status(self, **other):
        return self.vault.status([(self.device.device, 3, self.stubs[2].hash())], **other)

    def call(self, *args, pin=True, digits="digits"):
        bundle = self.base / "bundle"
        shutil.rmtree(bundle, ignore_errors=True)
        bundle.mkdir()
        self.portal.write(bundle)
        return self.call_again(*args, pin=pin, digits=digits)

    def call_again(self, *args, pin=True, digits="digits"):
        given = [args[0], str(self.base / "bundle"), "--digits-file", str(self.base / digits), *args[1:]]
        if pin:
            given += ["--vault-root", self.vault.pin]
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = main(given)
        self.said = out.getvalue()
        return code

    def check(self, code, *args, says="", **other):
        self.assertEqual(code, self.call(*args, **other), self.said)
        self.assertIn(says, self.said)


class RestoreTest(BundleTest):
    def test_every_kind(self):
        target = self.base / "target"
        self.check(0, "restore", str(target), says="restored 3 files")
        top = os.fsencode(target)
        here = lambda *names: os.path.join(top, *names)
        self.assertEqual([b"dir \xff", b"\xe8\x8a\xb1"], sorted(os.listdir(top)))
        folder = os.lstat(here(b"dir \xff"))
        self.assertEqual((0o710, -5), (stat.S_IMODE(folder.st_mode), int(folder.st_mtime_ns // 10**9)))
        self.assertEqual([b"big", b"empty", b"link", b"pipe", b"sparse", b"sym"], sorted(os.listdir(here(b"dir \xff"))))
        big = os.lstat(here(b"dir \xff", b"big"))
        self.assertEqual(b"one" * 1000 + b"2" * 500, pathlib.Path(os.fsdecode(here(b"dir \xff", b"big"))).read_bytes())
        self.assertEqual((0o640, 2, 1_700_000_000 * 10**9 + 5), (stat.S_IMODE(big.st_mode), big.st_nlink, big.st_mtime_ns))
        self.assertEqual(big.st_ino, os.lstat(here(b"dir \xff", b"link")).st_ino)
        self.assertEqual(0o4755, stat.S_IMODE(os.lstat(here(b"dir \xff", b"empty")).st_mode))
        self.assertTrue(stat.S_ISFIFO(os.lstat(here(b"dir \xff", b"pipe")).st_mode))
        self.assertEqual(b"/etc/../escape!", os.readlink(here(b"dir \xff", b"sym")))
        self.assertEqual(73000, os.lstat(here(b"dir \xff", b"sparse")).st_size)
        try:
            self.assertEqual(b"\0x", os.getxattr(here(b"dir \xff", b"big"), b"user.a"))
        except OSError:
            self.assertIn("user.a", self.said)

    def test_dry_run_writes_nothing(self):
        self.check(0, "restore", "--dry-run", says="opened 3 files")
        before = sorted(p.name for p in self.base.rglob("*"))
        self.assertEqual(0, self.call_again("restore", "--dry-run"))
        self.assertEqual(before, sorted(p.name for p in self.base.rglob("*")))

    def test_verify(self):
        self.check(0, "verify", says="intact")
        self.check(0, "list", says="witnessed")

    def test_removed_stubs_keep_the_series_whole(self):
        self.portal.snapshots[0]["fate"]["state"] = "REMOVED"
        del self.portal.objects[self.stubs[0].root], self.portal.lists[self.stubs[0].hash()[:16]]
        self.check(0, "verify", says="2 snapshots")

    def test_receipt_in_place_of_a_status(self):
        from restorer.evidence import witness_detail
        detail = witness_detail(self.device.device, 3, self.stubs[2].hash())
        receipt = self.vault.receipt(11, self.device.device, detail)
        self.portal.vault = {"card": self.vault.card(), "receipts/1": receipt, "heads/1": self.vault.head()}
        self.check(0, "verify", says="intact")

    def test_newer_than_what_was_witnessed(self):
        self.device.commit(self.portal)
        self.check(0, "restore", "--dry-run", says="number 4")
        self.check(0, "verify", says="number 4, is not witnessed")

    def test_nothing_is_listed(self):
        self.portal.snapshots, self.portal.vault = [], {}
        self.check(6, "verify", says="no snapshot")
        self.check(6, "restore", "--dry-run")
        self.check(0, "list")

    def test_times_and_modes_of_links_and_pipes(self):
        """Those of the link itself, never of what it leads to."""
        (self.base / "outside").write_text("x")
        os.utime(self.base / "outside", (9, 9))
        target = os.fsencode(self.base / "outside")
        tree = lambda refs: b"\1" + record(1, name(b"") + meta() + u8(0)) + record(10, name(b"a") + meta(0o621, seconds=77)) + record(
            9, name(b"b") + meta(0o777, seconds=78) + u16(len(target)) + target) + LEAVE + END
        self.device.commit(self.portal, tree=tree)
        self.check(0, "restore", str(self.base / "t"))
        pipe, link = os.lstat(self.base / "t" / "a"), os.lstat(self.base / "t" / "b")
        self.assertEqual((0o621, 77, 78), (stat.S_IMODE(pipe.st_mode), int(pipe.st_mtime), int(link.st_mtime)))
        self.assertEqual(9, int(os.stat(self.base / "outside").st_mtime))

    def test_a_time_that_no_file_system_holds(self):
        tree = lambda refs: b"\1" + record(1, name(b"") + meta() + u8(0)) + file(b"a", seconds=(1 << 63) - 1) + LEAVE + END
        self.device.commit(self.portal, tree=tree)
        self.check(3, "restore", str(self.base / "t"), says="cannot hold its time")
        self.assertEqual(["a"], os.listdir(self.base / "t"))

    def test_target_with_entries_is_refused(self):
        (self.base / "target").mkdir()
        (self.base / "target" / "mine").write_text("x")
        self.check(9, "restore", str(self.base / "target"), says="HK1-M-10")
        self.assertEqual(["mine"], os.listdir(self.base / "target"))

    def test_named_snapshot(self):
        identifier = self.stubs[0].hash()[:16].hex()
        self.check(0, "restore", str(self.base / "t"), "--snapshot", identifier[:10])
        self.check(6, "restore", "--dry-run", "--snapshot", "ffffffff", says="HK1-D-08")

    def test_stand_in(self):
        """A pack that is gone is made good by another snapshot's that has the same chunks."""
        other = Device(12)
        stub = other.commit(self.portal, contents=(b"one" * 1000, b"2" * 500))
        lost = next(n for n in (self.portal.lists[stub.hash()[:16]][:32], self.portal.lists[stub.hash()[:16]][32:])
                    if b"one" and len(self.portal.objects[n]) > 3000)
        del self.portal.objects[lost]
        self.portal.vault["statuses/1"] = self.vault.status([(self.device.device, 3, self.stubs[2].hash()),
                                                            (other.device, 1, stub.hash())])
        self.check(0, "restore", str(self.base / "t"), "--device", other.device.hex(), says="others stood in")


if __name__ == "__main__":
    unittest.main()
