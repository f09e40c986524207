"""Who makes a bundle may alter anything in it: each field is refused or named. With K, too (the last class)."""

import os
import unittest

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from restorer.encoding import Refused, from_base64, hkdf, sha, to_base64, u8, u16, u32, u64
from restorer.keys import Key, open_with_digits, parse_wrap
from restorer.objects import Pack, Stub
from tests.maker import (DIGITS, END, KEY, LEAVE, SET, Device, Signer, enter, file, make_pack, meta, name, record,
                         view)
from tests.test_restore import BundleTest
from tests.vectors import raw, vectors


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


class Fields(BundleTest):
    """The list of snapshots, the wraps, the objects."""

    def newest(self):
        return self.portal.snapshots[2]

    def packs(self, stub):
        names = self.portal.lists[stub.hash()[:16]]
        each = [names[i:i + 32] for i in range(0, len(names), 32)]
        return sorted(each, key=lambda n: len(self.portal.objects[n]))

    def test_01_the_newest_is_left_out(self):
        self.portal.snapshots.pop()
        self.check(7, "verify", says="OLDER_THAN_WITNESSED")
        self.check(7, "restore", "--dry-run", says="--accept-older 2")

    def test_02_one_in_the_middle_is_left_out(self):
        del self.portal.snapshots[1]
        self.check(7, "verify", says="GAP")
        self.check(7, "restore", "--dry-run", says="--accept-list")

    def test_03_each_field_of_a_stub(self):
        for field in ("snapshotId", "deviceId", "generation", "sequence", "previous", "root", "listHash", "stubHash"):
            with self.subTest(field):
                before = self.newest()[field]
                wrong = before + 1 if isinstance(before, int) else flipped(bytes.fromhex(before), 0).hex()
                self.newest()[field] = wrong
                self.check(7, "verify", says="BROKEN_CHAIN")
                self.newest()[field] = before

    def test_04_the_set_of_an_entry(self):
        self.newest()["setId"] = "ff" * 16
        self.check(7, "verify", says="OLDER_THAN_WITNESSED")

    def test_05_the_newest_is_called_removed(self):
        self.newest()["fate"]["state"] = "REMOVED"
        self.check(7, "restore", "--dry-run", says="NEWEST_REMOVED")

    def test_06_a_series_that_forks(self):
        twin = Stub(SET, self.device.device, 3, 3, self.stubs[2].previous, bytes(32), bytes(32))
        self.portal.snapshots.append(view(twin))
        self.check(7, "verify", says="FORK")
        self.check(7, "restore", "--dry-run", says="cannot be told")

    def test_07_another_snapshot_under_the_witnessed_number(self):
        self.portal.snapshots[2] = view(Stub(SET, self.device.device, 3, 3, self.stubs[2].previous, bytes(32), bytes(32)))
        self.check(7, "verify", says="NOT_WITNESSED")

    def test_08_a_whole_device_is_left_out(self):
        self.portal.vault["statuses/1"] = self.vault.status([(self.device.device, 3, self.stubs[2].hash()),
                                                            (bytes(16), 4, bytes(32))])
        self.check(7, "verify", says="OLDER_THAN_WITNESSED")

    def test_09_each_byte_of_the_start_of_a_wrap(self):
        blob = from_base64(self.portal.wraps[0]["blob"])
        for at in range(len(blob)):
            with self.assertRaises(Refused):
                open_with_digits([parse_wrap(flipped(blob, at))], DIGITS.encode(), SET, 3)
        self.portal.wraps[0]["blob"] = to_base64(flipped(blob, 100))
        self.check(8, "verify", says="keep them")

    def test_10_other_digits(self):
        rows = vectors("snapshot")["wraps"]["badRows"][0]
        (self.base / "wrong").write_text("".join(rows))
        self.check(8, "verify", digits="wrong", says="check digit of row")
        (self.base / "less").write_text(DIGITS[1:])
        self.check(8, "verify", digits="less", says="63 digits")

    def test_11_a_wrap_that_is_no_wrap_hides_none(self):
        self.portal.wraps[:0] = [{"blob": "!"}, {}, None, {"blob": 5}, {"blob": to_base64(b"HK1w")}]
        self.check(0, "verify", says="passed over")

    def test_12_the_generation_of_the_set(self):
        for generation in (1, 4, 5):
            self.portal.about["generation"] = generation
            self.check(7, "verify", says="HK1-K-20")

    def test_13_the_set(self):
        self.portal.about["setId"] = "11" * 16
        self.check(7, "verify", says="HK1-K-20")

    def test_14_a_root_is_missing_or_altered(self):
        root = self.portal.objects[self.stubs[2].root]
        for other in (None, flipped(root, len(root) - 1), root[:-1], self.portal.objects[self.stubs[1].root]):
            self.portal.objects.pop(self.stubs[2].root, None)
            if other is not None:
                self.portal.objects[self.stubs[2].root] = other
            self.check(7, "restore", "--dry-run", says="root")

    def test_15_a_pack_is_missing(self):
        for pack in self.packs(self.stubs[0]):
            del self.portal.objects[pack]
        self.check(7, "verify", says="is missing")

    def test_16_each_part_of_a_pack(self):
        pack = self.packs(self.stubs[2])[1]
        data = self.portal.objects[pack]
        for at in (0, 5, 7, 8, 40, 72, len(data) - 30, len(data) - 1):
            self.portal.objects[pack] = flipped(data, at)
            self.check(7, "verify", says=pack.hex())

    def test_17_an_object_list(self):
        at = self.stubs[2].hash()[:16]
        names = self.portal.lists[at]
        for other in (names[32:], names + names, names[32:] + names[:32], flipped(names, 0), b""):
            self.portal.lists[at] = other
            self.check(7, "verify", says="nobody can say what belongs to it")
            self.check(0, "restore", "--dry-run", says="goes on without the object list")

    def test_18_no_bundle_at_all(self):
        for key, value in (("hikaeBundle", 2), ("setId", "x"), ("generation", "3")):
            before = self.portal.about[key]
            self.portal.about[key] = value
            self.assertIn(self.call("verify"), (7,), self.said)
            self.portal.about[key] = before
        self.call("verify")
        (self.base / "bundle" / "snapshots.json").write_text("[" * 100_000)
        self.assertEqual(7, self.call_again("verify"))
        (self.base / "bundle" / "snapshots.json").write_text("{}")
        self.assertEqual(7, self.call_again("verify"))

    def test_19_links_in_the_bundle_are_not_followed(self):
        self.call("verify")
        root = next((self.base / "bundle").glob(f"objects/*/{self.stubs[2].root.hex()}"))
        root.rename(self.base / "root")
        root.symlink_to(self.base / "root")
        self.assertEqual(7, self.call_again("restore", "--dry-run"))


class Vouching(BundleTest):
    """What the vault has signed."""

    def test_20_nothing_witnessed_is_refused_by_default(self):
        self.portal.vault = {}
        self.check(6, "restore", "--dry-run", says="--accept-unwitnessed")
        self.check(6, "verify", says="not called intact")
        self.check(0, "restore", "--dry-run", "--accept-unwitnessed")

    def test_21_without_a_pin_nothing_counts(self):
        self.check(6, "restore", "--dry-run", pin=False, says="no fingerprint")

    def test_22_a_snapshot_that_is_named_wants_a_witness_too(self):
        self.portal.vault = {}
        self.check(6, "restore", "--dry-run", "--snapshot", self.stubs[2].hash()[:16].hex(), says="--accept-unwitnessed")

    def test_23_a_card_of_another_root(self):
        self.portal.vault["card"] = self.vault.card(Signer(55))
        self.check(7, "restore", "--dry-run", says="card")
        self.vault.root = Signer(56)
        self.portal.vault["card"] = self.vault.card()
        self.check(7, "verify", says="another root")

    def test_24_a_status_of_another_key(self):
        self.portal.vault["statuses/1"] = self.status(signer=Signer(55))
        self.check(7, "verify", says="Status")

    def test_25_each_byte_of_a_status(self):
        good = self.portal.vault["statuses/1"]
        for at in range(0, len(good), 31):
            self.portal.vault["statuses/1"] = flipped(good, at)
            self.check(7, "verify", says="ALARM")

    def test_26_receipts_of_others(self):
        for receipt in (self.vault.receipt(3, subject="somebody"), self.vault.receipt(3, signer=Signer(9)),
                        flipped(self.vault.receipt(3), 20)):
            self.portal.vault["receipts/1"] = receipt
            self.check(7, "verify", says="ALARM")

    def test_27_a_witnessed_snapshot_that_is_not_shown(self):
        self.portal.vault["receipts/1"] = self.vault.receipt(11, self.device.device, bytes(32))
        self.check(7, "verify", says="was witnessed that is not shown")

    def test_28_a_ledger_that_was_set_back(self):
        self.portal.vault["heads/1"] = self.vault.head()
        number, code = self.vault.number, self.vault.code
        self.check(0, "verify", "--head", f"{number}:{code.hex()}")
        self.check(7, "verify", "--head", f"{number + 1}:{code.hex()}", says="VAULT_SET_BACK")
        self.check(7, "verify", "--head", f"{number}:{'00' * 32}", says="VAULT_SET_BACK")
        del self.portal.vault["heads/1"]
        self.portal.vault["heads/1"] = self.vault.head()
        self.portal.vault["receipts/1"] = self.vault.receipt(3)
        self.check(7, "verify", says="older than a receipt")

    def test_29_rows_that_do_not_follow(self):
        self.portal.vault["receipts/1"] = self.vault.receipt(3)
        self.vault.code = bytes(32)
        self.portal.vault["receipts/2"] = self.vault.receipt(4)
        self.check(7, "verify", says="does not follow")

    def test_30_a_place_that_a_person_knows(self):
        known = f"{self.device.device.hex()}:3:{self.stubs[2].hash().hex()}"
        self.check(0, "verify", "--place", known)
        self.portal.vault = {}
        self.portal.snapshots.pop()
        self.check(7, "verify", "--place", known, says="REGRESS")
        self.check(7, "verify", "--place", f"{self.device.device.hex()}:2:{'00' * 32}", says="SWAPPED")


class WithK(BundleTest):
    """Somebody who has K, such as a thief of a device, together with the portal."""

    def commit(self, **other):
        self.stubs.append(self.device.commit(self.portal, **other))

    def witness(self):
        self.portal.vault["statuses/1"] = self.vault.status([(self.device.device, self.device.sequence, self.device.previous)])

    def test_31_not_signed_behind_signed_ones(self):
        self.commit(signed=False)
        self.check(7, "restore", "--dry-run", says="NOT_SIGNED")

    def test_32_signed_by_another(self):
        self.device.signer = Signer(77)
        self.commit()
        self.check(7, "restore", "--dry-run", says="another device")

    def test_33_names_that_lead_outside(self):
        for text in (b"..", b".", b"", b"a/b", b"/etc", b"a\0", b"x" * 256):
            tree = lambda refs, text=text: b"\1" + record(1, name(b"") + meta() + u8(0)) + file(text) + LEAVE + END
            self.commit(tree=tree)
            self.witness()
            self.check(7, "restore", str(self.base / f"t{len(self.stubs)}"), says="a name that is none")
            self.assertEqual([], os.listdir(self.base / f"t{len(self.stubs)}"))

    def test_34_a_link_and_then_something_below_it(self):
        (self.base / "outside").mkdir()
        link = record(9, name(b"a") + meta() + u16(10) + b"../outside")
        tree = lambda refs: b"\1" + record(1, name(b"") + meta() + u8(0)) + link + enter(b"a") + file(b"x") + LEAVE + LEAVE + END
        self.commit(tree=tree)
        self.witness()
        self.check(7, "restore", str(self.base / "t"), says="do not ascend")
        self.assertEqual([], os.listdir(self.base / "outside"))

    def test_35_a_chunk_of_another_file(self):
        swap = lambda refs: b"\1" + record(1, name(b"") + meta() + u8(0)) + file(b"x", [refs[0][0][:20] + refs[1][0][20:]],
                                                                                refs[0][1]) + LEAVE + END
        self.commit(tree=swap)
        self.witness()
        self.check(7, "restore", str(self.base / "t"), says="is damaged and was not restored")
        self.assertEqual([], os.listdir(self.base / "t"))
        self.check(7, "verify", says="a reference is not what")

    def test_36_a_bomb(self):
        bomb = lambda number, frame: frame if number else u8(1) + frame[1:5] + raw(vectors("formats")["frames"]["good"][0]["frame"])[5:]
        pack = lambda chunks, device, key: make_pack(chunks, device, key, spoil=bomb)
        self.commit(pack=pack)
        self.witness()
        self.check(7, "verify", says="gives more than it says")

    def test_37_a_directory_that_lies(self):
        pack = lambda chunks, device, key: make_pack(chunks, device, key, lines=lambda d: flipped(d, 20))
        self.commit(pack=pack, contents=(b"other" * 99, b"more" * 99))
        self.witness()
        self.check(7, "verify", says="chunkId")

    def test_38_more_in_the_directory(self):
        pack = lambda chunks, device, key: make_pack(chunks, device, key, lines=lambda d: d[:-1] + b"\1")
        self.commit(pack=pack)
        self.witness()
        self.check(7, "verify", says="behind its lines")

    def test_39_counts_of_a_root(self):
        for at, value in ((49, u32(0)), (53, u32(9)), (57, u32(0))):
            self.commit(change_root=lambda c, at=at, value=value: c[:at + 8] + value + c[at + 12:], signed=False)
            self.witness()
            self.check(7, "verify", says="HK1-M-01")

    def test_40_a_later_form(self):
        self.commit(change_root=lambda c: u8(3) + c[1:])
        self.witness()
        self.check(7, "restore", "--dry-run", says="later client")

    def test_41_a_file_that_has_no_end(self):
        hole = lambda refs: b"\1" + record(1, name(b"") + meta() + u8(0)) + file(b"x", [], (1 << 63) - 1, holes=[(1 << 63) - 1]) \
            + LEAVE + END
        self.commit(tree=hole)
        self.witness()
        self.check(3, "restore", str(self.base / "t"), says="was not restored")

    def test_42_names_that_move_the_cursor(self):
        tree = lambda refs: b"\1" + record(1, name(b"") + meta() + u8(0)) + record(8, name("\x1b[2J\u202e".encode()) + u64(1) + u64(2)) \
            + LEAVE + END
        self.commit(tree=tree)
        self.witness()
        self.check(7, "verify", says="\\x1B[2J\\xE2\\x80\\xAE")

    def test_43_a_future_newest(self):
        other = Device(12)
        stub = other.commit(self.portal, started=9_999_999_999)
        self.portal.vault["statuses/1"] = self.vault.status([(self.device.device, 3, self.stubs[2].hash())])
        self.check(6, "restore", "--dry-run", says="--accept-unwitnessed")
        self.assertNotEqual(bytes(32), stub.hash())

    def test_44_another_commitment_that_opens(self):
        """Ciphertext that opens under two keys: the commitment decides before anything is opened (HK1-K-04)."""
        blob = from_base64(self.portal.wraps[0]["blob"])
        header, wrong = blob[:78], bytes(32)
        okm = hkdf(header[44:76], DIGITS.encode(), b"HK1 wrap" + sha(header), 64)
        forged = header + wrong + AESGCM(okm[:32]).encrypt(bytes(12), KEY.k, header + wrong)
        with self.assertRaisesRegex(Refused, "commitment"):
            parse_wrap(forged).open(DIGITS.encode())
        data, places = make_pack([b"x" * 99], self.device.device)
        header = data[:40]
        bound = sha(header + SET + u32(3) + self.device.device)
        okm = hkdf(header[8:40], KEY.subkey("pack"), b"HK1 pack" + bound, 64)
        forged = header + wrong + AESGCM(okm[:32]).encrypt(bytes(12), u8(0) + u32(99) + b"x" * 99, header + wrong)
        with self.assertRaisesRegex(Refused, "commitment"):
            Pack(forged, KEY, self.device.device).chunk(0, 72, places[0][2], 99, places[0][4])

    def test_45_a_pack_that_was_sealed_anew(self):
        for name_ in self.portal.lists[self.stubs[2].hash()[:16]][:32], self.portal.lists[self.stubs[2].hash()[:16]][32:]:
            if len(self.portal.objects[name_]) > 3000:
                self.portal.objects[name_] = make_pack([b"one" * 1000, b"2" * 500], self.device.device, salt=b"s" * 32)[0]
        self.check(7, "verify", says="it is not its name")
        self.check(0, "restore", "--dry-run", says="is not its name")

    def test_46_set_id_bits_of_somebody_else(self):
        tree = lambda refs: b"\1" + record(1, name(b"") + meta() + u8(0)) + file(b"x", mode=0o6755, uid=0xFFFFFFFF) + LEAVE + END
        self.commit(tree=tree)
        self.witness()
        self.check(0, "restore", str(self.base / "t"))
        self.assertEqual(0o755, os.stat(self.base / "t" / "x").st_mode & 0o7777)

    def test_47_a_rotation(self):
        """Snapshots of two generations in one series; without the link the older one is named."""
        wraps = vectors("snapshot")["wraps"]
        self.device.key = Key(raw(wraps["older"]["K"]), SET, 2)
        self.commit()
        self.device.key = KEY
        self.commit()
        self.witness()
        self.check(7, "verify", says="generation 2 is not to be had")
        self.check(7, "restore", "--dry-run", "--snapshot", self.stubs[3].hash()[:16].hex(), says="HK1-K-13")
        self.check(0, "restore", "--dry-run")
        self.portal.wraps.append({"method": "PASSWORD_VAULT", "blob": to_base64(raw(wraps["chain"]))})
        self.check(0, "verify", says="5 snapshots")
        for bad in wraps["badChain"]:
            self.portal.wraps[-1]["blob"] = to_base64(raw(bad["bytes"]))
            self.check(7, "verify", says="generation 2")


if __name__ == "__main__":
    unittest.main()
