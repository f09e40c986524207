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
import org.hikae.notice.entity.NoticeRecipient.Hears;
import org.hikae.notice.entity.NoticeRecipient.SentTo;
import org.hikae.notice.entity.NoticeRecipient.Times;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What lets somebody hear less of what is critical, which no administrator does alone. */
class QuieterTest {

  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(3600);
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Hears ADMINS = new Hears(ROLE, "backup-admin");
  private static final SentTo TEAM = mail("it@example.com", "desk@example.com");
  private static final Times ALWAYS = muted(null);
  private static final List<NoticeKind> ROT = List.of(NoticeKind.OBJECT_ROTTEN);
  private static final NoticeRecipient BEFORE = recipient(ADMINS, TEAM, List.of(), ALWAYS);

  private static NoticeRecipient recipient(
      Hears hears, SentTo to, List<NoticeKind> kinds, Times times) {
    NoticeRecipient recipient = new NoticeRecipient();
    recipient.describe("IT", hears, to, kinds, times);
    return recipient;
  }

  private static SentTo mail(String... addresses) {
    return new SentTo(NoticeChannel.MAIL, List.of(addresses), "en");
  }

  private static Times muted(@Nullable Instant until) {
    return new Times(UTC, null, null, null, until);
  }

  private static boolean isQuieter(NoticeRecipient before, @Nullable NoticeRecipient after) {
    return Quieter.isQuieter(before, after, NOW);
  }

  private static boolean isQuieter(Hears hears, SentTo to, List<NoticeKind> kinds, Times times) {
    return isQuieter(BEFORE, recipient(hears, to, kinds, times));
  }

  @Test
  void to_be_gone_muted_or_sent_elsewhere_is_quieter() {
    assertThat(isQuieter(BEFORE, null)).isTrue();
    assertThat(isQuieter(ADMINS, TEAM, List.of(), muted(LATER))).isTrue();
    assertThat(isQuieter(ADMINS, mail("it@example.com"), List.of(), ALWAYS)).isTrue();
    assertThat(isQuieter(ADMINS, mail("it@example.com", "x@example.com"), List.of(), ALWAYS))
        .isTrue();
    SentTo webhook = new SentTo(NoticeChannel.WEBHOOK, List.of(), "en");
    assertThat(isQuieter(ADMINS, webhook, List.of(), ALWAYS)).isTrue();
  }

  @Test
  void fewer_critical_kinds_and_fewer_people_are_quieter() {
    assertThat(isQuieter(ADMINS, TEAM, ROT, ALWAYS)).isTrue();
    assertThat(isQuieter(ADMINS, TEAM, List.of(NoticeKind.BACKUP_FAILED), ALWAYS)).isTrue();
    for (Hears other :
        List.of(
            new Hears(ROLE, "helpdesk"),
            new Hears(ROLE, "auditor"),
            new Hears(GROUP, "/Sales"),
            new Hears(EMPLOYEE, null))) {
      assertThat(isQuieter(other, TEAM, List.of(), ALWAYS)).as("%s", other).isTrue();
    }
    NoticeRecipient sales = recipient(new Hears(GROUP, "/Sales/Asia"), TEAM, List.of(), ALWAYS);
    for (String group : List.of("/Sales/Asia/Tokyo", "/Sales/As", "/Other")) {
      Hears other = new Hears(GROUP, group);
      assertThat(isQuieter(sales, recipient(other, TEAM, List.of(), ALWAYS))).as(group).isTrue();
    }
  }

  @Test
  void more_people_more_kinds_and_what_only_concerns_times_are_not() {
    List<NoticeKind> all = Stream.of(NoticeKind.values()).toList();
    Times quiet = new Times(UTC, LocalTime.of(22, 0), LocalTime.of(7, 0), LocalTime.NOON, null);
    SentTo more = mail("desk@example.com", "it@example.com", "more@example.com");
    assertThat(isQuieter(ADMINS, more, all, quiet)).isFalse();
    assertThat(isQuieter(ADMINS, TEAM, List.of(), muted(NOW))).isFalse();
    NoticeRecipient sales = recipient(new Hears(GROUP, "/Sales/Asia"), TEAM, ROT, ALWAYS);
    for (Hears wider :
        List.of(new Hears(GROUP, "/Sales"), new Hears(GROUP, "/Sales/Asia"), ADMINS)) {
      assertThat(isQuieter(sales, recipient(wider, TEAM, ROT, ALWAYS))).as("%s", wider).isFalse();
    }
  }

  @Test
  void what_is_muted_already_stays_so_and_comes_back_with_one() {
    NoticeRecipient muted = recipient(ADMINS, TEAM, List.of(), muted(LATER));
    assertThat(isQuieter(muted, BEFORE)).isFalse();
    assertThat(isQuieter(muted, recipient(ADMINS, TEAM, List.of(), muted(LATER)))).isFalse();
    Times longer = muted(LATER.plusSeconds(1));
    assertThat(isQuieter(muted, recipient(ADMINS, TEAM, List.of(), longer))).isTrue();
    assertThat(isQuieter(muted, null)).as("what would be heard later").isTrue();
  }

  @Test
  void who_hears_of_nothing_critical_is_changed_by_one() {
    NoticeRecipient info = recipient(ADMINS, TEAM, List.of(NoticeKind.APPROVAL_REJECTED), ALWAYS);
    assertThat(isQuieter(info, null)).isFalse();
    NoticeRecipient desk = recipient(new Hears(Audience.ROLE, "helpdesk"), TEAM, ROT, ALWAYS);
    assertThat(isQuieter(desk, null)).as("a role that never hears of this kind").isFalse();
  }
}
