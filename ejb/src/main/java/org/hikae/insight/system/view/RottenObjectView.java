package org.hikae.insight.system.view;

import java.time.Instant;
import java.util.List;
import org.hikae.backup.value.RotKind;
import org.hikae.openapi.wire.SchemaName;
import org.jspecify.annotations.Nullable;

/**
 * An object whose bytes are, or were, not what its name says.
 *
 * @param objectId its number
 * @param name SHA-256 that its bytes should have
 * @param sizeBytes length that they should have
 * @param kind MISSING, SIZE, MISMATCH or UNREADABLE
 * @param foundAt ISO-8601 instant
 * @param healedAt ISO-8601 instant when right bytes came in its place; absent when they have not
 * @param state what it means now
 * @param employeeId whose it is
 * @param setId the backup set
 * @param touches how many snapshots list it
 * @param snapshots the newest of them
 * @param devices devices that made them and can heal it by a backup, as far as they still have the
 *     files
 */
public record RottenObjectView(
    long objectId,
    String name,
    long sizeBytes,
    RotKind kind,
    Instant foundAt,
    @Nullable Instant healedAt,
    State state,
    long employeeId,
    String setId,
    long touches,
    List<Touched> snapshots,
    List<String> devices) {

  /** Most snapshots that are named for one object. */
  public static final int MAX_SNAPSHOTS = 100;

  /** Copies the lists. */
  public RottenObjectView {
    snapshots = List.copyOf(snapshots);
    devices = List.copyOf(devices);
  }

  /** What a finding means for those who need the object. */
  @SchemaName("RottenObjectViewState")
  public enum State {
    /** Wrong bytes, and the newest snapshot of a device needs them. */
    ROTTEN,
    /** Wrong bytes, but no newest snapshot lists them any more: only earlier ones do. */
    SUPERSEDED,
    /** Right bytes came in place of the wrong ones. */
    REPLACED
  }

  /**
   * A snapshot that lists it.
   *
   * @param snapshotId which
   * @param deviceId whose series
   * @param sequence place in the series
   * @param committedAt ISO-8601 instant
   * @param newest whether it is the newest of its series
   */
  public record Touched(
      String snapshotId, String deviceId, long sequence, Instant committedAt, boolean newest) {}
}
