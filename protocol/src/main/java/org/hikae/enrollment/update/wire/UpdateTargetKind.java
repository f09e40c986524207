package org.hikae.enrollment.update.wire;

import java.util.Arrays;
import java.util.Optional;

/** What kind of package it is. */
public enum UpdateTargetKind {
  /** A Debian package. */
  DEBIAN("deb"),
  /** A compressed archive for any Linux. */
  ARCHIVE("tar.gz");

  private final String code;

  UpdateTargetKind(String code) {
    this.code = code;
  }

  /** What lists call it: how its files end. */
  public String code() {
    return code;
  }

  /** The kind that lists call so, if it is one of these. */
  static Optional<UpdateTargetKind> of(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
  }
}
