package org.hikae.device.transparency;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;

/**
 * Which cards of the vault a log was seen to have, by the hashes of their entries, one a line. It
 * can be made again from the log, so one that cannot be read is as if there were none.
 */
final class LoggedCardStore {

  /** Most cards that are remembered: a vault renews its keys a few times a year. */
  static final int MAX_CARDS = 10_000;

  private static final long MAX_BYTES = MAX_CARDS * (2L * Hk1Constants.HASH_BYTES + 1);

  private final Path folder;
  private final Path file;

  LoggedCardStore(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("cards");
  }

  /** The hashes; empty when nothing was seen. */
  Set<Hash256> read() {
    Set<Hash256> cards = new LinkedHashSet<>();
    try {
      if (Files.size(file) > MAX_BYTES) {
        return Set.of();
      }
      for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
        cards.add(Hash256.parse(line));
      }
    } catch (IOException | MalformedException e) {
      return Set.of();
    }
    return cards;
  }

  /** Replaces them; a kill in between leaves the ones before. */
  void write(Set<Hash256> cards) throws IOException {
    List<String> lines = cards.stream().limit(MAX_CARDS).map(Hash256::hex).toList();
    Files.createDirectories(folder);
    Path fresh = Files.createTempFile(folder, "new-", ".tmp");
    try {
      Files.writeString(
          fresh,
          String.join("\n", lines) + (lines.isEmpty() ? "" : "\n"),
          StandardCharsets.US_ASCII,
          StandardOpenOption.SYNC);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
