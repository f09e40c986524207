package org.hikae.notice.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.runtime.control.SmtpAddress;
import org.hikae.runtime.control.SmtpAddress.Security;
import org.hikae.runtime.control.WebhookAddress;
import org.junit.jupiter.api.Test;

/** What is sealed comes back whole, and what is shown has no secret in it. */
class ChannelSettingsCodecTest {

  private static final SmtpAddress SMTP =
      new SmtpAddress("smtp.example", 587, Security.STARTTLS, "login", "geheim", "a@example.com");
  private static final WebhookAddress HOOK =
      new WebhookAddress(URI.create("https://hooks.example:8443/T0/token?k=v"), "g".repeat(32));

  @Test
  void what_was_sealed_comes_back() {
    assertThat(ChannelSettingsCodec.parse(NoticeChannel.MAIL, ChannelSettingsCodec.bytes(SMTP)))
        .isEqualTo(SMTP);
    assertThat(ChannelSettingsCodec.parse(NoticeChannel.WEBHOOK, ChannelSettingsCodec.bytes(HOOK)))
        .isEqualTo(HOOK);
  }

  @Test
  void nothing_secret_is_shown() {
    assertThat(ChannelSettingsCodec.facts(SMTP))
        .containsOnlyKeys("host", "port", "security", "sender", "user")
        .doesNotContainValue("geheim");
    assertThat(ChannelSettingsCodec.facts(HOOK))
        .containsExactly(Map.entry("url", "https://hooks.example:8443/…"));
  }

  @Test
  void the_trail_has_old_and_new_but_of_secrets() {
    SmtpAddress other =
        new SmtpAddress("mx.example", 587, Security.STARTTLS, "other", "neu", "a@example.com");
    assertThat(ChannelSettingsCodec.changes(SMTP, other))
        .containsOnly(
            Map.entry("host", "smtp.example → mx.example"),
            Map.entry("user", "→ …"),
            Map.entry("password", "→ …"));
    WebhookAddress moved =
        new WebhookAddress(URI.create("https://hooks.example:8443/other"), HOOK.secret());
    assertThat(ChannelSettingsCodec.changes(HOOK, moved)).containsOnly(Map.entry("url", "→ …"));
    assertThat(ChannelSettingsCodec.changes(null, HOOK))
        .containsOnly(
            Map.entry("url", "– → https://hooks.example:8443/…"), Map.entry("secret", "→ …"));
    assertThat(ChannelSettingsCodec.changes(HOOK, null))
        .containsOnly(Map.entry("url", "https://hooks.example:8443/… → –"));
  }

  @Test
  void a_request_for_approval_says_what_changes_and_holds_no_secret() {
    SmtpAddress other =
        new SmtpAddress("smtp.example", 465, Security.TLS, "login", "neues", "a@example.com");
    ChannelChange change = ChannelChange.to(NoticeChannel.MAIL, 3, new byte[] {1, 2, 3});
    String text = change.text(SMTP, other);
    assertThat(text).contains("465", "changed.password").doesNotContain("geheim", "neues");
    assertThat(ChannelChange.parse(text)).isEqualTo(change);
    assertThat(ChannelChange.parse(text).bytes()).containsExactly(1, 2, 3);
    ChannelChange removal = new ChannelChange(NoticeChannel.WEBHOOK, 4, null);
    assertThat(ChannelChange.parse(removal.text(null, null))).isEqualTo(removal);
    assertThat(removal.bytes()).isNull();
  }
}
