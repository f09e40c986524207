package org.hikae.backup.ciphertext.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.hikae.persistence.testing.DiskLog;
import org.hikae.persistence.testing.RecordingDiskMain;
import org.hikae.testing.PostgresServers;

/**
 * Store and PostgreSQL on one ext4, whose disk notes writes and flushes; then the power goes at
 * many moments, and what was not flushed is lost in part. Runs as root in a mount name space of its
 * own, with which all that it mounts goes.
 */
final class PowerCutMain {

  private static final int DISK_MEBIBYTES = 256;

  /** How many of a hundred blocks that were not flushed come to the disk, in turn. */
  private static final int[] KEPT = {0, 100, 50, 10, 90};

  private final Path work;
  private final Random random;

  private PowerCutMain(Path work, long seed) {
    this.work = work;
    this.random = new Random(seed);
  }

  /** Takes a folder, the number of cuts, and a seed. */
  public static void main(String[] arguments) throws Exception {
    PowerCutMain main = new PowerCutMain(Path.of(arguments[0]), Long.parseLong(arguments[2]));
    main.prepare();
    DiskLog log = main.record(Long.parseLong(arguments[2]));
    main.cut(log, Integer.parseInt(arguments[1]));
  }

  private Path volume() throws IOException {
    return Files.createDirectories(work.resolve("volume"));
  }

  /** A database with its tables and a folder that is its, unmounted in order. */
  private void prepare() throws Exception {
    Path disk = work.resolve("base");
    try (FileChannel made =
        FileChannel.open(disk, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      made.write(java.nio.ByteBuffer.allocate(1), DISK_MEBIBYTES * 1024L * 1024 - 1);
    }
    run("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", disk.toString());
    run("mount", "-o", "loop", disk.toString(), volume().toString());
    try (EmbeddedPostgres server = server()) {
      PowerCutScenario.createTables(server.getPostgresDatabase());
      PowerCutScenario.open(server.getPostgresDatabase(), Files.createDirectory(store()));
    }
    run("umount", volume().toString());
  }

  private Path store() throws IOException {
    return volume().resolve("store");
  }

  private EmbeddedPostgres server() throws IOException {
    return PostgresServers.durable()
        .setDataDirectory(volume().resolve("pg").toFile())
        .setCleanDataDirectory(false)
        // More than one segment of the log is written, recycled and removed.
        .setServerConfig("max_wal_size", "64MB")
        .setServerConfig("wal_recycle", "off")
        .setServerConfig("checkpoint_timeout", "30s")
        .start();
  }

  /** Works on a disk that notes all, until enough was done. */
  private DiskLog record(long seed) throws Exception {
    Path noted = work.resolve("log");
    Files.copy(work.resolve("base"), work.resolve("recorded"));
    Path fuse = Files.createDirectories(work.resolve("fuse"));
    Process server =
        new ProcessBuilder(
                "bash",
                "-ec",
                """
                exec 3<>/dev/fuse
                mount -i -t fuse -o fd=3,rootmode=40000,user_id=0,group_id=0 hikae "$1" &
                shift
                exec "$@" <&3 >&3 3>&-
                """,
                "disk",
                fuse.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RecordingDiskMain.class.getName(),
                work.resolve("recorded").toString(),
                noted.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    await(() -> Files.isRegularFile(fuse.resolve("disk")));
    run("mount", "-o", "loop", fuse.resolve("disk").toString(), volume().toString());
    try (EmbeddedPostgres database = server();
        FileChannel marks = FileChannel.open(fuse.resolve("marks"), StandardOpenOption.WRITE)) {
      new PowerCutScenario(database.getPostgresDatabase(), store(), seed)
          .run(text -> mark(marks, text));
    }
    run("umount", volume().toString());
    // The loop device lets go of the disk a moment later.
    run("umount", "--lazy", fuse.toString());
    if (!server.waitFor(1, TimeUnit.MINUTES)) {
      throw new IOException("the disk does not end");
    }
    return new DiskLog(noted);
  }

  private static void mark(FileChannel marks, String text) throws IOException {
    marks.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  /** The power goes, at moments that are spread over the whole work. */
  private void cut(DiskLog log, int cuts) throws Exception {
    System.out.printf(Locale.ROOT, "%,d entries, %,d flushes%n", log.size(), log.flushes());
    Path flushed = work.resolve("flushed");
    Files.copy(work.resolve("base"), flushed);
    int done = 0;
    int lost = 0;
    int looked = 0;
    PowerCutScenario.CutTally all = PowerCutScenario.CutTally.NONE;
    for (int cut : moments(log, cuts)) {
      done = log.bringTo(cut, flushed, done);
      Path disk = work.resolve("disk");
      Files.copy(flushed, disk, StandardCopyOption.REPLACE_EXISTING);
      int blocks = log.scatter(cut, disk, KEPT[random.nextInt(KEPT.length)], random);
      lost += blocks;
      all =
          all.plus(
              look(
                  log.marks(cut), disk, "after " + cut + " of " + log.size() + ", less " + blocks));
      looked++;
      // After each, so that a long run that is ended has told what it saw.
      System.out.printf(
          Locale.ROOT, "%d of %d cuts, %,d blocks lost; %s%n", looked, cuts, lost, all);
    }
  }

  /** Half of them right before a flush. */
  private int[] moments(DiskLog log, int cuts) {
    return IntStream.range(0, cuts)
        .map(
            number -> {
              int any = random.nextInt(log.size());
              return number % 2 == 0 ? any : log.beforeFlush(any);
            })
        .sorted()
        .toArray();
  }

  private PowerCutScenario.CutTally look(List<String> marks, Path disk, String moment)
      throws Exception {
    run("mount", "-o", "loop", disk.toString(), volume().toString());
    // Nobody has the number any more that it names; here somebody may.
    Files.deleteIfExists(volume().resolve("pg/postmaster.pid"));
    try (EmbeddedPostgres database = server()) {
      return PowerCutScenario.require(database.getPostgresDatabase(), store(), marks, moment);
    } finally {
      run("umount", volume().toString());
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IOException("failed: " + new ArrayList<>(List.of(command)));
    }
  }

  private static void await(BooleanSupplier condition) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the disk is not there");
      }
      Thread.sleep(20);
    }
  }
}
