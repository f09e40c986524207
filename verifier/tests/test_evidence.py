"""What the vault signs, against the vectors."""

import unittest

from restorer import evidence
from restorer.encoding import Refused, sha, transcript
from tests.vectors import raw, vectors

V = vectors("vault")
PIN = raw(V["card"]["rootFingerprint"])
CARD = evidence.read_card(raw(V["card"]["signedCard"]), PIN)


class EvidenceTest(unittest.TestCase):
    def refuses(self, bad, read):
        for each in bad:
            with self.subTest(each["why"]), self.assertRaises(Refused):
                read(raw(each["bytes"]))

    def test_card(self):
        self.assertEqual((7, "acme", V["card"]["cardHash"]), (CARD.sequence, CARD.tenant, CARD.hash.hex()))
        self.refuses(V["card"]["bad"], lambda data: evidence.read_card(data, PIN))
        with self.assertRaises(Refused):
            evidence.read_card(raw(V["card"]["signedCard"]), bytes(32))

    def test_pin(self):
        text = PIN.hex().upper()
        self.assertEqual(PIN, evidence.read_pin(":".join(text[i:i + 2] for i in range(0, 64, 2)) + " \u3000"))
        for bad in (text[1:], text + "0", text.replace("0", "O"), "sha256 " + text):
            with self.assertRaises(Refused):
                evidence.read_pin(bad)

    def test_heads(self):
        self.assertEqual((41, raw(V["head"]["mac"])), evidence.read_head(raw(V["head"]["head"]), CARD))
        self.assertEqual(40, evidence.read_head(raw(V["head"]["byFormerKey"]), CARD)[0])
        self.refuses(V["head"]["bad"], lambda data: evidence.read_head(data, CARD))

    def test_receipts(self):
        v = V["receipts"]
        row = evidence.read_receipt(raw(v["receipt"]), CARD)
        self.assertEqual((v["employee"], v["setId"], v["mac"]), (row.employee.hex(), row.set_id.hex(), row.code.hex()))
        self.assertEqual(row.employee, evidence.employee_hash(CARD, V["enrolment"]["issuer"], V["enrolment"]["subject"]))
        evidence.read_receipt(raw(v["byFormerKey"]), CARD)
        self.assertEqual(v["locked"]["due"], evidence.read_receipt(raw(v["locked"]["receipt"]), CARD).due)
        self.assertEqual(raw(v["details"]["witness"]),
                         evidence.witness_detail(raw(v["deviceId"]), V["status"]["series"][0]["seq"], raw(v["snapshotHash"])))
        self.assertEqual(V["login"]["detail"], sha(transcript("vault login detail", raw(V["login"]["loginId"]))).hex())
        self.refuses(v["bad"], lambda data: evidence.read_receipt(data, CARD))

    def test_status(self):
        v = V["status"]
        status = evidence.read_status(raw(v["done"]), CARD, raw(v["nonce"]), v["after"])
        head = v["series"][0]
        self.assertEqual((2, v["credId"], v["attemptsLeft"]), (status.state, status.cred_id.hex(), status.attempts_left))
        place = status.heads[raw(head["deviceId"])]
        self.assertEqual((head["seq"], head["snapshotHash"], head["at"]), (place.sequence, place.hash.hex(), place.at))
        self.refuses(v["bad"], lambda data: evidence.read_status(data, CARD, raw(v["nonce"]), v["after"]))


if __name__ == "__main__":
    unittest.main()
