package org.hikae.device.state;

import org.jspecify.annotations.Nullable;

/**
 * Where this device is signed in.
 *
 * @param server address of the portal
 * @param issuer the Keycloak realm
 * @param agentClientId client of the agent
 * @param subject {@code sub} of the employee
 * @param displayName name of the employee
 * @param caPem certificates of the authorities to trust, absent for the system's
 * @param vaultRoot pinned fingerprint of the vault root, hexadecimal; absent when none was given
 * @param vaultRootFrom where the pin came from: {@code MANAGED}, {@code FLAG}, or {@code DEVICE}
 *     for another device of the employee that handed it over with K; absent when unknown
 */
public record SignInProfile(
    String server,
    String issuer,
    String agentClientId,
    String subject,
    String displayName,
    @Nullable String caPem,
    @Nullable String vaultRoot,
    @Nullable String vaultRootFrom) {

  /** Whether both are of one employee: portal and vault know people by issuer and subject. */
  public boolean isOf(SignInProfile other) {
    return issuer.equals(other.issuer) && subject.equals(other.subject);
  }

  /** The same with this pin. */
  SignInProfile pinned(String root, String from) {
    return new SignInProfile(
        server, issuer, agentClientId, subject, displayName, caPem, root, from);
  }
}
