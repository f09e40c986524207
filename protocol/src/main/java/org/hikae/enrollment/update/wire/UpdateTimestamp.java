package org.hikae.enrollment.update.wire;

import java.time.Instant;
import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;

/**
 * Which list of packages is the newest one now (HK1-U-05). It ends soon, so that nobody keeps a
 * device at an old list for long.
 *
 * @param version one more than that of the timestamp before
 * @param expires from when on it says nothing
 * @param listVersion version of the list
 * @param listHash {@link UpdateTargets#sha256} of the list
 */
public record UpdateTimestamp(int version, Instant expires, int listVersion, Hash256 listHash)
    implements UpdateMetadata {

  private static final String LIST = "targets ";

  /**
   * Checks the version.
   *
   * @throws IllegalArgumentException when no list has it
   */
  public UpdateTimestamp {
    if (listVersion < 1 || listVersion > UpdateHead.MAX_VERSION) {
      throw new IllegalArgumentException("no list has such a version");
    }
    var _ = new UpdateHead(UpdateMetadataKind.TIMESTAMP, version, expires);
  }

  /** Says that this list is the newest one. */
  public static UpdateTimestamp of(int version, Instant expires, UpdateTargets list) {
    return new UpdateTimestamp(version, expires, list.version(), list.sha256());
  }

  @Override
  public UpdateMetadataKind kind() {
    return UpdateMetadataKind.TIMESTAMP;
  }

  @Override
  public String text() {
    return new UpdateHead(UpdateMetadataKind.TIMESTAMP, version, expires).text()
        + LIST
        + listVersion
        + " "
        + listHash.hex()
        + "\n";
  }

  /**
   * Whether it may not come after this other one: it is no later one, or names an earlier list, or
   * another one of the same version.
   */
  boolean isBehind(UpdateTimestamp other) {
    return version <= other.version
        || listVersion < other.listVersion
        || (listVersion == other.listVersion && !listHash.equals(other.listHash));
  }

  /**
   * Reads a text.
   *
   * @throws MalformedException when it has another form than {@link #text()} writes
   */
  public static UpdateTimestamp parse(String text) throws MalformedException {
    UpdateHead head = UpdateHead.parse(UpdateMetadataKind.TIMESTAMP, text);
    List<String> lines = UpdateHead.body(text);
    if (lines.size() != 1 || !lines.getFirst().startsWith(LIST)) {
      throw new MalformedException("A timestamp names one list.");
    }
    String[] parts = lines.getFirst().substring(LIST.length()).split(" ", 2);
    if (parts.length != 2) {
      throw new MalformedException("A timestamp names a list by its version and its hash.");
    }
    return new UpdateTimestamp(
        head.version(), head.expires(), UpdateHead.number(parts[0]), Hash256.parse(parts[1]));
  }
}
