package org.hikae.device.cli.backup;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.state.AgentHome;

/**
 * How this program is started again, by systemd instead of a person.
 *
 * @param program its path
 * @param environment the variables that it needs
 */
record AgentProgram(String program, Map<String, String> environment) {

  private static final List<String> KEPT_VARIABLES =
      List.of("HIKAE_JAVA_HOME", "JAVA_HOME", "XDG_CONFIG_HOME");

  /** This one; nothing when it does not know how it was started. */
  static Optional<AgentProgram> of(AgentEnvironment here, AgentHome home) {
    String program = here.environment().getOrDefault("HIKAE_PROGRAM", "");
    if (program.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HIKAE_HOME", home.folder().toString());
    String managed = here.environment().getOrDefault("HIKAE_MANAGED", "");
    if (!managed.isEmpty()) {
      environment.put("HIKAE_MANAGED", Path.of(managed).toAbsolutePath().toString());
    }
    for (String name : KEPT_VARIABLES) {
      String value = here.environment().getOrDefault(name, "");
      if (!value.isEmpty()) {
        environment.put(name, value);
      }
    }
    return Optional.of(new AgentProgram(program, environment));
  }
}
