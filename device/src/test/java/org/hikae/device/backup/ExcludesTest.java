package org.hikae.device.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcludesTest {

  @ParameterizedTest
  @CsvSource({
    "*.tmp, a.tmp, true",
    "*.tmp, a.tmpx, false",
    "a*b*c, axxbyyc, true",
    "a*b*c, axxbyy, false",
    "?, x, true",
    "?, xy, false",
    "*, anything, true",
    "/home/*/cache, /home/me/cache, true",
    "/home/*/cache, /home/me/deep/cache, false",
    "/home/**/cache, /home/me/deep/cache, true",
    "/home/**, /home/me, true",
    "/home/**/x/*/y, /home/a/x/b/x/c/y, true",
    "/home/**/x/*/y, /home/a/x/b/c/y, false",
    "/a?b, /a/b, false",
    "'', x, false"
  })
  void patterns_match_as_described(String pattern, String text, boolean expected) {
    assertThat(
            Excludes.matches(
                pattern.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(expected);
  }
}
