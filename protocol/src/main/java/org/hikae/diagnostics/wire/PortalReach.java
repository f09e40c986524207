package org.hikae.diagnostics.wire;

import org.hikae.openapi.wire.SchemaName;

/** How far the agent came on its way to the portal; a closed list. */
@SchemaName("PortalReach")
public enum PortalReach {
  /** The portal answered, and took the sign-in. */
  OK,
  /** The agent has not been told where the portal is. */
  NO_ADDRESS,
  /** The name of the portal could not be resolved. */
  NO_NAME,
  /** Nothing listens there, or something between refused the connection. */
  REFUSED,
  /** No answer in time. */
  TIMEOUT,
  /** The certificate is not one that this device trusts. */
  CERTIFICATE,
  /** The portal answered, and did not take the sign-in. */
  SIGN_IN,
  /** Something else. */
  OTHER
}
