package org.hikae.audit.value;

import java.time.Instant;
import java.util.List;
import org.hikae.caller.value.DepartmentScope;
import org.jspecify.annotations.Nullable;

/**
 * Which events to look for; what is null does not matter.
 *
 * @param from not before
 * @param until before
 * @param actor {@code sub} of who acted, or the part of the portal
 * @param employeeId whom it concerns
 * @param action what was done
 * @param object to what
 * @param terms words, each of which has to be found
 * @param scope events that concern people of these departments only
 */
public record AuditFilter(
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable String actor,
    @Nullable Long employeeId,
    @Nullable String action,
    @Nullable String object,
    List<AuditSelection> terms,
    DepartmentScope scope) {

  /** Every event. */
  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null);

  /** Copies the list. */
  public AuditFilter {
    terms = List.copyOf(terms);
  }

  /** Of the whole company. */
  public AuditFilter(
      @Nullable Instant from,
      @Nullable Instant until,
      @Nullable String actor,
      @Nullable Long employeeId,
      @Nullable String action,
      @Nullable String object,
      List<AuditSelection> terms) {
    this(from, until, actor, employeeId, action, object, terms, DepartmentScope.COMPANY);
  }

  /** Without words. */
  public AuditFilter(
      @Nullable Instant from,
      @Nullable Instant until,
      @Nullable String actor,
      @Nullable Long employeeId,
      @Nullable String action,
      @Nullable String object) {
    this(from, until, actor, employeeId, action, object, List.of());
  }
}
