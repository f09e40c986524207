package org.hikae.notice.service;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.hikae.identity.wire.RealmNames;
import org.hikae.notice.entity.NoticeRecipient;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.notice.value.RecipientDestination;
import org.hikae.notice.value.RecipientInterest;
import org.hikae.notice.value.RecipientSchedule;
import org.hikae.notice.view.PutRecipient;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.PlainTextCheck;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Reads what administrators send about a recipient, and refuses what cannot be meant. */
public final class RecipientParser {

  /** What stands for the webhook's address, which only the settings know. */
  public static final String WEBHOOK = "webhook";

  /** Most addresses that one thing goes to. */
  public static final int MAX_ADDRESSES = 20;

  private static final int MAX_NAME_CHARS = 100;
  private static final int MAX_PATH_CHARS = 255;
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s@<>,;\"]{1,64}@[^\\s@<>,;\"]{1,130}");
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
  private static final Set<String> ROLES =
      Set.of(RealmNames.BACKUP_ADMIN, RealmNames.HELPDESK, RealmNames.AUDITOR);

  private RecipientParser() {}

  public static void describe(NoticeRecipient recipient, PutRecipient wanted) {
    RecipientInterest hears = hears(wanted);
    recipient.describe(
        name(wanted.name()), hears, sentTo(wanted, hears), kinds(wanted.kinds()), times(wanted));
  }

  static String name(String name) {
    String stripped = name.strip();
    if (stripped.isEmpty()
        || stripped.length() > MAX_NAME_CHARS
        || !PlainTextCheck.isLine(stripped)) {
      throw Refusal.malformed("name must have 1 to " + MAX_NAME_CHARS + " plain characters.");
    }
    return stripped;
  }

  private static RecipientInterest hears(PutRecipient wanted) {
    RecipientAudience audience = wanted.audience();
    String name = wanted.audienceName();
    boolean fits =
        switch (audience) {
          case EMPLOYEE -> name == null;
          case ROLE -> name != null && ROLES.contains(name);
          case GROUP ->
              name != null
                  && name.matches("/.*[^/]")
                  && name.length() <= MAX_PATH_CHARS
                  && PlainTextCheck.isLine(name);
        };
    if (!fits) {
      throw Refusal.malformed(
          "audienceName must be backup-admin, helpdesk or auditor for ROLE, a path such as /Sales"
              + " for GROUP, and absent for EMPLOYEE.");
    }
    return new RecipientInterest(audience, name);
  }

  private static RecipientDestination sentTo(PutRecipient wanted, RecipientInterest hears) {
    NoticeChannel channel = wanted.channel();
    if (!Set.of("en", "ja").contains(wanted.language())) {
      throw Refusal.malformed("language must be en or ja.");
    }
    List<String> addresses = wanted.addresses().stream().distinct().toList();
    boolean own =
        channel == NoticeChannel.WEBHOOK || hears.audience() == RecipientAudience.EMPLOYEE;
    boolean right = own ? addresses.isEmpty() : !addresses.isEmpty();
    if (!right
        || addresses.size() > MAX_ADDRESSES
        || !addresses.stream().allMatch(RecipientParser::isAddress)) {
      throw Refusal.malformed(
          "addresses must be 1 to "
              + MAX_ADDRESSES
              + " plain mail addresses, and none for EMPLOYEE and WEBHOOK.");
    }
    return new RecipientDestination(channel, addresses, wanted.language());
  }

  /** Whether it is a plain mail address, without a name and without anything that needs quoting. */
  public static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  private static List<NoticeKind> kinds(List<String> kinds) {
    if (kinds.size() > NoticeKind.values().length) {
      throw Refusal.malformed("kinds must name each kind once.");
    }
    return kinds.stream()
        .distinct()
        .map(
            code ->
                NoticeKind.named(code)
                    .orElseThrow(() -> Refusal.malformed("kinds must name known kinds.")))
        .toList();
  }

  private static RecipientSchedule times(PutRecipient wanted) {
    LocalTime from = time("quietFrom", wanted.quietFrom());
    LocalTime until = time("quietUntil", wanted.quietUntil());
    boolean both = from != null && until != null && !from.equals(until);
    if (!both && (from != null || until != null)) {
      throw Refusal.malformed("quietFrom and quietUntil must be two different times, or absent.");
    }
    return new RecipientSchedule(
        zone(wanted.timeZone()),
        from,
        until,
        time("digestAt", wanted.digestAt()),
        wanted.mutedUntil());
  }

  private static ZoneId zone(String zone) {
    // Only names that every server knows; an offset would not follow summer time.
    if (ZoneId.getAvailableZoneIds().contains(zone)) {
      return ZoneId.of(zone);
    }
    throw Refusal.malformed("timeZone must be a name such as Asia/Tokyo or UTC.");
  }

  private static @Nullable LocalTime time(String field, @Nullable String text) {
    if (text != null && !TIME.matcher(text).matches()) {
      throw Refusal.malformed(field + " must be a time of day such as 22:00.");
    }
    return text == null ? null : LocalTime.parse(text);
  }
}
