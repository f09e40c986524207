package org.hikae.device.run;

/** Thrown between two steps when the person asked to stop. */
public final class RunCancelledException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
