package org.hikae.backup.store;

import java.time.Instant;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.RottenObject;
import org.hikae.backup.entity.StoredObject;
import org.hikae.backup.value.RotKind;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * A finding of scrubbing with the object it is about.
 *
 * @param objectId the number that object lists hold
 * @param repositoryId where it is stored
 * @param setId the backup set
 * @param employeeId whose it is
 * @param name SHA-256 that its bytes should have
 * @param sizeBytes length that they should have
 * @param kind what is wrong
 * @param foundAt when it was found
 * @param healedAt when right bytes came, or null
 */
public record RotFinding(
    long objectId,
    long repositoryId,
    String setId,
    long employeeId,
    Hash256 name,
    long sizeBytes,
    RotKind kind,
    Instant foundAt,
    @Nullable Instant healedAt) {

  /** For constructor expressions in queries. */
  public RotFinding(StoredObject object, BackupRepository repository, RottenObject rotten) {
    this(
        object.id(),
        repository.id(),
        repository.setId(),
        repository.employeeId(),
        object.name(),
        object.sizeBytes(),
        rotten.kind(),
        rotten.foundAt(),
        rotten.healedAt());
  }
}
