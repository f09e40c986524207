package org.hikae.insight.view;

/**
 * How an employee's backup stands, in one word. Those of devices stand in the order of how much
 * they matter: of several devices the last one in this order counts.
 */
public enum BackupVerdictState {
  /** The rollout has not reached them: nothing is to be done. */
  NOT_OFFERED,
  /** They may begin, and have not. */
  NOT_SET_UP,
  /** They took part and withdrew. */
  OPTED_OUT,
  /** They consented and have chosen no protection yet. */
  UNFINISHED,
  /** A later consent text was not agreed to in time: nothing is taken. */
  CONSENT_PAUSED,
  /** The vault destroyed the password, and nothing else opens the backup. */
  PASSWORD_LOST,
  /** No device of theirs may back up. */
  NO_DEVICE,
  /** They paused each of their devices. */
  DEVICE_PAUSED,
  /** The newest backup is young enough. */
  PROTECTED,
  /** The newest backup is young enough, and left files out. */
  PARTLY,
  /** A new device has made no backup yet. */
  FIRST_WAITS,
  /** The newest backup is older than the policy allows, and nothing says why. */
  MISSED,
  /** A device has made no backup for longer than the policy allows since it was enrolled. */
  NEVER,
  /** The newest try failed. */
  FAILED
}
