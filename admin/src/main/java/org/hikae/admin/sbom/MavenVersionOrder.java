package org.hikae.admin.sbom;

import org.apache.maven.artifact.versioning.ComparableVersion;

/** Versions in Maven's order. */
final class MavenVersionOrder {

  private static final int MAX_LENGTH = 200;

  private MavenVersionOrder() {}

  /** This very version, if it is none that only serves to keep somebody busy. */
  static String checked(String version) {
    if (version.isBlank() || version.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a version has 1 to " + MAX_LENGTH + " characters");
    }
    return version;
  }

  /** Below zero when the first comes before the second. OSV's 0 comes before all. */
  static int compare(String left, String right) {
    return new ComparableVersion(left).compareTo(new ComparableVersion(right));
  }
}
