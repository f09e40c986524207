package org.hikae.device.cli.search;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.AgentException;
import org.hikae.device.files.ExclusiveFileLock;
import org.hikae.device.files.OwnerOnlyFiles;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.search.SearchIndexUpdater.IndexPlace;
import org.hikae.device.state.AgentHome;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;

/**
 * Where the indexes of this computer lie: a file for each device, called by its identifier. One
 * command at a time changes them, also of those that an agent which stays does at once; the system
 * lets the next one in when a process dies.
 */
final class SearchIndexDirectory implements AutoCloseable {

  private static final String LOCK = "lock";
  private static final String END = ".index";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  private final Path folder;
  private final byte[] setId;
  private final long generation;
  private final SecretBytes names;
  private final @Nullable ExclusiveFileLock lock;

  private SearchIndexDirectory(Path folder, BackupKey key, @Nullable ExclusiveFileLock lock) {
    this.folder = folder;
    this.setId = key.setId();
    this.generation = key.generation();
    this.names = key.subkey(Subkey.NAMES);
    this.lock = lock;
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
      make(each);
    }
    ExclusiveFileLock lock =
        switch (locking) {
          case WAIT -> ExclusiveFileLock.take(folder.resolve(LOCK));
          case TRY -> ExclusiveFileLock.tryTake(folder.resolve(LOCK)).orElse(null);
          case NONE -> null;
        };
    boolean opened = false;
    try {
      SearchIndexDirectory directory = new SearchIndexDirectory(folder, key, lock);
      opened = true;
      return directory;
    } finally {
      if (!opened && lock != null) {
        lock.close();
      }
    }
  }

  /** A window and a command may do so at once. */
  private static void make(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      try {
        Files.createDirectory(folder, OwnerOnlyFiles.folder());
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(folder)) {
          throw e;
        }
      }
    }
  }

  /** Whether indexes may be changed. */
  boolean isWritable() {
    return lock != null;
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
  public void close() {
    names.close();
    if (lock != null) {
      lock.close();
    }
  }
}
