package org.hikae.enrollment.view;

import org.hikae.enrollment.wire.ResticCredentialView;

/** How a credential of restic stands. */
public enum ResticCredentialState {
  /** It opens its repository. */
  ACTIVE,
  /** Its time is over, or that of its device or its set. */
  EXPIRED,
  /** Somebody revoked it. */
  REVOKED;

  /** How this one stands. */
  public static ResticCredentialState of(ResticCredentialView view) {
    if (view.usable()) {
      return ACTIVE;
    }
    return view.revokedAt() == null ? EXPIRED : REVOKED;
  }
}
