package org.hikae.device.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemdTimerTest {

  @TempDir private Path folder;
  private final FakeProgramRunner programs = new FakeProgramRunner();
  private SystemdTimer timer;
  private Path units;

  @BeforeEach
  void start() {
    programs.answer("systemctl --user", 0, "");
    timer = new SystemdTimer(Map.of(), folder.toString(), programs);
    units = folder.resolve(".config/systemd/user");
  }

  @Test
  void both_units_are_written_and_the_timer_is_enabled() throws Exception {
    timer.install(List.of("/opt/hikae/bin/hikae", "backup", "--scheduled"), Map.of("A", "b"));

    assertThat(units.resolve("hikae-backup.service"))
        .hasContent(
            """
            # Written by hikae schedule, which replaces it; hikae schedule --off deletes it.
            [Unit]
            Description=Hikae backup, if one is due

            [Service]
            Type=oneshot
            Environment="A=b"
            ExecStart=:"/opt/hikae/bin/hikae" "backup" "--scheduled"
            SuccessExitStatus=3 4 143
            Nice=19
            CPUSchedulingPolicy=batch
            IOSchedulingClass=idle
            TimeoutStopSec=40
            """);
    assertThat(units.resolve("hikae-backup.timer"))
        .hasContent(
            """
            # Written by hikae schedule, which replaces it; hikae schedule --off deletes it.
            [Unit]
            Description=Looks whether a Hikae backup is due

            [Timer]
            OnCalendar=*:0/15
            RandomizedDelaySec=10min
            Persistent=true

            [Install]
            WantedBy=timers.target
            """);
    assertThat(lines())
        .containsExactly(
            "systemctl --user daemon-reload",
            "systemctl --user enable hikae-backup.timer",
            "systemctl --user restart hikae-backup.timer");
    assertThat(timer.installed()).isTrue();
  }

  @Test
  void removing_leaves_nothing_behind_and_may_be_repeated() throws Exception {
    timer.install(List.of("/opt/hikae"), Map.of());
    Files.createDirectories(units.resolve("timers.target.wants"));
    Files.createSymbolicLink(
        units.resolve("timers.target.wants/hikae-backup.timer"),
        units.resolve("hikae-backup.timer"));
    programs.commands().clear();

    timer.remove();

    try (Stream<Path> left = Files.walk(units)) {
      assertThat(left.filter(p -> !Files.isDirectory(p))).isEmpty();
    }
    assertThat(lines())
        .containsExactly(
            "systemctl --user show --property=Version",
            "systemctl --user disable --now hikae-backup.timer",
            "systemctl --user clean --what=state hikae-backup.timer",
            "systemctl --user daemon-reload");
    assertThat(timer.installed()).isFalse();
    programs.commands().clear();
    timer.remove();
    assertThat(lines()).isEmpty();
  }

  @Test
  void units_lie_where_xdg_says() throws Exception {
    Path xdg = folder.resolve("elsewhere");
    new SystemdTimer(Map.of("XDG_CONFIG_HOME", xdg.toString()), folder.toString(), programs)
        .install(List.of("/opt/hikae"), Map.of());
    assertThat(xdg.resolve("systemd/user/hikae-backup.timer")).exists();
    assertThat(units).doesNotExist();
  }

  @Test
  void a_systemd_that_does_not_answer_is_not_available_and_one_that_refuses_is_told() {
    programs.answer("systemctl --user show", 1, "Failed to connect to user scope bus");
    assertThat(timer.available()).isFalse();
    assertThat(new SystemdTimer(Map.of(), "/", new FakeProgramRunner()).available()).isFalse();

    programs.answer("systemctl --user enable", 1, "Read-only file system\n");
    assertThatThrownBy(() -> timer.install(List.of("/opt/hikae"), Map.of()))
        .isInstanceOfSatisfying(
            AgentException.class,
            e -> {
              assertThat(e.result()).isEqualTo(RunResult.LOCAL);
              assertThat(e.arguments())
                  .containsExactly("enable hikae-backup.timer", "Read-only file system");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"line\nbreak", "tab\t", "bell\u0007", "lost\uFFFD", "half\uD800"})
  void what_a_unit_cannot_say_is_refused(String word) {
    assertThatThrownBy(() -> SystemdUnitText.quoted(word)).hasMessage("schedule.unit-text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/it's/hikae", "/a\"b/hikae", "/a\\b/hikae"})
  void a_program_that_systemd_would_not_start_is_refused(String program) {
    assertThatThrownBy(() -> timer.install(List.of(program), Map.of()))
        .hasMessage("schedule.unit-text");
    assertThat(units).doesNotExist();
  }

  @Test
  void systemd_itself_reads_the_units_as_they_were_meant() throws Exception {
    Path program = program("100% odd 控え $HOME ${X};#");
    timer.install(
        List.of(program.toString(), "backup", "%h \\x41 $HOME \"q\" 'a' ;", ""),
        Map.of("HIKAE_HOME", "/tmp/100% \\ \"x\" 控え $Y"));
    Process verify =
        start("systemd-analyze", "--user", "verify", units.resolve("hikae-backup.timer"));
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = verify.waitFor();

    // Whatever systemd finds about other units of the machine is not about ours.
    assertThat(said.lines().filter(line -> line.contains("hikae"))).isEmpty();
    assertThat(exit).as(said).isZero();
  }

  @Test
  void systemd_would_notice_a_program_that_was_quoted_wrongly() throws Exception {
    Path program = program("100%n");
    timer.install(List.of(program.toString()), Map.of());
    Path service = units.resolve("hikae-backup.service");
    Files.writeString(service, Files.readString(service).replace("%%", "%"));
    Process verify = start("systemd-analyze", "--user", "verify", service);
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(verify.waitFor()).as(said).isNotZero();
  }

  private Path program(String name) throws IOException {
    Path program = Files.createDirectories(folder.resolve(name)).resolve("hikae");
    Files.writeString(program, "#!/bin/sh\n");
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  /** Skipped where systemd is not installed; its analysis needs none that runs. */
  private Process start(String program, String user, String verb, Path unit) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin", program)), "no " + program + " here");
    ProcessBuilder builder = new ProcessBuilder(program, user, verb, unit.toString());
    builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
    builder.environment().put("HOME", folder.toString());
    return builder.redirectErrorStream(true).start();
  }

  private List<String> lines() {
    return programs.commands().stream().map(command -> String.join(" ", command)).toList();
  }
}
