package org.hikae.device.state;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;

/**
 * That this device signs its snapshots of a set, in an empty file of its own. The secrets say it,
 * too; but an agent from before signatures that is put back for a while passes over what it does
 * not know of them, and writes them without it.
 */
public final class SigningMarker {

  private final Path file;

  /**
   * Of one set.
   *
   * @param setId hexadecimal
   */
  public SigningMarker(AgentHome home, String setId) {
    this.file = home.folder().resolve("signs-" + setId);
  }

  /** Whether it was made. */
  public boolean isThere() {
    return Files.exists(file);
  }

  /** Makes it, for good. */
  public void make() throws AgentException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // It says so already.
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.unwritable", file);
    }
  }
}
