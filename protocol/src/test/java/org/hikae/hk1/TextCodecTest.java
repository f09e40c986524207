package org.hikae.hk1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HK1-N-01: exactly one text form per value. */
class TextCodecTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00112233445566778899aabbccddeef",
        "00112233445566778899aabbccddeeff0",
        "00112233445566778899AABBCCDDEEFF",
        "00112233445566778899aabbccddee g",
        "../../../../../../../etc/passwd0",
        "０0112233445566778899aabbccddeeff"
      })
  void refuses_identifiers_of_any_other_form(String text) {
    assertThatThrownBy(() -> TextCodec.parseId("id", text))
        .isInstanceOf(MalformedException.class)
        .hasMessage("id must be 32 lowercase hexadecimal digits.");
  }

  @Test
  void reads_its_own_hexadecimal() throws Exception {
    assertThat(TextCodec.hex(TextCodec.parseId("id", "00112233445566778899aabbccddeeff")))
        .isEqualTo("00112233445566778899aabbccddeeff");
    assertThat(Hash256.parse("ab".repeat(32)).hex()).isEqualTo("ab".repeat(32));
    assertThatThrownBy(() -> Hash256.parse("ab".repeat(31))).isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AA==", "A", "A+", "A/8", "AB", "A A", "-_-_-_-_-_-_-_-_"})
  void refuses_base64_of_any_other_form(String text) {
    assertThatThrownBy(() -> TextCodec.parseBase64("blob", text, 8))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void reads_its_own_base64_up_to_the_bound() throws Exception {
    byte[] eight = {0, 1, 2, 3, -1, -2, -3, -4};
    assertThat(TextCodec.parseBase64("blob", TextCodec.base64(eight), 8)).isEqualTo(eight);
    assertThatThrownBy(() -> TextCodec.parseBase64("blob", TextCodec.base64(new byte[9]), 8))
        .hasMessageContaining("at most 8 bytes");
  }

  @Test
  void a_device_is_the_first_half_of_its_keys_hash() throws Exception {
    assertThat(
            TextCodec.hex(
                TextCodec.deviceId("abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII))))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223"); // printf abc | sha256sum
  }
}
