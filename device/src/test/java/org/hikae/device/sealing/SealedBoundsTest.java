package org.hikae.device.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ResticWrap;
import org.junit.jupiter.api.Test;

/** HK1-S-06, HK1-G-10: sealed objects whose maker had the key and lies about what is in them. */
class SealedBoundsTest {

  private static final byte[] ID = new byte[16];

  private final SecureRandom random = new SecureRandom();
  private final SecretBytes key = SecretBytes.random(random, 32);
  private final SealContext context = new SealContext(ID, 1, ID);
  private final SealedRoot.SeriesPlace series =
      new SealedRoot.SeriesPlace(context, 1, Hash256.ZERO);
  private final ResticPasswordSealer.PasswordPlace repository =
      new ResticPasswordSealer.PasswordPlace(ID, 1, ID);

  private byte[] sealed(String magic, String purpose, byte[] place, byte[] plain) {
    SealHeader header = SealHeader.create(magic, purpose, key, place, plain, random);
    byte[] part = header.seal(0, plain);
    return ByteBuffer.allocate(SealHeader.BYTES + part.length)
        .put(header.bytes())
        .put(part)
        .array();
  }

  private byte[] root(byte[] plain) {
    byte[] place = ByteBuffer.allocate(36 + 8 + 32).put(context.encode()).putLong(1).array();
    return sealed("HK1r", "HK1 root", place, plain);
  }

  private byte[] password(int length) {
    byte[] plain = ByteBuffer.allocate(ResticWrap.PLAIN_BYTES).putShort((short) length).array();
    byte[] place = ByteBuffer.allocate(36).put(ID).putInt(1).put(ID).array();
    return sealed(ResticWrap.MAGIC, "HK1 restic", place, plain);
  }

  @Test
  void a_root_has_its_length_and_so_many_bytes_at_least() throws Exception {
    assertThat(SealedRoot.open(key, series, root(new byte[4]))).isEmpty();
    assertThat(SealedRoot.open(key, series, root(new byte[] {0, 0, 0, 1, 7}))).containsExactly(7);
    refused("cut short", () -> SealedRoot.open(key, series, root(new byte[3])));
    for (byte[] plain :
        new byte[][] {{0, 0, 0, 1}, {0, 0, 0, 2, 7}, {-1, -1, -1, -1, 7}, {127, -1, -1, -1, 7}}) {
      refused("an impossible length", () -> SealedRoot.open(key, series, root(plain)));
    }
  }

  @Test
  void a_password_has_1_to_254_bytes() throws Exception {
    for (int length : new int[] {1, ResticWrap.MAX_PASSWORD_BYTES}) {
      try (SecretBytes open = ResticPasswordSealer.open(key, repository, password(length))) {
        assertThat(open.length()).isEqualTo(length);
      }
    }
    for (int length : new int[] {0, ResticWrap.MAX_PASSWORD_BYTES + 1, 0xffff}) {
      refused(
          "an impossible length",
          () -> ResticPasswordSealer.open(key, repository, password(length)));
    }
    byte[] longer = Arrays.copyOf(password(1), ResticWrap.BYTES + 1);
    refused("another length", () -> ResticPasswordSealer.open(key, repository, longer));
  }

  @Test
  void an_object_of_another_kind_or_suite_is_refused_as_one() throws Exception {
    PackWriter writer = new PackWriter(key, context, random);
    byte[] pack = writer.finish().object();
    refused("not a sealed object of this kind", () -> SealedRoot.open(key, series, pack));
    byte[] suite = pack.clone();
    suite[5] ^= 1;
    refused("suite or flags", () -> PackReader.open(key, context, suite));
    // Of a root that is said to be one of a later version.
    byte[] start = Arrays.copyOf(root(new byte[4]), SealHeader.BYTES);
    start[7] ^= 1;
    assertThatThrownBy(() -> SealedRoot.open(key, series, start))
        .isInstanceOf(NewerFormatException.class);
    refused(
        "cut short",
        () -> SealedRoot.open(key, series, Arrays.copyOf(start, SealHeader.BYTES - 1)));
  }

  @Test
  void identifiers_have_16_bytes() {
    for (int length : new int[] {15, 17}) {
      byte[] wrong = new byte[length];
      assertThatIllegalArgumentException().isThrownBy(() -> new SealContext(wrong, 1, ID));
      assertThatIllegalArgumentException().isThrownBy(() -> new SealContext(ID, 1, wrong));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ResticPasswordSealer.PasswordPlace(wrong, 1, ID));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ResticPasswordSealer.PasswordPlace(ID, 1, wrong));
    }
  }

  private static void refused(String why, ThrowingCallable opening) {
    assertThatThrownBy(opening).isInstanceOf(DamagedDataException.class).hasMessageContaining(why);
  }
}
