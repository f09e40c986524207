package org.hikae.admin.sbom;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What a library is called where it is published.
 *
 * @param group Maven's groupId
 * @param name Maven's artifactId
 * @param version its version
 */
public record PackageCoordinates(String group, String name, String version) {

  private static final String TYPE = "pkg:maven/";

  /** Group and name as advisories write them. */
  public String key() {
    return group + ":" + name;
  }

  /** The package URL. */
  public String purl() {
    return TYPE + encoded(group) + "/" + encoded(name) + "@" + encoded(version);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
