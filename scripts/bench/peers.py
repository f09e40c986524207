#!/usr/bin/env python3
"""peers: time backup tools against each other on the same data, phase by phase.

  peers.py --work DIR --data DIR/home [--data ...] [--real /usr ...] --tools restic,borg,hikae:files:staying,... [--reps 3]
               [--phases initial,nochange,incremental,check,restore,restore-one] [--other DIR] [--rest 60]
               [--time-limit 3600] [--phase-limit 600] [--out results.jsonl] [--no-netns]
  peers.py --summary results.jsonl [--base restic] [--record history.tsv]

One repetition: first, unmeasured, every tool backs up, checks and restores the other data, so that what stays has been at
work. Then phase by phase all tools in turn, the order rotated from repetition to repetition; before the incremental
backup the data is mutated ONCE, and at the end that is undone. So tools are compared within minutes of each other, on
identical bytes, and ratios are taken pair by pair. Real data is not mutated: it has no incremental backup. What was
restored is compared with the source each time: names, types, modes, owners, times, links, contents.

A tool is NAME, NAME:STORE or NAME:STORE:AGENT: tools/NAME.sh, called as `bash NAME.sh PHASE` with, in the environment:
  SRC  the folder to back up      REPO  where the server (or tool) stores      STATE  client state, keys, caches
  OUT  an empty folder to restore into (the file lands at $OUT$SRC/...)        FILE  the one file, relative to SRC
  PORT a free port on 127.0.0.1   GENERATION 0, 1, 2, 3: which backup is meant
  STORE, AGENT as in its name     SHARED a folder for all tools with this NAME and STORE, until 'end'
Phases: version, start (starts its servers and prints 'ROLE PID', one a line; ROLE is portal, database or other), init,
ready (before a measured phase: prints 'agent PID' where one stays), backup, check, restore, restore-one, settle (does what
its server has put off), stores (prints the folders in which stored bytes lie), forget (its server keeps no stored bytes in
its memory), stored (prints the bytes stored on the server's side), stop, end. A measured phase is 'exec'ed, so the figures
are the tool's own. To add a tool, add one such file.

Figures per phase: wall seconds; CPU and peak RSS of the command (wait4); CPU of the agent that stays and of each server
(utime+stime of the process trees under the pids that were printed), until its server has settled, which the wall time has
not; memory of the servers at its end (sum of PSS: what they share counts once), the most that the agent that stays had
meanwhile and what it had before; server disk writes (/proc/PID/io); bytes over loopback (interface counter: run as root
in a network namespace of its own so that nobody else's traffic counts; headers and both directions
are in it); foreign CPU: what OTHER processes of the machine used meanwhile, the noise figure.
Before a backup its source and the client's state are read once, so that every tool finds a warm page cache. Before a
check or a restore the client's state is, and what is stored is in no page cache and no server's memory.
An agent that stays has been left alone for so many seconds (--rest) before each phase. BENCH_PRIME_MIB=1800 helps on a
virtual machine whose host takes idle memory away (the function prime says why).
"""
import argparse, json, os, shutil, signal, subprocess, sys, time

sys.dont_write_bytecode = True                           # the folder is the repository's
import summary

HERE = os.path.dirname(os.path.abspath(__file__))
PRIME = int(os.environ.get("BENCH_PRIME_MIB", "0"))
TICK = os.sysconf("SC_CLK_TCK")
BACKUPS = ["initial", "nochange", "incremental"]
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
        t += below if role != "agent" else []
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


def uncache(*dirs):
    """drop what these folders hold from the page cache; what was written and not synced stays"""
    for top in dirs:
        for d, _, files in os.walk(top):
            for f in files:
                p = os.path.join(d, f)
                try:
                    if os.path.isfile(p) and not os.path.islink(p):
                        fd = os.open(p, os.O_RDONLY)
                        os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
                        os.close(fd)
                except FileNotFoundError:
                    pass                                 # a server removes files of its own


TRASH = []
DELETED = []                                             # when files had to be deleted during the run


def drop(path, work):
    """Out of the way now, deleted when the whole run ends: ext4 creates files several times slower (in system time) for
    some minutes after many files were deleted, and the next tool would pay for it. Deleted at once where space is short;
    the report says which figures suffer."""
    if not os.path.exists(path):
        return
    if shutil.disk_usage(work).free < 15e9:
        shutil.rmtree(path, ignore_errors=True)
        DELETED.append(time.monotonic())
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
        script, store, self.agent = (name.split(":") + ["", ""])[:3]
        self.dir = os.path.join(work, "t-" + name.replace(":", "-"))
        shutil.rmtree(self.dir, ignore_errors=True)
        for d in ("repo", "state"):
            os.makedirs(os.path.join(self.dir, d))
        self.env = dict(os.environ, SRC=src, REPO=os.path.join(self.dir, "repo"), STATE=os.path.join(self.dir, "state"),
                        OUT=os.path.join(self.dir, "out"), FILE=one or "", PORT=str(port), GENERATION="1", STORE=store,
                        AGENT=self.agent, SHARED=os.path.join(work, f"shared-{script}-{store}"))
        self.script = os.path.join(HERE, "tools", script + ".sh")
        self.servers, self.stored, self.last = [], 0, 0.0

    def quiet(self, phase):
        with open(os.path.join(self.dir, "state", "log-" + phase), "ab") as log:
            return subprocess.run(["bash", self.script, phase], env=self.env, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=log, timeout=900)

    def lines(self, phase):
        return self.quiet(phase).stdout.decode().splitlines()

    def said(self):
        """the end of what it has written into its newest logs"""
        logs = [e.path for e in os.scandir(self.env["STATE"]) if e.name.startswith("log-") and e.stat().st_size]
        if os.path.isfile(os.path.join(self.env["SHARED"], "stack.log")):
            logs.append(os.path.join(self.env["SHARED"], "stack.log"))
        text = ""
        for path in sorted(logs, key=os.path.getmtime)[-2:]:
            with open(path, errors="replace") as f:
                text += "\n" + f.read()[-1000:]
        return text

    def bytes(self):
        out = self.lines("stored")
        return int(out[-1]) if out else 0

    def start(self):
        # 'start' may leave a server behind that holds its output open: read through a file
        path = os.path.join(self.dir, "state", "pids")
        with open(path, "wb") as out:
            subprocess.run(["bash", self.script, "start"], env=self.env, stdin=subprocess.DEVNULL, stdout=out,
                           stderr=subprocess.DEVNULL, timeout=900)
        with open(path) as f:
            self.servers = [(role, int(pid)) for role, pid in map(str.split, f)]

    def stop(self):
        self.quiet("stop")
        drop(self.dir, self.work)

    def end(self):
        subprocess.run(["bash", self.script, "end"], env=self.env, stdin=subprocess.DEVNULL, timeout=300)

    def ready(self):
        """the agent that stays, if there is one, is there"""
        agents = [(role, int(pid)) for role, pid in map(str.split, self.lines("ready"))]
        self.servers = [one for one in self.servers if one[0] != "agent"] + agents
        return agents[0][1] if agents else None

    def rehearse(self, other):
        """backs up, checks and restores other data, unmeasured; false if that failed"""
        src, out = self.env["SRC"], self.env["OUT"]
        self.env.update(SRC=other, GENERATION="0")
        try:
            for verb in ("backup", "check", "restore"):
                self.ready()
                os.makedirs(out, exist_ok=True)
                if self.quiet(verb).returncode:
                    return False
            return True
        finally:
            self.env.update(SRC=src)
            drop(out, self.work)
            self.last = time.monotonic()

    def measure(self, phase, o):
        verb = phase
        if phase in BACKUPS:
            verb, self.env["GENERATION"] = "backup", str(1 + BACKUPS.index(phase))
        if verb.startswith("restore"):
            drop(self.env["OUT"], self.work)
            os.makedirs(self.env["OUT"])
        before = self.bytes() if verb == "backup" else 0
        os.sync()
        warm(self.env["STATE"], self.src if verb == "backup" else "")
        if verb != "backup":
            self.quiet("forget")
            os.sync()
            uncache(*self.lines("stores"))
        agent = self.ready()
        if self.agent == "staying":
            time.sleep(max(0.0, self.last + o.rest - time.monotonic()))
        if o.quiet_wait:
            wait_quiet(o.quiet_wait)
        if PRIME:
            prime(os.path.dirname(self.dir), PRIME)
        rest = field(f"/proc/{agent}/status", "VmRSS") if agent else 0
        if agent:
            with open(f"/proc/{agent}/clear_refs", "w") as f:
                f.write("5")                             # its peak begins anew: proc(5)
        s0, l0, (b0, st0) = server_figures(self.servers), loopback(), busy()
        logname = os.path.join(self.dir, "state", f"log-{phase}")
        t0 = time.monotonic()
        with open(logname, "ab") as log:
            p = subprocess.Popen(["bash", self.script, verb], env=self.env, stdin=subprocess.DEVNULL, stdout=log,
                                 stderr=log, start_new_session=True)
        old = signal.signal(signal.SIGALRM, lambda *_: os.killpg(p.pid, signal.SIGKILL))
        signal.alarm(o.phase_limit)
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
        l1 = loopback()
        self.quiet("settle")
        time.sleep(0.1)
        s1, (b1, st1) = server_figures(self.servers), busy()
        whole = time.monotonic() - t0
        cpu = ru.ru_utime + ru.ru_stime
        served = {role: round(s1["cpu"][role] - s0["cpu"].get(role, 0.0), 2) for role in s1["cpu"]}
        rec = {"tool": self.name, "data": os.path.basename(self.src), "phase": phase, "rc": p.returncode,
               "wall": round(wall, 3), "user": round(ru.ru_utime, 2), "sys": round(ru.ru_stime, 2), "majflt": ru.ru_majflt,
               "cpu": round(cpu, 3), "served": served, "rss_kib": ru.ru_maxrss, "srv_pss_kib": s1["pss"],
               "srv_write": s1["write"] - s0["write"], "lo_bytes": l1 - l0,
               "foreign_cpu": round(max(0.0, b1 - b0 - cpu - sum(served.values())), 2), "steal": round(st1 - st0, 2)}
        rec["at"] = time.strftime("%H:%M:%S")
        rec["after_deletion"] = bool(DELETED) and t0 - DELETED[-1] < 300
        rec["noise"] = round(rec["foreign_cpu"] / (whole * os.cpu_count()), 2)   # share of the machine others used
        if verb == "backup":
            self.stored += self.bytes() - before
            rec["stored"] = self.stored
        if agent:
            rec["rest_kib"], rec["agent_kib"] = rest, field(f"/proc/{agent}/status", "VmHWM")
            if not p.returncode and not served["agent"]:
                rec["rc"], rec["error"] = -1, "the agent that stays has not done it"
        if p.returncode:
            with open(logname, errors="replace") as f:
                rec["error"] = f.read()[-300:]
        self.last = time.monotonic()
        return rec

    def same_as_source(self, phase):
        """'' or what differs"""
        out = self.env["OUT"]
        how = [os.path.join(HERE, os.pardir, "compare-trees"), self.src, out + self.src]
        if phase == "restore-one":
            how = ["cmp", os.path.join(self.src, self.one), os.path.join(out + self.src, self.one)]
        r = subprocess.run(how, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=1800)
        return "" if r.returncode == 0 else r.stdout.decode(errors="replace")[-300:] or "it differs"


def pick_one(src):
    """one middle-sized file that the mutation leaves alone"""
    for cand in ("documents/office/07/report-0007.docx", "d007/f00007.dat", "d007/f00507.dat"):
        if os.path.isfile(os.path.join(src, cand)):
            return cand
    for d, dirs, files in os.walk(src):
        dirs.sort()
        for f in sorted(files):
            p = os.path.join(d, f)
            if not os.path.islink(p) and os.path.isfile(p) and 20_000 <= os.path.getsize(p) <= 500_000:
                return os.path.relpath(p, src)
    return None


def count(src):
    """(number of regular files, their bytes, as ls has them)"""
    n = size = 0
    for d, _, files in os.walk(src):
        for f in files:
            p = os.path.join(d, f)
            if not os.path.islink(p) and os.path.isfile(p):
                n, size = n + 1, size + os.path.getsize(p)
    return n, size


def run(o):
    for sig in (signal.SIGTERM, signal.SIGINT):          # stop cleanly: servers ended, mutation undone
        signal.signal(sig, lambda *_: sys.exit(3))
    o.until = time.monotonic() + o.time_limit
    sources = list(map(os.path.abspath, o.data + o.real))
    versions = {}
    for script in dict.fromkeys(name.split(":")[0] for name in o.tools.split(",")):
        r = subprocess.run(["bash", os.path.join(HERE, "tools", script + ".sh"), "version"], stdout=subprocess.PIPE, text=True,
                           env=dict(os.environ, STATE=o.work, REPO=o.work, PORT="1", AGENT="", STORE="", SHARED=o.work))
        versions[script] = " ".join(r.stdout.split())
    with open(o.out, "a") if o.out else os.fdopen(os.dup(1), "w") as out:
        def emit(rec):
            out.write(json.dumps(rec) + "\n")
            out.flush()
        emit({"about": {"versions": versions, "machine": o.machine, "commit": o.commit, "date": time.strftime("%Y-%m-%d"),
                        "sets": {os.path.basename(src): count(src) for src in sources}}})
        for src in sources:
            shared = {}
            try:
                for rep in range(o.reps):
                    repetition(o, rep, src, shared, emit)
            finally:
                for t in shared.values():
                    t.end()


def tell(rec):
    print("  %-22s %-6s %-12s rc=%s wall=%.2f cpu=%.2f srv=%.2f rss=%dM lo=%.1fM foreign=%.1f %s" % (
        rec["tool"], rec["data"], rec["phase"], rec["rc"], rec["wall"], rec["cpu"], sum(rec["served"].values()),
        max(rec["rss_kib"], rec.get("agent_kib", 0)) >> 10, rec["lo_bytes"] / 1e6, rec["foreign_cpu"],
        (rec.get("error") or rec.get("why", ""))[-120:]), file=sys.stderr)


def repetition(o, rep, src, shared, emit):
    """shared gets a tool for each folder that tools have in common"""
    phases, tools = o.phases.split(","), o.tools.split(",")
    real = src in map(os.path.abspath, o.real)
    one = pick_one(src)
    order = tools[rep % len(tools):] + tools[:rep % len(tools)]
    live, dead, mutated = [], set(), False
    try:
        for i, name in enumerate(order):
            t = Tool(name, o.work, src, one, 18200 + i)
            live.append(t)
            shared[t.env["SHARED"]] = t
            t.start()
            print(f"  {name}: servers {t.servers}", file=sys.stderr)
            if (not t.servers and name != "borg") or t.quiet("init").returncode or (o.other and not t.rehearse(o.other)):
                print(f"{name}: its beginning failed: {t.said()}", file=sys.stderr)
                dead.add(name)
        for phase in summary.PHASES:
            if phase not in phases or (phase == "restore-one" and not one) or (phase == "incremental" and real):
                continue
            if phase == "incremental":
                subprocess.run(MAKE + ["mutate", src], check=True, stdout=subprocess.DEVNULL)
                mutated = True
            for t in live:
                if t.name in dead:
                    continue
                if time.monotonic() > o.until:
                    print("time limit reached", file=sys.stderr)
                    return
                measured(t, phase, rep, o, dead, emit)
    finally:
        for t in live:
            t.stop()
        if mutated:
            subprocess.run(MAKE + ["undo", src], check=True)


def measured(t, phase, rep, o, dead, emit):
    rec = t.measure(phase, o)
    rec["rep"] = rep
    if phase.startswith("restore"):
        if rec["rc"] == 0:
            rec["why"] = t.same_as_source(phase)
            rec["same"] = not rec["why"]
        drop(t.env["OUT"], o.work)
    if rec["rc"] and phase == "initial":
        dead.add(t.name)
    emit(rec)
    tell(rec)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--work")
    a.add_argument("--data", action="append", default=[])
    a.add_argument("--real", action="append", default=[])
    a.add_argument("--other")
    a.add_argument("--rest", type=float, default=60)
    a.add_argument("--machine", default="")
    a.add_argument("--commit", default="")
    a.add_argument("--record", help="in --summary: add the figures to this file")
    a.add_argument("--tools", default="restic,hikae:database:new")
    a.add_argument("--phases", default=",".join(summary.PHASES))
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
        about, recs = summary.read(o.summary)
        print(summary.report(about, recs, o.base, o.max_noise))
        if o.record:
            summary.record(o.record, about, [r for r in recs if r.get("noise", 0) < o.max_noise], o.base)
        return
    if not o.work or not o.data + o.real:
        a.error("--work and --data or --real are needed")
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
