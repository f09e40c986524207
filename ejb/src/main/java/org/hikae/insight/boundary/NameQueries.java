package org.hikae.insight.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.caller.service.CurrentCaller;
import org.hikae.caller.service.FromClient;
import org.hikae.caller.service.ScopeAccess;
import org.hikae.caller.service.ScopeRule;
import org.hikae.caller.value.DepartmentScope;
import org.hikae.identity.entity.Employee;
import org.hikae.identity.wire.RealmNames;
import org.hikae.insight.store.NameFigures;

/** Finds people and devices by a part of a name, for who reads what was done by and to them. */
@Stateless
@RolesAllowed({RealmNames.BACKUP_ADMIN, RealmNames.AUDITOR})
@FromClient(RealmNames.PORTAL_CLIENT)
@ScopeAccess(ScopeRule.SCOPED)
public class NameQueries {

  /** Most people, and most devices, that are found. */
  public static final int MAX_FOUND = 200;

  /** Longest part of a name, in characters. */
  public static final int MAX_CHARS = 100;

  @Inject private NameFigures names;
  @Inject private CurrentCaller currentCaller;

  /**
   * Who and what is called so.
   *
   * @param subjects {@code sub}s of the people
   * @param employeeIds the same people
   * @param deviceIds devices
   * @param cut whether there are more than are found
   */
  public record NamesFound(
      Set<String> subjects, Set<Long> employeeIds, Set<String> deviceIds, boolean cut) {}

  /**
   * People with this in their display name, user name or mail, and devices with it in their name;
   * {@link #MAX_FOUND} of each at most.
   *
   * @param part 1 to {@link #MAX_CHARS} characters, not blank
   */
  public NamesFound called(String part) {
    if (part.isBlank() || part.length() > MAX_CHARS) {
      throw new IllegalArgumentException("part must have 1 to " + MAX_CHARS + " characters");
    }
    DepartmentScope scope = currentCaller.caller().scope();
    List<Employee> people = names.people(part, scope, MAX_FOUND + 1);
    List<String> devices = names.devices(part, scope, MAX_FOUND + 1);
    return new NamesFound(
        people.stream().limit(MAX_FOUND).map(Employee::subject).collect(Collectors.toSet()),
        people.stream().limit(MAX_FOUND).map(Employee::employeeId).collect(Collectors.toSet()),
        devices.stream().limit(MAX_FOUND).collect(Collectors.toSet()),
        people.size() > MAX_FOUND || devices.size() > MAX_FOUND);
  }
}
