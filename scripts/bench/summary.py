"""Tables and history of what peers.py has measured; it runs by itself only in tests (summary_test.py)."""
import csv
import json
import os
import statistics

ROLES = ["agent", "portal", "database", "other"]
PHASES = ["initial", "nochange", "incremental", "check", "restore", "restore-one"]
NAMES = {"nochange": "unchanged", "check": "verify", "restore-one": "one file"}
HISTORY = ["date", "commit", "machine", "set", "bytes", "files", "program", "phase", "runs", "wall", "wall_min", "wall_max",
           "wall_ratio", "cpu", "cpu_min", "cpu_max", "cpu_ratio"] + ["cpu_" + r for r in ROLES] + [
           "peak_mib", "command_mib", "rest_mib", "servers_mib", "stored_mb", "foreign_cpu"]


def read(paths):
    """(what was said about the runs, what was measured)"""
    about, recs = {}, []
    for path in paths:
        with open(path) as f:
            for line in f:
                one = json.loads(line) if line.strip() else {}
                if "about" in one:
                    about.update(one["about"])
                elif one:
                    recs.append(one)
    return about, recs


def cpu(rec):
    """processor seconds of everything"""
    return rec["cpu"] + sum(rec["served"].values())


def share(rec, role):
    """processor seconds of one part; the command counts with the agent that stays"""
    return rec["served"].get(role, 0.0) + (rec["cpu"] if role == "agent" else 0.0)


def spread(values):
    """(median, smallest, largest)"""
    values = list(values)
    return statistics.median(values), min(values), max(values)


def ratio(recs, base, figure):
    """median of the ratios to the base's figure in the same repetition, or None"""
    of = {r["rep"]: figure(r) for r in base}
    pairs = [figure(r) / max(0.01, of[r["rep"]]) for r in recs if r["rep"] in of]
    return statistics.median(pairs) if pairs else None


def good(recs, **keys):
    return [r for r in recs if r["rc"] == 0 and all(r[k] == v for k, v in keys.items())]


def label(tool):
    """hikae:files:staying is files, staying"""
    return ", ".join(tool.split(":")[1 if tool.startswith("hikae:") else 0:])


def number(value):
    return "%.2f" % value if value < 10 else "%.1f" % value if value < 100 else "%.0f" % value


def timed(recs, base, figure):
    if not recs:
        return "failed"
    middle, low, high = spread(map(figure, recs))
    text = number(middle)
    if len(recs) > 1:
        text += " (%s to %s)" % (number(low), number(high))
    to = ratio(recs, base, figure) if recs[0]["tool"] != (base[0]["tool"] if base else None) else None
    return text + (", %.2f" % to if to is not None else "")


def shares(recs):
    if not recs:
        return ""
    return " + ".join(number(statistics.median(share(r, role) for r in recs)) for role in ROLES)


def mib(recs, key):
    values = [r[key] for r in recs if r.get(key)]
    return max(values) / 1024 if values else None


def memory(recs):
    """the most that the agent had, or the command and the agent that stays beside it"""
    command, agent = mib(recs, "rss_kib"), mib(recs, "agent_kib")
    if command is None:
        return ""
    return "%.0f" % command if agent is None else "%.0f + %.0f" % (command, agent)


def table(recs, base):
    """one set as a table of Markdown: a column for each program, three rows for each phase"""
    tools = sorted(dict.fromkeys(r["tool"] for r in recs), key=lambda t: (t != base, t != "borg", t))
    lines = ["| | " + " | ".join(map(label, tools)) + " |", "|---" * (len(tools) + 1) + "|"]

    def row(title, cells):
        lines.append("| " + " | ".join([title] + list(cells)) + " |")
    for phase in PHASES:
        if not any(r["phase"] == phase for r in recs):
            continue
        of = {t: good(recs, tool=t, phase=phase) for t in tools}
        first = of.get(base, [])
        row("**%s**, s" % NAMES.get(phase, phase), (timed(of[t], first, lambda r: r["wall"]) for t in tools))
        row("processor s", (timed(of[t], first, cpu) for t in tools))
        row("by client, server, database, rest", (shares(of[t]) for t in tools))
    for phase in ("initial", "incremental"):
        of = {t: good(recs, tool=t, phase=phase) for t in tools}
        if any(of.values()):
            row("stored after %s, MB" % phase, (timed(of[t], of.get(base, []), lambda r: r["stored"] / 1e6) for t in tools))
    row("memory at most, MiB", (memory(good(recs, tool=t)) for t in tools))
    rest = {t: mib(good(recs, tool=t), "rest_kib") for t in tools}
    row("memory at rest, MiB", ("" if rest[t] is None else "%.0f" % rest[t] for t in tools))
    return "\n".join(lines)


def report(about, recs, base, noise):
    out = []
    total = len(recs)
    recs = [r for r in recs if r.get("noise", 0) < noise]
    out.append("Machine: %s. %s." % (about.get("machine", "?"), ", ".join(about.get("versions", {}).values())))
    out.append("Commit %s, %s." % (about.get("commit", "?"), about.get("date", "?")))
    out.append("Each cell: median (range), ratio to %s's in the same run. Restored trees equal to the source: %d of %d." % (
        base, sum(r.get("same") is True for r in recs), sum("same" in r for r in recs)))
    if total > len(recs):
        out.append("%d of %d phases are left out: others used %.0f %% of the machine or more." % (
            total - len(recs), total, noise * 100))
    if recs:
        out.append("Others used %.0f %% of the machine in the median, %.0f %% at most." % (
            statistics.median(r["noise"] for r in recs) * 100, max(r["noise"] for r in recs) * 100))
    late = sum(bool(r.get("after_deletion")) for r in recs)
    if late:
        out.append("%d of %d phases began within five minutes of a deletion, because less than 15 GB of the disk was free: "
                   "what creates files then takes several times longer. They are not recorded; do not use them." % (late, len(recs)))
    for data in dict.fromkeys(r["data"] for r in recs):
        of = [r for r in recs if r["data"] == data]
        size = about.get("sets", {}).get(data)
        runs = len({r["rep"] for r in of})
        out += ["", "### %s" % data, "",
                ("%s files, %.2f GB, " % (f"{size[0]:,}", size[1] / 1e9) if size else "") + "%d run%s." % (runs, "s" * (runs > 1)),
                "", table(of, base)]
    for r in recs:
        if r["rc"]:
            out.append("FAILED: %s %s %s, run %d: %s" % (r["tool"], r["data"], r["phase"], r["rep"], r.get("error", "")[-200:]))
        if r.get("same") is False:
            out.append("DIFFERENT: %s %s %s, run %d: %s" % (r["tool"], r["data"], r["phase"], r["rep"], r.get("why", "")))
    return "\n".join(out)


def history(about, recs, base):
    """a line for each set, program and phase, in the order of HISTORY"""
    for data, tool, phase in dict.fromkeys((r["data"], r["tool"], r["phase"]) for r in recs):
        rs = good(recs, data=data, tool=tool, phase=phase)
        first = good(recs, data=data, tool=base, phase=phase)
        if not rs:
            continue
        wall, used = spread(r["wall"] for r in rs), spread(map(cpu, rs))
        files, size = about.get("sets", {}).get(data, ("", ""))
        peak = mib(rs, "agent_kib")
        version = about.get("versions", {}).get(tool.split(":")[0], "")
        yield [about.get("date", ""), about.get("commit", ""), about.get("machine", ""), data, size, files,
               "%s (%s)" % (tool, version) if version else tool, NAMES.get(phase, phase), len(rs)] + [
               "%.2f" % x if x is not None else "" for x in (
                   *wall, ratio(rs, first, lambda r: r["wall"]), *used, ratio(rs, first, cpu),
                   *(statistics.median(share(r, role) for r in rs) for role in ROLES))] + [
               "%.0f" % x if x is not None else "" for x in (
                   peak if peak is not None else mib(rs, "rss_kib"), mib(rs, "rss_kib") if peak is not None else None,
                   mib(rs, "rest_kib"), mib(rs, "srv_pss_kib"),
                   statistics.median(r["stored"] for r in rs) / 1e6 if "stored" in rs[0] else None)] + [
               "%.1f" % statistics.median(r["foreign_cpu"] for r in rs)]


def record(path, about, recs, base):
    new = not os.path.exists(path)
    with open(path, "a", newline="") as f:
        out = csv.writer(f, delimiter="\t", lineterminator="\n")
        if new:
            out.writerow(HISTORY)
        out.writerows(history(about, [r for r in recs if not r.get("after_deletion")], base))
