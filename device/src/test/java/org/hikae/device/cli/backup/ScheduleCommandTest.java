package org.hikae.device.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hikae.device.AgentException;
import org.hikae.device.cli.harness.FirstDeviceTestBase;
import org.hikae.device.company.FakePortalLog;
import org.hikae.device.http.Sleeper;
import org.hikae.device.schedule.FakeProgramRunner;
import org.hikae.device.schedule.HostComputer;
import org.hikae.device.schedule.ProgramRunner;
import org.hikae.device.schedule.SchedulePause;
import org.hikae.device.schedule.ScheduleStore;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.RunLock;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.SettableClock;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.vault.wire.SignedCard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backing up by itself, from {@code hikae schedule} to {@code --off}. */
@EveryThirdRun
class ScheduleCommandTest extends FirstDeviceTestBase {

  private final SettableClock clock =
      new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
  private final FakeProgramRunner programs = new FakeProgramRunner();
  private AgentHome home;
  private Path home0;

  @BeforeEach
  void start() throws Exception {
    home0 = folder.resolve("first");
    home = new AgentHome(home0.resolve("hikae"));
    Files.createDirectories(home0.resolve("my files"));
    Files.writeString(home0.resolve("my files/letter"), "dear diary");
    Files.writeString(home0.resolve("my files/film.iso"), "large");
    on(programs, duration -> {});
  }

  private void on(ProgramRunner theirs, Sleeper sleeper) {
    HostComputer computer = new HostComputer(theirs, folder.resolve("power"), false);
    device.on(Map.of("HIKAE_PROGRAM", "/opt/hikae/bin/hikae"), clock, sleeper, computer);
  }

  private void optIn() throws Exception {
    assertThat(companyFixture.optsIn(device).exit()).as(device.err()).isZero();
  }

  private void schedule(String... more) throws Exception {
    List<String> all = new ArrayList<>(List.of("schedule", "my files"));
    all.addAll(List.of("--exclude", "*.iso"));
    all.addAll(List.of(more));
    assertThat(device.run(all.toArray(new String[0]))).as(device.err()).isZero();
  }

  private int backUp() {
    return device.run("backup", "--scheduled", "--json");
  }

  private int snapshots() throws Exception {
    assertThat(device.run("snapshots", "--json")).as(device.err()).isZero();
    return (int) device.out().lines().filter(l -> l.contains("\"event\":\"snapshot\"")).count();
  }

  @Test
  void a_schedule_backs_up_what_it_was_told_from_where_it_was_told() throws Exception {
    optIn();
    schedule();
    assertThat(device.out()).contains("my files --exclude *.iso", home0.toString(), "12:30");

    assertThat(backUp()).as(device.err()).isZero();
    assertThat(device.out())
        .contains("\"event\":\"backup\"", "\"files\":1,", "\"outcome\":\"TRIED\"");
    assertThat(backUp()).isZero();
    assertThat(device.out()).contains("\"outcome\":\"NOT_DUE\"");
    assertThat(snapshots()).isEqualTo(1);

    clock.advance(Duration.ofDays(4));
    assertThat(backUp()).as(device.err()).isZero();
    assertThat(device.out()).contains("\"outcome\":\"TRIED\"");
    assertThat(backUp()).isZero();
    assertThat(snapshots()).as("missed days are caught up once").isEqualTo(2);

    assertThat(device.run("status", "--json")).isZero();
    assertThat(device.out())
        .contains("\"scheduled\":true", "\"scheduledDoneAt\":\"20", "\"scheduledNextAt\":\"20")
        .contains("\"paused\":false", "\"scheduledFailures\":0");
  }

  @Test
  void a_backup_by_hand_of_all_that_is_scheduled_counts_and_one_of_less_does_not()
      throws Exception {
    optIn();
    schedule();
    backsUpByHand("my files/letter", "--exclude", "*.iso");
    assertThat(shown()).as("a part of it").contains("due now");
    backsUpByHand("my files", "--exclude", "letter");
    assertThat(shown()).as("not what matters of it").contains("due now");
    backsUpByHand("my files", "--exclude", "*.iso", "--dry-run");
    assertThat(shown()).as("nothing was sent").contains("due now");

    Files.createDirectories(home0.resolve("more"));
    backsUpByHand("--limit-upload", "9M", "--exclude", "*.iso", "more", "more/../my files");
    assertThat(shown())
        .contains("Next scheduled backup: ", "by hand, which counts: ", "no scheduled backup yet")
        .doesNotContain("due now");
    assertThat(backUp()).isZero();
    assertThat(device.out()).contains("\"outcome\":\"NOT_DUE\"");
    clock.advance(Duration.ofDays(2));
    assertThat(backUp()).isZero();
    assertThat(device.out()).contains("\"outcome\":\"TRIED\"");
  }

  private void backsUpByHand(String... arguments) {
    String[] all = Stream.concat(Stream.of("backup"), Stream.of(arguments)).toArray(String[]::new);
    assertThat(device.run(all)).as(device.err()).isZero();
  }

  private String shown() {
    assertThat(device.run("schedule", "--show")).as(device.err()).isZero();
    return device.out();
  }

  @Test
  void where_systemd_answers_it_gets_a_timer_and_off_leaves_nothing_behind() throws Exception {
    programs.answer("systemctl --user", 0, "");
    optIn();
    long before = files();
    schedule("--lang", "ja");
    Path units = home0.resolve(".config/systemd/user");
    assertThat(units.resolve("hikae-backup.service"))
        .content()
        .contains("\"/opt/hikae/bin/hikae\" \"backup\" \"--scheduled\" \"--lang\" \"ja\"")
        .contains("Environment=\"HIKAE_HOME=" + home.folder() + "\"");
    assertThat(device.run("schedule", "--show", "--json")).isZero();
    assertThat(device.out()).contains("\"timer\":true", "\"everyHours\":24", "\"at\":\"12:30\"");
    assertThat(device.run("pause")).isZero();

    assertThat(device.run("schedule", "--off")).as(device.err()).isZero();
    assertThat(files()).isEqualTo(before);
    assertThat(backUp()).isEqualTo(6);
    assertThat(device.err()).contains("hikae schedule PATH");
    assertThat(device.run("schedule", "--off")).isZero();
    assertThat(device.run("schedule", "--show")).isEqualTo(6);
  }

  private long files() throws Exception {
    try (Stream<Path> all = Files.walk(home0)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void forgetting_the_keys_ends_the_schedule_and_signing_out_does_not() throws Exception {
    programs.answer("systemctl --user", 0, "");
    optIn();
    schedule();
    assertThat(device.run("logout")).as(device.err()).isZero();
    assertThat(new ScheduleStore(home).schedule()).isPresent();

    assertThat(device.run("logout", "--forget")).as(device.err()).isZero();
    assertThat(new ScheduleStore(home).schedule()).isEmpty();
    assertThat(home0.resolve(".config/systemd/user/hikae-backup.timer")).doesNotExist();
  }

  @Test
  void where_there_is_no_systemd_the_way_out_is_said() throws Exception {
    optIn();
    schedule();
    assertThat(device.err()).contains("hikae daemon");
    assertThat(home0.resolve(".config")).doesNotExist();
  }

  @Test
  void nobody_schedules_what_could_only_fail() throws Exception {
    assertThat(device.run("schedule", "my files")).isEqualTo(6);
    assertThat(device.err()).contains("hikae optin");
    optIn();
    assertThat(device.run("schedule")).isEqualTo(6);
    assertThat(device.err()).contains("Your company's policy names no folders");
    assertThat(device.run("schedule", "x", "--evry", "4")).isEqualTo(2);
    assertThat(device.err()).contains("--evry");
    assertThat(device.run("schedule", "x", "--password-fd", "3")).isEqualTo(2);
    assertThat(device.err()).contains("--password-fd cannot be part");
    assertThat(device.run("schedule", "--off", "x")).isEqualTo(2);
    assertThat(device.run("schedule", "--scheduled")).isEqualTo(2);
    assertThat(device.run("schedule", "x", "--at", "25:00")).isEqualTo(6);
    assertThat(device.run("schedule", "x", "--every", "5")).isEqualTo(6);
    assertThat(device.run("schedule", "x", "--warn-after", "0")).isEqualTo(6);
    assertThat(device.run("schedule", "x", "--limit-upload", "31")).isEqualTo(6);
    assertThat(device.run("schedule", "x", "--limit-download", "fast")).isEqualTo(6);
    assertThat(device.err()).contains("fast").contains("32");
    assertThat(device.run("backup")).isEqualTo(6);
    assertThat(new ScheduleStore(home).schedule()).isEmpty();
  }

  @Test
  void other_options_than_those_of_the_schedule_are_not_passed_over() throws Exception {
    optIn();
    schedule();
    assertThat(device.run("backup", "--scheduled", "--exclude", "x")).isEqualTo(6);
    assertThat(device.err()).contains("Leave other options out");
    assertThat(device.run("backup", "--scheduled", "x")).isEqualTo(2);
    assertThat(device.run("backup", "x", "--limit-upload", "31")).isEqualTo(6);
    assertThat(device.err()).contains("31").contains("32");
  }

  @Test
  void a_second_run_at_the_same_time_ends_quietly() throws Exception {
    optIn();
    schedule();
    try (RunLock lock = RunLock.take(home)) {
      assertThat(lock).isNotNull();
      assertThat(backUp()).isZero();
      assertThat(device.out()).contains("\"outcome\":\"BUSY\"");
      assertThat(device.err()).contains("Another run");
      assertThat(device.run("backup", "my files")).as("by hand it is said").isEqualTo(9);
    }
    assertThat(backUp()).isZero();
    assertThat(snapshots()).isEqualTo(1);
  }

  /** Nobody reads what a scheduled run says. */
  @Test
  void an_alarm_about_the_portals_log_reaches_the_desktop_and_blocks_no_run() throws Exception {
    programs.answer("notify-send", 0, "");
    optIn();
    schedule();
    FakePortalLog log = companyFixture.company().log;
    SignedCard card = SignedCard.parse(companyFixture.company().vault().card());
    log.publish(List.of(LogEntry.ofCard(card).encode()));
    assertThat(device.run("log")).as(device.err()).isZero();
    log.publish(List.of(LogEntry.ofConsent(1, "en", "T", "B").encode()));
    List<Boolean> free = new ArrayList<>();
    log.whenAsked(path -> free.add(isFree()));
    assertThat(backUp()).as(device.err()).isZero();
    assertThat(device.out()).contains("\"fault\":\"LOG_FORKED\"", "\"shown\":true");
    assertThat(programs.commands())
        .anySatisfy(command -> assertThat(command).contains("The portal's log does not fit"));
    assertThat(free).as("the run has ended when the log is asked for").containsOnly(true);
  }

  private boolean isFree() {
    try (RunLock lock = RunLock.take(home)) {
      return lock != null;
    } catch (AgentException e) {
      return false;
    }
  }

  @Test
  void a_pause_holds_backups_back_and_what_became_due_is_made_up_for() throws Exception {
    optIn();
    schedule();
    assertThat(device.run("pause", "--for", "2h")).isZero();
    assertThat(device.out()).contains("paused until");
    assertThat(backUp()).isZero();
    assertThat(device.out()).contains("\"outcome\":\"HELD\",\"reason\":\"PAUSED\"");
    assertThat(device.run("status", "--json")).isZero();
    assertThat(device.out()).contains("\"paused\":true", "\"pausedUntil\":\"20");

    clock.advance(Duration.ofHours(2));
    assertThat(backUp()).isZero();
    assertThat(device.out()).contains("\"outcome\":\"TRIED\"");
    assertThat(device.run("pause")).isZero();
    assertThat(device.run("resume")).isZero();
    assertThat(device.out()).contains("go on");
    assertThat(new ScheduleStore(home).paused(clock.instant())).isEmpty();
  }

  @Test
  void a_span_that_is_none_pauses_nothing() throws Exception {
    optIn();
    schedule();
    for (String span : List.of("2", "0h", "2w", "-1h", "9999d", "")) {
      assertThat(device.run("pause", "--for=" + span)).as(span).isEqualTo(6);
      assertThat(new ScheduleStore(home).paused(clock.instant())).as(span).isEmpty();
    }
  }

  @Test
  void a_pause_may_end_at_a_time_or_a_day() throws Exception {
    optIn();
    schedule();
    for (String until : List.of("00:00", "23:59", "12:00")) {
      assertThat(device.run("pause", "--until", until)).as(device.err()).isZero();
      Instant end =
          new ScheduleStore(home).paused(clock.instant()).flatMap(SchedulePause::end).orElseThrow();
      assertThat(end).isBetween(clock.instant(), clock.instant().plus(Duration.ofHours(25)));
    }
    assertThat(device.run("pause", "--until", "2001-01-01")).isEqualTo(6);
    assertThat(device.run("pause", "--until", "tomorrow")).isEqualTo(6);
    assertThat(device.run("pause", "--for", "2h", "--until", "12:00")).isEqualTo(2);
  }

  @Test
  void a_run_that_is_paused_ends_and_is_continued() throws Exception {
    for (int i = 0; i < 50; i++) {
      Files.write(home0.resolve("my files/f" + i), new byte[] {(byte) i});
    }
    optIn();
    schedule();
    // The network is asked about at the beginning, and every ten seconds: then somebody pauses.
    AtomicInteger asked = new AtomicInteger();
    on(
        command -> {
          if (command.contains("busctl") && asked.incrementAndGet() == 1) {
            pauseQuietly();
            clock.advance(Duration.ofSeconds(30));
          }
          return Optional.of(new ProgramRunner.ProgramResult(1, ""));
        },
        duration -> {});

    assertThat(backUp()).as(device.err()).isZero();
    assertThat(device.out())
        .contains("\"result\":\"CANCELLED\"", "\"outcome\":\"HELD\",\"reason\":\"PAUSED\"");
    assertThat(snapshots()).isZero();
    assertThat(device.run("resume")).isZero();
    assertThat(device.out()).contains("due now");
    assertThat(backUp()).as(device.err()).isZero();
    assertThat(snapshots()).isEqualTo(1);
  }

  private void pauseQuietly() {
    try {
      new ScheduleStore(home).pause(SchedulePause.until(Optional.empty()));
    } catch (AgentException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_portal_that_is_gone_is_tried_again_later_and_days_without_a_backup_are_told()
      throws Exception {
    programs.answer("notify-send", 0, "");
    optIn();
    schedule();
    companyFixture.company().close();
    assertThat(backUp()).isEqualTo(5);
    assertThat(device.run("schedule", "--show", "--json")).isZero();
    assertThat(device.out()).contains("\"scheduledFailures\":1");
    assertThat(backUp()).as("not at once").isZero();
    assertThat(device.out()).contains("\"outcome\":\"NOT_DUE\"");
    assertThat(told()).isZero();

    clock.advance(Duration.ofDays(3));
    assertThat(backUp()).isEqualTo(5);
    assertThat(device.out()).contains("\"event\":\"missing\"", "\"days\":3", "\"shown\":true");
    assertThat(told()).isEqualTo(1);
    clock.advance(Duration.ofHours(5));
    assertThat(backUp()).isEqualTo(5);
    assertThat(told()).as("once a day").isEqualTo(1);

    clock.advance(Duration.ofDays(1));
    assertThat(device.run("pause")).isZero();
    assertThat(device.run("backup", "--scheduled", "--lang", "ja")).isZero();
    assertThat(told()).as("too long a pause is noticed").isEqualTo(2);
    assertThat(programs.commands().getLast())
        .anySatisfy(
            line -> assertThat(line).startsWith("自動バックアップが 4 日間行われていません。").contains("hikae open"));
  }

  private long told() {
    return programs.commands().stream().filter(c -> c.getFirst().equals("notify-send")).count();
  }

  @Test
  void somebody_who_has_withdrawn_is_not_asked_about_every_quarter_of_an_hour() throws Exception {
    optIn();
    schedule();
    companyFixture.company().withdraw();
    assertThat(backUp()).isEqualTo(6);
    int requests = companyFixture.company().requests().size();
    assertThat(backUp()).isZero();
    assertThat(companyFixture.company().requests()).hasSize(requests);
  }

  @Test
  void damaged_files_are_named_and_another_schedule_mends_them() throws Exception {
    optIn();
    schedule();
    for (String name : List.of("schedule.json", "schedule-runs.json")) {
      for (String text : List.of("", "null", "{}", "[1", "{\"version\":9}")) {
        Files.writeString(home.folder().resolve(name), text);
        assertThat(backUp()).as(name + text).isEqualTo(9);
        assertThat(device.err()).contains(name);
        assertThat(device.run("status")).as("status goes on").isZero();
        assertThat(device.run("backup", "my files", "--exclude", "*.iso"))
            .as("so does a backup by hand")
            .isZero();
        assertThat(device.err()).contains(name);
      }
      schedule();
    }
    assertThat(backUp()).isZero();
  }

  @Test
  void the_daemon_sleeps_until_it_is_due_and_wakes_often_enough_to_see_a_suspended_computer()
      throws Exception {
    optIn();
    schedule();
    AtomicInteger sleeps = new AtomicInteger();
    on(
        programs,
        duration -> {
          assertThat(duration).isPositive().isLessThanOrEqualTo(DaemonCommand.LONGEST_SLEEP);
          clock.advance(duration);
          if (sleeps.incrementAndGet() == 50) {
            clock.advance(Duration.ofDays(3));
          }
          if (sleeps.get() == 100) {
            throw new InterruptedException();
          }
        });
    assertThat(device.run("daemon", "--json")).as(device.err()).isZero();
    assertThat(Thread.interrupted()).isFalse();
    List<String> tried =
        device.out().lines().filter(l -> l.contains("\"outcome\":\"TRIED\"")).toList();
    assertThat(tried.size()).as(device.out()).isBetween(2, 3);
    assertThat(device.out().lines().filter(l -> l.contains("NOT_DUE")).count())
        .as("said once each time")
        .isLessThanOrEqualTo(tried.size());
  }

  @Test
  void the_daemon_ends_when_nothing_is_scheduled_any_more() throws Exception {
    assertThat(device.run("daemon")).isEqualTo(6);
    optIn();
    schedule();
    on(
        programs,
        duration -> {
          try {
            new ScheduleStore(home).delete();
          } catch (AgentException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(device.run("daemon")).isZero();
  }

  @Test
  void the_files_are_the_owners_only() throws Exception {
    optIn();
    schedule();
    device.run("pause");
    for (String name : List.of("schedule.json", "schedule-runs.json", "pause.json")) {
      Path file = home.folder().resolve(name);
      assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
          .startsWith("{\"version\":1");
    }
  }
}
