package org.hikae.notice.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.notice.value.RecipientAudience;
import org.hikae.notice.value.RecipientDestination;
import org.hikae.notice.value.RecipientInterest;
import org.hikae.notice.value.RecipientSchedule;
import org.hikae.notice.wire.NoticeKind;
import org.jspecify.annotations.Nullable;

/** Who hears what, how and when. Each change makes another edition. */
@Entity
@Table(name = "notice_recipient")
public class NoticeRecipient {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "recipient_id")
  private Long recipientId;

  @Column(name = "edition")
  private long edition;

  @Column(name = "name")
  private String name;

  @Enumerated(EnumType.STRING)
  @Column(name = "audience")
  private RecipientAudience audience;

  @Column(name = "audience_name")
  private @Nullable String audienceName;

  @Enumerated(EnumType.STRING)
  @Column(name = "channel")
  private NoticeChannel channel;

  @Column(name = "addresses")
  private String addresses;

  @Column(name = "language")
  private String language;

  @Column(name = "kinds")
  private String kinds;

  @Column(name = "time_zone")
  private String timeZone;

  @Column(name = "quiet_from")
  private @Nullable String quietFrom;

  @Column(name = "quiet_until")
  private @Nullable String quietUntil;

  @Column(name = "digest_at")
  private @Nullable String digestAt;

  @Column(name = "muted_until")
  private @Nullable Instant mutedUntil;

  /** For the persistence provider, and for a new one, which is then told what it is. */
  public NoticeRecipient() {}

  /** Says what it is from now on. */
  public void describe(
      String newName,
      RecipientInterest hears,
      RecipientDestination to,
      List<NoticeKind> newKinds,
      RecipientSchedule times) {
    edition++;
    name = newName;
    audience = hears.audience();
    audienceName = hears.name();
    channel = to.channel();
    addresses = String.join("\n", to.addresses());
    language = to.language();
    kinds = String.join("\n", newKinds.stream().map(NoticeKind::code).toList());
    timeZone = times.zone().getId();
    quietFrom = text(times.quietFrom());
    quietUntil = text(times.quietUntil());
    digestAt = text(times.digestAt());
    mutedUntil = times.mutedUntil();
  }

  private static @Nullable String text(@Nullable LocalTime time) {
    return time == null ? null : time.toString();
  }

  private static @Nullable LocalTime time(@Nullable String text) {
    return text == null ? null : LocalTime.parse(text);
  }

  /** Its number. */
  public long recipientId() {
    return recipientId;
  }

  /** How often it was described. */
  public long edition() {
    return edition;
  }

  /** What administrators call it. */
  public String name() {
    return name;
  }

  /** Whose notices. */
  public RecipientInterest hears() {
    return new RecipientInterest(audience, audienceName);
  }

  /** Where they go. */
  public RecipientDestination sentTo() {
    return new RecipientDestination(
        channel, addresses.isEmpty() ? List.of() : List.of(addresses.split("\n", -1)), language);
  }

  /** Which kinds; empty for all that are sent unasked. */
  public List<NoticeKind> kinds() {
    return List.of(kinds.split("\n", -1)).stream()
        .flatMap(code -> NoticeKind.named(code).stream())
        .toList();
  }

  /** Whether it hears of this kind. */
  public boolean wants(NoticeKind kind) {
    return kinds.isEmpty() ? kind.isSentUnasked() : kinds().contains(kind);
  }

  /** When they go. */
  public RecipientSchedule times() {
    return new RecipientSchedule(
        ZoneId.of(timeZone), time(quietFrom), time(quietUntil), time(digestAt), mutedUntil);
  }
}
