package org.hikae.crypto.cpace;

import org.hikae.crypto.kdf.SecretBytes;

/**
 * What both parties bring into a run; with another value of any of it they do not come to the same
 * key.
 *
 * @param code PRS: the short code that a person has carried from one to the other
 * @param channel CI: who the two are, the initiator first, in a form that tells one from the other
 * @param sessionId sid: at least 16 bytes that no other run has
 */
public record CpaceInput(SecretBytes code, byte[] channel, byte[] sessionId) {

  /** Fewest bytes of a session's identifier. */
  public static final int MIN_SESSION_ID = 16;

  /** Most bytes of any of them. */
  public static final int MAX_BYTES = 1024;

  /** Copies the arrays, not the code, which its owner closes. */
  public CpaceInput {
    if (code.length() < 1
        || code.length() > MAX_BYTES
        || channel.length > MAX_BYTES
        || sessionId.length < MIN_SESSION_ID
        || sessionId.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "code must have 1 to 1024 bytes, channel up to 1024, sessionId 16 to 1024");
    }
    channel = channel.clone();
    sessionId = sessionId.clone();
  }

  @Override
  public byte[] channel() {
    return channel.clone();
  }

  @Override
  public byte[] sessionId() {
    return sessionId.clone();
  }

  @Override
  public String toString() {
    return "CpaceInput(REDACTED)";
  }
}
