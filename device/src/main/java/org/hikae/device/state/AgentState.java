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
 * @param vault what is remembered of the vault; absent before it was first spoken to
 * @param heads newest snapshot seen of each series, by device identifier
 * @param reminder when to practise the password of the set; absent when none was used here
 * @param restic what restic signs in with, by repository
 */
public record AgentState(
    int version,
    SignInProfile profile,
    DeviceKeyPair device,
    @Nullable String refreshToken,
    @Nullable UnlockedSet set,
    long cardSequence,
    @Nullable RememberedVault vault,
    Map<String, SeenSeriesHead> heads,
    @Nullable PasswordReminder reminder,
    Map<String, ResticLogin> restic) {

  /** The form this code writes. */
  public static final int VERSION = 1;

  /** Copies the maps. */
  public AgentState {
    // A file of an older agent may lack the maps.
    heads = heads == null ? Map.of() : Map.copyOf(heads);
    restic = restic == null ? Map.of() : Map.copyOf(restic);
  }

  /** The state right after enrolment. */
  public static AgentState enrolled(
      SignInProfile profile, DeviceKeyPair device, String refreshToken) {
    return new AgentState(
        VERSION, profile, device, refreshToken, null, 0, null, Map.of(), null, Map.of());
  }

  /** The same after another sign-in; what is remembered of a vault goes when another is pinned. */
  public AgentState withSignIn(SignInProfile renewed, DeviceKeyPair key, String token) {
    String pin = renewed.vaultRoot();
    boolean other = pin != null && vault != null && !vault.root().equals(pin);
    return new AgentState(
        version,
        renewed,
        key,
        token,
        set,
        other ? 0 : cardSequence,
        other ? null : vault,
        heads,
        reminder,
        restic);
  }

  /**
   * The state of another person on this computer: nothing of the first one's. What is remembered of
   * a vault is of all its people and stays, unless another one is pinned; what the first one was
   * told is not (spec HK1-D-12).
   */
  public AgentState ofAnother(SignInProfile other, DeviceKeyPair key, String token) {
    AgentState signedIn = withSignIn(other, key, token);
    RememberedVault memory = signedIn.vault();
    AgentState fresh = enrolled(other, key, token).withCardSequence(signedIn.cardSequence());
    return memory == null ? fresh : fresh.withVault(memory.toldNothing());
  }

  /** The same with another offline token, or none. */
  public AgentState withRefreshToken(@Nullable String token) {
    return new AgentState(
        version, profile, device, token, set, cardSequence, vault, heads, reminder, restic);
  }

  /**
   * The same with another K, or none; heads and reminder belong to a set and go with it. In which
   * form a set is written, and who signs in it, never goes back.
   */
  public AgentState withSet(@Nullable UnlockedSet unlocked) {
    boolean sameSet = set != null && unlocked != null && set.setId().equals(unlocked.setId());
    UnlockedSet kept = unlocked == null ? null : unlocked.after(set);
    boolean remind =
        reminder != null && unlocked != null && reminder.setId().equals(unlocked.setId());
    return new AgentState(
        version,
        profile,
        device,
        refreshToken,
        kept,
        cardSequence,
        vault,
        sameSet ? heads : Map.of(),
        remind ? reminder : null,
        restic);
  }

  /** The same with another reminder, or none. */
  public AgentState withReminder(@Nullable PasswordReminder another) {
    return new AgentState(
        version, profile, device, refreshToken, set, cardSequence, vault, heads, another, restic);
  }

  /** The same with the card's sequence, which never falls. */
  public AgentState withCardSequence(long sequence) {
    return new AgentState(
        version,
        profile,
        device,
        refreshToken,
        set,
        Math.max(cardSequence, sequence),
        vault,
        heads,
        reminder,
        restic);
  }

  /**
   * The same with a pin of the vault root, where there was none; what is remembered of another
   * vault goes.
   */
  public AgentState withVaultPin(String root, String from) {
    boolean other = vault != null && !vault.root().equals(root);
    return new AgentState(
        version,
        profile.pinned(root, from),
        device,
        refreshToken,
        set,
        other ? 0 : cardSequence,
        other ? null : vault,
        heads,
        reminder,
        restic);
  }

  /** The same with what is now remembered of the vault. */
  public AgentState withVault(RememberedVault memory) {
    return new AgentState(
        version, profile, device, refreshToken, set, cardSequence, memory, heads, reminder, restic);
  }

  /** The same with a newer head of one series. */
  public AgentState withHead(String deviceId, SeenSeriesHead head) {
    Map<String, SeenSeriesHead> changed = new TreeMap<>(heads);
    changed.put(deviceId, head);
    return withHeads(changed);
  }

  /** The same without a head of one series. */
  public AgentState withoutHead(String deviceId) {
    Map<String, SeenSeriesHead> changed = new TreeMap<>(heads);
    changed.remove(deviceId);
    return withHeads(changed);
  }

  private AgentState withHeads(Map<String, SeenSeriesHead> changed) {
    return new AgentState(
        version,
        profile,
        device,
        refreshToken,
        set,
        cardSequence,
        vault,
        changed,
        reminder,
        restic);
  }

  /** The same with what restic signs in with for a repository. */
  public AgentState withRestic(String repository, ResticLogin login) {
    Map<String, ResticLogin> changed = new TreeMap<>(restic);
    changed.put(repository, login);
    return new AgentState(
        version, profile, device, refreshToken, set, cardSequence, vault, heads, reminder, changed);
  }

  @Override
  public String toString() {
    return "AgentState(REDACTED)";
  }
}
