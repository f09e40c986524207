package org.hikae.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.hikae.runtime.control.SmtpAddress.Security;
import org.junit.jupiter.api.Test;

/** Where the portal sends, as settings say it. */
class AddressesTest {

  private static final String SECRET = "s".repeat(32);

  private static SmtpAddress smtp(Security security, String user, String from) {
    return new SmtpAddress("mail.example", 587, security, user, "geheim", from);
  }

  @Test
  void a_password_of_mail_is_sent_under_tls_only() {
    assertThat(smtp(Security.NONE, "", "a@b").user()).isEmpty();
    assertThat(smtp(Security.TLS, "u", "a@b").user()).isEqualTo("u");
    assertThatIllegalStateException()
        .isThrownBy(() -> smtp(Security.NONE, "u", "a@b"))
        .withMessageContaining("HIKAE_SMTP_USER");
    for (String from : List.of("", "a", "A <a@b>", "a@b c", "a@b@c")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> smtp(Security.TLS, "", from))
          .withMessageContaining("HIKAE_SMTP_FROM");
    }
  }

  @Test
  void the_protection_of_mail_is_read_in_any_case() {
    for (Security security : Security.values()) {
      assertThat(Security.parse(security.name())).isEqualTo(security);
    }
    assertThat(Security.parse("startTls")).isEqualTo(Security.STARTTLS);
    assertThatIllegalStateException().isThrownBy(() -> Security.parse("SSL"));
  }

  @Test
  void a_webhook_is_called_under_tls_or_on_this_machine() {
    for (String url :
        List.of(
            "https://hooks.example/a?b=c",
            "http://localhost:8080/",
            "http://127.0.0.1/",
            "http://[::1]:8080/")) {
      assertThat(new WebhookAddress(URI.create(url), SECRET).url()).hasToString(url);
    }
    for (String url :
        List.of(
            "http://hooks.example/",
            "ftp://localhost/",
            "https:/no-host",
            "mailto:a@b",
            "https://user:word@hooks.example/",
            "https://hooks.example/#part",
            "/relative")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> new WebhookAddress(URI.create(url), SECRET))
          .as(url)
          .withMessageContaining("HIKAE_WEBHOOK_URL");
    }
  }

  @Test
  void a_webhook_has_a_secret_of_32_characters() {
    URI url = URI.create("https://hooks.example/");
    assertThat(new WebhookAddress(url, SECRET).secret()).isEqualTo(SECRET);
    assertThatIllegalStateException()
        .isThrownBy(() -> new WebhookAddress(url, SECRET.substring(1)))
        .withMessageContaining("HIKAE_WEBHOOK_SECRET");
  }

  @Test
  void nothing_secret_is_printed() {
    assertThat(smtp(Security.TLS, "u", "a@b"))
        .hasToString("SmtpAddress(mail.example:587, REDACTED)");
    assertThat(new WebhookAddress(URI.create("https://hooks.example/"), SECRET))
        .hasToString("WebhookAddress(REDACTED)");
    assertThat(new VaultAddress("vault.example", 7443, Path.of("k"), "geheim", Path.of("c")))
        .hasToString("VaultAddress(vault.example:7443)");
  }

  @Test
  void the_version_of_the_portal_is_the_one_that_was_built() {
    assertThat(PortalVersion.text()).matches("\\d+\\.\\d+\\.\\d+.*");
  }
}
