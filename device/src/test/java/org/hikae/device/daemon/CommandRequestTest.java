package org.hikae.device.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A command arrives as it was typed, byte for byte, or not at all. */
class CommandRequestTest {

  /** With a name that is no UTF-8, carried as one character per byte, and one in Japanese. */
  private static final CommandRequest REQUEST =
      new CommandRequest(
          new HomeProof("agent-0123456789abcdef.proof", new byte[32]),
          List.of("home=/home/ann", "Umask=0022"),
          "UTF-8",
          true,
          new byte[] {'/', (byte) 0xff, 'a'},
          Map.of("LANG", "ja_JP.UTF-8"),
          List.of("backup", "caf\u00e9", "\u00e6\u009b\u00b8"));

  @Test
  void it_is_decoded_as_it_was_encoded() throws Exception {
    CommandRequest decoded = CommandRequest.decode(REQUEST.encode());
    assertThat(decoded.proof().name()).isEqualTo(REQUEST.proof().name());
    assertThat(decoded.proof().secret()).isEqualTo(REQUEST.proof().secret());
    assertThat(decoded.context()).isEqualTo(REQUEST.context());
    assertThat(decoded.charset()).isEqualTo("UTF-8");
    assertThat(decoded.terminal()).isTrue();
    assertThat(decoded.workingDirectory()).isEqualTo(REQUEST.workingDirectory());
    assertThat(decoded.environment()).isEqualTo(REQUEST.environment());
    assertThat(decoded.arguments()).isEqualTo(REQUEST.arguments());
  }

  @Test
  void one_that_is_cut_short_anywhere_or_goes_on_is_refused() {
    byte[] whole = REQUEST.encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> CommandRequest.decode(cut))
          .as("%d bytes", length)
          .isInstanceOf(IOException.class);
    }
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> CommandRequest.decode(longer)).isInstanceOf(IOException.class);
  }

  @Test
  void counts_and_lengths_that_cannot_be_are_refused_before_they_take_memory() {
    for (int number : new int[] {-1, CommandRequest.MAX_TEXTS + 1, Integer.MAX_VALUE}) {
      // An empty name and an empty secret stand before the first list.
      byte[] count = ByteBuffer.allocate(16).putInt(8, number).array();
      assertThatThrownBy(() -> CommandRequest.decode(count)).isInstanceOf(IOException.class);
      byte[] length = ByteBuffer.allocate(20).putInt(8, 1).putInt(12, number).array();
      assertThatThrownBy(() -> CommandRequest.decode(length)).isInstanceOf(IOException.class);
    }
  }
}
