package org.hikae.drill.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.Transcript;
import org.hikae.problem.wire.RequirementText;
import org.jspecify.annotations.Nullable;

/**
 * What a device shows of being able to recover ({@code POST /api/v1/device/recovery-proofs}, spec
 * HK1-R-18), signed by its key. Only what went well is told: there is no record of a drill that
 * failed, nor of a wrong password.
 *
 * @param format 1
 * @param kind what is shown
 * @param madeAt the device's ISO-8601 instant, in whole seconds
 * @param setId the set, 32 hexadecimal digits
 * @param generation generation of K by which it was opened, from 1
 * @param snapshotId the snapshot of a drill, 32 hexadecimal digits; absent in a practice
 * @param files about how many files a drill has opened; 0 in a practice
 * @param bytes about how many bytes of them; 0 in a practice
 * @param signature 64 bytes by the device key over {@link #transcript}, base64url
 */
public record RecoveryProof(
    int format,
    RecoveryProofKind kind,
    @RequirementText(RecoveryProof.TIME) Instant madeAt,
    String setId,
    long generation,
    @Nullable String snapshotId,
    long files,
    long bytes,
    String signature) {

  /** The only format that there is. */
  public static final int FORMAT = 1;

  /** Largest body of the request. */
  public static final int MAX_BYTES = 4096;

  /** What the time has to be. */
  static final String TIME = "an ISO-8601 instant from 1970 to 9999 in whole seconds";

  /** The last second that JSON may have in requests, exclusive. */
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private static final int MAX_GENERATION = Integer.MAX_VALUE;

  /**
   * What the device signs: everything but the signature, for this issuer and device alone.
   *
   * @throws MalformedException when {@link #requireValid} would refuse it
   */
  public Transcript transcript(String issuer, byte[] deviceId) throws MalformedException {
    requireContent();
    byte[] snapshot =
        snapshotId == null ? new byte[0] : TextCodec.parseId("snapshotId", snapshotId);
    return Transcript.of("recovery proof")
        .add(issuer)
        .add(deviceId)
        .addU16(format)
        .add(kind.name())
        .addU64(madeAt.getEpochSecond())
        .add(TextCodec.parseId("setId", setId))
        .addU64(generation)
        .add(snapshot)
        .addU64(files)
        .addU64(bytes);
  }

  /** The same with this signature. */
  public RecoveryProof signed(byte[] by) {
    return new RecoveryProof(
        format, kind, madeAt, setId, generation, snapshotId, files, bytes, TextCodec.base64(by));
  }

  /** Refuses what is not within the bounds of this format; both sides ask. */
  public void requireValid() throws MalformedException {
    requireContent();
    var _ = signatureBytes();
  }

  /** The signature. */
  public byte[] signatureBytes() throws MalformedException {
    byte[] parsed =
        TextCodec.parseBase64(
            "signature", Objects.requireNonNullElse(signature, ""), Hk1Constants.SIGNATURE_BYTES);
    if (parsed.length != Hk1Constants.SIGNATURE_BYTES) {
      throw new MalformedException(
          "signature must have " + Hk1Constants.SIGNATURE_BYTES + " bytes.");
    }
    return parsed;
  }

  private void requireContent() throws MalformedException {
    if (format != FORMAT) {
      throw new MalformedException("format must be " + FORMAT + ".");
    }
    if (kind == null) {
      throw new MalformedException("kind must be given.");
    }
    boolean whole =
        madeAt != null
            && !madeAt.isBefore(Instant.EPOCH)
            && madeAt.isBefore(END)
            && madeAt.equals(madeAt.truncatedTo(ChronoUnit.SECONDS));
    if (!whole) {
      throw new MalformedException("madeAt must be " + TIME + ".");
    }
    var _ = TextCodec.parseId("setId", Objects.requireNonNullElse(setId, ""));
    requireBetween("generation", generation, 1, MAX_GENERATION);
    if (kind == RecoveryProofKind.DRILL) {
      var _ = TextCodec.parseId("snapshotId", Objects.requireNonNullElse(snapshotId, ""));
      requireBetween("files", files, 1, Long.MAX_VALUE);
      requireBetween("bytes", bytes, 0, Long.MAX_VALUE);
    } else if (snapshotId != null || files != 0 || bytes != 0) {
      throw new MalformedException("A practice must name no snapshot, files or bytes.");
    }
  }

  private static void requireBetween(String name, long value, long least, long most)
      throws MalformedException {
    if (value < least || value > most) {
      throw new MalformedException(name + " must be between " + least + " and " + most + ".");
    }
  }
}
