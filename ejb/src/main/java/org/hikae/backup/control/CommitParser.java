package org.hikae.backup.control;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.SnapshotStub;
import org.hikae.hk1.TextCodec;

/**
 * A commit whose form is right: nothing here says that its objects exist or that it continues its
 * series.
 *
 * @param stub the link it adds to the series of the device that sends it
 * @param added names that join the list, each once
 * @param removed names that leave the list, each once, none of them also added
 * @param files number of files
 * @param plainBytes sum of file sizes
 */
public record CommitParser(
    SnapshotStub stub, Set<Hash256> added, Set<Hash256> removed, long files, long plainBytes) {

  /** Reads what a device sent; the device is the session's, never the request's. */
  public static CommitParser of(CommitSnapshot commit, String deviceId) throws MalformedException {
    requirePresent(commit);
    if (commit.added().size() + commit.removed().size() > CommitSnapshot.MAX_NAMES) {
      throw new MalformedException(
          "added and removed may have at most " + CommitSnapshot.MAX_NAMES + " names together.");
    }
    if (commit.files() < 0 || commit.plainBytes() < 0) {
      throw new MalformedException("files and plainBytes must not be negative.");
    }
    Set<Hash256> added = names("added", commit.added());
    Set<Hash256> removed = names("removed", commit.removed());
    if (removed.stream().anyMatch(added::contains)) {
      throw new MalformedException("No name may be both added and removed.");
    }
    return new CommitParser(
        stub(commit, deviceId), added, removed, commit.files(), commit.plainBytes());
  }

  /** The device whose series it continues. */
  public String deviceId() {
    return TextCodec.hex(stub.deviceId());
  }

  /** Every name that must be stored before the commit: what is added, and the root. */
  public Set<Hash256> needed() {
    Set<Hash256> needed = new LinkedHashSet<>(added);
    needed.add(stub.root());
    return needed;
  }

  private static SnapshotStub stub(CommitSnapshot commit, String deviceId)
      throws MalformedException {
    byte[] setId = TextCodec.parseId("setId", commit.setId());
    byte[] device = TextCodec.parseId("deviceId", deviceId);
    Hash256 previous = Hash256.parse(commit.previous());
    Hash256 root = Hash256.parse(commit.root());
    Hash256 listHash = Hash256.parse(commit.listHash());
    if (commit.generation() < 1 || commit.generation() > 0xffff_ffffL || commit.sequence() < 1) {
      throw new MalformedException("generation and sequence must start at 1.");
    }
    if ((commit.sequence() == 1) != previous.equals(Hash256.ZERO)) {
      throw new MalformedException("previous must be zeros for sequence 1 and for no other.");
    }
    return new SnapshotStub(
        setId, device, commit.generation(), commit.sequence(), previous, root, listHash);
  }

  // JSON leaves out what it likes; the record's types cannot say so.
  private static void requirePresent(CommitSnapshot commit) throws MalformedException {
    BackupRequestFields.require("setId", commit.setId());
    BackupRequestFields.require("previous", commit.previous());
    BackupRequestFields.require("root", commit.root());
    BackupRequestFields.require("listHash", commit.listHash());
    BackupRequestFields.require("added", commit.added());
    BackupRequestFields.require("removed", commit.removed());
  }

  private static Set<Hash256> names(String field, List<String> texts) throws MalformedException {
    Set<Hash256> names = BackupRequestFields.names(field, texts);
    if (names.size() != texts.size()) {
      throw new MalformedException(field + " must name each object once.");
    }
    return names;
  }
}
