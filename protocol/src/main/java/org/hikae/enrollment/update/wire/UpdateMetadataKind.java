package org.hikae.enrollment.update.wire;

import java.util.Locale;

/** The signed texts, each of which has keys of its own (HK1-U-02): three of TUF's roles. */
public enum UpdateMetadataKind {
  /** Which keys sign what, and how many of them have to. */
  ROOT,
  /** Which packages may be installed. */
  TARGETS,
  /** Which list of packages is the newest one now. */
  TIMESTAMP;

  /** What texts and files call it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Name of the file with this version of it. */
  public String file(int version) {
    return this == TIMESTAMP ? code() : version + "." + code();
  }
}
