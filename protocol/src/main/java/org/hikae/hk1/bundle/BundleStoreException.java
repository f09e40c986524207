package org.hikae.hk1.bundle;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A folder into which no bundle of this set is written; nothing of it was changed. */
public final class BundleStoreException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  private final Reason reason;

  BundleStoreException(Reason reason, Path folder) {
    super(folder + ": " + reason);
    this.reason = reason;
  }

  /** Why not. */
  public enum Reason {
    /** It has something in it, and is no bundle of this set. */
    FOREIGN,
    /** Another process writes into it. */
    IN_USE
  }

  /** Why not. */
  public Reason reason() {
    return reason;
  }
}
