package org.hikae.vault.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hikae.hk1.MalformedException;
import org.junit.jupiter.api.Test;

/** How messages follow each other on a connection to the vault. */
class VaultFrameTest {

  @Test
  void frames_are_read_back_one_after_the_other() throws Exception {
    for (VaultFrame.Kind kind : VaultFrame.Kind.values()) {
      byte[] two =
          ByteBuffer.allocate(5 + 3 + 5)
              .put(new VaultFrame(kind, new byte[] {1, 2, 3}).encode())
              .put(new VaultFrame(VaultFrame.Kind.CARD, new byte[0]).encode())
              .array();
      ByteArrayInputStream in = new ByteArrayInputStream(two);

      VaultFrame first = VaultFrame.read(in);
      VaultFrame second = VaultFrame.read(in);

      assertThat(first.kind()).isEqualTo(kind);
      assertThat(first.body()).containsExactly(1, 2, 3);
      assertThat(second.kind()).isEqualTo(VaultFrame.Kind.CARD);
      assertThat(second.body()).isEmpty();
      assertThat(in.available()).isZero();
    }
  }

  @Test
  void length_and_kind_come_before_the_body() {
    assertThat(new VaultFrame(VaultFrame.Kind.AUDIT, new byte[] {9}).encode())
        .containsExactly(0, 0, 0, 2, 6, 9);
  }

  @Test
  void the_longest_body_is_read_and_a_longer_one_is_not_even_waited_for() throws Exception {
    byte[] longest = new byte[VaultFrame.MAX_BODY_BYTES];
    Arrays.fill(longest, (byte) 7);
    assertThat(read(new VaultFrame(VaultFrame.Kind.MESSAGE, longest).encode()).body())
        .isEqualTo(longest);

    byte[] longer = new byte[VaultFrame.MAX_BODY_BYTES + 1];
    assertThatThrownBy(() -> new VaultFrame(VaultFrame.Kind.MESSAGE, longer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(longer.length + " bytes");
    for (int length : new int[] {2 + VaultFrame.MAX_BODY_BYTES, Integer.MAX_VALUE, 0, -1}) {
      byte[] head = ByteBuffer.allocate(5).putInt(length).put((byte) 1).array();
      assertThatThrownBy(() -> read(head))
          .as("%d", length)
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("1 to " + (1 + VaultFrame.MAX_BODY_BYTES));
    }
  }

  @Test
  void a_frame_that_is_cut_ends_the_stream() {
    byte[] whole = new VaultFrame(VaultFrame.Kind.MESSAGE, new byte[] {1, 2}).encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut)).as("%d", length).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void an_unknown_kind_is_refused() {
    for (byte kind : new byte[] {0, 7, -1}) {
      byte[] frame = {0, 0, 0, 1, kind};
      assertThatThrownBy(() -> read(frame)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void a_frame_never_prints_its_body() {
    assertThat(new VaultFrame(VaultFrame.Kind.OPERATOR, new byte[] {83, 51}))
        .hasToString("VaultFrame(OPERATOR, 2 bytes)");
  }

  private static VaultFrame read(byte[] bytes) throws IOException, MalformedException {
    return VaultFrame.read(new ByteArrayInputStream(bytes));
  }
}
