package org.hikae.caller.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedHeadersTest {

  @Test
  void headers_read_as_they_were_written() {
    Map<String, String> headers =
        Map.of("ETag", "\"7\"", "Content-Type", "application/json", "Location", "https://a: b/c");
    assertThat(RecordedHeaders.read(RecordedHeaders.write(headers))).isEqualTo(headers);
    assertThat(RecordedHeaders.read(RecordedHeaders.write(Map.of()))).isEmpty();
  }

  @Test
  void no_value_adds_a_header() {
    Map<String, String> read =
        RecordedHeaders.read(RecordedHeaders.write(Map.of("ETag", "x\r\nA: b")));
    assertThat(read).containsOnlyKeys("ETag");
  }

  @Test
  void a_line_without_a_name_is_no_header() {
    assertThat(RecordedHeaders.read("broken\nETag: 7")).containsOnly(Map.entry("ETag", "7"));
  }

  @Test
  void the_length_of_a_key_is_counted_in_bytes() {
    assertThat(IdempotencyRowKey.bytes("")).isZero();
    assertThat(IdempotencyRowKey.bytes("aé控")).isEqualTo(6);
  }

  @Test
  void actors_and_keys_cannot_be_taken_for_each_other() {
    assertThat(IdempotencyRowKey.actor("ab", "c"))
        .isNotEqualTo(IdempotencyRowKey.actor("a", "bc"))
        .hasSize(64);
    String actor = IdempotencyRowKey.actor("a", "b");
    assertThat(IdempotencyRowKey.request(actor, "k"))
        .isNotEqualTo(IdempotencyRowKey.request(actor, "l"));
  }
}
