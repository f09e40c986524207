package org.hikae.backup.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hikae.backup.value.ObjectIdCodec;

/** The full object list of one snapshot in the form of {@link ObjectIdCodec}. Written once. */
@Entity
@Table(name = "snapshot_objects")
public class SnapshotObjects {

  @Id
  @Column(name = "snapshot_row")
  private long snapshotRow;

  @Column(name = "object_ids", updatable = false)
  private byte[] objectIds;

  /** For the persistence provider. */
  protected SnapshotObjects() {}

  /** The list of a snapshot that is already stored. */
  public SnapshotObjects(Snapshot snapshot, long[] objectIds) {
    if (snapshot.objectCount() != objectIds.length) {
      throw new IllegalArgumentException("the snapshot counts another number of objects");
    }
    this.snapshotRow = snapshot.row();
    this.objectIds = ObjectIdCodec.encode(objectIds);
  }
}
