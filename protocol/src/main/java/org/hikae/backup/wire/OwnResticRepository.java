package org.hikae.backup.wire;

import java.time.Instant;
import java.util.List;

/**
 * A repository that one of the employee's devices uses with restic, as the employee's devices see
 * it.
 *
 * @param repository 16 bytes, hexadecimal
 * @param setId the set that it belongs to, hexadecimal
 * @param deviceId the device that it was made for
 * @param createdAt ISO-8601 instant
 * @param passwords restic's passwords under K, newest first; empty when none is kept
 */
public record OwnResticRepository(
    String repository,
    String setId,
    String deviceId,
    Instant createdAt,
    List<ResticPasswordView> passwords) {

  /** Copies the list. */
  public OwnResticRepository {
    passwords = passwords == null ? List.of() : List.copyOf(passwords);
  }
}
