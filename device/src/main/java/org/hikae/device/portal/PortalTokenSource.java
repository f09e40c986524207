package org.hikae.device.portal;

import org.hikae.device.AgentException;

/** Access tokens for the portal; implemented by the sign-in. */
public interface PortalTokenSource {

  /** A token that is good for some seconds more. */
  String token() throws AgentException;

  /** Whether {@link #token} gives it without asking anybody. */
  default boolean isAtHand() {
    return true;
  }

  /**
   * Another token, because the portal refused this one; the same again when there is a newer one
   * already.
   */
  String renewed(String refused) throws AgentException;
}
