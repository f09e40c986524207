package org.hikae.device.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Predicate;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.hikae.device.state.AgentHome;

/**
 * One value as JSON in the agent's home: mode 0600, replaced as a whole, so that a crash leaves the
 * old or the new one. Checked when it is read; a damaged one is a sentence, never a guess.
 */
final class JsonFile<T> {

  private static final int MAX_BYTES = 4 * 1024 * 1024;

  private final AgentHome home;
  private final Path file;
  private final Class<T> type;
  private final Predicate<T> sound;

  JsonFile(AgentHome home, String name, Class<T> type, Predicate<T> sound) {
    this.home = home;
    this.file = home.folder().resolve(name);
    this.type = type;
    this.sound = sound;
  }

  Optional<T> read() throws AgentException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES);
      T value = AgentJson.mapper().readValue(bytes, type);
      if (value != null && sound.test(value)) {
        return Optional.of(value);
      }
      throw new AgentException(RunResult.LOCAL, "schedule.damaged", file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "schedule.damaged", file);
    }
  }

  void write(T value) throws AgentException {
    home.create();
    try {
      Path fresh =
          Files.createTempFile(
              home.folder(),
              "schedule",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        Files.write(fresh, AgentJson.mapper().writeValueAsBytes(value));
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what is scheduled is always writable as JSON", e);
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.unwritable", file);
    }
  }

  /** Whether there was one. */
  boolean delete() throws AgentException {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.unwritable", file);
    }
  }
}
