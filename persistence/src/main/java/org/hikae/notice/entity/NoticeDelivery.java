package org.hikae.notice.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.hikae.notice.value.DeliveryDestination;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.notice.value.DeliveryState;
import org.hikae.notice.value.NoticeChannel;
import org.jspecify.annotations.Nullable;

/**
 * One message to one address. WAITING until the other side took it (SENT) or {@link #MAX_ATTEMPTS}
 * attempts failed (FAILED). Only who holds its claim may say how an attempt ended.
 */
@Entity
@Table(name = "notice_delivery")
public class NoticeDelivery {

  /** Attempts before it is given up: with the waits between them most of a day. */
  public static final int MAX_ATTEMPTS = 30;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final int MAX_DOUBLINGS = 10;

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "delivery_id")
  private Long deliveryId;

  @Column(name = "notice_id", updatable = false)
  private long noticeId;

  @Column(name = "recipient_id", updatable = false)
  private long recipientId;

  @Enumerated(EnumType.STRING)
  @Column(name = "channel", updatable = false)
  private NoticeChannel channel;

  @Column(name = "address", updatable = false)
  private String address;

  @Column(name = "language", updatable = false)
  private String language;

  @Column(name = "digest", updatable = false)
  private boolean digest;

  @Enumerated(EnumType.STRING)
  @Column(name = "state")
  private DeliveryState state;

  @Column(name = "attempts")
  private int attempts;

  @Column(name = "due_at")
  private Instant dueAt;

  @Column(name = "claim")
  private @Nullable String claim;

  @Column(name = "claimed_until")
  private @Nullable Instant claimedUntil;

  @Enumerated(EnumType.STRING)
  @Column(name = "trouble")
  private @Nullable DeliveryFailure trouble;

  @Column(name = "settled_at")
  private @Nullable Instant settledAt;

  /** For the persistence provider. */
  protected NoticeDelivery() {}

  /**
   * A message that waits.
   *
   * @param digest whether it may be told together with others
   * @param dueAt when it may be sent
   */
  public NoticeDelivery(
      Notice notice, long recipientId, DeliveryDestination to, boolean digest, Instant dueAt) {
    this.noticeId = notice.noticeId();
    this.recipientId = recipientId;
    this.channel = to.channel();
    this.address = to.address();
    this.language = to.language();
    this.digest = digest;
    this.state = DeliveryState.WAITING;
    this.dueAt = dueAt;
  }

  /** Takes it for sending if it is due and nobody else has it. */
  public boolean claim(String holder, Instant now, Instant until) {
    boolean held = claimedUntil != null && claimedUntil.isAfter(now);
    if (state != DeliveryState.WAITING || held || dueAt.isAfter(now)) {
      return false;
    }
    claim = holder;
    claimedUntil = until;
    return true;
  }

  /** Whether this claim still holds. */
  public boolean isHeldBy(String holder) {
    return state == DeliveryState.WAITING && holder.equals(claim);
  }

  /** The other side took it. */
  public void sent(Instant at) {
    attempts++;
    trouble = null;
    settle(DeliveryState.SENT, at);
  }

  /** An attempt failed; the waits double up to an hour. */
  public void failed(DeliveryFailure why, Instant at) {
    attempts++;
    trouble = why;
    if (attempts >= MAX_ATTEMPTS) {
      settle(DeliveryState.FAILED, at);
      return;
    }
    giveBack();
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
    dueAt = at.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
  }

  /** Waits again, from now on and with all attempts; a message that was sent stays sent. */
  public boolean retry(Instant now) {
    if (state == DeliveryState.SENT) {
      return false;
    }
    state = DeliveryState.WAITING;
    attempts = 0;
    dueAt = now;
    settledAt = null;
    return true;
  }

  private void settle(DeliveryState end, Instant at) {
    state = end;
    settledAt = at;
    giveBack();
  }

  /** It was not tried; anybody may take it. */
  public void giveBack() {
    claim = null;
    claimedUntil = null;
  }

  /** Its number. */
  public long deliveryId() {
    return deliveryId;
  }

  /** Of what. */
  public long noticeId() {
    return noticeId;
  }

  /** For whom. */
  public long recipientId() {
    return recipientId;
  }

  /** Where it goes. */
  public DeliveryDestination destination() {
    return new DeliveryDestination(channel, address, language);
  }

  /** Whether it may be told together with others. */
  public boolean isDigest() {
    return digest;
  }

  /** How it stands. */
  public DeliveryState state() {
    return state;
  }

  /** Attempts since it began to wait. */
  public int attempts() {
    return attempts;
  }

  /** When it may be sent next. */
  public Instant dueAt() {
    return dueAt;
  }

  /** Why the last attempt failed. */
  public @Nullable DeliveryFailure trouble() {
    return trouble;
  }

  /** When it was sent or given up. */
  public @Nullable Instant settledAt() {
    return settledAt;
  }
}
