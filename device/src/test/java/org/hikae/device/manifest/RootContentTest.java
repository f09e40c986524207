package org.hikae.device.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.hikae.crypto.sign.SigningKey;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.NewerFormatException;
import org.hikae.device.sealing.PackEntry;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.sealing.SealedRoot;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;
import org.junit.jupiter.api.Test;

/** HK1-M-01, HK1-M-08: what a root says, and who has said it where. */
class RootContentTest {

  private static final String NOT_ITS_DEVICE = "not signed by the device";
  private static final Hash256 A = Hash256.sha256(new byte[] {1});
  private static final Hash256 B = Hash256.sha256(new byte[] {2});
  private static final Hash256 C = Hash256.sha256(new byte[] {3});

  /** Bytes of the counts and all before them. */
  private static final int HEAD = 1 + 24 + Hk1Constants.HASH_BYTES + 12;

  private final SecureRandom random = new SecureRandom();
  private final SigningKey device = SigningKey.generate(random);
  private final byte[] deviceId = TextCodec.deviceId(device.publicKey().encode());
  private final SealedRoot.SeriesPlace place = place(new byte[16], 1, deviceId, 5, A);

  @Test
  void a_root_of_nothing_is_the_shortest() throws Exception {
    RootContent first = new RootContent(0, 0, 0, A, List.of(), List.of());
    assertThat(RootContent.decode(place, first.encode())).isEqualTo(first);
    RootContent signed = empty(SnapshotFormat.SIGNED);
    byte[] bytes = signed.encode(place, device);
    assertThat(bytes).hasSize(HEAD + RootContent.TAIL_BYTES);
    assertThat(RootContent.decode(place, bytes)).isEqualTo(signed);
  }

  @Test
  void every_field_comes_back_from_a_signed_root() throws Exception {
    RootContent root = whole(new SnapshotFormat(2, 0xffff, 1));
    assertThat(RootContent.decode(place, root.encode(place, device))).isEqualTo(root);
    assertThat(root.manifestPacks()).containsExactly(C, A, B);
  }

  @Test
  void every_cut_and_every_lengthening_of_a_signed_root_is_refused() {
    byte[] bytes = whole(SnapshotFormat.SIGNED).encode(place, device);
    for (int length = 0; length <= bytes.length + 2; length++) {
      if (length != bytes.length) {
        refused(place, Arrays.copyOf(bytes, length));
      }
    }
  }

  @Test
  void it_is_signed_for_its_place_only() {
    byte[] bytes = whole(SnapshotFormat.SIGNED).encode(place, device);
    byte[] other = new byte[16];
    other[0] = 1;
    for (SealedRoot.SeriesPlace elsewhere :
        List.of(
            place(other, 1, deviceId, 5, A),
            place(new byte[16], 2, deviceId, 5, A),
            place(new byte[16], 1, other, 5, A),
            place(new byte[16], 1, deviceId, 6, A),
            place(new byte[16], 1, deviceId, 5, B))) {
      assertThatThrownBy(() -> RootContent.decode(elsewhere, bytes))
          .isInstanceOf(DamagedDataException.class)
          .hasMessageContaining(NOT_ITS_DEVICE);
    }
  }

  @Test
  void every_part_of_it_is_signed() {
    byte[] bytes = whole(SnapshotFormat.SIGNED).encode(place, device);
    // What comes behind the version; another version is read by other rules.
    for (int at = 1; at < bytes.length; at += 3) {
      byte[] altered = bytes.clone();
      altered[at] ^= 1;
      assertThatThrownBy(() -> RootContent.decode(place, altered))
          .as("%d", at)
          .isInstanceOf(DamagedDataException.class)
          .hasMessageContaining(NOT_ITS_DEVICE);
    }
  }

  @Test
  void a_later_form_is_said_to_be_one_and_version_0_is_none() {
    byte[] rule = empty(new SnapshotFormat(2, 1, 2)).encode(place, device);
    byte[] version = empty(new SnapshotFormat(3, 1, 1)).encode(place, device);
    for (byte[] later : List.of(rule, version)) {
      assertThatThrownBy(() -> RootContent.decode(place, later))
          .isInstanceOf(NewerFormatException.class);
    }
    byte[] zero = empty(SnapshotFormat.FIRST).encode();
    zero[0] = 0;
    assertThatThrownBy(() -> RootContent.decode(place, zero))
        .isExactlyInstanceOf(DamagedDataException.class)
        .hasMessageContaining("an impossible version");
  }

  @Test
  void only_the_device_of_the_series_signs_and_only_version_2() {
    RootContent signed = empty(SnapshotFormat.SIGNED);
    SigningKey other = SigningKey.generate(random);
    assertThatIllegalStateException().isThrownBy(signed::encode);
    assertThatIllegalStateException().isThrownBy(() -> signed.encode(place, other));
    assertThatIllegalStateException()
        .isThrownBy(() -> empty(SnapshotFormat.FIRST).encode(place, device));
  }

  @Test
  void a_reference_names_a_pack_of_the_root() {
    byte[] bytes =
        new RootContent(1, 2, 3, A, List.of(), List.of(ref(B, 1)), SnapshotFormat.FIRST).encode();
    // One pack is named: its number is 0.
    byte[] beyond = ByteBuffer.wrap(bytes).putInt(HEAD + Hk1Constants.HASH_BYTES, 1).array();
    assertThatThrownBy(() -> RootContent.decode(place, beyond))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining("refers to a pack");
  }

  @Test
  void figures_are_not_negative() {
    for (int at : new int[] {9, 17, 57, 61, 65}) {
      byte[] bytes = empty(SnapshotFormat.FIRST).encode();
      bytes[at] |= (byte) 0x80;
      refused(place, bytes);
    }
  }

  private static RootContent empty(SnapshotFormat formats) {
    return new RootContent(0, 0, 0, A, List.of(), List.of(), formats);
  }

  private static RootContent whole(SnapshotFormat formats) {
    return new RootContent(
        -1,
        Long.MAX_VALUE,
        3,
        B,
        List.of(ref(C, 0)),
        List.of(ref(A, 1), ref(C, 0), ref(B, 2)),
        formats);
  }

  /** With the number that the pack has in the root. */
  private static ManifestRef ref(Hash256 pack, int number) {
    return new ManifestRef(pack, new ChunkRef(number, new PackEntry(0, 72, 40), 5, pack));
  }

  private static SealedRoot.SeriesPlace place(
      byte[] setId, long generation, byte[] deviceId, long sequence, Hash256 previous) {
    return new SealedRoot.SeriesPlace(
        new SealContext(setId, generation, deviceId), sequence, previous);
  }

  private static void refused(SealedRoot.SeriesPlace where, byte[] bytes) {
    assertThatThrownBy(() -> RootContent.decode(where, bytes))
        .isInstanceOf(DamagedDataException.class);
  }
}
