package org.hikae.insight.view;

import org.hikae.insight.value.EmployeeFigure;

/** Where an employee stands. */
public enum OptInState {
  /** Never took part. */
  NOT_OPTED_IN,
  /** Consented; the set has no protection yet. */
  PENDING,
  /** Takes part. */
  OPTED_IN,
  /** Took part and withdrew. */
  WITHDRAWN;

  public static OptInState of(EmployeeFigure figure) {
    return switch (figure.standing()) {
      case NONE -> NOT_OPTED_IN;
      case PENDING -> PENDING;
      case ACTIVE -> OPTED_IN;
      case WITHDRAWN -> WITHDRAWN;
    };
  }
}
