package org.hikae.enrollment.distribution.view;

/** What kind of package it is; the first kind is the one to take where both would do. */
public enum AgentPackageKind {
  /** A Debian package. */
  DEBIAN("application/vnd.debian.binary-package"),
  /** A compressed archive for any Linux. */
  ARCHIVE("application/gzip");

  private final String mediaType;

  AgentPackageKind(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The media type that it is sent as. */
  public String mediaType() {
    return mediaType;
  }
}
