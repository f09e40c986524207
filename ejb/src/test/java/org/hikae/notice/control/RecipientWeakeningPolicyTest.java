package org.hikae.notice.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hikae.notice.value.RecipientAudience.EMPLOYEE;
import static org.hikae.notice.value.RecipientAudience.GROUP;
import static org.hikae.notice.value.RecipientAudience.ROLE;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.notice.control.RecipientWeakeningPolicy.Subscription;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.notice.value.RecipientDestination;
import org.hikae.notice.value.RecipientInterest;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What lets somebody hear less of what is critical, which no administrator does alone. */
class RecipientWeakeningPolicyTest {

  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(3600);
  private static final RecipientInterest ADMINS = new RecipientInterest(ROLE, "backup-admin");
  private static final RecipientDestination TEAM = mail("it@example.com", "desk@example.com");
  private static final Set<NoticeKind> ROT = Set.of(NoticeKind.OBJECT_ROTTEN);
  private static final Set<NoticeKind> UNASKED =
      Arrays.stream(NoticeKind.values())
          .filter(NoticeKind::isSentUnasked)
          .collect(Collectors.toUnmodifiableSet());
  private static final Subscription BEFORE = new Subscription(UNASKED, ADMINS, TEAM, null);

  private static RecipientDestination mail(String... addresses) {
    return new RecipientDestination(NoticeChannel.MAIL, List.of(addresses), "en");
  }

  private static Subscription of(RecipientInterest interest, Set<NoticeKind> kinds) {
    return new Subscription(kinds, interest, TEAM, null);
  }

  private static Subscription to(RecipientDestination destination) {
    return new Subscription(UNASKED, ADMINS, destination, null);
  }

  private static Subscription muted(Instant until) {
    return new Subscription(UNASKED, ADMINS, TEAM, until);
  }

  private static boolean isWeaker(Subscription before, @Nullable Subscription after) {
    return RecipientWeakeningPolicy.isWeaker(before, after, NOW);
  }

  private static boolean isWeaker(Subscription after) {
    return isWeaker(BEFORE, after);
  }

  @Test
  void to_be_gone_muted_or_sent_elsewhere_is_quieter() {
    assertThat(isWeaker(BEFORE, null)).isTrue();
    assertThat(isWeaker(muted(LATER))).isTrue();
    assertThat(isWeaker(to(mail("it@example.com")))).isTrue();
    assertThat(isWeaker(to(mail("it@example.com", "x@example.com")))).isTrue();
    RecipientDestination webhook = new RecipientDestination(NoticeChannel.WEBHOOK, List.of(), "en");
    assertThat(isWeaker(to(webhook))).isTrue();
  }

  @Test
  void fewer_critical_kinds_and_fewer_people_are_quieter() {
    assertThat(isWeaker(of(ADMINS, ROT))).isTrue();
    assertThat(isWeaker(of(ADMINS, Set.of(NoticeKind.BACKUP_FAILED)))).isTrue();
    for (RecipientInterest other :
        List.of(
            new RecipientInterest(ROLE, "helpdesk"),
            new RecipientInterest(ROLE, "auditor"),
            new RecipientInterest(GROUP, "/Sales"),
            new RecipientInterest(EMPLOYEE, null))) {
      assertThat(isWeaker(of(other, UNASKED))).as("%s", other).isTrue();
    }
    Subscription own = of(new RecipientInterest(EMPLOYEE, null), UNASKED);
    assertThat(isWeaker(own, own)).isFalse();
    assertThat(isWeaker(own, of(new RecipientInterest(GROUP, "/Sales"), UNASKED))).isTrue();
    Subscription sales = of(new RecipientInterest(GROUP, "/Sales/Asia"), UNASKED);
    for (String group : List.of("/Sales/Asia/Tokyo", "/Sales/As", "/Other")) {
      RecipientInterest other = new RecipientInterest(GROUP, group);
      assertThat(isWeaker(sales, of(other, UNASKED))).as(group).isTrue();
    }
  }

  @Test
  void more_people_more_kinds_and_a_mute_that_is_over_are_not() {
    RecipientDestination more = mail("desk@example.com", "it@example.com", "more@example.com");
    assertThat(isWeaker(new Subscription(Set.of(NoticeKind.values()), ADMINS, more, null)))
        .isFalse();
    assertThat(isWeaker(muted(NOW))).isFalse();
    Subscription sales = of(new RecipientInterest(GROUP, "/Sales/Asia"), ROT);
    for (RecipientInterest wider :
        List.of(
            new RecipientInterest(GROUP, "/Sales"),
            new RecipientInterest(GROUP, "/Sales/Asia"),
            ADMINS)) {
      assertThat(isWeaker(sales, of(wider, ROT))).as("%s", wider).isFalse();
    }
  }

  @Test
  void what_is_muted_already_stays_so_and_comes_back_with_one() {
    Subscription muted = muted(LATER);
    assertThat(isWeaker(muted, BEFORE)).isFalse();
    assertThat(isWeaker(muted, muted(LATER))).isFalse();
    assertThat(isWeaker(muted, muted(LATER.plusSeconds(1)))).isTrue();
    assertThat(isWeaker(muted, null)).as("what would be heard later").isTrue();
  }

  @Test
  void who_hears_of_nothing_critical_is_changed_by_one() {
    Subscription info = of(ADMINS, Set.of(NoticeKind.APPROVAL_REJECTED));
    assertThat(isWeaker(info, null)).isFalse();
    Subscription desk = of(new RecipientInterest(RecipientAudience.ROLE, "helpdesk"), ROT);
    assertThat(isWeaker(desk, null)).as("a role that never hears of this kind").isFalse();
  }
}
