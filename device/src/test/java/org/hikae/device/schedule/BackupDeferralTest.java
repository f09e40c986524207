package org.hikae.device.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.device.state.AgentHome;
import org.hikae.testing.SettableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupDeferralTest {

  private static final Schedule PLAIN = ScheduleTest.every(24, 0);
  private static final Schedule ANYWAY =
      new Schedule(1, PLAIN.arguments(), PLAIN.workingDirectory(), 24, 0, true, true, 3);

  @TempDir private Path folder;
  private final FakeProgramRunner programs = new FakeProgramRunner();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-07-01T00:00:00Z"));
  private ScheduleStore store;

  @BeforeEach
  void start() {
    store = new ScheduleStore(new AgentHome(folder.resolve("home")));
  }

  private BackupDeferral deferral(Schedule schedule) {
    return new BackupDeferral(
        store, schedule, new HostComputer(programs, folder.resolve("power"), false), clock);
  }

  private void supply(String name, Map<String, String> values) throws Exception {
    Path supply = Files.createDirectories(folder.resolve("power").resolve(name));
    for (Map.Entry<String, String> value : values.entrySet()) {
      Files.writeString(supply.resolve(value.getKey()), value.getValue() + "\n");
    }
  }

  @Test
  void nothing_speaks_against_it_where_the_system_tells_nothing() throws Exception {
    assertThat(deferral(PLAIN).reason()).isEmpty();
    assertThat(deferral(PLAIN).getAsBoolean()).isFalse();
  }

  @Test
  void a_battery_that_is_emptied_holds_it_back_until_a_charger_is_there() throws Exception {
    supply("AC", Map.of("type", "Mains", "online", "0"));
    supply("BAT0", Map.of("type", "Battery", "status", "Discharging"));
    assertThat(deferral(PLAIN).reason()).contains(BackupDeferral.Reason.BATTERY);
    assertThat(deferral(ANYWAY).reason()).isEmpty();

    supply("ucsi", Map.of("type", "USB", "online", "1"));
    assertThat(deferral(PLAIN).reason()).isEmpty();
  }

  @Test
  void full_batteries_and_those_of_a_mouse_do_not_count() throws Exception {
    supply("BAT0", Map.of("type", "Battery", "status", "Full"));
    supply("mouse", Map.of("type", "Battery", "status", "Discharging", "scope", "Device"));
    assertThat(deferral(PLAIN).reason()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"u 1, true", "u 3, true", "u 0, false", "u 2, false", "u 4, false", "?, false"})
  void networkmanager_tells_or_guesses_what_costs_by_the_byte(String said, boolean metered)
      throws Exception {
    programs.answer("busctl", 0, said + "\n");
    assertThat(deferral(PLAIN).reason().isPresent()).isEqualTo(metered);
    assertThat(deferral(ANYWAY).reason()).isEmpty();
  }

  @Test
  void without_networkmanager_nothing_is_metered() throws Exception {
    programs.answer("busctl", 1, "Call failed: The name is not activatable");
    programs.answer("nmcli", 0, "GENERAL.STATE:100 (connected)\nGENERAL.METERED:yes\n");
    assertThat(deferral(PLAIN).reason()).isEmpty();
  }

  @Test
  void without_systemd_its_own_program_is_asked() throws Exception {
    programs.answer(
        "nmcli",
        0,
        """
        GENERAL.STATE:30 (disconnected)
        GENERAL.METERED:yes

        GENERAL.STATE:100 (connected)
        GENERAL.METERED:no (guessed)
        """);
    assertThat(deferral(PLAIN).reason()).isEmpty();
    programs.answer("nmcli", 0, "GENERAL.STATE:100 (connected)\nGENERAL.METERED:yes (guessed)\n");
    assertThat(deferral(PLAIN).reason()).contains(BackupDeferral.Reason.METERED);
    assertThat(programs.commands()).extracting(List::getFirst).contains("busctl", "nmcli");
  }

  @Test
  void a_pause_holds_everything_back_until_it_ends_by_itself() throws Exception {
    store.pause(SchedulePause.until(Optional.of(clock.instant().plusSeconds(60))));
    assertThat(deferral(ANYWAY).reason()).contains(BackupDeferral.Reason.PAUSED);
    clock.advance(Duration.ofSeconds(60));
    assertThat(deferral(ANYWAY).reason()).isEmpty();

    store.pause(SchedulePause.until(Optional.empty()));
    clock.advance(Duration.ofDays(300));
    assertThat(deferral(ANYWAY).reason()).contains(BackupDeferral.Reason.PAUSED);
    assertThat(store.resume()).isTrue();
    assertThat(deferral(ANYWAY).reason()).isEmpty();
  }

  @Test
  void during_a_run_it_is_asked_again_every_ten_seconds() throws Exception {
    BackupDeferral deferral = deferral(PLAIN);
    assertThat(deferral.reason()).isEmpty();
    int asked = programs.commands().size();
    store.pause(SchedulePause.until(Optional.empty()));
    clock.advance(Duration.ofSeconds(9));
    assertThat(deferral.getAsBoolean()).isFalse();
    assertThat(programs.commands()).hasSize(asked);
    clock.advance(Duration.ofSeconds(1));
    assertThat(deferral.getAsBoolean()).isTrue();
    assertThat(deferral.last()).contains(BackupDeferral.Reason.PAUSED);
  }

  @Test
  void a_pause_that_cannot_be_read_ends_a_run_and_is_said_before_one() throws Exception {
    BackupDeferral deferral = deferral(PLAIN);
    assertThat(deferral.reason()).isEmpty();
    Files.createDirectories(folder.resolve("home"));
    Files.writeString(folder.resolve("home/pause.json"), "{\"version\":1,\"unt");
    clock.advance(Duration.ofSeconds(10));
    assertThat(deferral.getAsBoolean()).isTrue();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> deferral(PLAIN).reason())
        .hasMessage("schedule.damaged");
  }
}
