package org.hikae.insight.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.enrollment.entity.Device;
import org.hikae.insight.entity.EmployeeSummary;
import org.hikae.insight.value.DeviceFilter;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Devices of everybody, by their last backup. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class DeviceFigures extends EntityStore {

  /** For the container. */
  public DeviceFigures() {}

  /** For tests without a container. */
  public DeviceFigures(EntityManager entityManager) {
    super(entityManager);
  }

  /** The devices that the filter finds after a place; from the first on when it is null. */
  public List<DeviceWithOwner> pageAfter(
      DeviceFilter filter, DeviceFilter.@Nullable Place place, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_PAGE);
    }
    Map<String, Object> parameters = new HashMap<>();
    TypedQuery<DeviceWithOwner> query =
        em().createQuery(
                "select new org.hikae.insight.store.DeviceWithOwner(d, e.displayName) from Device d"
                    + " join Employee e on e.employeeId = d.employeeId"
                    + where(filter, place, parameters)
                    + (filter.descending()
                        ? " order by d.lastBackupAt desc nulls last, d.deviceId desc"
                        : " order by d.lastBackupAt asc nulls first, d.deviceId asc"),
                DeviceWithOwner.class);
    parameters.forEach(query::setParameter);
    return query.setMaxResults(limit).getResultList();
  }

  /**
   * Those of these devices, {@link #MAX_PAGE} at most, that belong to people of a scope, by the
   * names of their employees.
   */
  public List<DeviceWithOwner> some(Collection<String> deviceIds, DepartmentScope scope) {
    if (deviceIds.size() > MAX_PAGE) {
      throw new IllegalArgumentException("at most " + MAX_PAGE + " devices at once");
    }
    if (deviceIds.isEmpty()) {
      return List.of();
    }
    TypedQuery<DeviceWithOwner> query =
        em().createQuery(
                "select new org.hikae.insight.store.DeviceWithOwner(d, e.displayName) from Device d"
                    + " join Employee e on e.employeeId = d.employeeId where d.deviceId in :devices"
                    + scope.and("d.employeeId")
                    + " order by e.displayName, d.name, d.deviceId",
                DeviceWithOwner.class)
            .setParameter("devices", deviceIds);
    scope.parameters().forEach(query::setParameter);
    return query.getResultList();
  }

  /** One device, whoever's of a scope it is. */
  public Optional<DeviceWithOwner> find(String deviceId, DepartmentScope scope) {
    TypedQuery<DeviceWithOwner> query =
        em().createQuery(
                "select new org.hikae.insight.store.DeviceWithOwner(d, e.displayName) from Device d"
                    + " join Employee e on e.employeeId = d.employeeId where d.deviceId = :device"
                    + scope.and("d.employeeId"),
                DeviceWithOwner.class)
            .setParameter("device", deviceId);
    scope.parameters().forEach(query::setParameter);
    return only(query.getResultList());
  }

  /** How many snapshots its series holds; those counted are its employee's. */
  public long snapshots(Device device) {
    return em().createQuery(
            "select count(s) from Snapshot s"
                + " where s.employeeId = :employee and s.deviceId = :device",
            Long.class)
        .setParameter("employee", device.employeeId())
        .setParameter("device", device.deviceId())
        .getSingleResult();
  }

  private static String where(
      DeviceFilter filter, DeviceFilter.@Nullable Place place, Map<String, Object> parameters) {
    List<String> conditions = new ArrayList<>();
    if (!filter.scope().wholeCompany()) {
      conditions.add(filter.scope().condition("d.employeeId"));
      parameters.putAll(filter.scope().parameters());
    }
    if (filter.state() != null) {
      conditions.add("d.state = :state");
      parameters.put("state", filter.state());
    }
    if (filter.agentVersion() != null) {
      conditions.add("d.agentVersion = :version");
      parameters.put("version", filter.agentVersion());
    }
    if (filter.backupBefore() != null) {
      conditions.add("(d.lastBackupAt is null or d.lastBackupAt < :before)");
      parameters.put("before", filter.backupBefore());
    }
    if (filter.age() != null) {
      conditions.add(lies(filter.age(), parameters));
    }
    DeviceFilter.Since since = filter.since();
    if (since != null && since.backup() != null) {
      conditions.add("d.lastBackupAt >= :backupSince");
      parameters.put("backupSince", since.backup());
    }
    if (since != null && since.enrolment() != null) {
      conditions.add("d.enrolledAt >= :enrolledSince");
      parameters.put("enrolledSince", since.enrolment());
    }
    if (filter.group() != null && !filter.scope().includes(filter.group())) {
      // People of the scope may be in other groups, too, and it does not tell of that.
      conditions.add("1 = 0");
    } else if (filter.group() != null) {
      conditions.add(
          "d.employeeId in (select m.employeeId from Employee m join m.groups g where g = :group)");
      parameters.put("group", filter.group());
    }
    if (filter.text() != null) {
      conditions.add(
          "(locate(:text, lower(d.name)) > 0 or d.employeeId in (select s.employeeId"
              + " from EmployeeSummary s where locate(:text, s.searchText) > 0))");
      parameters.put("text", EmployeeSummary.key(filter.text()));
    }
    if (place != null) {
      conditions.add(beyond(filter.descending(), place));
      parameters.put("device", place.deviceId());
      if (place.lastBackupAt() != null) {
        parameters.put("backup", place.lastBackupAt());
      }
    }
    return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
  }

  /** The devices that are counted as protected or behind: the same as the overview counts. */
  private static String lies(DeviceFilter.Age age, Map<String, Object> parameters) {
    String counted =
        "d.state <> org.hikae.enrollment.wire.DeviceState.REVOKED"
            + " and exists (select s.employeeId from EmployeeSummary s"
            + " where s.employeeId = d.employeeId"
            + " and s.standing = org.hikae.insight.value.EmployeeFilter.EnrollmentStatus.ACTIVE)";
    if (age.from() == null && age.before() == null) {
      return counted + " and d.lastBackupAt is null";
    }
    String range = counted;
    if (age.from() != null) {
      range += " and d.lastBackupAt >= :ageFrom";
      parameters.put("ageFrom", age.from());
    }
    if (age.before() != null) {
      range += " and d.lastBackupAt < :ageBefore";
      parameters.put("ageBefore", age.before());
    }
    return range;
  }

  /** Devices without a backup stand before all others, or last when descending. */
  private static String beyond(boolean descending, DeviceFilter.Place place) {
    if (place.lastBackupAt() == null) {
      return descending
          ? "(d.lastBackupAt is null and d.deviceId < :device)"
          : "(d.lastBackupAt is not null or d.deviceId > :device)";
    }
    return descending
        ? "(d.lastBackupAt is null or d.lastBackupAt <= :backup"
            + " and (d.lastBackupAt < :backup or d.deviceId < :device))"
        : "(d.lastBackupAt >= :backup" + " and (d.lastBackupAt > :backup or d.deviceId > :device))";
  }
}
