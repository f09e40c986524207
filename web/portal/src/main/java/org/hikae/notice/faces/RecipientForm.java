package org.hikae.notice.faces;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.notice.view.PutRecipient;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.problem.control.InstantParser;
import org.hikae.problem.control.Refusal;
import org.hikae.ui.faces.EnumText;
import org.jspecify.annotations.Nullable;

/** A recipient as its form shows it. What cannot be meant the boundary refuses. */
public class RecipientForm implements Serializable {

  /** Which kinds somebody hears of. */
  private enum KindChoice {
    /** Everything but information. */
    USUAL,
    /** Only what is critical. */
    CRITICAL,
    /** Everything. */
    ALL,
    /** A list of their own. */
    CHOSEN
  }

  private String name = "";
  private String audience = RecipientAudience.ROLE.name();
  private String role = "backup-admin";
  private String group = "";
  private String channel = NoticeChannel.MAIL.name();
  private String addresses = "";
  private String language = "en";
  private KindChoice kinds = KindChoice.USUAL;
  private List<String> chosenKinds = List.of();
  private String timeZone = "UTC";
  private String quietFrom = "";
  private String quietUntil = "";
  private String digestAt = "";
  private String mutedUntil = "";

  /** A new one, in the language and for the role that are chosen most often. */
  public RecipientForm() {}

  static RecipientForm of(PutRecipient stands) {
    RecipientForm draft = new RecipientForm();
    String audienceName = stands.audienceName();
    draft.name = stands.name();
    draft.audience = stands.audience().name();
    if (audienceName != null && stands.audience() == RecipientAudience.ROLE) {
      draft.role = audienceName;
    } else if (audienceName != null) {
      draft.group = audienceName;
    }
    draft.channel = stands.channel().name();
    draft.addresses = String.join("\n", stands.addresses());
    draft.language = stands.language();
    draft.chosenKinds = List.copyOf(stands.kinds());
    draft.kinds = choice(draft.chosenKinds);
    draft.timeZone = stands.timeZone();
    draft.quietFrom = orEmpty(stands.quietFrom());
    draft.quietUntil = orEmpty(stands.quietUntil());
    draft.digestAt = orEmpty(stands.digestAt());
    Instant muted = stands.mutedUntil();
    draft.mutedUntil = muted == null ? "" : local(muted, stands.timeZone());
    return draft;
  }

  /** What is to be put; a word or a time that there is not is refused. */
  PutRecipient put() {
    RecipientAudience whom = chosen("audience", audience, RecipientAudience.values());
    return new PutRecipient(
        name,
        whom,
        switch (whom) {
          case ROLE -> role;
          case GROUP -> group.strip();
          case EMPLOYEE -> null;
        },
        chosen("channel", channel, NoticeChannel.values()),
        isOwnAddress()
            ? List.of()
            : addresses.lines().map(String::strip).filter(line -> !line.isEmpty()).toList(),
        language,
        switch (kinds) {
          case CRITICAL -> codes(kind -> kind.severity() == NoticeKind.Severity.CRITICAL);
          case ALL -> codes(_ -> true);
          case CHOSEN -> chosenKinds;
          case USUAL -> List.of();
        },
        timeZone.strip(),
        orNone(quietFrom),
        orNone(quietUntil),
        orNone(digestAt),
        mutedUntil.isBlank() ? null : instant(mutedUntil.strip(), timeZone.strip()));
  }

  private static KindChoice choice(List<String> kinds) {
    if (kinds.isEmpty()) {
      return KindChoice.USUAL;
    }
    if (kinds.equals(codes(_ -> true))) {
      return KindChoice.ALL;
    }
    return kinds.equals(codes(kind -> kind.severity() == NoticeKind.Severity.CRITICAL))
        ? KindChoice.CRITICAL
        : KindChoice.CHOSEN;
  }

  private static List<String> codes(Predicate<NoticeKind> wanted) {
    return Arrays.stream(NoticeKind.values()).filter(wanted).map(NoticeKind::code).toList();
  }

  private static String local(Instant instant, String zone) {
    return LocalDateTime.ofInstant(instant, ZoneId.of(zone))
        .truncatedTo(ChronoUnit.MINUTES)
        .toString();
  }

  /** A time in a zone that there is. */
  private static Instant instant(String local, String zone) {
    String text = local;
    try {
      text =
          LocalDateTime.parse(local)
              .atZone(
                  ZoneId.getAvailableZoneIds().contains(zone) ? ZoneId.of(zone) : ZoneId.of("UTC"))
              .toInstant()
              .toString();
    } catch (DateTimeParseException e) {
      // Refused below, as it is over REST.
    }
    return InstantParser.parse("mutedUntil", text);
  }

  private static <E extends Enum<E>> E chosen(String field, String text, E[] words) {
    String names = String.join(", ", Arrays.stream(words).map(Enum::name).toList());
    return Arrays.stream(words)
        .filter(word -> word.name().equals(text))
        .findFirst()
        .orElseThrow(() -> Refusal.malformed(field + " must be one of " + names + "."));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String orNone(String text) {
    return text.isBlank() ? null : text.strip();
  }

  /** Whether no address is to be named: the employee's own, and the webhook's. */
  public boolean isOwnAddress() {
    return audience.equals(RecipientAudience.EMPLOYEE.name())
        || channel.equals(NoticeChannel.WEBHOOK.name());
  }

  /** Whether it hears of kinds that were chosen one by one, over REST. */
  public boolean isListed() {
    return !chosenKinds.isEmpty() && choice(chosenKinds) == KindChoice.CHOSEN;
  }

  /** What administrators call it. */
  public String getName() {
    return name;
  }

  /** Sets the name. */
  public void setName(@Nullable String given) {
    name = orEmpty(given);
  }

  /** ROLE, GROUP or EMPLOYEE. */
  public String getAudience() {
    return audience;
  }

  /** Sets of whom it hears. */
  public void setAudience(@Nullable String given) {
    audience = orEmpty(given);
  }

  /** The role whose matters it hears. */
  public String getRole() {
    return role;
  }

  /** Sets the role. */
  public void setRole(@Nullable String given) {
    role = orEmpty(given);
  }

  /** The path of the department whose matters it hears. */
  public String getGroup() {
    return group;
  }

  /** Sets the path. */
  public void setGroup(@Nullable String given) {
    group = orEmpty(given);
  }

  /** MAIL or WEBHOOK. */
  public String getChannel() {
    return channel;
  }

  /** Sets how it hears. */
  public void setChannel(@Nullable String given) {
    channel = orEmpty(given);
  }

  /** Mail addresses, one a line. */
  public String getAddresses() {
    return addresses;
  }

  /** Sets the addresses. */
  public void setAddresses(@Nullable String given) {
    addresses = orEmpty(given);
  }

  /** en or ja. */
  public String getLanguage() {
    return language;
  }

  /** Sets the language. */
  public void setLanguage(@Nullable String given) {
    language = orEmpty(given);
  }

  /** USUAL, CRITICAL, ALL or CHOSEN. */
  public String getKinds() {
    return kinds.name();
  }

  /** Sets which kinds; what is no choice is the usual one. */
  public void setKinds(@Nullable String given) {
    KindChoice wanted = EnumText.named(KindChoice.class, orEmpty(given));
    kinds = wanted == null ? KindChoice.USUAL : wanted;
  }

  /** The zone of the times of day. */
  public String getTimeZone() {
    return timeZone;
  }

  /** Sets the zone. */
  public void setTimeZone(@Nullable String given) {
    timeZone = orEmpty(given);
  }

  /** When quiet hours begin; empty for none. */
  public String getQuietFrom() {
    return quietFrom;
  }

  /** Sets that. */
  public void setQuietFrom(@Nullable String given) {
    quietFrom = orEmpty(given);
  }

  /** When quiet hours end; empty for none. */
  public String getQuietUntil() {
    return quietUntil;
  }

  /** Sets that. */
  public void setQuietUntil(@Nullable String given) {
    quietUntil = orEmpty(given);
  }

  /** When the day's notices go together; empty for at once. */
  public String getDigestAt() {
    return digestAt;
  }

  /** Sets that. */
  public void setDigestAt(@Nullable String given) {
    digestAt = orEmpty(given);
  }

  /** Until when nothing is sent, in its zone; empty for not muted. */
  public String getMutedUntil() {
    return mutedUntil;
  }

  /** Sets that. */
  public void setMutedUntil(@Nullable String given) {
    mutedUntil = orEmpty(given);
  }
}
