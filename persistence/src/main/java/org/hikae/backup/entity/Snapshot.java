package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.SnapshotStub;
import org.hikae.hk1.TextCodec;

/**
 * A committed snapshot: its stub and figures. Written once. The list of objects it needs is a row
 * of its own, {@link SnapshotObjects}, because pages of snapshots never need it.
 */
@Entity
@Table(name = "snapshot")
public class Snapshot {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "snapshot_row")
  private Long row;

  @Column(name = "snapshot_id", updatable = false)
  private String snapshotId;

  @Column(name = "repository_id", updatable = false)
  private long repositoryId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "set_id", updatable = false)
  private String setId;

  @Column(name = "device_id", updatable = false)
  private String deviceId;

  @Column(name = "generation", updatable = false)
  private long generation;

  @Column(name = "sequence", updatable = false)
  private long sequence;

  @Column(name = "previous_stub", updatable = false)
  private String previousStub;

  @Column(name = "root", updatable = false)
  private String root;

  @Column(name = "list_hash", updatable = false)
  private String listHash;

  @Column(name = "stub_hash", updatable = false)
  private String stubHash;

  @Column(name = "committed_at", updatable = false)
  private Instant committedAt;

  @Column(name = "object_count", updatable = false)
  private long objectCount;

  @Column(name = "stored_bytes", updatable = false)
  private long storedBytes;

  @Column(name = "file_count", updatable = false)
  private long fileCount;

  @Column(name = "plain_bytes", updatable = false)
  private long plainBytes;

  /** For the persistence provider. */
  protected Snapshot() {}

  /** Records a stub that continues its series, with the figures of its list. */
  public Snapshot(
      BackupRepository repository, SnapshotStub stub, Figures figures, Instant committedAt) {
    this.repositoryId = repository.id();
    this.employeeId = repository.employeeId();
    this.setId = TextCodec.hex(stub.setId());
    if (!setId.equals(repository.setId())) {
      throw new IllegalArgumentException("the stub belongs to another set");
    }
    this.deviceId = TextCodec.hex(stub.deviceId());
    this.generation = stub.generation();
    this.sequence = stub.sequence();
    this.previousStub = stub.previous().hex();
    this.root = stub.root().hex();
    this.listHash = stub.listHash().hex();
    Hash256 hash = stub.hash();
    this.stubHash = hash.hex();
    this.snapshotId = idOf(hash);
    this.committedAt = committedAt;
    this.objectCount = figures.objects();
    this.storedBytes = figures.storedBytes();
    this.fileCount = figures.files();
    this.plainBytes = figures.plainBytes();
  }

  /**
   * Figures of a snapshot.
   *
   * @param objects packs in the list
   * @param storedBytes bytes of the packs and the root
   * @param files files, as the device says
   * @param plainBytes bytes of files, as the device says
   */
  public record Figures(long objects, long storedBytes, long files, long plainBytes) {}

  /** The snapshot's identifier: the first 16 bytes of its stub hash. */
  public static String idOf(Hash256 stubHash) {
    return stubHash.hex().substring(0, 2 * Hk1Constants.ID_BYTES);
  }

  /** Number of the row: grows with every commit, and orders pages. */
  public long row() {
    return row;
  }

  /** Public identifier. */
  public String snapshotId() {
    return snapshotId;
  }

  /** The repository that holds its objects. */
  public long repositoryId() {
    return repositoryId;
  }

  /** Whose it is. */
  public long employeeId() {
    return employeeId;
  }

  /** The set. */
  public String setId() {
    return setId;
  }

  /** Whose series. */
  public String deviceId() {
    return deviceId;
  }

  /** Generation of K. */
  public long generation() {
    return generation;
  }

  /** Place in the series. */
  public long sequence() {
    return sequence;
  }

  /** Stub hash of the one before. */
  public String previousStub() {
    return previousStub;
  }

  /** Name of the sealed root. */
  public String root() {
    return root;
  }

  /** Hash of the object list. */
  public String listHash() {
    return listHash;
  }

  /** Hash of this stub. */
  public String stubHash() {
    return stubHash;
  }

  /** The server's time. */
  public Instant committedAt() {
    return committedAt;
  }

  /** Packs in the list. */
  public long objectCount() {
    return objectCount;
  }

  /** Bytes of packs and root. */
  public long storedBytes() {
    return storedBytes;
  }

  /** Files, as the device says. */
  public long fileCount() {
    return fileCount;
  }

  /** Bytes of files, as the device says. */
  public long plainBytes() {
    return plainBytes;
  }
}
