package org.hikae.vault.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether the vault answers a device. Of what was said it knows nothing. */
@Entity
@Table(name = "vault_contact")
public class VaultContact {

  /** An answer is noted again only after this time, so that few messages write anything. */
  public static final Duration NOTED_AGAIN_AFTER = Duration.ofMinutes(10);

  @Id
  @Column(name = "device_id")
  private String deviceId;

  @Column(name = "employee_id", updatable = false)
  private long employeeId;

  @Column(name = "answered_at")
  private @Nullable Instant answeredAt;

  @Column(name = "unanswered_at")
  private @Nullable Instant unansweredAt;

  /** For the persistence provider. */
  protected VaultContact() {}

  /** A device that has not spoken to the vault yet. */
  public VaultContact(String deviceId, long employeeId) {
    this.deviceId = deviceId;
    this.employeeId = employeeId;
  }

  /** The vault answered a message. */
  public void answered(Instant at) {
    boolean failedSince =
        unansweredAt != null && (answeredAt == null || !answeredAt.isAfter(unansweredAt));
    if (answeredAt == null || failedSince || answeredAt.plus(NOTED_AGAIN_AFTER).isBefore(at)) {
      answeredAt = at;
    }
  }

  /** A message got no answer. */
  public void unanswered(Instant at) {
    unansweredAt = at;
  }

  /** When it last answered, to within {@link #NOTED_AGAIN_AFTER}. */
  public @Nullable Instant answeredAt() {
    return answeredAt;
  }

  /** When it last did not. */
  public @Nullable Instant unansweredAt() {
    return unansweredAt;
  }
}
