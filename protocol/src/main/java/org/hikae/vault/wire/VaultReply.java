package org.hikae.vault.wire;

import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * The vault's answer: a payload, or a refusal with what the person needs to know (spec HK1-V-04).
 * Sealed to the device when the request could be opened; {@link Outer} says which.
 */
public sealed interface VaultReply {

  /**
   * Success.
   *
   * @param payload the reply's own fields, see {@link VaultPayload}
   */
  record Done(byte[] payload) implements VaultReply {
    /** Copies the array. */
    public Done {
      payload = payload.clone();
    }

    @Override
    public byte[] payload() {
      return payload.clone();
    }

    @Override
    public String toString() {
      return "Done(REDACTED)";
    }
  }

  /**
   * A refusal.
   *
   * @param refusal why
   * @param attemptsLeft attempts left on the record; 255 when it is not about attempts
   * @param retryAfterSeconds when to try again; 0 when waiting does not help
   */
  record Refused(VaultRefusal refusal, int attemptsLeft, long retryAfterSeconds)
      implements VaultReply {
    /** Value of {@code attemptsLeft} when the refusal is not about attempts. */
    public static final int NOT_ABOUT_ATTEMPTS = 255;

    /** A refusal that is not about attempts. */
    public static Refused of(VaultRefusal refusal) {
      return new Refused(refusal, NOT_ABOUT_ATTEMPTS, 0);
    }
  }

  /** The bytes to seal, or, for a request that could not be opened, to send as they are. */
  default byte[] encode() {
    return switch (this) {
      case Done done -> Transcript.fields().addU8(0).add(done.payload()).toBytes();
      case Refused refused ->
          Transcript.fields()
              .addU8(refused.refusal().number())
              .addU8(refused.attemptsLeft())
              .addU32(refused.retryAfterSeconds())
              .toBytes();
    };
  }

  /** Reads what {@link #encode()} wrote. */
  static VaultReply parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes);
    int code = in.u8("code");
    VaultReply reply =
        code == 0
            ? new Done(in.atMost("payload", Hk1Constants.MAX_VAULT_MESSAGE_BYTES))
            : new Refused(VaultRefusal.of(code), in.u8("attemptsLeft"), in.u32("retryAfter"));
    in.end();
    return reply;
  }

  /**
   * A reply as the portal sees it. Only {@link VaultRefusal#MALFORMED}, {@link
   * VaultRefusal#UNKNOWN_CARD} and {@link VaultRefusal#UNAVAILABLE} may come in the clear; a device
   * refuses anything else that is not sealed.
   *
   * @param sealedReply whether {@code body} is sealed to the device
   * @param body the sealed reply, or {@link VaultReply#encode()} of a refusal
   */
  record Outer(boolean sealedReply, byte[] body) {
    /** Copies the array. */
    public Outer {
      body = body.clone();
    }

    @Override
    public byte[] body() {
      return body.clone();
    }

    /** The bytes to send. */
    public byte[] encode() {
      return Transcript.fields().addU8(sealedReply ? 1 : 0).add(body).toBytes();
    }

    /** Reads what {@link #encode()} wrote. */
    public static Outer parse(byte[] bytes) throws MalformedException {
      TranscriptReader in = new TranscriptReader(bytes);
      int kind = in.u8("kind");
      byte[] body = in.atMost("body", Hk1Constants.MAX_VAULT_MESSAGE_BYTES);
      in.end();
      if (kind > 1) {
        throw new MalformedException("The vault's reply is of an unknown kind.");
      }
      return new Outer(kind == 1, body);
    }
  }
}
