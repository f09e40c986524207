package org.hikae.backup.ciphertext.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.hikae.backup.volume.store.StorageVolume;
import org.jspecify.annotations.Nullable;

/**
 * A folder in memory that knows what a disk would have kept: bytes that were synced, and names
 * whose folder was. Its n-th change fails, or is the last before the power is lost. It writes and
 * reads fewer bytes at once than it is asked for.
 */
final class SimulatedVolume implements StorageVolume {

  /** Bytes written or read at once. */
  private static final int SHORT_BYTES = 700;

  /** What the disk does with what was not synced when the power goes. */
  enum Unsynced {
    /** Nothing of it came to the disk. */
    LOST,
    /** All names came to the disk, and no bytes: what fewer syncs would lead to. */
    NAMES_KEPT,
    /** All of it came to the disk. */
    KEPT
  }

  /** A file or, with entries, a folder. */
  private static final class Node {
    private final @Nullable Map<String, Node> entries;
    private @Nullable Map<String, Node> durableEntries;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private byte[] durableBytes = new byte[0];
    private Instant touched = Instant.EPOCH;

    Node(boolean folder) {
      entries = folder ? new HashMap<>() : null;
      durableEntries = folder ? Map.of() : null;
    }
  }

  private Node root = new Node(true);
  private int changes;
  private int failing = Integer.MAX_VALUE;
  private @Nullable String failure;
  private boolean powerless;

  /** From now on the n-th change fails with a message of the kernel's, once; n counts from 1. */
  void fail(int number, String message) {
    changes = 0;
    failing = number;
    failure = message;
  }

  /** From now on nothing is done any more after n changes. */
  void losePowerAfter(int number) {
    changes = 0;
    failing = number + 1;
    failure = null;
  }

  /** Whether it came to that. */
  boolean failed() {
    return changes >= failing;
  }

  /** The power is back. */
  void restart(Unsynced unsynced) {
    powerless = false;
    failing = Integer.MAX_VALUE;
    if (unsynced != Unsynced.KEPT) {
      root = afterPowerLoss(root, unsynced);
    }
  }

  private static Node afterPowerLoss(Node node, Unsynced unsynced) {
    Node kept = new Node(node.entries != null);
    if (node.entries == null) {
      kept.bytes.writeBytes(node.durableBytes);
      kept.durableBytes = node.durableBytes;
      return kept;
    }
    Map<String, Node> names = unsynced == Unsynced.LOST ? node.durableEntries : node.entries;
    names.forEach((name, each) -> kept.entries.put(name, afterPowerLoss(each, unsynced)));
    kept.durableEntries = Map.copyOf(kept.entries);
    return kept;
  }

  /** Counts a change before it is done. */
  private void change() throws IOException {
    requirePower();
    if (++changes == failing) {
      if (failure != null) {
        throw new IOException(failure);
      }
      powerless = true;
      requirePower();
    }
  }

  private void requirePower() throws IOException {
    if (powerless) {
      throw new IOException("The power is lost.");
    }
  }

  private @Nullable Node find(String path) {
    Node node = root;
    for (String name : path.isEmpty() ? new String[0] : path.split("/")) {
      node = node == null || node.entries == null ? null : node.entries.get(name);
    }
    return node;
  }

  private Node get(String path) throws NoSuchFileException {
    Node node = find(path);
    if (node == null) {
      throw new NoSuchFileException(path);
    }
    return node;
  }

  private Map<String, Node> entriesAbove(String path) throws NoSuchFileException {
    int slash = path.lastIndexOf('/');
    return get(slash < 0 ? "" : path.substring(0, slash)).entries;
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public OpenOutput create(String path, long expectedBytes) throws IOException {
    change();
    Node file = new Node(false);
    if (entriesAbove(path).putIfAbsent(nameOf(path), file) != null) {
      throw new FileAlreadyExistsException(path);
    }
    return new OpenOutput() {
      @Override
      public int write(ByteBuffer bytes) throws IOException {
        change();
        byte[] part = new byte[Math.min(SHORT_BYTES, bytes.remaining())];
        bytes.get(part);
        file.bytes.writeBytes(part);
        return part.length;
      }

      @Override
      public void sync() throws IOException {
        change();
        file.durableBytes = file.bytes.toByteArray();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public OpenInput open(String path) throws IOException {
    requirePower();
    Node file = get(path);
    return new OpenInput() {
      @Override
      public int read(ByteBuffer target, long position) throws IOException {
        requirePower();
        byte[] all = file.bytes.toByteArray();
        if (position >= all.length) {
          return -1;
        }
        int count =
            Math.min(Math.min(SHORT_BYTES, target.remaining()), all.length - (int) position);
        target.put(all, (int) position, count);
        return count;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public OptionalLong size(String path) throws IOException {
    requirePower();
    Node file = find(path);
    return file == null ? OptionalLong.empty() : OptionalLong.of(file.bytes.size());
  }

  @Override
  public void rename(String from, String to) throws IOException {
    change();
    Node file = get(from);
    entriesAbove(to).put(nameOf(to), file);
    entriesAbove(from).remove(nameOf(from));
  }

  @Override
  public void syncFolder(String path) throws IOException {
    change();
    Node folder = get(path);
    folder.durableEntries = Map.copyOf(folder.entries);
  }

  @Override
  public void makeFolder(String path) throws IOException {
    change();
    entriesAbove(path).putIfAbsent(nameOf(path), new Node(true));
  }

  @Override
  public void delete(String path) throws IOException {
    change();
    if (find(path) != null) {
      entriesAbove(path).remove(nameOf(path));
    }
  }

  @Override
  public List<String> list(String path) throws IOException {
    requirePower();
    Node folder = find(path);
    return folder == null ? List.of() : new ArrayList<>(new TreeSet<>(folder.entries.keySet()));
  }

  @Override
  public Instant touched(String path) throws IOException {
    requirePower();
    Node file = find(path);
    return file == null ? Instant.MAX : file.touched;
  }

  @Override
  public void touch(String path, Instant now) throws IOException {
    change();
    Node file = find(path);
    if (file != null) {
      file.touched = now;
    }
  }
}
