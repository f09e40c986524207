"""Exports of the audit trail and receipts of erasures: each altered part is refused."""

import base64
import io
import json
import os
import tempfile
import contextlib
import unittest

from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from restorer import papers
from restorer.__main__ import main
from restorer.encoding import Refused, sha, to_base64, transcript, u64
from tests.maker import TENANT, Signer, Vault


class AuditTest(unittest.TestCase):
    def setUp(self):
        self.vault, self.events, previous = Vault(), [], "0" * 64
        for seq in range(1, 4):
            names = json.dumps({"actor": f"花子 {seq}"})
            personal = sha(transcript("audit personal", b"ab" * 32, names.encode())).hex()
            event = {"seq": seq, "at": "2026-11-30T20:00:00Z", "actorIssuer": "i", "actorSubject": "s", "action": "a", "object": "o",
                     "detail": "{}", "employeeId": "7", "personalHash": personal, "salt": "ab" * 32, "names": names,
                     "previous": previous}
            event["hash"] = previous = self.hash(event)
            self.events.append(event)

    @staticmethod
    def hash(event):
        names = ("previous", "at", "actorIssuer", "actorSubject", "action", "object", "detail", "employeeId", "personalHash")
        return sha(transcript("audit link", u64(event["seq"]), *(event[n].encode() for n in names))).hex()

    def lines(self, event=22, signer=None, **first):
        end = self.events[-1]
        head = {"hikaeAudit": 1, "portal": "p", "at": "x", "filter": {}, "endSeq": 3, "endHash": end["hash"],
                "card": to_base64(self.vault.card()), **first}
        lines = [json.dumps(x, ensure_ascii=False).encode() + b"\n" for x in (head, *self.events)]
        digest = sha(b"".join(lines))
        detail = sha(transcript("vault audit detail", u64(3), bytes.fromhex(end["hash"]), digest))
        receipt = self.vault.receipt(event, detail=detail, employee=sha(transcript("vault audit trail", TENANT)), signer=signer)
        last = {"events": len(self.events), "sha256": digest.hex(), "receipt": to_base64(receipt)}
        return [*lines, json.dumps(last).encode() + b"\n"]

    def check(self, lines):
        return papers.check_audit_export(lines, bytes.fromhex(self.vault.pin))

    def test_good(self):
        self.assertIn("3 events", self.check(self.lines()))
        for event in self.events[:1]:
            del event["salt"], event["names"]  # erased names leave the chain whole
        self.assertIn("3 events", self.check(self.lines()))
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
            path = os.path.join(folder, "export")
            with open(path, "wb") as file:
                file.writelines(self.lines())
            self.assertEqual(0, main(["audit", path, "--vault-root", self.vault.pin]))
            self.assertEqual(6, main(["audit", path, "--vault-root", "00" * 32]))

    def test_each_byte_after_it_was_made(self):
        good = b"".join(self.lines())
        for at in range(0, len(good), 41):
            bad = good[:at] + bytes([good[at] ^ 1]) + good[at + 1:]
            with self.subTest(at), self.assertRaises(Refused):
                self.check(bad.splitlines(keepends=True))

    def test_each_property_of_an_event(self):
        for name in self.events[1]:
            with self.subTest(name):
                before = self.events[1][name]
                self.events[1][name] = 9 if name == "seq" else before[:-1] + ("0" if before[-1:] != "0" else "1")
                with self.assertRaises(Refused):
                    self.check(self.lines())
                self.events[1][name] = before

    def test_lines(self):
        good = self.lines()
        for bad in (good[1:], good[:-1], good[:2] + good[3:], [*good, good[-1]], good[:1] + good[2:0:-1] + good[3:], []):
            with self.assertRaises(Refused):
                self.check(bad)

    def test_what_vouches(self):
        for other in ({"event": 21}, {"signer": Signer(9)}, {"endSeq": 4}, {"endHash": "00" * 32}, {"card": ""}, {"hikaeAudit": 2}):
            with self.subTest(other), self.assertRaises(Refused):
                self.check(self.lines(**other))


class ErasureTest(unittest.TestCase):
    def test_receipt(self):
        key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))
        jwks = json.dumps({"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "k", "x": to_base64(
            key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))}]})

        def jws(**header):
            head = {"alg": "EdDSA", "typ": "hikae-erasure+jwt", "kid": "k", **header}
            signed = ".".join(to_base64(json.dumps(x).encode()) for x in (head, {"set": "x"}))
            return f"{signed}.{to_base64(key.sign(signed.encode()))}"

        self.assertEqual({"set": "x"}, papers.check_erasure(jws(), jwks))
        other = jws().split(".")
        other[1] = base64.urlsafe_b64encode(b'{"set":"yy"}').rstrip(b"=").decode()
        for bad in (jws(alg="none"), jws(typ="JWT"), jws(kid="other"), jws(crit=["x"]), ".".join(other), "a.b", "..", jws()[:-2]):
            with self.assertRaises(Refused):
                papers.check_erasure(bad, jwks)
        with self.assertRaises(Refused):
            papers.check_erasure(jws(), '{"keys": [5, {}]}')


if __name__ == "__main__":
    unittest.main()
