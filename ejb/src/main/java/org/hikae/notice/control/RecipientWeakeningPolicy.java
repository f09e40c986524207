package org.hikae.notice.control;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.notice.value.RecipientDestination;
import org.hikae.notice.value.RecipientInterest;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;

/**
 * Whether a change of a recipient lets anybody hear less of what is critical: no administrator may
 * do that alone, because what they hear of is also what somebody does who must not. Several small
 * changes take away no more than one large one: each must keep all that the one before kept. What
 * is not critical is nobody's protection.
 */
public final class RecipientWeakeningPolicy {

  private RecipientWeakeningPolicy() {}

  /**
   * What of a recipient counts. Times of day do not, because what is critical goes at once.
   *
   * @param kinds all that it hears of
   * @param interest whose notices
   * @param destination where they go
   * @param mutedUntil until when nothing is sent; null for not muted
   */
  public record Subscription(
      Set<NoticeKind> kinds,
      RecipientInterest interest,
      RecipientDestination destination,
      @Nullable Instant mutedUntil) {}

  /**
   * Judges a change.
   *
   * @param after what it would be; null when it would be removed
   */
  public static boolean isWeaker(Subscription before, @Nullable Subscription after, Instant now) {
    Set<NoticeKind> heard = critical(before);
    if (heard.isEmpty()) {
      return false;
    }
    return after == null
        || !critical(after).containsAll(heard)
        || !reaches(before.destination(), after.destination())
        || !covers(before.interest(), after.interest())
        || isMutedLonger(before.mutedUntil(), after.mutedUntil(), now);
  }

  private static Set<NoticeKind> critical(Subscription subscription) {
    RecipientInterest interest = subscription.interest();
    return subscription.kinds().stream()
        .filter(kind -> kind.severity() == NoticeKind.Severity.CRITICAL)
        .filter(
            kind ->
                interest.audience() != RecipientAudience.ROLE
                    || kind.roles().contains(interest.name()))
        .collect(Collectors.toSet());
  }

  private static boolean reaches(RecipientDestination before, RecipientDestination after) {
    return after.channel() == before.channel()
        && new HashSet<>(after.addresses()).containsAll(before.addresses());
  }

  /** The kinds that both hear are compared besides. */
  private static boolean covers(RecipientInterest before, RecipientInterest after) {
    return switch (before.audience()) {
      case EMPLOYEE -> after.audience() == RecipientAudience.EMPLOYEE;
      case ROLE -> after.audience() == RecipientAudience.ROLE;
      case GROUP ->
          after.audience() == RecipientAudience.ROLE
              || (after.audience() == RecipientAudience.GROUP
                  && (before.name() + "/").startsWith(after.name() + "/"));
    };
  }

  private static boolean isMutedLonger(
      @Nullable Instant already, @Nullable Instant until, Instant now) {
    return until != null && until.isAfter(now) && (already == null || until.isAfter(already));
  }
}
