package org.hikae.insight.audit.faces;

import jakarta.enterprise.context.Dependent;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.hikae.audit.value.AuditSelection;
import org.hikae.audit.view.AuditCriteria;
import org.hikae.problem.control.InstantParser;
import org.hikae.problem.control.PlainTextCheck;
import org.jspecify.annotations.Nullable;

/** What the audit trail is searched for; days are days in UTC. */
@Dependent
public class AuditTrailFilters implements Serializable {

  private static final int MAX_CHARS = 255;
  private static final int FIRST_YEAR = yearOf(InstantParser.FIRST);
  private static final int LAST_YEAR = yearOf(InstantParser.LAST);

  private @Nullable LocalDate from;
  private @Nullable LocalDate until;
  private @Nullable String actor;
  private @Nullable Long employee;
  private @Nullable String action;
  private @Nullable String object;
  private @Nullable String text;

  /**
   * What to look for.
   *
   * @param terms what {@link #getText} may mean
   */
  AuditCriteria query(List<AuditSelection> terms) {
    return new AuditCriteria(
        start(from),
        start(until == null ? null : until.plusDays(1)),
        actor,
        employee,
        action,
        object,
        terms);
  }

  void clear() {
    from = null;
    until = null;
    actor = null;
    employee = null;
    action = null;
    object = null;
    text = null;
  }

  private static int yearOf(Instant at) {
    return at.atOffset(ZoneOffset.UTC).getYear();
  }

  private static @Nullable Instant start(@Nullable LocalDate day) {
    return day == null ? null : day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** First day. */
  public @Nullable LocalDate getFrom() {
    return from;
  }

  /** Sets the first day. */
  public void setFrom(@Nullable LocalDate from) {
    this.from = taken(from);
  }

  /** Last day. */
  public @Nullable LocalDate getUntil() {
    return until;
  }

  /** Sets the last day. */
  public void setUntil(@Nullable LocalDate until) {
    this.until = taken(until);
  }

  /** {@code sub} of who acted, or the part of the portal. */
  public @Nullable String getActor() {
    return actor;
  }

  /** Sets who acted. */
  public void setActor(@Nullable String actor) {
    this.actor = text(actor);
  }

  /** Number of the employee concerned. */
  public @Nullable Long getEmployee() {
    return employee;
  }

  /** Sets the employee concerned. */
  public void setEmployee(@Nullable Long employee) {
    this.employee = employee;
  }

  /** What was done. */
  public @Nullable String getAction() {
    return action;
  }

  /** Sets what was done. */
  public void setAction(@Nullable String action) {
    this.action = text(action);
  }

  /** To what. */
  public @Nullable String getObject() {
    return object;
  }

  /** Sets to what. */
  public void setObject(@Nullable String object) {
    this.object = text(object);
  }

  /** Words for people, devices and what was done. */
  public @Nullable String getText() {
    return text;
  }

  /** Sets the words. */
  public void setText(@Nullable String text) {
    this.text = text(text);
  }

  /** A day of no clock asks for nothing that there is. */
  private static @Nullable LocalDate taken(@Nullable LocalDate day) {
    boolean taken = day != null && day.getYear() >= FIRST_YEAR && day.getYear() < LAST_YEAR;
    return taken ? day : null;
  }

  private static @Nullable String text(@Nullable String typed) {
    if (typed == null || typed.isBlank() || !PlainTextCheck.isLine(typed.strip())) {
      return null;
    }
    String plain = typed.strip();
    return plain.substring(0, Math.min(plain.length(), MAX_CHARS));
  }
}
