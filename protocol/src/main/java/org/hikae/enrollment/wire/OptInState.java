package org.hikae.enrollment.wire;

import org.hikae.openapi.wire.SchemaName;

/** Where an employee stands. */
@SchemaName("OptInState")
public enum OptInState {
  /** Never took part. */
  NOT_OPTED_IN,
  /** Consented; the set has no protection yet. */
  PENDING,
  /** Takes part. */
  OPTED_IN,
  /** Took part and withdrew. */
  WITHDRAWN
}
