package org.hikae.drill.wire;

import org.hikae.openapi.wire.SchemaName;

/** What a device shows; a closed list. */
@SchemaName("RecoveryProofKind")
public enum RecoveryProofKind {
  /** The device has opened a sample of a snapshot. */
  DRILL,
  /** Somebody has typed the right password on the device. */
  PRACTICE
}
