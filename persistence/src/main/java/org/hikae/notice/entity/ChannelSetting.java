package org.hikae.notice.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hikae.notice.value.NoticeChannel;
import org.jspecify.annotations.Nullable;

/** Where a channel leads, as administrators entered it, sealed. Each change makes an edition. */
@Entity
@Table(name = "notice_channel_setting")
public class ChannelSetting {

  @Id
  @Enumerated(EnumType.STRING)
  @Column(name = "channel")
  private NoticeChannel channel;

  @Column(name = "edition")
  private long edition;

  @Column(name = "sealed")
  private byte @Nullable [] sealed;

  @Column(name = "changed_at")
  private @Nullable Instant changedAt;

  @Column(name = "worked_at")
  private @Nullable Instant workedAt;

  /** For the persistence provider: the migration makes one for each channel. */
  protected ChannelSetting() {}

  /** From now on it leads there. */
  public void put(byte[] newSealed, Instant now) {
    sealed = newSealed.clone();
    changed(now);
  }

  /** From now on it leads nowhere, and what comes next has never worked. */
  public void remove(Instant now) {
    sealed = null;
    workedAt = null;
    changed(now);
  }

  private void changed(Instant now) {
    edition++;
    changedAt = now;
  }

  /** A message went out by it. The first time stays. */
  public void worked(Instant now) {
    if (workedAt == null && sealed != null) {
      workedAt = now;
    }
  }

  /** Which channel. */
  public NoticeChannel channel() {
    return channel;
  }

  /** How often it was changed. */
  public long edition() {
    return edition;
  }

  /** Where it leads; null for nowhere. */
  public byte @Nullable [] sealed() {
    return sealed == null ? null : sealed.clone();
  }

  /** When it was changed last; null for never. */
  public @Nullable Instant changedAt() {
    return changedAt;
  }

  /** When a message first went out by it; null for never. */
  public @Nullable Instant workedAt() {
    return workedAt;
  }
}
