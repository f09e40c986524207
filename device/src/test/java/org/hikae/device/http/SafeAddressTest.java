package org.hikae.device.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
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

  /** What is pinned for an address does not hang on how it is typed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://backup.example.com",
        "https://backup.example.com/",
        "HTTPS://Backup.EXAMPLE.com",
        "https://backup.example.com:443",
        "https://backup.example.com:",
        " https://BACKUP.example.com:443/ "
      })
  void one_place_is_one_text(String typed) throws Exception {
    URI address = SafeAddress.parse("https://backup.example.com");
    assertThat(SafeAddress.parse(typed)).hasToString("https://backup.example.com");
    assertThat(SafeAddress.isSame(typed, address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://backup.example.org",
        "https://backup.example.com:80",
        "https://backup.example.com/Hikae",
        "http://backup.example.com",
        "",
      })
  void another_place_is_another(String typed) throws Exception {
    assertThat(SafeAddress.isSame(typed, SafeAddress.parse("https://backup.example.com")))
        .isFalse();
    assertThat(SafeAddress.isSame(typed, SafeAddress.parse("https://backup.example.com/hikae")))
        .isFalse();
  }

  @Test
  void plain_http_to_this_computer_has_port_80_of_its_own() throws Exception {
    assertThat(SafeAddress.parse("http://LOCALHOST:80/")).hasToString("http://localhost");
    assertThat(SafeAddress.parse("http://localhost:443")).hasToString("http://localhost:443");
  }
}
