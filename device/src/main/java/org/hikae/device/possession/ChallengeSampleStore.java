package org.hikae.device.possession;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hikae.device.AgentJson;
import org.hikae.device.files.ExclusiveFileLock;
import org.hikae.device.files.OwnerOnlyFiles;
import org.hikae.device.files.UnsupportedSystemException;
import org.hikae.device.state.AgentHome;

/**
 * Keeps {@link ChallengeSample} in one file of the agent's home: mode 0600, replaced as a whole. It
 * is not sealed: K lies beside it, and all of it but the choice is known to the portal anyway.
 * Losing it loses no data of the employee, so trouble with it fails nothing, and what this code has
 * not written counts for nothing.
 */
public final class ChallengeSampleStore {

  private static final String FILE = "challenges.json";

  /** Some four times what this code writes. */
  private static final int MAX_BYTES = 1024 * 1024;

  private final AgentHome home;
  private final Path file;
  private final Clock clock;

  /** In this home. */
  public ChallengeSampleStore(AgentHome home, Clock clock) {
    this.home = home;
    this.file = home.possessionFolder().resolve(FILE);
    this.clock = clock;
  }

  /** What is kept; nothing where that cannot be read. */
  public Optional<ChallengeSample> read() {
    try (InputStream in = Files.newInputStream(file)) {
      ChallengeSample kept =
          AgentJson.mapper().readValue(in.readNBytes(MAX_BYTES), ChallengeSample.class);
      return Optional.ofNullable(kept).filter(ChallengeSample::isUsable);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What is kept about a set; an empty one where nothing is. */
  ChallengeSample of(String setId) {
    Optional<ChallengeSample> kept = read();
    long daily =
        kept.map(sample -> sample.budget().dailyBytes()).orElse(AskingBudget.USUAL_DAILY_BYTES);
    return kept.filter(sample -> sample.setId().equals(setId))
        .orElseGet(() -> ChallengeSample.empty(setId, AskingBudget.from(clock.instant(), daily)));
  }

  /**
   * Changes what is kept about a set, whoever else does; without the agent's home nothing is.
   *
   * @return whether it is kept now
   */
  public boolean change(String setId, UnaryOperator<ChallengeSample> change) {
    if (!Files.isDirectory(home.folder())) {
      return false;
    }
    try {
      createFolder();
      try (ExclusiveFileLock _ =
          ExclusiveFileLock.take(home.possessionFolder().resolve("challenges.lock"))) {
        write(AgentJson.mapper().writeValueAsBytes(change.apply(of(setId))));
        return true;
      }
    } catch (IOException | UnsupportedSystemException e) {
      return false;
    }
  }

  /** From now on so much is asked for a day without a person. */
  public boolean asksDaily(String setId, long bytes) {
    return change(setId, sample -> sample.with(AskingBudget.from(clock.instant(), bytes)));
  }

  /** Leaves nothing behind, such as for another person. */
  public void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It names nobody.
    }
  }

  private void createFolder() throws IOException {
    try {
      Files.createDirectory(home.possessionFolder(), OwnerOnlyFiles.folder());
    } catch (FileAlreadyExistsException e) {
      // As after the first time.
    }
  }

  private void write(byte[] json) throws IOException {
    Path fresh =
        Files.createTempFile(home.possessionFolder(), "challenges", ".new", OwnerOnlyFiles.file());
    try {
      Files.write(fresh, json);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
