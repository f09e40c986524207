package org.hikae.device.possession;

/** What can be wrong with the answer to a challenge (spec HK1-Q-05). */
public enum PossessionFault {
  /** The portal says that it has no such pack. */
  MISSING,
  /** What it has under the pack's name has another hash. */
  DAMAGED,
  /** It answers other questions, and did not hand this part out on several days. */
  WITHHELD
}
