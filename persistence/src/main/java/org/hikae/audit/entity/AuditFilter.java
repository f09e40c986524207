package org.hikae.audit.entity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 */
public record AuditFilter(
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable String actor,
    @Nullable Long employeeId,
    @Nullable String action,
    @Nullable String object) {

  /** Every event. */
  public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null);

  /** Conditions on the event {@code e} and their parameters. */
  record Conditions(List<String> all, Map<String, Object> parameters) {

    void add(String condition, String name, @Nullable Object value) {
      if (value != null) {
        all.add(condition);
        parameters.put(name, value);
      }
    }

    String where() {
      return all.isEmpty() ? "" : " where " + String.join(" and ", all);
    }
  }

  Conditions conditions() {
    Conditions conditions = new Conditions(new ArrayList<>(), new HashMap<>());
    conditions.add("e.happenedAt >= :from", "from", from);
    conditions.add("e.happenedAt < :until", "until", until);
    conditions.add("e.actorSubject = :actor", "actor", actor);
    conditions.add("e.employeeId = :employee", "employee", employeeId);
    conditions.add("e.action = :action", "action", action);
    conditions.add("e.object = :object", "object", object);
    return conditions;
  }
}
