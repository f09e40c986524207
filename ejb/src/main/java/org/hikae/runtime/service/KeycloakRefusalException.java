package org.hikae.runtime.service;

import java.io.IOException;

/** Keycloak answered, and not with what was asked for. The message holds status and path only. */
public final class KeycloakRefusalException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /** An answer with this status at this path. */
  public KeycloakRefusalException(int status, String path) {
    super("Keycloak answered " + status + " at " + path);
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}
