package org.hikae.backup.faces;

import java.time.Instant;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.jspecify.annotations.Nullable;

/**
 * A credential of restic in a list; its password is known nowhere.
 *
 * @param username its name
 * @param deviceName what its owner calls the device
 * @param state {@code ACTIVE}, {@code EXPIRED} or {@code REVOKED}
 * @param madeAt when it was made
 * @param expiresAt until when it can be used
 * @param lastUsedAt its last use, to the minute, if ever
 */
public record ResticCredentialRow(
    String username,
    String deviceName,
    String state,
    Instant madeAt,
    Instant expiresAt,
    @Nullable Instant lastUsedAt) {

  static ResticCredentialRow of(ResticCredentialView view, String deviceName) {
    String over = view.revokedAt() == null ? "EXPIRED" : "REVOKED";
    return new ResticCredentialRow(
        view.username(),
        deviceName,
        view.usable() ? "ACTIVE" : over,
        view.madeAt(),
        view.expiresAt(),
        view.lastUsedAt());
  }
}
