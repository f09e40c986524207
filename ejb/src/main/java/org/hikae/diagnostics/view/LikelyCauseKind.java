package org.hikae.diagnostics.view;

/** What may be wrong with a device, the most certain first. */
public enum LikelyCauseKind {
  /** Hardly any space is left where the agent keeps its files; the amount says how many bytes. */
  SPACE,
  /** The device's clock is ahead of the portal's; the amount says how many minutes. */
  CLOCK_AHEAD,
  /** The device's clock is behind the portal's; the amount says how many minutes. */
  CLOCK_BEHIND,
  /** The agent has not been told where the portal is. */
  PORTAL_NO_ADDRESS,
  /** The name of the portal could not be resolved. */
  PORTAL_NO_NAME,
  /** Nothing listens there, or something between refused the connection. */
  PORTAL_REFUSED,
  /** The portal did not answer in time. */
  PORTAL_TIMEOUT,
  /** The device does not trust the portal's certificate. */
  PORTAL_CERTIFICATE,
  /** Nobody is signed in to the agent. */
  NOT_SIGNED_IN,
  /** The portal did not take the sign-in. */
  PORTAL_SIGN_IN,
  /** The portal was not reached for another reason. */
  PORTAL_OTHER,
  /** The backup is not opened on the device. */
  NO_KEY,
  /** The person paused backups on the device. */
  PAUSED,
  /** No backup is made by schedule. */
  NOT_SCHEDULED,
  /** The last runs failed; the amount says how many, the detail by which problem. */
  RUNS_FAILED,
  /** The agent is older than the portal; the detail says which version the portal has. */
  AGENT_OLD
}
