package org.hikae.vault.wire;

import java.util.List;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;
import org.hikae.hk1.WrapHeader;

/**
 * The fields of each vault message and of its reply, in the order in which they travel (spec
 * HK1-V-05 to HK1-V-10). OPAQUE's own messages are byte strings of the exact lengths RFC 9807 gives
 * for P256-SHA256.
 */
public final class VaultPayload {

  /** Length of OPAQUE's registration request, in bytes. */
  public static final int REGISTRATION_REQUEST_BYTES = 33;

  /** Length of OPAQUE's registration response, in bytes. */
  public static final int REGISTRATION_RESPONSE_BYTES = 66;

  /** Length of OPAQUE's registration upload, in bytes. */
  public static final int REGISTRATION_UPLOAD_BYTES = 129;

  /** Length of OPAQUE's KE1, in bytes. */
  public static final int KE1_BYTES = 98;

  /** Length of OPAQUE's KE2, in bytes. */
  public static final int KE2_BYTES = 259;

  /** Length of OPAQUE's KE3, in bytes. */
  public static final int KE3_BYTES = 32;

  /** Length of the wrap of method 1, in bytes. */
  public static final int PASSWORD_WRAP_BYTES =
      WrapHeader.FIXED_BYTES + Hk1Constants.HASH_BYTES + WrapHeader.BODY_BYTES;

  private VaultPayload() {}

  /**
   * Asks for one evaluation under a fresh credId. The same idempotency key and request get the same
   * answer.
   */
  public record RegInit(byte[] idempotencyKey, byte[] registrationRequest, byte[] ownerKey) {
    /** The payload's bytes. */
    public byte[] encode() {
      return Transcript.fields()
          .add(idempotencyKey)
          .add(registrationRequest)
          .add(ownerKey)
          .toBytes();
    }

    /** Reads what {@link #encode()} wrote. */
    public static RegInit parse(byte[] bytes) throws MalformedException {
      TranscriptReader in = new TranscriptReader(bytes);
      RegInit message =
          new RegInit(
              in.exactly("idempotencyKey", Hk1Constants.ID_BYTES),
              in.exactly("registrationRequest", REGISTRATION_REQUEST_BYTES),
              in.atMost("ownerKey", Hk1Constants.MAX_SPKI_BYTES));
      in.end();
      return message;
    }
  }

  /** Reply to {@link RegInit}. */
  public record RegInitDone(byte[] credId, byte[] registrationResponse) {
    /** The payload's bytes. */
    public byte[] encode() {
      return Transcript.fields().add(credId).add(registrationResponse).toBytes();
    }

    /** Reads what {@link #encode()} wrote. */
    public static RegInitDone parse(byte[] bytes) throws MalformedException {
      TranscriptReader in = new TranscriptReader(bytes);
      RegInitDone message =
          new RegInitDone(
              in.exactly("credId", Hk1Constants.HASH_BYTES),
              in.exactly("registrationResponse", REGISTRATION_RESPONSE_BYTES));
      in.end();
      return message;
    }
  }

  /**
   * The record and the password wrap. The reply is a {@link Receipt} with event {@link
   * VaultEvent#PENDING}.
   */
  public record RegFinish(byte[] credId, byte[] registrationUpload, byte[] passwordWrap) {
    /** The payload's bytes. */
    public byte[] encode() {
      return Transcript.fields().add(credId).add(registrationUpload).add(passwordWrap).toBytes();
    }

    /** Reads what {@link #encode()} wrote. */
    public static RegFinish parse(byte[] bytes) throws MalformedException {
      TranscriptReader in = new TranscriptReader(bytes);
      RegFinish message =
          new RegFinish(
              in.exactly("credId", Hk1Constants.HASH_BYTES),
              in.exactly("registrationUpload", REGISTRATION_UPLOAD_BYTES),
              in.exactly("passwordWrap", PASSWORD_WRAP_BYTES));
      in.end();
      return message;
    }
  }

  /**
   * Makes the PENDING record ACTIVE. The owner key signs {@link #transcript}. The reply is a {@link
   * Receipt}: ACTIVE at once when the employee has no ACTIVE record, else REPLACE_ANNOUNCED; to
   * replace one at once is {@link Operation#REPLACE} of a login on it.
   */
  public record Expose(byte[] credId, byte[] ownerSignature) {
    /** What the owner key signs. */
    public static Transcript transcript(byte[] credId, Receipt pending) {
      return Transcript.of("expose")
          .add(credId)
          .add(Hash256.sha256(pending.signedBytes()).toBytes());
    }

    /** The payload's bytes. */
    public byte[] encode() {
      return Transcript.fields().add(credId).add(ownerSignature).toBytes();
    }

    /** Reads what {@link #encode()} wrote. */
    public static Expose parse(byte[] bytes) throws MalformedException {
      TranscriptReader in = new TranscriptReader(bytes);
      Expose message =
          new Expose(
              in.exactly("credId", Hk1Constants.HASH_BYTES),
              in.exactly("ownerSignature", Hk1Constants.SIGNATURE_BYTES));
      in.end();
      return message;
    }
  }

  /** One guess. */
  public record LoginStart(byte[] loginId, byte[] credId, byte[] ke1) {
    /** The payload's bytes. */
    public byte[] encode() {
      return Transcript.fields().add(loginId).add(credId).add(ke1).toBytes();
    }

    /** Reads what {@link #encode()} wrote. */
    public static LoginStart parse(byte[] bytes) throws MalformedException {
      TranscriptReader in = new TranscriptReader(bytes);
      LoginStart message =
          new LoginStart(
              in.exactly("loginId", Hk1Constants.ID_BYTES),
              in.exactly("credId", Hk1Constants.HASH_BYTES),
              in.exactly("ke1", KE1_BYTES));
      in.end();
      return message;
    }
  }

  /**
   * Reply to {@link LoginStart}: {@code attemptsLeft} is what remains if this password is wrong.
   */
  public record LoginStartDone(byte[] ke2, int attemptsLeft) {
    /** The payload's bytes. */
    public byte[] encode() {
      return Transcript.fields().add(ke2).addU8(attemptsLeft).toBytes();
    }

    /** Reads what {@link #encode()} wrote. */
    public static LoginStartDone parse(byte[] bytes) throws MalformedException {
      TranscriptReader in = new TranscriptReader(bytes);
      LoginStartDone message =
          new LoginStartDone(in.exactly("ke2", KE2_BYTES), in.u8("attemptsLeft"));
      in.end();
      return message;
    }
  }

  /** What a login may do. */
  public enum Operation {
    /** Hand out the password wrap. */
    FETCH(1),
    /** Erase the record: opting out, or giving up the password. */
    RETIRE(2),
    /** Put the PENDING record named by the argument in place of this one: a new password. */
    REPLACE(3),
    /** Call off what is announced. */
    VETO(4);

    private final int number;

    Operation(int number) {
      this.number = number;
    }

    /** The number on the wire. */
    public int number() {
      return number;
    }

    /** Exact length of the argument, in bytes: a credId for {@link #REPLACE}, else nothing. */
    public int argumentBytes() {
      return this == REPLACE ? Hk1Constants.HASH_BYTES : 0;
    }

    static Operation of(int number) throws MalformedException {
      for (Operation operation : values()) {
        if (operation.number == number) {
          return operation;
        }
      }
      throw new MalformedException("Operation " + number + " is unknown.");
    }
  }

  /**
   * Proof and one operation, bound to the login by {@code mac} = HMAC-SHA256(session_key, {@link
   * #macBytes}).
   *
   * @param argument REPLACE: the credId of the PENDING record; else empty
   */
  public record LoginFinish(
      byte[] loginId, byte[] ke3, Operation operation, byte[] argument, byte[] mac) {
    /** What the session key authenticates. */
    public static byte[] macBytes(byte[] loginId, Operation operation, byte[] argument) {
      return Transcript.of("op").add(loginId).addU8(operation.number()).add(argument).toBytes();
    }

    /** The payload's bytes. */
    public byte[] encode() {
      return Transcript.fields()
          .add(loginId)
          .add(ke3)
          .addU8(operation.number())
          .add(argument)
          .add(mac)
          .toBytes();
    }

    /** Reads what {@link #encode()} wrote. */
    public static LoginFinish parse(byte[] bytes) throws MalformedException {
      TranscriptReader in = new TranscriptReader(bytes);
      byte[] loginId = in.exactly("loginId", Hk1Constants.ID_BYTES);
      byte[] ke3 = in.exactly("ke3", KE3_BYTES);
      Operation operation = Operation.of(in.u8("operation"));
      byte[] argument = in.exactly("argument", operation.argumentBytes());
      LoginFinish message =
          new LoginFinish(
              loginId, ke3, operation, argument, in.exactly("mac", Hk1Constants.HASH_BYTES));
      in.end();
      return message;
    }
  }

  /**
   * Reply to {@link LoginFinish}.
   *
   * @param passwordWrap the wrap for {@link Operation#FETCH}, else empty
   * @param receipt {@link Receipt} of the last thing that was done
   * @param series the newest witnessed snapshots of the set
   */
  public record LoginFinishDone(byte[] passwordWrap, Receipt receipt, List<SeriesHead> series) {
    /** The payload's bytes. */
    public byte[] encode() {
      Transcript out =
          Transcript.fields().add(passwordWrap).add(receipt.encode()).addU8(series.size());
      series.forEach(head -> head.addTo(out));
      return out.toBytes();
    }

    /** Reads what {@link #encode()} wrote. */
    public static LoginFinishDone parse(byte[] bytes) throws MalformedException {
      TranscriptReader in = new TranscriptReader(bytes);
      byte[] wrap = in.atMost("passwordWrap", PASSWORD_WRAP_BYTES);
      Receipt receipt = Receipt.parse(in.atMost("receipt", Receipt.MAX_BYTES));
      List<SeriesHead> series = SeriesHead.list(in);
      in.end();
      return new LoginFinishDone(wrap, receipt, series);
    }
  }

  /**
   * Asks for the record's state and for receipts.
   *
   * @param nonce repeated in the answer, 16 bytes
   * @param afterSeq number of the newest receipt the device has; 0 for all
   */
  public record Status(byte[] nonce, long afterSeq) {
    /** The payload's bytes. */
    public byte[] encode() {
      return Transcript.fields().add(nonce).addU64(afterSeq).toBytes();
    }

    /** Reads what {@link #encode()} wrote. */
    public static Status parse(byte[] bytes) throws MalformedException {
      TranscriptReader in = new TranscriptReader(bytes);
      Status message = new Status(in.exactly("nonce", Hk1Constants.ID_BYTES), in.u64("afterSeq"));
      in.end();
      return message;
    }
  }
}
