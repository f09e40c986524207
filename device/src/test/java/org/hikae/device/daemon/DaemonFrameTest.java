package org.hikae.device.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.hikae.device.daemon.DaemonFrame.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the socket is what was sent, or is refused before it takes memory. */
class DaemonFrameTest {

  private static byte[] written(DaemonFrame frame) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    frame.write(out);
    return out.toByteArray();
  }

  private static ByteArrayInputStream head(int kind, int length) {
    return new ByteArrayInputStream(ByteBuffer.allocate(5).put((byte) kind).putInt(length).array());
  }

  @Test
  void a_frame_is_read_as_it_was_written() throws Exception {
    byte[] sent = written(new DaemonFrame(Kind.OUT, new byte[] {1, 2, 3}));
    DaemonFrame read = DaemonFrame.read(new ByteArrayInputStream(sent), Set.of(Kind.OUT));
    assertThat(read.kind()).isEqualTo(Kind.OUT);
    assertThat(read.body()).containsExactly(1, 2, 3);
  }

  @Test
  void a_frame_that_is_cut_short_anywhere_is_none() throws Exception {
    byte[] sent = written(new DaemonFrame(Kind.ANSWER, new byte[] {1, 's', 'e', 'c'}));
    for (int length = 0; length < sent.length; length++) {
      byte[] cut = Arrays.copyOf(sent, length);
      assertThatThrownBy(() -> DaemonFrame.read(new ByteArrayInputStream(cut), Set.of(Kind.ANSWER)))
          .as("%d bytes", length)
          .isInstanceOf(EOFException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_kind_that_is_not_expected_now_is_refused(Kind kind) {
    Set<Kind> others = EnumSet.complementOf(EnumSet.of(kind));
    assertThatThrownBy(() -> DaemonFrame.read(head(kind.code(), 0), others))
        .isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 255})
  void a_kind_that_does_not_exist_is_refused(int kind) {
    assertThatThrownBy(() -> DaemonFrame.read(head(kind, 0), EnumSet.allOf(Kind.class)))
        .isInstanceOf(ProtocolException.class);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void a_length_beyond_that_of_its_kind_is_refused_before_the_body(Kind kind) {
    for (int length : new int[] {DaemonFrame.MAX_REQUEST_BYTES + 1, Integer.MAX_VALUE, -1}) {
      assertThatThrownBy(() -> DaemonFrame.read(head(kind.code(), length), Set.of(kind)))
          .isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void each_kind_has_a_byte_of_its_own() {
    assertThat(EnumSet.allOf(Kind.class)).extracting(Kind::code).doesNotHaveDuplicates();
  }

  @Test
  void a_body_that_would_be_refused_is_not_sent() {
    DaemonFrame frame = new DaemonFrame(Kind.OUT, new byte[DaemonFrame.MAX_TEXT_BYTES + 1]);
    assertThatThrownBy(() -> written(frame)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void what_is_typed_is_in_no_text_about_a_frame() {
    assertThat(new DaemonFrame(Kind.ANSWER, new byte[] {1, 's', 'e', 'c'}))
        .hasToString("DaemonFrame(ANSWER, 4 bytes)");
  }
}
