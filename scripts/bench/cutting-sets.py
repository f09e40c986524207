#!/usr/bin/env python3
"""Makes what ./bench cutting cuts: DIRECTORY/KIND/DAY, the same data on one day and the next.

sources    this repository as it was, checked out
archive    the same as one tar file
mailbox    its history as one mailbox; on the next day a message near the front is gone, and more came
dump       a database of its files and their lines as SQL; on the next day rows changed at 12 places, and more came
database   the same database as SQLite has it, in pages of 4 KiB
machine    a disk of 192 MiB with ext4 and what this machine has below /usr; on the next day files were removed and written
pages      pages of 8 KiB that are mostly zeros, with a number and a short row; on the next day one page in 500 is another
repeated   a pattern of 1,000 bytes, zeros, and noise between them; on the next day 7 bytes are put in at the front
medium     logs, text and databases of 512 KiB to 1 MiB; on the next day each of them changed a little

Needs git, sqlite3 in Python, mke2fs and debugfs.
"""
import os
import random
import shutil
import sqlite3
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
KIB = 1024
MIB = 1024 * KIB


def git(*arguments):
    return subprocess.run(["git", "-C", ROOT, *arguments], check=True, stdout=subprocess.PIPE).stdout


def folder(base, kind, day):
    path = os.path.join(base, kind, str(day))
    os.makedirs(path)
    return path


def write(path, data):
    with open(path, "wb") as out:
        out.write(data)


def commits():
    """Of the first parents, oldest first."""
    return git("rev-list", "--first-parent", "--reverse", "HEAD").decode().split()


def sources(base):
    every = commits()
    for day, commit in ((1, every[-200]), (2, every[-100]), (3, every[-1])):
        tar = git("archive", "--format=tar", "--mtime=2026-01-01", commit)
        write(os.path.join(folder(base, "archive", day), "sources.tar"), tar)
        subprocess.run(["tar", "-xf", "-", "-C", folder(base, "sources", day)], input=tar, check=True)


def mailbox(base):
    messages = [m for m in git("log", "--first-parent", "--reverse", "--format=email", "-p").split(b"\nFrom ") if m]
    before = len(messages) * 19 // 20
    write(os.path.join(folder(base, "mailbox", 1), "inbox"), b"\nFrom ".join(messages[:before]))
    write(os.path.join(folder(base, "mailbox", 2), "inbox"), b"\nFrom ".join(messages[:40] + messages[41:]))


def database(base):
    path = os.path.join(folder(base, "database", 1), "lines.sqlite")
    db = sqlite3.connect(path)
    db.execute("create table line (id integer primary key, file text, number integer, read integer, line text)")
    for name in git("ls-files", "-z", "*.java", "*.md", "*.json", "*.yaml").decode().split("\0")[:-1]:
        with open(os.path.join(ROOT, name), encoding="utf-8") as lines:
            db.executemany("insert into line (file, number, read, line) values (?, ?, 0, ?)",
                           [(name, i, line) for i, line in enumerate(lines)])
    db.execute("create index line_file on line (file, number)")
    db.commit()
    dump(base, 1, db)
    db.close()
    later = os.path.join(folder(base, "database", 2), "lines.sqlite")
    shutil.copyfile(path, later)
    db = sqlite3.connect(later)
    rows = db.execute("select max(id) from line").fetchone()[0]
    for place in range(12):
        db.execute("update line set read = read + 1 where id between ? and ?", (rows * place // 12 + 77, rows * place // 12 + 97))
    db.execute("insert into line (file, number, read, line) select file, number, 1, line from line where id % 200 = 0")
    db.commit()
    dump(base, 2, db)
    db.close()


def dump(base, day, db):
    with open(os.path.join(folder(base, "dump", day), "lines.sql"), "w", encoding="utf-8") as out:
        for statement in db.iterdump():
            out.write(statement + "\n")


def machine(base):
    image = os.path.join(folder(base, "machine", 1), "disk")
    with open(image, "wb") as out:
        out.truncate(192 * MIB)
    subprocess.run(["mke2fs", "-q", "-F", "-t", "ext4", "-U", "11111111-2222-3333-4444-555555555555", "-d", "/usr/lib/python3/dist-packages", image],
                   check=True)
    commands = []
    for n, tree in enumerate(("/usr/share/perl", "/usr/include", "/usr/bin")):
        commands.append("mkdir /tree%d" % n)
        size = 0
        for path in sorted(os.path.join(d, f) for d, _, files in os.walk(tree) for f in files):
            if os.path.isfile(path) and not os.path.islink(path) and " " not in path and size < 30 * MIB:
                size += os.path.getsize(path)
                commands.append("write %s /tree%d/%d" % (path, n, len(commands)))
    debugfs(image, commands)
    later = os.path.join(folder(base, "machine", 2), "disk")
    shutil.copyfile(image, later)
    written = [c.split() for c in commands if c.startswith("write")]
    debugfs(later, ["rm " + c[2] for c in written[::90]] +
            ["write %s %s-new" % (c[1], c[2]) for c in written[7::90]])


def debugfs(image, commands):
    subprocess.run(["debugfs", "-w", "-f", "-", image], input="\n".join(commands).encode(), check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def page(number, draw):
    row = b"row %d of page %d " % (draw.randrange(1000), number)
    return (number.to_bytes(8, "big") + row * draw.randrange(1, 4)).ljust(8 * KIB, b"\0")


def pages(base):
    draw = random.Random(3)
    all_pages = [page(n, draw) for n in range(12_000)]
    write(os.path.join(folder(base, "pages", 1), "table"), b"".join(all_pages))
    for n in range(0, len(all_pages), 500):
        all_pages[n] = page(n, draw)
    write(os.path.join(folder(base, "pages", 2), "table"), b"".join(all_pages))


def repeated(base):
    draw = random.Random(4)
    pattern = draw.randbytes(1000)
    data = b"".join(part for _ in range(4) for part in (pattern * 8000, draw.randbytes(8_000_000), bytes(8_000_000)))
    write(os.path.join(folder(base, "repeated", 1), "data"), data)
    write(os.path.join(folder(base, "repeated", 2), "data"), b"7 bytes" + data)


def medium(base):
    draw = random.Random(5)
    first, second = folder(base, "medium", 1), folder(base, "medium", 2)
    text = git("log", "--format=email", "-p", "--first-parent", "-n", "400")
    for n in range(40):
        size = draw.randrange(530 * KIB, 1000 * KIB)
        at = draw.randrange(len(text) - size)
        log, prose = text[at:at + size], text[at // 2:at // 2 + size]
        write(os.path.join(first, "log%d" % n), log)
        write(os.path.join(second, "log%d" % n), log + text[:size // 50])
        write(os.path.join(first, "text%d" % n), prose)
        middle = draw.randrange(size)
        write(os.path.join(second, "text%d" % n), prose[:middle] + b"a sentence more" + prose[middle:])
        name = os.path.join(first, "db%d" % n)
        db = sqlite3.connect(name)
        db.execute("create table t (id integer primary key, read integer, body text)")
        lines = text[at:at + size * 9 // 10].decode(errors="replace").split("\n")
        db.executemany("insert into t (read, body) values (0, ?)", [(line,) for line in lines])
        db.commit()
        db.close()
        shutil.copyfile(name, os.path.join(second, "db%d" % n))
        db = sqlite3.connect(os.path.join(second, "db%d" % n))
        db.execute("update t set read = 1 where id > ?", (len(lines) - 100,))
        db.commit()
        db.close()


def main():
    base = sys.argv[1]
    for make in (sources, mailbox, database, machine, pages, repeated, medium):
        make(base)


if __name__ == "__main__":
    main()
