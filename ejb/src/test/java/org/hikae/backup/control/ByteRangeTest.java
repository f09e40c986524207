package org.hikae.backup.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-99, 0, 100",
    "bytes=10-19, 10, 10",
    "bytes=99-99, 99, 1",
    "bytes=50-, 50, 50",
    "bytes=50-1000, 50, 50",
    "bytes=0-999999999999999999, 0, 100",
    "bytes=0-99999999999999999999, 0, 100",
    "bytes=00000000000000000000050-, 50, 50",
    "bytes=-99999999999999999999, 0, 100",
    "bytes=-1, 99, 1",
    "bytes=-100, 0, 100",
    "bytes=-1000, 0, 100",
  })
  void serves_a_single_range(String header, long offset, long length) {
    assertThat(ByteRange.of(header, 100)).contains(new ByteRange(offset, length, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=100-",
        "bytes=100-100",
        "bytes=5000-6000",
        "bytes=-0",
        "bytes=99999999999999999999-"
      })
  void finds_no_byte_beyond_the_end(String header) {
    assertThat(ByteRange.of(header, 100)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=0-1,5-6",
        "bytes=9-3",
        "bytes=1-2-3",
        "bytes= 1-2",
        "items=0-1",
        "bytes=99999999999999999999-99999999999999999998",
        "bytes=\uff10-\uff19",
      })
  void sends_everything_for_what_it_does_not_serve(String header) {
    assertThat(ByteRange.of(header, 100)).contains(ByteRange.whole(100));
  }

  @Test
  void numbers_of_more_than_a_hundred_digits_are_beyond_every_object() {
    String zeros = "0".repeat(99);
    assertThat(ByteRange.of("bytes=" + zeros + "5-", 100)).contains(new ByteRange(5, 95, true));
    assertThat(ByteRange.of("bytes=0" + zeros + "5-", 100)).isEmpty();
  }

  @Test
  void sends_everything_without_a_header() {
    assertThat(ByteRange.of(null, 7)).contains(new ByteRange(0, 7, false));
  }

  @Test
  void has_no_byte_of_an_empty_object() {
    assertThat(ByteRange.of("bytes=0-", 0)).isEmpty();
    assertThat(ByteRange.of("bytes=-5", 0)).isEmpty();
    assertThat(ByteRange.of(null, 0)).contains(ByteRange.whole(0));
  }
}
