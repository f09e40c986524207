package org.hikae.device.state;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;

/**
 * What the company's IT sets on each computer, in {@code /etc/hikae/agent.properties}: {@code
 * server}, {@code issuer}, {@code ca-file}, {@code vault-root}, {@code update-root}, {@code
 * device-name}, {@code lang}. Flags of the command line override it. It holds no secret.
 */
public final class ManagedDefaults {

  /** Where the file lies unless {@code $HIKAE_MANAGED} names another. */
  public static final Path STANDARD_PLACE = Path.of("/etc/hikae/agent.properties");

  private static final long MAX_BYTES = 64 * 1024;

  private final Properties values;

  private ManagedDefaults(Properties values) {
    this.values = values;
  }

  /** Reads the file; a missing one sets nothing. */
  public static ManagedDefaults read(Path file) throws AgentException {
    Properties values = new Properties();
    try {
      if (Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES) {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
          values.load(in);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.managed-unreadable", file);
    }
    return new ManagedDefaults(values);
  }

  /** A value, if set. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.getProperty(name))
        .map(String::strip)
        .filter(v -> !v.isEmpty());
  }
}
