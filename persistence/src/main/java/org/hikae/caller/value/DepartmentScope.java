package org.hikae.caller.value;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hikae.identity.wire.RealmNames;

/**
 * Whom somebody of the administration sees and acts on: the whole company, or the people of some
 * departments (ADR 66). A person who is in several departments belongs to each of them.
 *
 * @param wholeCompany whether nobody is left out
 * @param departments group paths, each with all groups below it; of the whole company none, and
 *     otherwise none for nobody at all
 */
public record DepartmentScope(boolean wholeCompany, List<String> departments) {

  /** Everybody. */
  public static final DepartmentScope COMPANY = new DepartmentScope(true, List.of());

  /** Most departments of a scope; of more only the first by their paths count. */
  public static final int MAX_DEPARTMENTS = 50;

  private static final String BELOW = "/";

  /** Refuses more than {@link #MAX_DEPARTMENTS}. */
  public DepartmentScope {
    if (departments.size() > MAX_DEPARTMENTS) {
      throw new IllegalArgumentException("departments may be at most " + MAX_DEPARTMENTS);
    }
    departments = List.copyOf(departments);
  }

  /**
   * The scope that groups give to who is in them: those of {@link RealmNames#SCOPE_GROUP}, or the
   * whole company when none of them is one. That group alone gives nobody.
   */
  public static DepartmentScope of(Collection<String> groupPaths) {
    List<String> giving = groupPaths.stream().filter(DepartmentScope::isGivenBy).toList();
    if (giving.isEmpty()) {
      return COMPANY;
    }
    return new DepartmentScope(
        false,
        giving.stream()
            .map(path -> path.substring(RealmNames.SCOPE_GROUP.length()))
            .filter(path -> path.length() > BELOW.length())
            .distinct()
            .sorted()
            .limit(MAX_DEPARTMENTS)
            .toList());
  }

  /** Whether who is in this group has a scope by it; it is no department then. */
  public static boolean isGivenBy(String groupPath) {
    // A slip in capital letters must not give the whole company.
    String path = groupPath.toLowerCase(Locale.ROOT);
    return path.equals(RealmNames.SCOPE_GROUP) || path.startsWith(RealmNames.SCOPE_GROUP + BELOW);
  }

  /** Whether a group is one of the departments, or below one. */
  public boolean includes(String groupPath) {
    return wholeCompany
        || departments.stream()
            .anyMatch(path -> groupPath.equals(path) || groupPath.startsWith(path + BELOW));
  }

  /**
   * The condition of a query in Jakarta's query language that finds people of the scope only. To be
   * set are {@link #parameters()}.
   *
   * @param employeeId what is the employee's number in the query, such as {@code e.employeeId}
   */
  public String condition(String employeeId) {
    if (wholeCompany) {
      return "1 = 1";
    }
    if (departments.isEmpty()) {
      return "1 = 0";
    }
    // Not "like": see the search of employees.
    return employeeId
        + " in (select scoped.employeeId from Employee scoped join scoped.groups scopedGroup where "
        + IntStream.range(0, departments.size())
            .mapToObj(
                i ->
                    ("scopedGroup = :scope" + i)
                        + (" or locate(:scopeBelow" + i + ", scopedGroup) = 1"))
            .collect(Collectors.joining(" or "))
        + ")";
  }

  /** The same behind another condition; nothing for the whole company. */
  public String and(String employeeId) {
    return wholeCompany ? "" : " and " + condition(employeeId);
  }

  /** Parameters of {@link #condition}, by name. */
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>();
    for (int i = 0; i < departments.size(); i++) {
      parameters.put("scope" + i, departments.get(i));
      parameters.put("scopeBelow" + i, departments.get(i) + BELOW);
    }
    return parameters;
  }
}
