package org.hikae.notice.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.notice.view.PutRecipient;
import org.junit.jupiter.api.Test;

/** What a second administrator agrees to, which is hashed as it is written. */
class RecipientChangeTest {

  private static PutRecipient recipient(Instant mutedUntil) {
    return new PutRecipient(
        "IT",
        RecipientAudience.ROLE,
        "backup-admin",
        NoticeChannel.MAIL,
        List.of("it@corp.example"),
        "en",
        List.of("vault.locked"),
        "UTC",
        "22:00",
        "07:00",
        null,
        mutedUntil);
  }

  @Test
  void it_is_written_in_one_form_and_read_again() {
    Instant until = Instant.parse("2126-01-01T00:00:00.120Z");
    RecipientChange change = new RecipientChange(2, 3, recipient(until));
    String text = change.text(recipient(null));
    assertThat(text)
        .isEqualTo(
            """
            {"recipientId":2,"edition":3,"recipient":"IT","was":{"name":"IT","audience":"ROLE",\
            "channel":"MAIL","addresses":["it@corp.example"],"language":"en",\
            "kinds":["vault.locked"],"timeZone":"UTC","audienceName":"backup-admin",\
            "quietFrom":"22:00","quietUntil":"07:00"},"values":{"name":"IT","audience":"ROLE",\
            "channel":"MAIL","addresses":["it@corp.example"],"language":"en",\
            "kinds":["vault.locked"],"timeZone":"UTC","audienceName":"backup-admin",\
            "quietFrom":"22:00","quietUntil":"07:00","mutedUntil":"2126-01-01T00:00:00.120Z"}}\
            """);
    assertThat(RecipientChange.parse(text)).isEqualTo(change);
  }

  @Test
  void each_part_that_is_there_is_kept() {
    PutRecipient full =
        new PutRecipient(
            "IT",
            RecipientAudience.ROLE,
            "backup-admin",
            NoticeChannel.MAIL,
            List.of("it@corp.example", "desk@corp.example"),
            "ja",
            List.of(),
            "Asia/Tokyo",
            "22:00",
            "07:00",
            "08:30",
            Instant.parse("2126-01-01T00:00:00Z"));
    for (PutRecipient recipient : List.of(full, recipient(null))) {
      RecipientChange change = new RecipientChange(2, 3, recipient);
      assertThat(RecipientChange.parse(change.text(full))).isEqualTo(change);
    }
  }

  @Test
  void a_removal_has_no_values() {
    RecipientChange change = new RecipientChange(2, 3, null);
    String text = change.text(recipient(null));
    assertThat(text).endsWith(",\"removed\":true}").doesNotContain("values");
    assertThat(RecipientChange.parse(text)).isEqualTo(change);
  }
}
