package org.hikae.vault.wire;

import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.FieldReader;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
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
      WrapHeader.FIXED_BYTES + Hk1.HASH_BYTES + WrapHeader.BODY_BYTES;

  /** Most events in one Status. */
  public static final int MAX_STATUS_EVENTS = 50;

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
      FieldReader in = new FieldReader(bytes);
      RegInit message =
          new RegInit(
              in.exactly("idempotencyKey", Hk1.ID_BYTES),
              in.exactly("registrationRequest", REGISTRATION_REQUEST_BYTES),
              in.atMost("ownerKey", Hk1.MAX_SPKI_BYTES));
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
      FieldReader in = new FieldReader(bytes);
      RegInitDone message =
          new RegInitDone(
              in.exactly("credId", Hk1.HASH_BYTES),
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
      FieldReader in = new FieldReader(bytes);
      RegFinish message =
          new RegFinish(
              in.exactly("credId", Hk1.HASH_BYTES),
              in.exactly("registrationUpload", REGISTRATION_UPLOAD_BYTES),
              in.exactly("passwordWrap", PASSWORD_WRAP_BYTES));
      in.end();
      return message;
    }
  }

  /**
   * Makes the PENDING record ACTIVE and retires the one before. The owner key signs {@link
   * #signedBytes}. The reply is a {@link Receipt} with event {@link VaultEvent#ACTIVE}.
   */
  public record Expose(byte[] credId, byte[] ownerSignature) {
    /** What the owner key signs, as bytes. */
    public static byte[] signedBytes(byte[] credId, Receipt pending) {
      return transcript(credId, pending).toBytes();
    }

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
      FieldReader in = new FieldReader(bytes);
      Expose message =
          new Expose(
              in.exactly("credId", Hk1.HASH_BYTES),
              in.exactly("ownerSignature", Hk1.SIGNATURE_BYTES));
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
      FieldReader in = new FieldReader(bytes);
      LoginStart message =
          new LoginStart(
              in.exactly("loginId", Hk1.ID_BYTES),
              in.exactly("credId", Hk1.HASH_BYTES),
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
      FieldReader in = new FieldReader(bytes);
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
    RETIRE(2);

    private final int number;

    Operation(int number) {
      this.number = number;
    }

    /** The number on the wire. */
    public int number() {
      return number;
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
   */
  public record LoginFinish(byte[] loginId, byte[] ke3, Operation operation, byte[] mac) {
    /** What the session key authenticates. */
    public static byte[] macBytes(byte[] loginId, Operation operation) {
      return Transcript.of("op").add(loginId).addU8(operation.number()).toBytes();
    }

    /** The payload's bytes. */
    public byte[] encode() {
      return Transcript.fields().add(loginId).add(ke3).addU8(operation.number()).add(mac).toBytes();
    }

    /** Reads what {@link #encode()} wrote. */
    public static LoginFinish parse(byte[] bytes) throws MalformedException {
      FieldReader in = new FieldReader(bytes);
      LoginFinish message =
          new LoginFinish(
              in.exactly("loginId", Hk1.ID_BYTES),
              in.exactly("ke3", KE3_BYTES),
              Operation.of(in.u8("operation")),
              in.exactly("mac", Hk1.HASH_BYTES));
      in.end();
      return message;
    }
  }

  /**
   * Reply to {@link LoginFinish}: the wrap for {@link Operation#FETCH}, nothing for {@link
   * Operation#RETIRE}.
   */
  public record LoginFinishDone(byte[] passwordWrap) {
    /** The payload's bytes. */
    public byte[] encode() {
      return Transcript.fields().add(passwordWrap).toBytes();
    }

    /** Reads what {@link #encode()} wrote. */
    public static LoginFinishDone parse(byte[] bytes) throws MalformedException {
      FieldReader in = new FieldReader(bytes);
      LoginFinishDone message = new LoginFinishDone(in.atMost("passwordWrap", PASSWORD_WRAP_BYTES));
      in.end();
      return message;
    }
  }

  /** Asks for the record's state. */
  public record Status(byte[] nonce) {
    /** The payload's bytes. */
    public byte[] encode() {
      return Transcript.fields().add(nonce).toBytes();
    }

    /** Reads what {@link #encode()} wrote. */
    public static Status parse(byte[] bytes) throws MalformedException {
      FieldReader in = new FieldReader(bytes);
      Status message = new Status(in.exactly("nonce", Hk1.ID_BYTES));
      in.end();
      return message;
    }
  }

  /** One thing that happened to a record; {@code deviceId} is the device that asked. */
  public record StatusEvent(VaultEvent event, long atSeconds, byte[] deviceId) {}

  /**
   * Reply to {@link Status}, signed by the vault's identity key over {@link #signedBytes}: {@code
   * credId} is empty when there is no record; {@code setId} is the set the record belongs to.
   */
  public record StatusDone(
      byte[] nonce,
      RecordState state,
      byte[] credId,
      byte[] setId,
      int attemptsLeft,
      List<StatusEvent> events,
      byte[] signature) {

    /** What the vault signs, as bytes. */
    public byte[] signedBytes() {
      return transcript().toBytes();
    }

    /** What the vault signs. */
    public Transcript transcript() {
      Transcript out =
          Transcript.of("vault status")
              .add(nonce)
              .addU8(state.number())
              .add(credId)
              .add(setId)
              .addU8(attemptsLeft)
              .addU16(events.size());
      for (StatusEvent event : events) {
        out.addU8(event.event().number()).addU64(event.atSeconds()).add(event.deviceId());
      }
      return out;
    }

    /** The payload's bytes. */
    public byte[] encode() {
      return Transcript.fields().add(signedBytes()).add(signature).toBytes();
    }

    /**
     * Reads what {@link #encode()} wrote; the caller verifies the signature and compares the nonce.
     */
    public static StatusDone parse(byte[] bytes) throws MalformedException {
      FieldReader outer = new FieldReader(bytes);
      FieldReader in =
          new FieldReader(outer.atMost("status", Hk1.MAX_VAULT_MESSAGE_BYTES))
              .expectPurpose("vault status");
      byte[] signature = outer.exactly("signature", Hk1.SIGNATURE_BYTES);
      outer.end();
      byte[] nonce = in.exactly("nonce", Hk1.ID_BYTES);
      RecordState state = RecordState.of(in.u8("state"));
      byte[] credId = in.atMost("credId", Hk1.HASH_BYTES);
      byte[] setId = in.atMost("setId", Hk1.ID_BYTES);
      int attemptsLeft = in.u8("attemptsLeft");
      int count = in.u16("events");
      if (count > MAX_STATUS_EVENTS) {
        throw new MalformedException("A status may have at most " + MAX_STATUS_EVENTS + " events.");
      }
      List<StatusEvent> events = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        events.add(
            new StatusEvent(
                VaultEvent.of(in.u8("event")), in.u64("at"), in.exactly("deviceId", Hk1.ID_BYTES)));
      }
      in.end();
      return new StatusDone(
          nonce, state, credId, setId, attemptsLeft, List.copyOf(events), signature);
    }
  }
}
