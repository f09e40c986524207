#!/usr/bin/env python3
"""Whether summary.py counts rightly: python3 -m unittest scripts/bench/summary_test.py"""
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import summary


def rec(tool, rep, wall, cpu=1.0, phase="initial", **more):
    return {"tool": tool, "data": "home", "phase": phase, "rep": rep, "rc": 0, "wall": wall, "cpu": cpu, "served": {}, "noise": 0.0,
            "foreign_cpu": 0.0, "rss_kib": 1024, "stored": 1e6, **more}


RESTIC = [rec("restic", 0, 10.0, 4.0), rec("restic", 1, 20.0, 4.0), rec("restic", 2, 11.0, 4.0)]
OURS = [rec("hikae:files:staying", 0, 5.0, served={"agent": 2.0, "portal": 1.0, "database": 0.5}),
        rec("hikae:files:staying", 1, 5.0, served={"agent": 2.0, "portal": 1.0}),
        rec("hikae:files:staying", 2, 22.0, served={"agent": 2.0, "portal": 1.0, "other": 3.0})]


class SummaryTest(unittest.TestCase):
    def test_processor_seconds_are_those_of_everything(self):
        self.assertEqual(4.5, summary.cpu(OURS[0]))
        self.assertEqual(7.0, summary.cpu(OURS[2]))

    def test_the_command_counts_with_its_agent(self):
        self.assertEqual(3.0, summary.share(OURS[0], "agent"))
        self.assertEqual(4.0, summary.share(RESTIC[0], "agent"))
        self.assertEqual(1.0, summary.share(OURS[0], "portal"))
        self.assertEqual(0.0, summary.share(OURS[0], "other"))

    def test_ratios_are_taken_within_a_repetition(self):
        # 0.5, 0.25 and 2; the ratio of the medians would be 0.45.
        self.assertEqual(0.5, summary.ratio(OURS, RESTIC, lambda r: r["wall"]))
        self.assertEqual(0.375, summary.ratio(OURS, RESTIC[:2], lambda r: r["wall"]))
        self.assertIsNone(summary.ratio(OURS, [], lambda r: r["wall"]))

    def test_a_spread_is_from_the_smallest_to_the_largest(self):
        self.assertEqual((11.0, 10.0, 20.0), summary.spread(r["wall"] for r in RESTIC))
        self.assertEqual("5.00 (5.00 to 22.0), 0.50", summary.timed(OURS, RESTIC, lambda r: r["wall"]))
        self.assertEqual("11.0 (10.0 to 20.0)", summary.timed(RESTIC, RESTIC, lambda r: r["wall"]))

    def test_what_failed_is_not_counted(self):
        failed = dict(OURS[0], rc=1, wall=0.01, error="no")
        text = summary.report({}, RESTIC + [failed], "restic", 9)
        self.assertIn("| failed |", text)
        self.assertIn("FAILED: hikae:files:staying home initial, run 0: no", text)

    def test_each_cell_is_under_its_program(self):
        borg = [rec("borg", 0, 30.0)]
        lines = summary.table(OURS + borg + RESTIC, "restic").splitlines()
        self.assertEqual("| | restic | borg | files, staying |", lines[0])
        self.assertTrue(lines[2].startswith("| **initial**, s | 11.0 (10.0 to 20.0) | 30.0, 3.00 | 5.00"), lines[2])
        self.assertEqual({5}, {line.count("|") for line in lines})

    def test_a_tree_that_differs_is_named(self):
        text = summary.report({}, [rec("restic", 0, 1.0, phase="restore", same=False, why="contents")], "restic", 9)
        self.assertIn("equal to the source: 0 of 1", text)
        self.assertIn("DIFFERENT: restic home restore, run 0: contents", text)

    def test_history_has_a_line_for_each_program_and_is_added_to(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "history.tsv")
            for _ in range(2):
                summary.record(path, {"sets": {"home": [3, 7]}, "versions": {"restic": "restic 1"}}, RESTIC + OURS, "restic")
            with open(path) as f:
                rows = [line.rstrip("\n").split("\t") for line in f]
        self.assertEqual(5, len(rows))
        self.assertEqual({len(summary.HISTORY)}, set(map(len, rows)))
        first, ours = (dict(zip(summary.HISTORY, row)) for row in rows[1:3])
        self.assertEqual(("restic (restic 1)", "11.00", "1.00", "7", "3"),
                         tuple(first[k] for k in ("program", "wall", "wall_ratio", "bytes", "files")))
        self.assertEqual(("0.50", "4.50", "3.00", "1.00"), tuple(ours[k] for k in ("wall_ratio", "cpu", "cpu_agent", "cpu_portal")))

    def test_what_a_deletion_spoiled_is_told_and_not_recorded(self):
        spoiled = [dict(r, after_deletion=True) for r in OURS]
        self.assertIn("3 of 6 phases began within five minutes of a deletion", summary.report({}, RESTIC + spoiled, "restic", 9))
        self.assertNotIn("deletion", summary.report({}, RESTIC + OURS, "restic", 9))
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "history.tsv")
            summary.record(path, {"sets": {"home": [3, 7]}, "versions": {"restic": "restic 1"}}, RESTIC + spoiled, "restic")
            with open(path) as f:
                self.assertEqual(2, len(f.readlines()))


if __name__ == "__main__":
    unittest.main()
