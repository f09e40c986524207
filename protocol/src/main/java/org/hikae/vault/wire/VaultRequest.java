package org.hikae.vault.wire;

import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * What a device seals to the vault (spec HK1-V-03). The vault checks the token itself (issuer,
 * signature, audience {@code hikae-vault}, age, {@code sub}) and the device's signature over {@link
 * #signedBytes}: the portal's word is never enough.
 *
 * @param issuedAtSeconds the device's clock, seconds since 1970; more than five minutes off is
 *     refused
 * @param token the employee's Keycloak access token
 * @param setId the backup set, 16 bytes
 * @param deviceKey SubjectPublicKeyInfo of the device's P-256 key
 * @param lastHead the newest {@link LedgerHead} this device has seen, encoded; empty when it has
 *     seen none
 * @param payload the message's own fields, see {@link VaultPayload}
 * @param signature the device's signature, 64 bytes
 */
public record VaultRequest(
    long issuedAtSeconds,
    String token,
    byte[] setId,
    byte[] deviceKey,
    byte[] lastHead,
    byte[] payload,
    byte[] signature) {

  private static final int MAX_TOKEN_BYTES = 8 * 1024;

  /** Copies the arrays. */
  public VaultRequest {
    setId = setId.clone();
    deviceKey = deviceKey.clone();
    lastHead = lastHead.clone();
    payload = payload.clone();
    signature = signature.clone();
  }

  @Override
  public byte[] setId() {
    return setId.clone();
  }

  @Override
  public byte[] deviceKey() {
    return deviceKey.clone();
  }

  @Override
  public byte[] lastHead() {
    return lastHead.clone();
  }

  @Override
  public byte[] payload() {
    return payload.clone();
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }

  /** {@link #transcript} as bytes. */
  public static byte[] signedBytes(
      VaultMessageType type,
      SignedCard card,
      long issuedAtSeconds,
      String token,
      byte[] setId,
      byte[] lastHead,
      byte[] payload) {
    return transcript(type, card, issuedAtSeconds, token, setId, lastHead, payload).toBytes();
  }

  /**
   * What the device signs: everything but the signature, the message type and the card it is meant
   * for.
   */
  public static Transcript transcript(
      VaultMessageType type,
      SignedCard card,
      long issuedAtSeconds,
      String token,
      byte[] setId,
      byte[] lastHead,
      byte[] payload) {
    return Transcript.of("vault request")
        .addU8(type.number())
        .add(card.cardHash().toBytes())
        .addU64(issuedAtSeconds)
        .add(Hash256.sha256(token.getBytes(java.nio.charset.StandardCharsets.US_ASCII)).toBytes())
        .add(setId)
        .add(lastHead)
        .add(payload);
  }

  /** The bytes to seal. */
  public byte[] encode() {
    return Transcript.fields()
        .addU64(issuedAtSeconds)
        .add(token)
        .add(setId)
        .add(deviceKey)
        .add(lastHead)
        .add(payload)
        .add(signature)
        .toBytes();
  }

  /** Reads what {@link #encode()} wrote. */
  public static VaultRequest parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes);
    VaultRequest request =
        new VaultRequest(
            in.u64("issuedAt"),
            in.text("token", MAX_TOKEN_BYTES),
            in.exactly("setId", Hk1Constants.ID_BYTES),
            in.atMost("deviceKey", Hk1Constants.MAX_SPKI_BYTES),
            in.atMost("lastHead", LedgerHead.MAX_BYTES),
            in.atMost("payload", Hk1Constants.MAX_VAULT_MESSAGE_BYTES),
            in.exactly("signature", Hk1Constants.SIGNATURE_BYTES));
    in.end();
    return request;
  }

  /** Never prints the token. */
  @Override
  public String toString() {
    return "VaultRequest(REDACTED)";
  }
}
