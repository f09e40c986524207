package org.hikae.it.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.it.TestStory;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code hikae-db prune} keeps what is needed to go back to any time of the last days and nothing
 * before; a rehearsed restore has all that the real server has and writes nothing among its files.
 * Base backups grow old by another name. Each test is a step and needs the one before. Time budget:
 * 30 seconds.
 */
@FullRunOnly
@TestStory
class LogArchiveIT {

  private static final Path DB = AdminShell.shipped("admin", "hikae-db");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");
  private static final Pattern START =
      Pattern.compile("^START WAL LOCATION: .* \\(file ([0-9A-F]{24})\\)", Pattern.MULTILINE);
  private static final Instant NOW = Instant.now();
  private static final Duration ARCHIVED = Duration.ofMinutes(2);

  @TempDir private static Path temp;

  private static ArchivingPostgres server;

  @BeforeAll
  static void a_server_that_archives() throws Exception {
    Path fresh = BuildOutput.root().resolve("it/target/archive");
    AdminShell.run(Map.of(), "rm", "-rf", fresh).done();
    Files.createDirectories(fresh);
    server = ArchivingPostgres.make(fresh);
    server.execute("postgres", "create table kept (what text)");
  }

  @AfterAll
  static void end() throws Exception {
    if (server != null) {
      server.end();
    }
  }

  @Test
  @Order(1)
  void prune_keeps_what_the_last_days_need_and_nothing_before() throws Exception {
    String oldest = base(40);
    String needed = base(36);
    String young = base(10);
    String first = firstSegment(needed);
    assertThat(segments()).anyMatch(segment -> segment.compareTo(first) < 0);
    List<String> after =
        segments().stream().filter(segment -> segment.compareTo(first) >= 0).toList();
    String said = prune(server.archive(), "35").done();
    assertThat(said).contains("removed " + oldest, "kept from " + needed + " on");
    assertThat(bases()).containsExactly(needed, young);
    assertThat(segments()).containsExactlyElementsOf(after).contains(first);
    assertThat(prune(server.archive(), "35").done()).doesNotContain("removed");
    assertThat(prune(server.archive(), "100").done()).contains("kept from " + needed + " on");
    assertThat(bases()).containsExactly(needed, young);
  }

  @Test
  @Order(2)
  void prune_removes_nothing_that_it_does_not_understand() throws Exception {
    List<String> bases = bases();
    List<String> segments = segments();
    for (String days : List.of("all", "-1", "3.5", "", "100000")) {
      AdminShell.Ended refused = prune(server.archive(), days);
      assertThat(refused.exitCode()).as(days).isEqualTo(1);
      assertThat(refused.said()).contains("days are a number");
    }
    assertThat(AdminShell.run(Map.of(), DB, "prune", server.archive()).exitCode()).isEqualTo(64);
    assertThat(bases()).isEqualTo(bases);
    assertThat(segments()).isEqualTo(segments);

    Path other = temp.resolve("other");
    Path log = Files.createDirectories(other.resolve("wal")).resolve("0".repeat(24));
    Files.writeString(log, "log");
    assertThat(prune(other, "1").exitCode()).isEqualTo(1);
    assertThat(prune(other, "1").said()).contains("no base backup", "nothing was removed");
    Path base = Files.createDirectories(other.resolve("base").resolve(stamp(5)));
    Files.writeString(base.resolve("backup_label"), "torn");
    AdminShell.Ended torn = prune(other, "1");
    assertThat(torn.exitCode()).isEqualTo(1);
    assertThat(torn.said()).contains("its log was kept");
    assertThat(log).exists();
    assertThat(base).exists();
  }

  @Test
  @Order(3)
  void a_rehearsal_has_everything_and_archives_nothing() throws Exception {
    assertThat(prune(server.archive(), "0").done()).contains("removed ");
    assertThat(bases()).hasSize(1);
    change("after the last base backup");
    Path elsewhere = Files.createDirectories(server.archive().resolveSibling("rehearsal"));
    ArchivingPostgres rehearsed = server.rehearsal(elsewhere);
    server.asServer(DB, "--rehearsal", "restore", server.archive(), rehearsed.data()).done();
    rehearsed.start();
    try {
      rehearsed.awaitRestored();
      String all = "select string_agg(what, ', ' order by what) from kept";
      assertThat(rehearsed.ask("postgres", all))
          .isEqualTo(server.ask("postgres", all))
          .contains("after the last base backup");
      assertThat(rehearsed.ask("postgres", "show archive_mode")).isEqualTo("off");
      rehearsed.execute("postgres", "insert into kept values ('rehearsed')");
      assertThat(rehearsed.ask("postgres", "select pg_walfile_name(pg_switch_wal())"))
          .startsWith("00000002");
      rehearsed.execute("postgres", "checkpoint");
    } finally {
      rehearsed.stop();
    }
    // The real one goes on among files that are all its own.
    change("beside the rehearsal");
    assertThat(files("wal")).allMatch(name -> name.startsWith("00000001"));

    Path real = elsewhere.resolve("real");
    server.asServer(DB, "restore", server.archive(), real).done();
    assertThat(Files.readString(real.resolve("postgresql.auto.conf")))
        .doesNotContain("archive_mode");
    assertThat(Files.readString(rehearsed.data().resolve("postgresql.auto.conf")))
        .contains("archive_mode = 'off'");
  }

  /** Makes a base backup that is so many days old, after a change that the log keeps. */
  private static String base(int days) throws Exception {
    change("before the base backup of " + days + " days ago");
    String name = server.asServer(DB, "base", server.archive()).done().strip();
    Path folder = server.archive().resolve("base");
    Files.move(folder.resolve(name), folder.resolve(stamp(days)));
    return stamp(days);
  }

  private static String stamp(int days) {
    return STAMP.format(NOW.minus(Duration.ofDays(days)));
  }

  /** Changes something and waits until the log that says so is archived. */
  private static void change(String what) throws SQLException, IOException, InterruptedException {
    server.execute("postgres", "insert into kept values ('" + what + "')");
    String segment = server.ask("postgres", "select pg_walfile_name(pg_switch_wal())");
    long deadline = System.nanoTime() + ARCHIVED.toNanos();
    while (!segments().contains(segment)) {
      assertThat(System.nanoTime()).as(segment).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static AdminShell.Ended prune(Path archive, String days)
      throws IOException, InterruptedException {
    return server.asServer(DB, "prune", archive, days);
  }

  private static String firstSegment(String base) throws IOException {
    Matcher start =
        START.matcher(Files.readString(server.archive().resolve("base/" + base + "/backup_label")));
    assertThat(start.find()).isTrue();
    return start.group(1);
  }

  private static List<String> bases() throws IOException {
    return files("base");
  }

  /** Names of archived segments, oldest first. */
  private static List<String> segments() throws IOException {
    return files("wal").stream().filter(name -> SEGMENT.matcher(name).matches()).toList();
  }

  private static List<String> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(server.archive().resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
