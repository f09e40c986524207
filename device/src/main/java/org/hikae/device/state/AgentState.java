package org.hikae.device.state;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything the agent must not forget. A value: each change is a new state that {@link StateFile}
 * writes whole.
 *
 * @param version of this form, 1
 * @param profile where the device is signed in
 * @param device the device's key
 * @param refreshToken Keycloak's offline token; absent after signing out
 * @param set the set with K, once unlocked
 * @param cardSequence highest sequence of the vault's card seen; a lower one is refused
 * @param heads newest snapshot seen of each series, by device identifier
 */
public record AgentState(
    int version,
    Profile profile,
    DeviceKeyPair device,
    @Nullable String refreshToken,
    @Nullable UnlockedSet set,
    long cardSequence,
    Map<String, SeriesHead> heads) {

  /** The form this code writes. */
  public static final int VERSION = 1;

  /** Copies the map. */
  public AgentState {
    // A file of an older agent may lack the map.
    heads = heads == null ? Map.of() : Map.copyOf(heads);
  }

  /** The state right after enrolment. */
  public static AgentState enrolled(Profile profile, DeviceKeyPair device, String refreshToken) {
    return new AgentState(VERSION, profile, device, refreshToken, null, 0, Map.of());
  }

  /** The same after another sign-in. */
  public AgentState withSignIn(Profile renewed, DeviceKeyPair key, String token) {
    return new AgentState(version, renewed, key, token, set, cardSequence, heads);
  }

  /** The same with another offline token, or none. */
  public AgentState withRefreshToken(@Nullable String token) {
    return new AgentState(version, profile, device, token, set, cardSequence, heads);
  }

  /** The same with another K, or none; heads belong to a set and go with it. */
  public AgentState withSet(@Nullable UnlockedSet unlocked) {
    boolean sameSet = set != null && unlocked != null && set.setId().equals(unlocked.setId());
    return new AgentState(
        version, profile, device, refreshToken, unlocked, cardSequence, sameSet ? heads : Map.of());
  }

  /** The same with the card's sequence, which never falls. */
  public AgentState withCardSequence(long sequence) {
    return new AgentState(
        version, profile, device, refreshToken, set, Math.max(cardSequence, sequence), heads);
  }

  /** The same with a newer head of one series. */
  public AgentState withHead(String deviceId, SeriesHead head) {
    Map<String, SeriesHead> changed = new TreeMap<>(heads);
    changed.put(deviceId, head);
    return new AgentState(version, profile, device, refreshToken, set, cardSequence, changed);
  }

  @Override
  public String toString() {
    return "AgentState(REDACTED)";
  }
}
