package org.hikae.backup.faces;

import java.time.Instant;
import org.hikae.enrollment.view.ResticCredentialState;
import org.hikae.enrollment.wire.ResticCredentialView;
import org.jspecify.annotations.Nullable;

/**
 * A credential of restic in a list; its password is known nowhere.
 *
 * @param username its name
 * @param deviceName what its owner calls the device
 * @param state how it stands
 * @param madeAt when it was made
 * @param expiresAt until when it can be used
 * @param lastUsedAt its last use, to the minute, if ever
 */
public record ResticCredentialRow(
    String username,
    String deviceName,
    ResticCredentialState state,
    Instant madeAt,
    Instant expiresAt,
    @Nullable Instant lastUsedAt) {

  static ResticCredentialRow of(ResticCredentialView view, String deviceName) {
    return new ResticCredentialRow(
        view.username(),
        deviceName,
        ResticCredentialState.of(view),
        view.madeAt(),
        view.expiresAt(),
        view.lastUsedAt());
  }
}
