package org.hikae.insight.report.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who gets the monthly report by mail, and in which language. Each change makes an edition. */
@Entity
@Table(name = "monthly_report_schedule")
public class MonthlyReportSchedule {

  /** The only row. */
  public static final int ONLY = 1;

  private static final String LINE_END = "\n";

  @Id
  @Column(name = "schedule_id")
  private int scheduleId;

  @Column(name = "edition")
  private long edition;

  @Column(name = "enabled")
  private boolean enabled;

  @Column(name = "addresses")
  private String addresses;

  @Column(name = "language")
  private String language;

  @Column(name = "changed_at")
  private @Nullable Instant changedAt;

  /** For the persistence provider: the migration makes the row. */
  protected MonthlyReportSchedule() {}

  /**
   * From now on these get it.
   *
   * @param sent whether anybody does
   * @param to mail addresses
   * @param spoken {@code en} or {@code ja}
   */
  public void put(boolean sent, List<String> to, String spoken, Instant now) {
    enabled = sent;
    addresses = String.join(LINE_END, to);
    language = spoken;
    changedAt = now;
    edition++;
  }

  /** How often it was changed. */
  public long edition() {
    return edition;
  }

  /** Whether it is sent. */
  public boolean isEnabled() {
    return enabled;
  }

  /** To whom. */
  public List<String> addresses() {
    return addresses.isEmpty() ? List.of() : List.of(addresses.split(LINE_END));
  }

  /** In which language: {@code en} or {@code ja}. */
  public String language() {
    return language;
  }

  /** When it was changed last; null for never. */
  public @Nullable Instant changedAt() {
    return changedAt;
  }
}
