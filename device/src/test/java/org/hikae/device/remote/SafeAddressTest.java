package org.hikae.device.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HK1-E-17. */
class SafeAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://portal.example",
        "http://127.0.0.1.example",
        "http://10.0.0.1:8080",
        "http://localhost.example",
        "ftp://localhost",
        "HTTP://portal.example"
      })
  void refuses_plain_http_to_other_computers(String address) {
    assertThatThrownBy(() -> SafeAddress.parse(address)).hasMessage("address.not-https");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "portal",
        "https://",
        "https://u:p@h.example",
        "https://h/?a=b",
        "https://h/#x",
        "not a uri"
      })
  void refuses_what_is_no_plain_address(String address) {
    assertThatThrownBy(() -> SafeAddress.parse(address)).hasMessage("address.malformed");
  }

  @Test
  void takes_https_and_loopback() throws Exception {
    assertThat(SafeAddress.parse("https://portal.example/")).hasToString("https://portal.example");
    assertThat(SafeAddress.parse("https://portal.example:8443/hikae"))
        .hasToString("https://portal.example:8443/hikae");
    assertThat(SafeAddress.parse("http://localhost:8080")).hasToString("http://localhost:8080");
    assertThat(SafeAddress.parse("http://127.0.0.1:1")).hasToString("http://127.0.0.1:1");
    assertThat(SafeAddress.parse("http://[::1]:1")).hasToString("http://[::1]:1");
  }
}
