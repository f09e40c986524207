package org.hikae.notice.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.wire.NoticeKind;
import org.junit.jupiter.api.Test;

/** A mail to the last letter. */
class MailTextTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final String PORTAL = "https://portal.example/?a=1&b=2";

  @Test
  void text_and_html_say_the_same() {
    OutgoingMessage.Content missed =
        new OutgoingMessage.Content(
            7,
            NoticeKind.BACKUP_MISSED,
            Instant.EPOCH,
            3L,
            "Yuki <Tanaka>",
            Map.of("name", "<A> & \"B\"", "days", "9"));
    OutgoingMessage.Content again =
        new OutgoingMessage.Content(
            8,
            NoticeKind.BACKUP_MISSED,
            Instant.EPOCH.plusSeconds(60),
            4L,
            null,
            Map.of("name", "C", "days", "1"));

    MailText mail = MailText.of(message("en", List.of(missed, again), 5), PORTAL);

    assertThat(mail.subject()).isEqualTo("Hikae: 2 notices");
    assertThat(mail.text())
        .isEqualTo(
            """
            The device <A> & "B" has had no backup for 9 days.
            Please look · 1 Jan 1970 09:00 JST · Yuki <Tanaka>

            The device C has had no backup for 1 days.
            Please look · 1 Jan 1970 09:01 JST · employee number 4

            And 5 more, in another mail.

            More about it: https://portal.example/?a=1&b=2

            You receive this because of your company's backup. \
            Nobody reads replies to this address.
            """);
    assertThat(mail.html())
        .isEqualTo(
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"></head><body>
            <p><strong>The device &lt;A&gt; &amp; &quot;B&quot; has had no backup for 9 days.\
            </strong><br>Please look · 1 Jan 1970 09:00 JST · Yuki &lt;Tanaka&gt;</p>
            <p><strong>The device C has had no backup for 1 days.\
            </strong><br>Please look · 1 Jan 1970 09:01 JST · employee number 4</p>
            <p>And 5 more, in another mail.</p>
            <p>More about it: <a href="https://portal.example/?a=1&amp;b=2">\
            https://portal.example/?a=1&amp;b=2</a></p>
            <p><small>You receive this because of your company's backup. \
            Nobody reads replies to this address.</small></p>
            </body></html>
            """);
  }

  private static OutgoingMessage message(
      String language, List<OutgoingMessage.Content> contents, long left) {
    DeliveryDestination to = new DeliveryDestination(NoticeChannel.MAIL, "a@example.com", language);
    return new OutgoingMessage("p", to, TOKYO, contents, left);
  }
}
