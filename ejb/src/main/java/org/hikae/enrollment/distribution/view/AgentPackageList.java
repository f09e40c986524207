package org.hikae.enrollment.distribution.view;

import java.util.List;

/**
 * What the folder of packages holds.
 *
 * @param offered packages, the newest first, and of one version the Debian packages
 * @param refused other files, by name
 * @param signed whether the list of hashes was signed by the key that is set
 */
public record AgentPackageList(
    List<AgentPackageView> offered, List<RefusedPackageView> refused, boolean signed) {

  /** Nothing at all. */
  public static final AgentPackageList NONE = new AgentPackageList(List.of(), List.of(), false);

  /** Copies both. */
  public AgentPackageList {
    offered = List.copyOf(offered);
    refused = List.copyOf(refused);
  }
}
