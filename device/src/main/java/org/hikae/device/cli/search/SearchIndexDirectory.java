package org.hikae.device.cli.search;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.files.OwnerOnlyFiles;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.search.SearchIndexUpdater.IndexPlace;
import org.hikae.device.state.AgentHome;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;

/**
 * Where the indexes of this computer lie: a file for each device, called by its identifier. One
 * command at a time changes them, also of those that an agent which stays does at once; the system
 * lets the next one in when a process dies.
 */
final class SearchIndexDirectory implements AutoCloseable {

  private static final String LOCK = "lock";
  private static final String END = ".index";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  /** Who changes the indexes of a folder in this process; the system knows processes only. */
  private static final Map<Path, Semaphore> CHANGING = new ConcurrentHashMap<>();

  private final Path folder;
  private final byte[] setId;
  private final long generation;
  private final SecretBytes names;
  private final FileChannel lock;
  private final boolean writable;
  private boolean closed;

  private SearchIndexDirectory(Path folder, BackupKey key, FileChannel lock, boolean writable) {
    this.folder = folder;
    this.setId = key.setId();
    this.generation = key.generation();
    this.names = key.subkey(Subkey.NAMES);
    this.lock = lock;
    this.writable = writable;
  }

  /** How it is locked. */
  private enum Locking {
    WAIT,
    TRY,
    NONE
  }

  /** Opens it for what {@code key} seals; waits until nobody else changes the indexes. */
  static SearchIndexDirectory open(AgentHome home, BackupKey key)
      throws AgentException, IOException {
    return open(home, key, Locking.WAIT);
  }

  /** Opens it without waiting; only for reading while somebody else changes the indexes. */
  static SearchIndexDirectory openNow(AgentHome home, BackupKey key)
      throws AgentException, IOException {
    return open(home, key, Locking.TRY);
  }

  /** Opens it only for reading, whoever changes the indexes: their files are only replaced. */
  static SearchIndexDirectory openToRead(AgentHome home, BackupKey key)
      throws AgentException, IOException {
    return open(home, key, Locking.NONE);
  }

  private static SearchIndexDirectory open(AgentHome home, BackupKey key, Locking locking)
      throws AgentException, IOException {
    Path cache = home.create().cacheFolder();
    Path folder = cache.resolve("names");
    for (Path each : List.of(cache, folder)) {
      if (!Files.isDirectory(each)) {
        Files.createDirectory(each, OwnerOnlyFiles.folder());
      }
    }
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            OwnerOnlyFiles.file());
    try {
      return new SearchIndexDirectory(folder, key, channel, locks(folder, channel, locking));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean locks(Path folder, FileChannel channel, Locking locking)
      throws IOException {
    Semaphore here = changing(folder);
    if (locking == Locking.NONE || (locking == Locking.TRY && !here.tryAcquire())) {
      return false;
    }
    if (locking == Locking.WAIT) {
      acquire(here);
    }
    boolean locked = false;
    try {
      locked = locking == Locking.WAIT ? channel.lock() != null : tryLock(channel);
      return locked;
    } finally {
      if (!locked) {
        here.release();
      }
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // This process has it in another way.
      return false;
    }
  }

  private static Semaphore changing(Path folder) {
    return CHANGING.computeIfAbsent(folder, each -> new Semaphore(1));
  }

  private static void acquire(Semaphore here) throws InterruptedIOException {
    try {
      here.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("waiting for the index of names");
    }
  }

  /** Whether indexes may be changed. */
  boolean isWritable() {
    return writable;
  }

  /** Of a device, hexadecimal. */
  IndexPlace place(String deviceId) {
    try {
      byte[] id = TextCodec.parseId("deviceId", deviceId);
      return new IndexPlace(
          folder.resolve(deviceId + END), names, new SealContext(setId, generation, id));
    } catch (MalformedException e) {
      throw new IllegalArgumentException("not the identifier of a device", e);
    }
  }

  /** Devices of which there is an index, whether it opens or not. */
  List<String> devices() throws IOException {
    List<String> devices = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + END)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        String id = name.substring(0, name.length() - END.length());
        if (ID.matcher(id).matches()) {
          devices.add(id);
        }
      }
    }
    Collections.sort(devices);
    return devices;
  }

  @Override
  public void close() throws IOException {
    names.close();
    try {
      lock.close();
    } finally {
      if (writable && !closed) {
        changing(folder).release();
      }
      closed = true;
    }
  }
}
