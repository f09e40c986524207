package org.hikae.hk1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** HK1-N-02: one encoding per list of fields, and a reader that refuses every other. */
class TranscriptTest {

  @Test
  void encodes_purpose_and_fields_with_their_lengths() {
    byte[] bytes = Transcript.of("x").add(new byte[] {1, 2}).addU16(258).addU8(7).toBytes();

    assertThat(TextCodec.hex(bytes))
        .isEqualTo(
            "00000005"
                + "484b312078"
                + "00000002"
                + "0102"
                + "00000002"
                + "0102"
                + "00000001"
                + "07");
  }

  @Test
  void moving_a_byte_between_fields_changes_the_encoding() {
    assertThat(Transcript.of("x").add("ab").add("c").toBytes())
        .isNotEqualTo(Transcript.of("x").add("a").add("bc").toBytes());
  }

  @Test
  void reads_back_what_was_written() throws Exception {
    byte[] bytes =
        Transcript.of("all")
            .addU8(255)
            .addU16(65535)
            .addU32(4294967295L)
            .addU64(Long.MAX_VALUE)
            .add("控え")
            .add(new byte[0])
            .toBytes();

    TranscriptReader in = new TranscriptReader(bytes).expectPurpose("all");
    assertThat(in.atEnd()).isFalse();
    assertThat(in.u8("a")).isEqualTo(255);
    assertThat(in.u16("b")).isEqualTo(65535);
    assertThat(in.u32("c")).isEqualTo(4294967295L);
    assertThat(in.u64("d")).isEqualTo(Long.MAX_VALUE);
    assertThat(in.text("e", 6)).isEqualTo("控え");
    assertThat(in.atMost("f", 0)).isEmpty();
    assertThat(in.atEnd()).isTrue();
    in.end();
  }

  @Test
  void refuses_every_cut() {
    byte[] whole = Transcript.of("cut").addU32(1).add("text").toBytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> readCut(cut))
          .as("cut at %d", length)
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void refuses_bytes_after_the_last_field() {
    byte[] longer = Transcript.of("cut").addU32(1).add("text").add("more").toBytes();
    assertThatThrownBy(() -> readCut(longer)).isInstanceOf(MalformedException.class);
  }

  @Test
  void refuses_another_purpose() {
    byte[] other = Transcript.of("other").addU32(1).add("text").toBytes();
    assertThatThrownBy(() -> readCut(other))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("cut");
  }

  @Test
  void refuses_lengths_that_would_overflow_or_exceed_the_bound() {
    byte[] negative = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0};
    assertThatThrownBy(() -> new TranscriptReader(negative).atMost("f", 10))
        .isInstanceOf(MalformedException.class);
    byte[] three = Transcript.fields().add("abc").toBytes();
    assertThatThrownBy(() -> new TranscriptReader(three).atMost("f", 2))
        .hasMessageContaining("at most 2");
    assertThatThrownBy(() -> new TranscriptReader(three).exactly("f", 4))
        .hasMessageContaining("4 bytes, not 3");
  }

  @Test
  void refuses_text_that_is_not_utf8_and_numbers_out_of_range() {
    byte[] latin1 = Transcript.fields().add(new byte[] {(byte) 0xe9}).toBytes();
    assertThatThrownBy(() -> new TranscriptReader(latin1).text("name", 9))
        .hasMessageContaining("UTF-8");
    byte[] negative = Transcript.fields().add(new byte[] {-1, 0, 0, 0, 0, 0, 0, 0}).toBytes();
    assertThatThrownBy(() -> new TranscriptReader(negative).u64("n"))
        .hasMessageContaining("too large");
    assertThatThrownBy(() -> Transcript.fields().addU8(256))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Transcript.fields().addU16(65_536))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Transcript.fields().addU32(4_294_967_296L))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Transcript.fields().addU64(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void readCut(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes).expectPurpose("cut");
    in.u32("n");
    in.text("t", 4);
    in.end();
  }
}
