package org.hikae.device.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;

/**
 * The timer of the person's own systemd. Installing and removing may be repeated; removing leaves
 * nothing behind.
 */
public final class SystemdTimer {

  private static final String SERVICE = "hikae-backup.service";
  private static final String TIMER = "hikae-backup.timer";

  private final Path folder;
  private final ProgramRunner programs;

  /** In the folder where systemd looks for a person's units. */
  public SystemdTimer(Map<String, String> environment, String userHome, ProgramRunner programs) {
    String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path config = xdg.isEmpty() ? Path.of(userHome, ".config") : Path.of(xdg);
    this.folder = config.resolve("systemd").resolve("user").toAbsolutePath();
    this.programs = programs;
  }

  /** Whether the person has a systemd that answers. */
  public boolean available() {
    return systemctl("show", "--property=Version").filter(e -> e.exit() == 0).isPresent();
  }

  /** Whether the timer is there and enabled. */
  public boolean installed() {
    return Files.exists(folder.resolve(TIMER))
        && systemctl("is-enabled", TIMER).filter(e -> e.exit() == 0).isPresent();
  }

  /** Writes both units and enables the timer. */
  public void install(List<String> command, Map<String, String> environment) throws AgentException {
    String service = SystemdUnitText.service(command, environment);
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(SERVICE), service);
      Files.writeString(folder.resolve(TIMER), SystemdUnitText.timer());
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.unwritable", folder);
    }
    must("daemon-reload");
    must("enable", TIMER);
    // Not --now: a timer that runs already would keep what it was told before.
    must("restart", TIMER);
  }

  /** Disables the timer and deletes what was written, also what systemd remembers of it. */
  public void remove() throws AgentException {
    if (!Files.exists(folder.resolve(TIMER)) && !Files.exists(folder.resolve(SERVICE))) {
      return;
    }
    boolean answers = available();
    if (answers) {
      must("disable", "--now", TIMER);
      // When it last ran; there may be nothing.
      var _ = systemctl("clean", "--what=state", TIMER);
    }
    try {
      Files.deleteIfExists(folder.resolve(TIMER));
      Files.deleteIfExists(folder.resolve(SERVICE));
      // What enabling made, where systemd could not be asked to take it back.
      Files.deleteIfExists(folder.resolve("timers.target.wants").resolve(TIMER));
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.unwritable", folder);
    }
    if (answers) {
      must("daemon-reload");
    }
  }

  private void must(String... arguments) throws AgentException {
    Optional<ProgramRunner.ProgramResult> programResult = systemctl(arguments);
    if (programResult.filter(e -> e.exit() == 0).isEmpty()) {
      String said = programResult.map(e -> e.out().strip()).orElse("");
      throw new AgentException(
          RunResult.LOCAL, "schedule.systemctl", String.join(" ", arguments), said);
    }
  }

  private Optional<ProgramRunner.ProgramResult> systemctl(String... arguments) {
    List<String> command = new ArrayList<>(List.of("systemctl", "--user"));
    command.addAll(List.of(arguments));
    return programs.run(command);
  }
}
