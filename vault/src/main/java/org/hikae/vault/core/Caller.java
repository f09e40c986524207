package org.hikae.vault.core;

import org.hikae.hk1.Hash256;
import org.hikae.hk1.Ids;
import org.hikae.hk1.Transcript;
import org.hikae.vault.wire.VaultRequest;

/**
 * Who asks, after token and device signature were checked. The device is its key; nothing the
 * portal says is in here.
 *
 * @param employee the employee of the token
 * @param subject {@code sub}, for receipts
 * @param deviceKey the key that signed the request
 * @param setId the backup set the device says it speaks for; records are looked up by employee and
 *     set
 */
record Caller(EmployeeId employee, String subject, byte[] deviceKey, byte[] setId) {

  static Caller of(String tenant, TokenVerifier.Bearer bearer, VaultRequest request) {
    return new Caller(
        EmployeeId.of(tenant, bearer.issuer(), bearer.subject()),
        bearer.subject(),
        request.deviceKey(),
        request.setId());
  }

  byte[] deviceId() {
    return Ids.deviceId(deviceKey);
  }

  /** Names one LoginStart: another KE1 or another device is another request. */
  Hash256 loginRequest(byte[] ke1) {
    return Hash256.sha256(Transcript.of("vault login request").add(ke1).add(deviceKey).toBytes());
  }
}
