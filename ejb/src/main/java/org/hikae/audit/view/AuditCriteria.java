package org.hikae.audit.view;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hikae.audit.value.AuditFilter;
import org.hikae.audit.value.AuditKeyset;
import org.hikae.audit.value.AuditSelection;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.problem.control.InstantParser;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Which events to look for; what is null does not matter.
 *
 * @param from not before
 * @param until before
 * @param actor {@code sub} of who acted, or the part of the portal
 * @param employeeId whom it concerns
 * @param action what was done, such as {@code device.revoke}
 * @param object to what, such as {@code device:4f1e…}
 * @param terms words, each of which has to be found; at most {@link #MAX_TERMS}
 */
public record AuditCriteria(
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable String actor,
    @Nullable Long employeeId,
    @Nullable String action,
    @Nullable String object,
    List<AuditSelection> terms) {

  /** Most words at a time. */
  public static final int MAX_TERMS = 5;

  /** Every event. */
  public static final AuditCriteria ALL = new AuditCriteria(null, null, null, null, null, null);

  /** Refuses what no page asks for. */
  public AuditCriteria {
    if (terms.size() > MAX_TERMS) {
      throw new IllegalArgumentException("terms may be at most " + MAX_TERMS);
    }
    terms = List.copyOf(terms);
  }

  /** Without words. */
  public AuditCriteria(
      @Nullable Instant from,
      @Nullable Instant until,
      @Nullable String actor,
      @Nullable Long employeeId,
      @Nullable String action,
      @Nullable String object) {
    this(from, until, actor, employeeId, action, object, List.of());
  }

  /** The same for the query, of people of a scope only. */
  public AuditFilter filter(DepartmentScope scope) {
    return new AuditFilter(from, until, actor, employeeId, action, object, terms, scope);
  }

  /** Where a page ended, as text: microseconds since 1970 and the event. */
  public static String cursor(Instant at, long eventId) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "." + eventId;
  }

  public static @Nullable AuditKeyset place(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    if (!cursor.matches("[0-9]{1,16}\\.[0-9]{1,18}")) {
      throw Refusal.malformed("cursor must be what the page before gave as next.");
    }
    int dot = cursor.indexOf('.');
    Instant at = Instant.EPOCH.plus(Long.parseLong(cursor.substring(0, dot)), ChronoUnit.MICROS);
    if (!InstantParser.isTaken(at)) {
      throw Refusal.malformed("cursor must be what the page before gave as next.");
    }
    return new AuditKeyset(at, Long.parseLong(cursor.substring(dot + 1)));
  }

  /** What is looked for, by name; empty for everything. */
  public Map<String, String> named() {
    Map<String, String> named = new TreeMap<>();
    put(named, "from", from);
    put(named, "until", until);
    put(named, "actor", actor);
    put(named, "employee", employeeId);
    put(named, "action", action);
    put(named, "object", object);
    if (!terms.isEmpty()) {
      // How many, because a word may be a person's name, which the trail's details never have.
      named.put("words", Integer.toString(terms.size()));
    }
    return named;
  }

  private static void put(Map<String, String> named, String name, @Nullable Object value) {
    if (value != null) {
      named.put(name, value.toString());
    }
  }
}
