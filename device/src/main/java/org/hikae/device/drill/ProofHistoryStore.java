package org.hikae.device.drill;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;
import org.hikae.device.AgentJson;
import org.hikae.device.files.OwnerOnlyFiles;
import org.hikae.device.files.UnsupportedSystemException;
import org.hikae.device.state.AgentHome;

/**
 * Keeps {@link ProofHistory} in one small file of the agent's home: mode 0600, replaced as a whole.
 * Losing it loses no data of the employee, so trouble with it fails nothing, and what this code has
 * not written counts for nothing.
 */
public final class ProofHistoryStore {

  private static final String FILE = "recovery-proofs.json";

  /** Far more than this code writes. */
  private static final int MAX_BYTES = 64 * 1024;

  /** Several commands of an agent that stays may end at once. */
  private static final Object WRITING = new Object();

  private final AgentHome home;
  private final Path file;

  /** In this home. */
  public ProofHistoryStore(AgentHome home) {
    this.home = home;
    this.file = home.folder().resolve(FILE);
  }

  /** What is kept; nothing where that cannot be read. */
  public ProofHistory read() {
    try (InputStream in = Files.newInputStream(file)) {
      ProofHistory kept =
          AgentJson.mapper().readValue(in.readNBytes(MAX_BYTES), ProofHistory.class);
      return kept == null ? ProofHistory.NONE : kept;
    } catch (IOException e) {
      return ProofHistory.NONE;
    }
  }

  /** Changes what is kept; without the folder nothing is. */
  public void change(UnaryOperator<ProofHistory> change) {
    if (!Files.isDirectory(home.folder())) {
      return;
    }
    synchronized (WRITING) {
      try {
        write(AgentJson.mapper().writeValueAsBytes(change.apply(read())));
      } catch (IOException | UnsupportedSystemException e) {
        // Such as of a full disk, which is told by who needs it for more.
      }
    }
  }

  /** Leaves nothing behind, such as for another person. */
  public void forget() {
    synchronized (WRITING) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // It names nobody.
      }
    }
  }

  private void write(byte[] json) throws IOException {
    Path fresh = Files.createTempFile(home.folder(), "recovery", ".new", OwnerOnlyFiles.file());
    try {
      Files.write(fresh, json);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
