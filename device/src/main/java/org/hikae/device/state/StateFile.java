package org.hikae.device.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.AgentJson;
import org.hikae.device.files.ExclusiveFileLock;
import org.hikae.device.files.OwnerOnlyFiles;

/**
 * The secrets file. It is readable by its owner only and refused when anyone else could read it. A
 * change is written to a new file, forced to the disk and renamed over the old one, so that a crash
 * leaves the old or the new state and never a mixture. Changes of several processes are serialised
 * by a lock file. Safe for several threads.
 */
public final class StateFile {

  /** The largest secrets file that is read, in bytes. */
  static final long MAX_BYTES = 4L * 1024 * 1024;

  private static final String FRESH = "secrets";

  private final AgentHome home;
  private final JsonMapper json = AgentJson.mapper();

  /** Works on the file of {@code home}. */
  public StateFile(AgentHome home) {
    this.home = home;
  }

  /** A change that may fail. */
  @FunctionalInterface
  public interface Change {
    /** The state to write, from the newest one. */
    AgentState apply(AgentState newest) throws AgentException;
  }

  /** A state made from the newest one, or from nothing before the first sign-in. */
  @FunctionalInterface
  public interface Making {
    /** The state to write. */
    AgentState apply(Optional<AgentState> newest) throws AgentException;
  }

  /** The state, or nothing before the first sign-in. */
  public synchronized Optional<AgentState> read() throws AgentException {
    Path file = home.secretsFile();
    byte[] bytes;
    try {
      Optional<String> open = OwnerOnlyFiles.lettingOthersIn(file);
      if (open.isPresent()) {
        throw new AgentException(RunResult.LOCAL, "state.readable-by-others", file, open.get());
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new AgentException(RunResult.LOCAL, "state.unreadable", file);
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.unreadable", file);
    }
    return Optional.of(parse(bytes, file));
  }

  /** The state; without one the person is told to sign in first. */
  public AgentState require() throws AgentException {
    return read().orElseThrow(() -> new AgentException(RunResult.REFUSED, "login.first"));
  }

  /** Changes the newest state, which another process may have written meanwhile. */
  public synchronized AgentState update(Change change) throws AgentException {
    try (Lock lock = lock()) {
      AgentState changed = change.apply(require());
      lock.write(changed);
      return changed;
    }
  }

  /** Writes a first state, or one in place of the newest, which another process may have made. */
  public synchronized AgentState replace(Making making) throws AgentException {
    try (Lock lock = lock()) {
      AgentState made = making.apply(read());
      lock.write(made);
      return made;
    }
  }

  /** Forgets everything. */
  public synchronized void delete() throws AgentException {
    try (Lock lock = lock()) {
      lock.delete();
    }
  }

  private AgentState parse(byte[] bytes, Path file) throws AgentException {
    try {
      AgentState state = json.readValue(bytes, AgentState.class);
      if (state.version() != AgentState.VERSION
          || state.profile() == null
          || state.device() == null) {
        throw new AgentException(RunResult.LOCAL, "state.unreadable", file);
      }
      return state;
    } catch (IOException e) {
      // No cause: Jackson's message quotes the source, and the source is secret.
      throw new AgentException(RunResult.LOCAL, "state.unreadable", file);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private Lock lock() throws AgentException {
    home.create();
    ExclusiveFileLock taken = null;
    boolean whole = false;
    try {
      taken = ExclusiveFileLock.take(home.secretsLock());
      forgetLeftovers();
      Lock lock = new Lock(taken);
      whole = true;
      return lock;
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "state.home-unwritable", home.folder());
    } finally {
      if (!whole && taken != null) {
        taken.close();
      }
    }
  }

  /** A process that was killed while it wrote leaves a file with secrets that nobody needs. */
  private void forgetLeftovers() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(home.folder(), FRESH + "*.new")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Holds the lock file; closing gives it back. */
  private final class Lock implements AutoCloseable {
    private final ExclusiveFileLock taken;

    Lock(ExclusiveFileLock taken) {
      this.taken = taken;
    }

    void write(AgentState state) throws AgentException {
      try {
        writeAtomically(json.writeValueAsBytes(state));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the agent's state is always writable as JSON");
      } catch (IOException e) {
        throw new AgentException(RunResult.LOCAL, e, "state.unwritable", home.secretsFile());
      }
    }

    private void writeAtomically(byte[] bytes) throws IOException {
      Path fresh = Files.createTempFile(home.folder(), FRESH, ".new", OwnerOnlyFiles.file());
      try {
        try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
          ByteBuffer buffer = ByteBuffer.wrap(bytes);
          while (buffer.hasRemaining()) {
            out.write(buffer);
          }
          out.force(true);
        }
        Files.move(
            fresh,
            home.secretsFile(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
        forceFolder();
      } finally {
        Arrays.fill(bytes, (byte) 0);
        Files.deleteIfExists(fresh);
      }
    }

    void delete() throws AgentException {
      try {
        Files.deleteIfExists(home.secretsFile());
        forceFolder();
      } catch (IOException e) {
        throw new AgentException(RunResult.LOCAL, e, "state.unwritable", home.secretsFile());
      }
    }

    private void forceFolder() throws IOException {
      try (FileChannel folder = FileChannel.open(home.folder(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }

    @Override
    public void close() {
      taken.close();
    }
  }
}
