#!/usr/bin/env python3
"""peers: time backup tools against each other on the same data, phase by phase.

  peers.py --work DIR --data DIR/home [--data ...] --tools restic,borg,... [--reps 3]
               [--phases initial,nochange,incremental,check,restore,restore-one]
               [--time-limit 3600] [--phase-limit 600] [--out results.jsonl] [--no-netns]
  peers.py --summary results.jsonl [--base restic]

One repetition: every tool makes its initial and its no-change backup (in turn, the order rotated
from repetition to repetition), then the data is mutated ONCE, then every tool does the incremental
backup, checks, restores everything, restores one file; then the mutation is undone. So tools are
compared within minutes of each other, on identical bytes, and ratios are taken pair by pair.
In the first repetition what was restored is compared with the source, byte by byte.

A tool is tools/NAME.sh, called as `bash NAME.sh PHASE` with, in the environment:
  SRC  the folder to back up      REPO  where the server (or tool) stores      STATE  client state, keys, caches
  OUT  an empty folder to restore into (the file lands at $OUT$SRC/...)        FILE  the one file, relative to SRC
  PORT a free port on 127.0.0.1   GENERATION 1, 2, 3: which backup is meant
Phases: version, start (starts its servers and prints 'ROLE PID', one a line; ROLE is portal, database or other), init,
backup, check, restore, restore-one, stored (prints the bytes stored on the server's side), stop.
A measured phase is 'exec'ed, so the figures are the tool's own. To add a tool, add one such file.

Figures per phase: wall seconds; client CPU and peak RSS (wait4); CPU of each server (utime+stime of the
process trees under the pids 'start' printed), memory of all of them at its end (sum of PSS: what they share counts once),
server disk writes (/proc/PID/io); bytes over loopback (interface counter: run as root
in a network namespace of its own so that nobody else's traffic counts; headers and both directions
are in it); foreign CPU: what OTHER processes of the machine used meanwhile, the noise figure.
Before each phase its input (source for backup and check, repository, client state) is read once, so
that every tool finds a warm page cache; BENCH_COLD=1 leaves that out. BENCH_PRIME_MIB=1800 helps on a
virtual machine whose host takes idle memory away (the function prime says why).
"""
import argparse, json, os, random, shutil, signal, statistics, subprocess, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
PRIME = int(os.environ.get("BENCH_PRIME_MIB", "0"))
TICK = os.sysconf("SC_CLK_TCK")
MAKE = [sys.executable, os.path.join(HERE, "dataset.py")]


def stat_of(pid):
    try:
        with open(f"/proc/{pid}/stat") as f:
            s = f.read()
        p = s[s.rindex(")") + 2:].split()
        return sum(map(int, p[11:15])) / TICK            # utime stime cutime cstime
    except (OSError, ValueError):
        return 0.0


def tree(pids):
    out, todo = [], list(pids)
    while todo:
        p = todo.pop()
        if not os.path.exists(f"/proc/{p}") or p in out:
            continue
        out.append(p)
        try:
            for t in os.listdir(f"/proc/{p}/task"):
                with open(f"/proc/{p}/task/{t}/children") as f:
                    todo += [int(x) for x in f.read().split()]
        except OSError:
            pass
    return out


def field(path, key):
    try:
        with open(path) as f:
            for l in f:
                if l.startswith(key + ":"):
                    return int(l.split()[1])
    except OSError:
        pass
    return 0


def server_figures(servers):
    cpu, t = {}, []
    for role, pid in servers:
        below = tree([pid])
        t += below
        cpu[role] = cpu.get(role, 0.0) + sum(map(stat_of, below))
    return {"cpu": cpu,
            "pss": sum(field(f"/proc/{p}/smaps_rollup", "Pss") for p in t),
            "write": sum(field(f"/proc/{p}/io", "write_bytes") for p in t)}


def loopback():
    with open("/proc/net/dev") as f:
        for l in f:
            if l.strip().startswith("lo:"):
                return int(l.split(":")[1].split()[0])
    return 0


def busy():
    with open("/proc/stat") as f:
        v = list(map(int, f.readline().split()[1:]))
    return (v[0] + v[1] + v[2] + v[5] + v[6]) / TICK, (v[7] if len(v) > 7 else 0) / TICK


def wait_quiet(limit):
    """up to `limit` seconds for the rest of the machine to use less than a fifth of its processors"""
    t0 = time.monotonic()
    while time.monotonic() - t0 < limit:
        b = busy()[0]
        time.sleep(0.5)
        if (busy()[0] - b) / 0.5 / os.cpu_count() < 0.2:
            break
    return round(time.monotonic() - t0, 1)


def warm(*dirs):
    """read everything, so that each phase finds its input in the page cache (some machines take idle cache away)"""
    buf = bytearray(1 << 20)
    for top in dirs:
        for d, _, files in os.walk(top):
            for f in files:
                p = os.path.join(d, f)
                if os.path.isfile(p) and not os.path.islink(p):
                    with open(p, "rb", buffering=0) as fh:
                        while fh.readinto(buf):
                            pass


TRASH = []


def drop(path, work):
    """Out of the way now, deleted when the whole run ends: ext4 creates files several times slower (in system time) for
    some minutes after many files were deleted, and the next tool would pay for it. Deleted at once where space is short."""
    if not os.path.exists(path):
        return
    if shutil.disk_usage(work).free < 25e9:
        shutil.rmtree(path, ignore_errors=True)
        return
    to = os.path.join(work, f"trash-{os.getpid()}-{len(TRASH)}")
    os.rename(path, to)
    TRASH.append(to)


def prime(work, mib):
    """Virtual machines that give idle memory back to their host pay more than a second of system time for every GB of
    page cache they touch afresh: write a scratch file and remove it, so that each phase starts with memory at hand."""
    p = os.path.join(work, "prime")
    b = b"x" * (1 << 20)
    with open(p, "wb", buffering=0) as f:
        for _ in range(mib):
            f.write(b)
    os.unlink(p)


class Tool:
    def __init__(self, name, work, src, one, port):
        self.name, self.src, self.one, self.work = name, src, one, work
        self.dir = os.path.join(work, "t-" + name)
        shutil.rmtree(self.dir, ignore_errors=True)
        for d in ("repo", "state"):
            os.makedirs(os.path.join(self.dir, d))
        self.env = dict(os.environ, SRC=src, REPO=os.path.join(self.dir, "repo"), STATE=os.path.join(self.dir, "state"),
                        OUT=os.path.join(self.dir, "out"), FILE=one or "", PORT=str(port), GENERATION="1")
        self.script = os.path.join(HERE, "tools", name + ".sh")
        self.servers = []

    def quiet(self, phase):
        with open(os.path.join(self.dir, "state", "log-" + phase), "ab") as log:
            return subprocess.run(["bash", self.script, phase], env=self.env, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=log, timeout=300)

    def start(self):
        # 'start' may leave a server behind that holds its output open: read through a file
        path = os.path.join(self.dir, "state", "pids")
        with open(path, "wb") as out:
            subprocess.run(["bash", self.script, "start"], env=self.env, stdin=subprocess.DEVNULL, stdout=out,
                           stderr=subprocess.DEVNULL, timeout=300)
        with open(path) as f:
            self.servers = [(role, int(pid)) for role, pid in map(str.split, f)]

    def stop(self):
        self.quiet("stop")
        drop(self.dir, self.work)

    def measure(self, phase, gen, limit, quiet=0):
        self.env["GENERATION"] = str(gen)
        verb = {"initial": "backup", "nochange": "backup", "incremental": "backup"}.get(phase, phase)
        if verb.startswith("restore"):
            drop(self.env["OUT"], self.work)
            os.makedirs(self.env["OUT"])
        os.sync()
        if not os.environ.get("BENCH_COLD"):
            warm(self.src if verb in ("backup", "check") else "", self.env["REPO"], self.env["STATE"])
        if quiet:
            wait_quiet(quiet)
        if PRIME:
            prime(os.path.dirname(self.dir), PRIME)
        s0, l0, (b0, st0) = server_figures(self.servers), loopback(), busy()
        logname = os.path.join(self.dir, "state", f"log-{phase}")
        t0 = time.monotonic()
        with open(logname, "ab") as log:
            p = subprocess.Popen(["bash", self.script, verb], env=self.env, stdin=subprocess.DEVNULL, stdout=log,
                                 stderr=log, start_new_session=True)
        old = signal.signal(signal.SIGALRM, lambda *_: os.killpg(p.pid, signal.SIGKILL))
        signal.alarm(limit)
        try:
            _, status, ru = os.wait4(p.pid, 0)
        except BaseException:
            os.killpg(p.pid, signal.SIGKILL)
            raise
        finally:
            signal.alarm(0)
        signal.signal(signal.SIGALRM, old)
        wall = time.monotonic() - t0
        p.returncode = os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
        s1, l1, (b1, st1) = server_figures(self.servers), loopback(), busy()
        cpu = ru.ru_utime + ru.ru_stime
        served = {role: round(s1["cpu"][role] - s0["cpu"].get(role, 0.0), 2) for role in s1["cpu"]}
        scpu = sum(served.values())
        rec = {"tool": self.name, "data": os.path.basename(self.src), "phase": phase, "rc": p.returncode,
               "wall": round(wall, 3), "user": round(ru.ru_utime, 2), "sys": round(ru.ru_stime, 2), "majflt": ru.ru_majflt, "cpu": round(cpu, 3), "srv_cpu": round(scpu, 2), "served": served, "rss_kib": ru.ru_maxrss,
               "srv_pss_kib": s1["pss"], "srv_write": s1["write"] - s0["write"], "lo_bytes": l1 - l0,
               "foreign_cpu": round(max(0.0, b1 - b0 - cpu - scpu), 2), "steal": round(st1 - st0, 2)}
        rec["at"] = time.strftime("%H:%M:%S")
        rec["noise"] = round(rec["foreign_cpu"] / (wall * os.cpu_count()), 2)   # share of the machine others used
        if verb == "backup":
            out = self.quiet("stored").stdout.split()
            rec["stored"] = int(out[-1]) if out else 0
        if p.returncode:
            with open(logname, errors="replace") as f:
                rec["error"] = f.read()[-300:]
        return rec

    def same_as_source(self):
        # directories left empty by the mutation may be missing in a tool that keeps files only: counted as the same
        r = subprocess.run(["diff", "-rq", "--no-dereference", self.src, self.env["OUT"] + self.src],
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)
        bad = [l for l in r.stdout.decode(errors="replace").splitlines() if not self.only_empty_dirs(l)]
        return not bad, "\n".join(bad)[-200:]

    def only_empty_dirs(self, line):
        if not line.startswith("Only in " + self.src):
            return False
        d, name = line[len("Only in "):].rsplit(": ", 1)
        return all(not files for _, _, files in os.walk(os.path.join(d, name))) and os.path.isdir(os.path.join(d, name))


def pick_one(src):
    """one middle-sized file that the mutation leaves alone"""
    for cand in ("documents/office/07/report-0007.docx", "d007/f00507.dat"):
        if os.path.isfile(os.path.join(src, cand)):
            return cand
    return None


def run(o):
    for sig in (signal.SIGTERM, signal.SIGINT):          # stop cleanly: servers ended, mutation undone
        signal.signal(sig, lambda *_: sys.exit(3))
    t_end = time.monotonic() + o.time_limit
    phases, tools = o.phases.split(","), o.tools.split(",")
    out = open(o.out, "a") if o.out else sys.stdout

    def emit(rec):
        out.write(json.dumps(rec) + "\n")
        out.flush()
        print("  %-10s %-6s %-12s rc=%s wall=%.2f cpu=%.2f srv=%.2f rss=%dM lo=%.1fM foreign=%.1f %s" % (
            rec["tool"], rec["data"], rec["phase"], rec["rc"], rec["wall"], rec["cpu"], rec["srv_cpu"],
            rec["rss_kib"] >> 10, rec["lo_bytes"] / 1e6, rec["foreign_cpu"], rec.get("error", "")[-120:]), file=sys.stderr)
    for rep in range(o.reps):
        for src in map(os.path.abspath, o.data):
            one = pick_one(src)
            order = tools[rep % len(tools):] + tools[:rep % len(tools)]
            live, dead = [], set()

            def each(phase, gen, those=None):
                for t in those or live:
                    if phase not in phases or t.name in dead or (phase == "restore-one" and not one):
                        continue
                    if time.monotonic() > t_end:
                        print("time limit reached", file=sys.stderr)
                        return
                    rec = t.measure(phase, gen, o.phase_limit, o.quiet_wait)
                    rec["rep"] = rep
                    if phase == "restore" and rep == 0 and rec["rc"] == 0:
                        rec["same"], why = t.same_as_source()
                        if not rec["same"]:
                            rec["why"] = why
                    if phase.startswith("restore"):
                        drop(t.env["OUT"], o.work)
                    if rec["rc"] and phase == "initial":
                        dead.add(t.name)
                    emit(rec)
            mutated = False
            try:
                for i, name in enumerate(order):
                    t = Tool(name, o.work, src, one, 18200 + i)
                    live.append(t)
                    t.start()
                    r = t.quiet("init")
                    if r.returncode:
                        print(f"{name}: init failed, see its log: {t.dir}", file=sys.stderr)
                        dead.add(name)
                for t in live:                           # initial and no-change of one tool back to back
                    each("initial", 1, [t])
                    each("nochange", 2, [t])
                if {"incremental", "check", "restore", "restore-one"} & set(phases):
                    subprocess.run(MAKE + ["mutate", src], check=True, stdout=subprocess.DEVNULL)
                    mutated = True
                    for ph in ("incremental", "check", "restore", "restore-one"):
                        each(ph, 3)
            finally:
                for t in live:
                    t.stop()
                if mutated:
                    subprocess.run(MAKE + ["undo", src], check=True)
            if time.monotonic() > t_end:
                return


ROLES = ["portal", "database", "other"]
ORDER = ["initial", "nochange", "incremental", "check", "restore", "restore-one"]


def summary(o):
    recs = []
    for p in o.summary:
        with open(p) as f:
            recs += [json.loads(l) for l in f if l.strip()]
    med = statistics.median
    total = len(recs)
    recs = [r for r in recs if r.get("noise", 0) < o.max_noise]
    print(f"{len(recs)} of {total} measured phases (others used less than {o.max_noise:.0%} of the machine)")
    for data in dict.fromkeys(r["data"] for r in recs):
        print(f"\n### {data}\n")
        print("| phase | tool | n | wall s (min-max) | wall / %s | CPU s client | portal | database | other | all CPU / %s | client RSS MB | servers PSS MB | stored MB | loopback MB | foreign CPU s |" % (o.base, o.base))
        print("|---" * 15 + "|")
        for ph in ORDER:
            rows = [r for r in recs if r["data"] == data and r["phase"] == ph]
            base = {r["rep"]: r for r in rows if r["tool"] == o.base and r["rc"] == 0}
            for tool in dict.fromkeys(r["tool"] for r in sorted(rows, key=lambda r: (r["tool"] != o.base, r["tool"]))):
                rs = [r for r in rows if r["tool"] == tool and r["rc"] == 0]
                bad = sum(r["tool"] == tool and r["rc"] != 0 for r in rows)
                if not rs:
                    print(f"| {ph} | {tool} | 0 ({bad} failed) |" + " |" * 12)
                    continue
                pairs = [(r, base[r["rep"]]) for r in rs if r["rep"] in base]
                w = sorted(r["wall"] for r in rs)
                ratio = "%.2f" % med(a["wall"] / b["wall"] for a, b in pairs) if pairs else "-"
                cratio = "%.2f" % med((a["cpu"] + a["srv_cpu"]) / max(0.01, b["cpu"] + b["srv_cpu"]) for a, b in pairs) if pairs else "-"
                stored = "%.0f" % (med(r["stored"] for r in rs) / 1e6) if "stored" in rs[0] else ""
                print("| %s | %s | %d%s | %.2f (%.2f-%.2f) | %s | %.2f | %s | %s | %.0f | %.0f | %s | %.1f | %.1f |" % (
                    ph, tool, len(rs), f" ({bad} failed)" if bad else "", med(w), w[0], w[-1], ratio,
                    med(r["cpu"] for r in rs), " | ".join("%.2f" % med(r["served"].get(role, 0.0) for r in rs) for role in ROLES), cratio, med(r["rss_kib"] for r in rs) / 1024,
                    med(r["srv_pss_kib"] for r in rs) / 1024, stored, med(r["lo_bytes"] for r in rs) / 1e6,
                    med(r["foreign_cpu"] for r in rs)))
    bad = [r for r in recs if r.get("same") is False]
    print("\nrestored trees identical to the source: %d of %d compared%s" % (
        sum(r.get("same") is True for r in recs), sum("same" in r for r in recs),
        "".join("\n  DIFFERENT: %s %s %s" % (r["tool"], r["data"], r.get("why")) for r in bad)))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--work")
    a.add_argument("--data", action="append", default=[])
    a.add_argument("--tools", default="restic,hikae")
    a.add_argument("--phases", default=",".join(ORDER))
    a.add_argument("--reps", type=int, default=3)
    a.add_argument("--time-limit", type=int, default=3600, help="seconds for the whole call; no new phase starts after it")
    a.add_argument("--phase-limit", type=int, default=600, help="seconds for one phase, then it is killed and counts as failed")
    a.add_argument("--quiet-wait", type=float, default=0, help="before each phase, wait up to so many seconds for a quiet machine")
    a.add_argument("--max-noise", type=float, default=9, help="in --summary: only phases during which others used less than this share")
    a.add_argument("--out")
    a.add_argument("--no-netns", action="store_true")
    a.add_argument("--summary", nargs="+")
    a.add_argument("--base", default="restic")
    o = a.parse_args()
    if o.summary:
        return summary(o)
    if not o.work or not o.data:
        a.error("--work and --data are needed")
    if not o.no_netns and os.geteuid() == 0 and os.environ.get("BENCH_NETNS") != "1" and shutil.which("unshare"):
        os.environ["BENCH_NETNS"] = "1"
        os.execvp("unshare", ["unshare", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", sys.executable,
                              os.path.abspath(__file__)] + sys.argv[1:])
    o.work = os.path.abspath(o.work)
    os.makedirs(o.work, exist_ok=True)
    try:
        run(o)
    finally:
        for p in TRASH:
            shutil.rmtree(p, ignore_errors=True)


if __name__ == "__main__":
    main()
