package org.hikae.enrollment.distribution.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the folder of packages holds.
 *
 * @param offered packages, the newest first, and of one version the Debian packages
 * @param refused other files, by name
 * @param checksums the list of hashes by which these are offered, with its signature by the key
 *     that is set; null when none is set or it was not signed by it
 */
public record AgentPackageList(
    List<AgentPackageView> offered,
    List<RefusedPackageView> refused,
    @Nullable ChecksumFiles checksums) {

  /** Nothing at all. */
  public static final AgentPackageList NONE = new AgentPackageList(List.of(), List.of(), null);

  /** Copies both. */
  public AgentPackageList {
    offered = List.copyOf(offered);
    refused = List.copyOf(refused);
  }

  /** Whether the list of hashes was signed by the key that is set. */
  public boolean signed() {
    return checksums != null;
  }
}
