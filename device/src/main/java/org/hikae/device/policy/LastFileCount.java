package org.hikae.device.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalLong;
import org.hikae.device.state.AgentHome;

/**
 * How many files the last backup of this device had, in a file of this device's own, so that no
 * portal can hide that there are far fewer now. Only a warning hangs on it: what cannot be read or
 * written is as if there were none.
 */
public final class LastFileCount {

  private static final int MAX_DIGITS = 18;

  private final Path file;

  /** Of this home. */
  public LastFileCount(AgentHome home) {
    this.file = home.folder().resolve("last-count");
  }

  /** The count; empty before the first backup. */
  public OptionalLong read() {
    try {
      String text = Files.readString(file).strip();
      return text.length() <= MAX_DIGITS
          ? OptionalLong.of(Long.parseLong(text))
          : OptionalLong.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Remembers a count; whether that could be done. */
  public boolean write(long files) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, Long.toString(files));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
