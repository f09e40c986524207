package org.hikae.policy.view;

import org.hikae.policy.control.EffectiveValues;
import org.hikae.policy.control.PolicyKey;
import org.hikae.policy.wire.AgentVersionOrder;

/**
 * What the portal itself holds devices to; the rest of a policy is followed by the agents.
 *
 * @param maxDevices most devices of the employee that are not revoked
 * @param keyMethods with what the key may be protected
 * @param minAgentVersion oldest version of the agent that may back up
 * @param resticMayRelease whether what restic deletes is released
 */
public record DeviceRules(
    long maxDevices,
    AllowedKeyMethods keyMethods,
    String minAgentVersion,
    boolean resticMayRelease) {

  public static DeviceRules of(EffectiveValues effective) {
    return new DeviceRules(
        effective.number(PolicyKey.MAX_DEVICES),
        AllowedKeyMethods.valueOf((String) effective.get(PolicyKey.KEY_METHODS).value()),
        (String) effective.get(PolicyKey.MIN_AGENT_VERSION).value(),
        effective.flag(PolicyKey.RESTIC_RELEASE));
  }

  /** Whether an agent of this version may not back up. */
  public boolean outdated(String agentVersion) {
    return AgentVersionOrder.isOlder(agentVersion, minAgentVersion);
  }
}
