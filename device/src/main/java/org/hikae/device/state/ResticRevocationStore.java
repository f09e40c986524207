package org.hikae.device.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names of restic credentials that are to end and that the portal was not told about yet: an empty
 * file each. They end by themselves in time, so trouble with these files fails nothing.
 */
public final class ResticRevocationStore {

  /** Most that are looked at. */
  static final int MAX_NAMES = 100;

  private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}");

  /** Those that are on a screen of this process; also the monitor of their files. */
  private static final Set<String> SHOWN = new HashSet<>();

  private final Path folder;

  /** Keeps them in the home. */
  public ResticRevocationStore(AgentHome home) {
    this.folder = home.resticRevocations();
  }

  /**
   * Keeps one that a person is shown, and that is nobody's until they say so. While it is shown
   * nobody else finds it here. Where this process dies, the next one does.
   *
   * @return closed when it is shown no more; the name stays kept until it is dropped
   */
  public ShownName show(String username) {
    synchronized (SHOWN) {
      SHOWN.add(username);
      return new ShownName(username, locked(username));
    }
  }

  /** The lock of its file, from before anybody can see it; null where that fails. */
  private @Nullable FileChannel locked(String username) {
    FileChannel channel = null;
    boolean whole = false;
    try {
      Files.createDirectories(folder);
      Path made = folder.resolve("." + username);
      channel = FileChannel.open(made, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() != null) {
        Files.move(made, folder.resolve(username), StandardCopyOption.ATOMIC_MOVE);
        whole = true;
      }
      return whole ? channel : null;
    } catch (IOException e) {
      // It ends by itself in time.
      return null;
    } finally {
      if (channel != null && !whole) {
        closeQuietly(channel);
      }
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Its lock is gone either way.
    }
  }

  /** One that is on the screen. */
  public static final class ShownName implements AutoCloseable {
    private final String username;
    private final @Nullable FileChannel lock;

    private ShownName(String username, @Nullable FileChannel lock) {
      this.username = username;
      this.lock = lock;
    }

    @Override
    public void close() {
      synchronized (SHOWN) {
        if (lock != null) {
          closeQuietly(lock);
        }
        SHOWN.remove(username);
      }
    }
  }

  /**
   * Whether somebody is shown it, in this process or another. In this one its file is not opened:
   * closing it would end the lock of whoever shows it.
   */
  private boolean isShown(String username) {
    synchronized (SHOWN) {
      if (SHOWN.contains(username)) {
        return true;
      }
      try (FileChannel channel =
          FileChannel.open(folder.resolve(username), StandardOpenOption.WRITE)) {
        return channel.tryLock() == null;
      } catch (IOException e) {
        // It is gone, or nobody can tell, and then whoever wants it is better off with it.
        return true;
      }
    }
  }

  /** Whether one is kept. */
  public boolean has(String username) {
    return Files.exists(folder.resolve(username));
  }

  /** Keeps one. */
  public void keep(String username) {
    try {
      Files.createDirectories(folder);
      Files.createFile(folder.resolve(username));
    } catch (FileAlreadyExistsException e) {
      // It is kept.
    } catch (IOException e) {
      // It ends by itself in time.
    }
  }

  /** Those that were kept, and that nobody is shown. */
  public List<String> all() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> NAME.matcher(name).matches())
          .filter(name -> !isShown(name))
          .sorted()
          .limit(MAX_NAMES)
          .toList();
    } catch (IOException e) {
      // There are none yet, or they end by themselves in time.
      return List.of();
    }
  }

  /** Forgets one that has ended. */
  public void drop(String username) {
    try {
      Files.deleteIfExists(folder.resolve(username));
    } catch (IOException e) {
      // It is ended again next time, which the portal takes.
    }
  }
}
