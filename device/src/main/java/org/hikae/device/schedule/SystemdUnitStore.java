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

/** The units of the person's own systemd, in the folder where it looks for them. */
final class SystemdUnitStore {

  private final Path folder;
  private final ProgramRunner programs;

  SystemdUnitStore(Map<String, String> environment, String userHome, ProgramRunner programs) {
    String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path config = xdg.isEmpty() ? Path.of(userHome, ".config") : Path.of(xdg);
    this.folder = config.resolve("systemd").resolve("user").toAbsolutePath();
    this.programs = programs;
  }

  /** Whether the person has a systemd that answers. */
  boolean available() {
    return ask("show", "--property=Version");
  }

  boolean has(String unit) {
    return Files.exists(folder.resolve(unit));
  }

  void write(String unit, String text) throws AgentException {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(unit), text);
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.unwritable", folder);
    }
  }

  /** Deletes it, and what enabling it made where systemd could not be asked to take that back. */
  void delete(String unit, String target) throws AgentException {
    try {
      Files.deleteIfExists(folder.resolve(unit));
      Files.deleteIfExists(folder.resolve(target + ".wants").resolve(unit));
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.unwritable", folder);
    }
  }

  /** Has systemd do this. */
  void must(String... arguments) throws AgentException {
    Optional<ProgramRunner.ProgramResult> programResult = systemctl(arguments);
    if (programResult.filter(e -> e.exit() == 0).isEmpty()) {
      String said = programResult.map(e -> e.out().strip()).orElse("");
      throw new AgentException(
          RunResult.LOCAL, "schedule.systemctl", String.join(" ", arguments), said);
    }
  }

  /** Whether systemd does this, or says yes. */
  boolean ask(String... arguments) {
    return systemctl(arguments).filter(e -> e.exit() == 0).isPresent();
  }

  private Optional<ProgramRunner.ProgramResult> systemctl(String... arguments) {
    List<String> command = new ArrayList<>(List.of("systemctl", "--user"));
    command.addAll(List.of(arguments));
    return programs.run(command);
  }
}
