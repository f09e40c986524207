package org.hikae.drill.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a recovery proof may say, and that its signature covers all of it. */
class RecoveryProofTest {

  private static final Instant AT = Instant.parse("2026-12-02T10:00:00Z");
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final String OTHER = "1123456789abcdef0123456789abcdef";
  private static final String SIGNATURE = TextCodec.base64(new byte[Hk1Constants.SIGNATURE_BYTES]);
  private static final byte[] DEVICE = new byte[16];

  private static RecoveryProof drill(
      Instant at, String set, long generation, @Nullable String snapshot, long files, long bytes) {
    return new RecoveryProof(
        1, RecoveryProofKind.DRILL, at, set, generation, snapshot, files, bytes, SIGNATURE);
  }

  private static RecoveryProof practice() {
    return new RecoveryProof(1, RecoveryProofKind.PRACTICE, AT, ID, 1, null, 0, 0, SIGNATURE);
  }

  @Test
  void what_is_within_the_bounds_is_taken() {
    assertThatCode(() -> drill(AT, ID, 2, OTHER, 1, 0).requireValid()).doesNotThrowAnyException();
    assertThatCode(() -> practice().requireValid()).doesNotThrowAnyException();
  }

  @SuppressWarnings("NullAway") // what a client may leave out
  static Stream<RecoveryProof> malformed() {
    return Stream.of(
        drill(AT.plusNanos(1), ID, 1, ID, 1, 1),
        drill(Instant.EPOCH.minusSeconds(1), ID, 1, ID, 1, 1),
        drill(Instant.parse("+10000-01-01T00:00:00Z"), ID, 1, ID, 1, 1),
        drill(null, ID, 1, ID, 1, 1),
        drill(AT, null, 1, ID, 1, 1),
        drill(AT, "0123", 1, ID, 1, 1),
        drill(AT, ID, 0, ID, 1, 1),
        drill(AT, ID, 1L << 31, ID, 1, 1),
        drill(AT, ID, 1, null, 1, 1),
        drill(AT, ID, 1, ID, 0, 0),
        drill(AT, ID, 1, ID, 1, -1),
        new RecoveryProof(2, RecoveryProofKind.PRACTICE, AT, ID, 1, null, 0, 0, SIGNATURE),
        new RecoveryProof(1, null, AT, ID, 1, null, 0, 0, SIGNATURE),
        new RecoveryProof(1, RecoveryProofKind.PRACTICE, AT, ID, 1, ID, 0, 0, SIGNATURE),
        new RecoveryProof(1, RecoveryProofKind.PRACTICE, AT, ID, 1, null, 1, 0, SIGNATURE),
        new RecoveryProof(1, RecoveryProofKind.PRACTICE, AT, ID, 1, null, 0, 1, SIGNATURE),
        new RecoveryProof(1, RecoveryProofKind.PRACTICE, AT, ID, 1, null, 0, 0, null),
        new RecoveryProof(1, RecoveryProofKind.PRACTICE, AT, ID, 1, null, 0, 0, "AA"),
        practice().signed(new byte[65]));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void what_is_not_is_refused(RecoveryProof proof) {
    assertThatThrownBy(proof::requireValid).isInstanceOf(MalformedException.class);
  }

  /** Else a proof could be shown for another one. */
  @Test
  void each_part_changes_what_is_signed() throws MalformedException {
    List<RecoveryProof> proofs =
        List.of(
            drill(AT, ID, 1, ID, 1, 1),
            drill(AT.plusSeconds(1), ID, 1, ID, 1, 1),
            drill(AT, OTHER, 1, ID, 1, 1),
            drill(AT, ID, 2, ID, 1, 1),
            drill(AT, ID, 1, OTHER, 1, 1),
            drill(AT, ID, 1, ID, 2, 1),
            drill(AT, ID, 1, ID, 1, 2),
            practice());
    List<String> signed = new ArrayList<>();
    for (RecoveryProof proof : proofs) {
      signed.add(TextCodec.hex(proof.transcript("issuer", DEVICE).toBytes()));
    }
    signed.add(TextCodec.hex(practice().transcript("another", DEVICE).toBytes()));
    byte[] device = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    signed.add(TextCodec.hex(practice().transcript("issuer", device).toBytes()));
    assertThat(signed).doesNotHaveDuplicates();
  }

  @Test
  void a_signature_is_put_beside_and_not_into_what_is_signed() throws MalformedException {
    byte[] signature = new byte[Hk1Constants.SIGNATURE_BYTES];
    signature[0] = 7;
    RecoveryProof signed = practice().signed(signature);
    assertThat(signed.signatureBytes()).isEqualTo(signature);
    assertThat(signed.transcript("issuer", DEVICE).toBytes())
        .isEqualTo(practice().transcript("issuer", DEVICE).toBytes());
  }
}
