package org.hikae.enrollment.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HTTP basic authentication, read strictly. */
class BasicCredentialsTest {

  private static String header(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void reads_user_and_password_up_to_the_first_colon() {
    assertThat(BasicCredentials.parse(header("user:pass:word")))
        .hasValue(new BasicCredentials("user", "pass:word"));
    assertThat(BasicCredentials.parse(header(":word"))).hasValue(new BasicCredentials("", "word"));
    assertThat(BasicCredentials.parse("Basic  dXNlcjp3b3Jk "))
        .hasValue(new BasicCredentials("user", "word"));
    assertThat(BasicCredentials.parse(header("user:"))).hasValue(new BasicCredentials("user", ""));
    assertThat(BasicCredentials.parse(header("控え:バックアップ").replace("Basic", "bASIC")))
        .hasValue(new BasicCredentials("控え", "バックアップ"));
  }

  @Test
  void anything_else_is_nobody() {
    assertThat(BasicCredentials.parse(null)).isEmpty();
    byte[] pair = ("u:" + "x".repeat(377)).getBytes(StandardCharsets.UTF_8);
    String longest = "Basic " + Base64.getEncoder().withoutPadding().encodeToString(pair);
    assertThat(longest).hasSize(BasicCredentials.MAX_HEADER_CHARS);
    assertThat(BasicCredentials.parse(longest)).isPresent();
    for (String other :
        List.of(
            "",
            "Basic",
            "Basic ",
            "Basic !!",
            header("no colon"),
            "Bearer dXNlcjpwYXNz",
            "Basicdxnl",
            longest + "=")) {
      assertThat(BasicCredentials.parse(other)).as(other).isEmpty();
    }
  }

  @Test
  void the_password_is_never_shown() {
    assertThat(new BasicCredentials("user", "secret")).hasToString("BasicCredentials(REDACTED)");
  }
}
