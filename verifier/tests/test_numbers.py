"""The numbers that the code has are those of numbers.tsv (HK1-N-05)."""

import unittest

from restorer import evidence, keys, objects, portal
from tests.vectors import FOLDER


def numbers(group):
    rows = [line.split("\t") for line in (FOLDER.parent / "numbers.tsv").read_text().splitlines()[1:]]
    return {row[1]: int(row[2]) for row in rows if row[0] == group}


class NumbersTest(unittest.TestCase):
    def test_refusals(self):
        self.assertEqual(numbers("vault-refusal"), {text.partition(":")[0]: n for n, text in portal.REFUSALS.items()})

    def test_events_and_states(self):
        events = numbers("vault-event")
        self.assertEqual(sorted(events.values()), list(evidence.RECEIPT_EVENTS))
        for name in ("WITNESSED", "RESTORED", "AUDIT_EXPORT"):
            self.assertEqual(events[name], getattr(evidence, name))
        self.assertEqual(events["OPENED"], portal.OPENED)
        self.assertEqual(numbers("record-state"), {name: n for n, name in enumerate(evidence.STATES)})

    def test_messages(self):
        messages = numbers("vault-message")
        for name in ("STATUS", "LOGIN_START", "LOGIN_FINISH"):
            self.assertEqual(messages[name], getattr(portal, name))
        self.assertEqual(numbers("vault-operation")["FETCH"], portal.FETCH)

    def test_lengths(self):
        self.assertEqual({"PASSWORD_VAULT": keys.PASSWORD, "DIGIT_KEY": keys.DIGITS, "CHAIN": keys.CHAIN}, numbers("wrap-method"))
        self.assertEqual(numbers("bytes")["object-limit"], objects.OBJECT_LIMIT)
        self.assertEqual(numbers("pack")["chunk-limit"], objects.CHUNK_LIMIT)


if __name__ == "__main__":
    unittest.main()
