package org.hikae.device.mount;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.device.files.ExtendedAttributes.ExtendedAttribute;
import org.hikae.device.files.FileTime;
import org.hikae.device.files.FileType;
import org.hikae.device.fuse.FuseErrorException;
import org.hikae.device.fuse.ReadOnlyTree;
import org.hikae.device.fuse.TreeEntry;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.store.BackupStoreException;
import org.jspecify.annotations.Nullable;

/**
 * All snapshots in one tree: a folder for each device, in it one for each of its snapshots, and a
 * link to the newest. Of a snapshot nothing is read before somebody looks into its folder.
 */
public final class MountedTree implements ReadOnlyTree {

  /** Name of the link to the newest. */
  static final String LATEST = "latest";

  private static final long LATEST_POSITION = 2;
  private static final long FIRST_DEVICE = 16;
  private static final byte[] NOTHING = {};

  /** Positions of lists of devices and snapshots begin above what {@code .} and {@code ..} have. */
  private static final int FIRST_NEXT = 3;

  private static final int DIRECTORY_MODE = 0555;
  private static final int LINK_MODE = 0777;

  private final List<TreeEntry> top = new ArrayList<>();
  private final List<List<TreeEntry>> devices = new ArrayList<>();
  private final Map<Long, MountedSnapshot> snapshots = new HashMap<>();
  private final byte[] latest;
  private final Owner owner;
  private final MountedSnapshotReader reader;
  private final FailureListener failures;

  /**
   * To whom the folders belong that are in no snapshot.
   *
   * @param uid whoever mounts
   * @param gid their group
   */
  public record Owner(int uid, int gid) {}

  /** Hears why something cannot be read; a program that reads it gets an input/output error. */
  @FunctionalInterface
  public interface FailureListener {
    /** Something of this snapshot cannot be read. */
    void failed(MountedSnapshot snapshot, Exception why);
  }

  /**
   * Shows snapshots.
   *
   * @param devices with at least one snapshot each
   * @param newest the one of these that is the newest, if that can be said
   */
  public MountedTree(
      List<MountedDevice> devices,
      @Nullable MountedSnapshot newest,
      Owner owner,
      MountedSnapshotReader reader,
      FailureListener failures) {
    this.owner = owner;
    this.reader = reader;
    this.failures = failures;
    byte[] target = NOTHING;
    for (MountedDevice device : devices) {
      List<TreeEntry> below = new ArrayList<>();
      FileTime last = new FileTime(0, 0);
      for (MountedSnapshot each : device.snapshots()) {
        snapshots.put(each.number(), each);
        long node = NodeId.of(each.number(), SnapshotTree.TOP);
        below.add(folder(node, each.folder(), each.made()));
        last = last.compareTo(each.made()) < 0 ? each.made() : last;
        if (newest != null && each.number() == newest.number()) {
          target = bytes(device.folder() + "/" + each.folder());
        }
      }
      top.add(folder(NodeId.of(0, FIRST_DEVICE + this.devices.size()), device.folder(), last));
      this.devices.add(below);
    }
    this.latest = target;
    if (newest != null) {
      top.add(link(newest.made()));
    }
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private TreeEntry folder(long node, String name, FileTime time) {
    return new TreeEntry(
        node,
        bytes(name),
        FileType.DIRECTORY,
        DIRECTORY_MODE,
        owner.uid(),
        owner.gid(),
        1,
        0,
        0,
        time,
        time);
  }

  private TreeEntry link(FileTime time) {
    return new TreeEntry(
        NodeId.of(0, LATEST_POSITION),
        bytes(LATEST),
        FileType.SYMLINK,
        LINK_MODE,
        owner.uid(),
        owner.gid(),
        1,
        latest.length,
        0,
        time,
        time);
  }

  /** What is done with a snapshot. */
  @FunctionalInterface
  private interface SnapshotWork<T> {
    T in(MountedSnapshot snapshot)
        throws FuseErrorException, DamagedDataException, BackupStoreException;
  }

  private <T> T within(long node, SnapshotWork<T> work) throws FuseErrorException {
    MountedSnapshot snapshot = snapshots.get(NodeId.snapshot(node));
    if (snapshot == null) {
      throw new FuseErrorException(FuseErrorException.ENOENT);
    }
    try {
      return work.in(snapshot);
    } catch (DamagedDataException | BackupStoreException e) {
      failures.failed(snapshot, e);
      throw new FuseErrorException(FuseErrorException.EIO, e);
    }
  }

  /** The folder of a snapshot, or what lies above. */
  private static boolean isAbove(long node) {
    return NodeId.snapshot(node) == 0;
  }

  @Override
  public TreeEntry entry(long node) throws FuseErrorException {
    if (node == ROOT) {
      return folder(ROOT, "", new FileTime(0, 0));
    }
    if (isAbove(node) || NodeId.position(node) == SnapshotTree.TOP) {
      List<List<TreeEntry>> all = new ArrayList<>(devices);
      all.add(top);
      return all.stream()
          .flatMap(List::stream)
          .filter(each -> each.node() == node)
          .findFirst()
          .orElseThrow(() -> new FuseErrorException(FuseErrorException.ENOENT));
    }
    return within(node, snapshot -> reader.tree(snapshot).entry(NodeId.position(node)));
  }

  /** Entries of a directory that is in no snapshot. */
  private List<TreeEntry> above(long node) throws FuseErrorException {
    if (node == ROOT) {
      return top;
    }
    long device = NodeId.position(node) - FIRST_DEVICE;
    if (device < 0 || device >= devices.size()) {
      throw new FuseErrorException(FuseErrorException.ENOTDIR);
    }
    return devices.get((int) device);
  }

  @Override
  public Optional<TreeEntry> find(long directory, byte[] name) throws FuseErrorException {
    if (isAbove(directory)) {
      return above(directory).stream()
          .filter(each -> Arrays.compare(each.name(), name) == 0)
          .findFirst();
    }
    return within(
        directory, snapshot -> reader.tree(snapshot).find(NodeId.position(directory), name));
  }

  @Override
  public void list(long directory, long from, EntrySink sink) throws FuseErrorException {
    if (isAbove(directory)) {
      List<TreeEntry> all = above(directory);
      boolean room = true;
      for (int i = Math.clamp(from - FIRST_NEXT, 0, all.size()); room && i < all.size(); i++) {
        room = sink.accept(all.get(i), (long) FIRST_NEXT + i + 1);
      }
      return;
    }
    var _ =
        within(
            directory,
            snapshot -> {
              reader.tree(snapshot).list(NodeId.position(directory), from, sink);
              return true;
            });
  }

  @Override
  public byte[] linkTarget(long node) throws FuseErrorException {
    if (node == NodeId.of(0, LATEST_POSITION)) {
      return latest;
    }
    return within(
        node,
        snapshot -> {
          if (reader.tree(snapshot).record(NodeId.position(node))
              instanceof ManifestRecord.Symlink link) {
            return link.target();
          }
          throw new FuseErrorException(FuseErrorException.EINVAL);
        });
  }

  @Override
  public int read(long node, long position, byte[] into) throws FuseErrorException {
    return within(node, snapshot -> reader.read(snapshot, NodeId.position(node), position, into));
  }

  @Override
  public long seek(long node, long position, boolean hole) throws FuseErrorException {
    return within(
        node,
        snapshot -> {
          ContentMap map = reader.contents(snapshot, NodeId.position(node));
          long found = position < map.length() ? map.next(position, hole) : -1;
          if (found >= 0) {
            return found;
          }
          if (hole && position < map.length()) {
            return map.length();
          }
          throw new FuseErrorException(FuseErrorException.ENXIO);
        });
  }

  @Override
  public List<ExtendedAttribute> attributes(long node) throws FuseErrorException {
    return isAbove(node) || NodeId.position(node) == SnapshotTree.TOP
        ? List.of()
        : within(node, snapshot -> reader.tree(snapshot).attributes(NodeId.position(node)));
  }
}
