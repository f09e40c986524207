package org.hikae.enrollment.distribution.view;

import java.util.List;

/**
 * What an employee is told who installs the agent. The vault's pin is not in it: a portal that lies
 * would tell another one, so it comes from IT by another way.
 *
 * @param offered packages, the best first
 * @param signed whether IT has signed the list of their hashes
 * @param authority whether devices need the certificate of an authority that their system does not
 *     trust by itself
 * @param vault whether there is a vault, which takes its pin
 * @param contact whom to ask, in IT's own words; empty when IT has not said
 */
public record AgentInstallView(
    List<AgentPackageView> offered,
    boolean signed,
    boolean authority,
    boolean vault,
    String contact) {

  /** Copies the list. */
  public AgentInstallView {
    offered = List.copyOf(offered);
  }
}
