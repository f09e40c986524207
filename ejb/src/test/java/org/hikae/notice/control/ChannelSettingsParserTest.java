package org.hikae.notice.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.view.ChannelFault;
import org.hikae.notice.view.PutChannel;
import org.hikae.problem.control.Refusal;
import org.hikae.runtime.control.ChannelAddress;
import org.hikae.runtime.control.SmtpAddress;
import org.hikae.runtime.control.SmtpAddress.Security;
import org.hikae.runtime.control.WebhookAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What administrators may enter for mail and webhook, and where a kept password may go. */
class ChannelSettingsParserTest {

  private static final String SECRET = "s".repeat(32);
  private static final SmtpAddress KEPT =
      new SmtpAddress("smtp.example", 587, Security.STARTTLS, "u", "geheim", "a@example.com");
  private static final WebhookAddress HOOK =
      new WebhookAddress(URI.create("https://hooks.example/T0/token"), SECRET);

  private static PutChannel mail(
      @Nullable String host,
      @Nullable Integer port,
      @Nullable Security security,
      @Nullable String user,
      @Nullable String password) {
    return new PutChannel(host, port, security, "a@example.com", user, password, null, null);
  }

  private static PutChannel hook(@Nullable String url, @Nullable String secret) {
    return new PutChannel(null, null, null, null, null, null, url, secret);
  }

  private static void requireFault(
      ChannelFault fault, NoticeChannel channel, PutChannel put, @Nullable ChannelAddress kept) {
    assertThat(ChannelSettingsParser.fault(channel, put, kept)).as("%s", fault).contains(fault);
  }

  @Test
  void mail_is_read_with_its_login() {
    PutChannel put = mail(" smtp.example ", 465, Security.TLS, " u ", "p w ");
    assertThat(ChannelSettingsParser.fault(NoticeChannel.MAIL, put, null)).isEmpty();
    assertThat(ChannelSettingsParser.mail(put, null))
        .isEqualTo(
            new SmtpAddress("smtp.example", 465, Security.TLS, "u", "p w ", "a@example.com"));
    PutChannel without = mail("smtp.example", 25, Security.NONE, "", "left over");
    assertThat(ChannelSettingsParser.mail(without, null).password()).isEmpty();
  }

  @Test
  void what_cannot_be_meant_is_named() {
    NoticeChannel channel = NoticeChannel.MAIL;
    for (String host : new String[] {null, "", "a b", "https://a", "a".repeat(256), "a\nb", "ä"}) {
      requireFault(ChannelFault.HOST, channel, mail(host, 25, Security.TLS, "", ""), null);
    }
    for (Integer port : new Integer[] {null, 0, -1, 65_536}) {
      requireFault(ChannelFault.PORT, channel, mail("a", port, Security.TLS, "", ""), null);
    }
    requireFault(ChannelFault.SECURITY, channel, mail("a", 25, null, "", ""), null);
    requireFault(ChannelFault.IN_CLEAR, channel, mail("a", 25, Security.NONE, "u", "p"), null);
    requireFault(ChannelFault.PASSWORD, channel, mail("a", 25, Security.TLS, "u", ""), null);
    requireFault(ChannelFault.PASSWORD, channel, mail("a", 25, Security.TLS, "u", "p\r\n"), null);
    requireFault(ChannelFault.USER, channel, mail("a", 25, Security.TLS, "u\0", "p"), null);
    for (String sender :
        new String[] {
          null, "", "a", "A <a@b>", "a@b c", "a@b@c", "a\r\n@b", "a,b@x", "a..b@x", ".@x", "a@x,"
        }) {
      PutChannel put = new PutChannel("a", 25, Security.TLS, sender, "", "", null, null);
      requireFault(ChannelFault.SENDER, channel, put, null);
    }
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> ChannelSettingsParser.mail(mail("", 25, null, "", "geheim"), null))
        .withMessageContaining("host")
        .withMessageNotContaining("geheim");
  }

  @Test
  void a_kept_password_goes_only_where_it_was_entered_for() {
    PutChannel same = mail("smtp.example", 587, Security.STARTTLS, "u", null);
    assertThat(ChannelSettingsParser.mail(same, KEPT).password()).isEqualTo("geheim");
    for (PutChannel other :
        new PutChannel[] {
          mail("smtp.evil", 587, Security.STARTTLS, "u", null),
          mail("smtp.example", 588, Security.STARTTLS, "u", null),
          mail("smtp.example", 587, Security.TLS, "u", null),
          mail("smtp.example", 587, Security.STARTTLS, "v", ""),
        }) {
      requireFault(ChannelFault.PASSWORD, NoticeChannel.MAIL, other, KEPT);
    }
  }

  @Test
  void a_webhook_is_over_tls_and_signed() {
    NoticeChannel channel = NoticeChannel.WEBHOOK;
    assertThat(ChannelSettingsParser.webhook(hook(" https://h.example/x ", SECRET), null))
        .isEqualTo(new WebhookAddress(URI.create("https://h.example/x"), SECRET));
    assertThat(ChannelSettingsParser.webhook(hook(null, ""), HOOK)).isEqualTo(HOOK);
    for (String url :
        new String[] {
          "",
          "http://h.example/",
          "http://localhost/",
          "http://127.0.0.1:8080/x",
          "ftp://h.example/",
          "https://u:p@h.example/",
          "https:///x",
          "https://h.example/#x",
          "https://h.example:65536/",
          "https://h.example/ x",
          "javascript:1",
          "https://h.example/" + "x".repeat(2000)
        }) {
      requireFault(ChannelFault.URL, channel, hook(url, SECRET), null);
    }
    for (String secret : new String[] {null, "", "s".repeat(31), "s".repeat(256)}) {
      requireFault(ChannelFault.SECRET, channel, hook("https://h.example/", secret), null);
    }
  }

  @Test
  void a_kept_secret_signs_only_for_the_server_for_which_it_was_entered() {
    NoticeChannel channel = NoticeChannel.WEBHOOK;
    for (String url : new String[] {"https://hooks.example/T1/x", "https://hooks.example:443/"}) {
      assertThat(ChannelSettingsParser.webhook(hook(url, null), HOOK).secret()).isEqualTo(SECRET);
    }
    for (String url : new String[] {"https://h.example/", "https://hooks.example:8443/T0/token"}) {
      requireFault(ChannelFault.SECRET, channel, hook(url, ""), HOOK);
    }
  }
}
