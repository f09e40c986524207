package org.hikae.vault.core;

import org.hikae.hk1.Hash256;
import org.hikae.hk1.Transcript;

/**
 * Who an employee is to the vault: tenant, issuer and {@code sub}, hashed, so that the store holds
 * no names. A new account with an old user name is somebody else.
 *
 * @param hash the identifier in the store
 */
public record EmployeeId(Hash256 hash) {

  /** The identifier of one person of one realm. */
  public static EmployeeId of(String tenant, String issuer, String subject) {
    return new EmployeeId(
        Hash256.sha256(
            Transcript.of("vault employee").add(tenant).add(issuer).add(subject).toBytes()));
  }

  /** The 32 bytes. */
  public byte[] toBytes() {
    return hash.toBytes();
  }
}
