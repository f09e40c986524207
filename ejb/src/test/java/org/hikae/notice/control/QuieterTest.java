package org.hikae.notice.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.notice.entity.Audience.EMPLOYEE;
import static org.hikae.notice.entity.Audience.GROUP;
import static org.hikae.notice.entity.Audience.ROLE;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.notice.entity.Audience;
import org.hikae.notice.entity.NoticeChannel;
import org.hikae.notice.entity.NoticeRecipient;
import org.hikae.notice.entity.RecipientDestination;
import org.hikae.notice.entity.RecipientInterest;
import org.hikae.notice.entity.RecipientSchedule;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What lets somebody hear less of what is critical, which no administrator does alone. */
class QuieterTest {

  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(3600);
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final RecipientInterest ADMINS = new RecipientInterest(ROLE, "backup-admin");
  private static final RecipientDestination TEAM = mail("it@example.com", "desk@example.com");
  private static final RecipientSchedule ALWAYS = muted(null);
  private static final List<NoticeKind> ROT = List.of(NoticeKind.OBJECT_ROTTEN);
  private static final NoticeRecipient BEFORE = recipient(ADMINS, TEAM, List.of(), ALWAYS);

  private static NoticeRecipient recipient(
      RecipientInterest hears,
      RecipientDestination to,
      List<NoticeKind> kinds,
      RecipientSchedule times) {
    NoticeRecipient recipient = new NoticeRecipient();
    recipient.describe("IT", hears, to, kinds, times);
    return recipient;
  }

  private static RecipientDestination mail(String... addresses) {
    return new RecipientDestination(NoticeChannel.MAIL, List.of(addresses), "en");
  }

  private static RecipientSchedule muted(@Nullable Instant until) {
    return new RecipientSchedule(UTC, null, null, null, until);
  }

  private static boolean isQuieter(NoticeRecipient before, @Nullable NoticeRecipient after) {
    return Quieter.isQuieter(before, after, NOW);
  }

  private static boolean isQuieter(
      RecipientInterest hears,
      RecipientDestination to,
      List<NoticeKind> kinds,
      RecipientSchedule times) {
    return isQuieter(BEFORE, recipient(hears, to, kinds, times));
  }

  @Test
  void to_be_gone_muted_or_sent_elsewhere_is_quieter() {
    assertThat(isQuieter(BEFORE, null)).isTrue();
    assertThat(isQuieter(ADMINS, TEAM, List.of(), muted(LATER))).isTrue();
    assertThat(isQuieter(ADMINS, mail("it@example.com"), List.of(), ALWAYS)).isTrue();
    assertThat(isQuieter(ADMINS, mail("it@example.com", "x@example.com"), List.of(), ALWAYS))
        .isTrue();
    RecipientDestination webhook = new RecipientDestination(NoticeChannel.WEBHOOK, List.of(), "en");
    assertThat(isQuieter(ADMINS, webhook, List.of(), ALWAYS)).isTrue();
  }

  @Test
  void fewer_critical_kinds_and_fewer_people_are_quieter() {
    assertThat(isQuieter(ADMINS, TEAM, ROT, ALWAYS)).isTrue();
    assertThat(isQuieter(ADMINS, TEAM, List.of(NoticeKind.BACKUP_FAILED), ALWAYS)).isTrue();
    for (RecipientInterest other :
        List.of(
            new RecipientInterest(ROLE, "helpdesk"),
            new RecipientInterest(ROLE, "auditor"),
            new RecipientInterest(GROUP, "/Sales"),
            new RecipientInterest(EMPLOYEE, null))) {
      assertThat(isQuieter(other, TEAM, List.of(), ALWAYS)).as("%s", other).isTrue();
    }
    NoticeRecipient sales =
        recipient(new RecipientInterest(GROUP, "/Sales/Asia"), TEAM, List.of(), ALWAYS);
    for (String group : List.of("/Sales/Asia/Tokyo", "/Sales/As", "/Other")) {
      RecipientInterest other = new RecipientInterest(GROUP, group);
      assertThat(isQuieter(sales, recipient(other, TEAM, List.of(), ALWAYS))).as(group).isTrue();
    }
  }

  @Test
  void more_people_more_kinds_and_what_only_concerns_times_are_not() {
    List<NoticeKind> all = Stream.of(NoticeKind.values()).toList();
    RecipientSchedule quiet =
        new RecipientSchedule(UTC, LocalTime.of(22, 0), LocalTime.of(7, 0), LocalTime.NOON, null);
    RecipientDestination more = mail("desk@example.com", "it@example.com", "more@example.com");
    assertThat(isQuieter(ADMINS, more, all, quiet)).isFalse();
    assertThat(isQuieter(ADMINS, TEAM, List.of(), muted(NOW))).isFalse();
    NoticeRecipient sales =
        recipient(new RecipientInterest(GROUP, "/Sales/Asia"), TEAM, ROT, ALWAYS);
    for (RecipientInterest wider :
        List.of(
            new RecipientInterest(GROUP, "/Sales"),
            new RecipientInterest(GROUP, "/Sales/Asia"),
            ADMINS)) {
      assertThat(isQuieter(sales, recipient(wider, TEAM, ROT, ALWAYS))).as("%s", wider).isFalse();
    }
  }

  @Test
  void what_is_muted_already_stays_so_and_comes_back_with_one() {
    NoticeRecipient muted = recipient(ADMINS, TEAM, List.of(), muted(LATER));
    assertThat(isQuieter(muted, BEFORE)).isFalse();
    assertThat(isQuieter(muted, recipient(ADMINS, TEAM, List.of(), muted(LATER)))).isFalse();
    RecipientSchedule longer = muted(LATER.plusSeconds(1));
    assertThat(isQuieter(muted, recipient(ADMINS, TEAM, List.of(), longer))).isTrue();
    assertThat(isQuieter(muted, null)).as("what would be heard later").isTrue();
  }

  @Test
  void who_hears_of_nothing_critical_is_changed_by_one() {
    NoticeRecipient info = recipient(ADMINS, TEAM, List.of(NoticeKind.APPROVAL_REJECTED), ALWAYS);
    assertThat(isQuieter(info, null)).isFalse();
    NoticeRecipient desk =
        recipient(new RecipientInterest(Audience.ROLE, "helpdesk"), TEAM, ROT, ALWAYS);
    assertThat(isQuieter(desk, null)).as("a role that never hears of this kind").isFalse();
  }
}
