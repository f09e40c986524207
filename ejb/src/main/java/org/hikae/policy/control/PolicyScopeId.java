package org.hikae.policy.control;

import java.util.Set;
import org.hikae.identity.view.GroupPaths;
import org.hikae.problem.control.Refusal;

/**
 * Whom a policy is for. As text: {@code default}, {@code group} and the group's path, or {@code
 * employee/} and the portal's number for them.
 */
public sealed interface PolicyScopeId {

  /** The one form of its name. */
  String text();

  /**
   * Whether it covers a person.
   *
   * @param groups their groups and all groups above
   */
  boolean covers(long employeeId, Set<String> groups);

  /** Everybody. */
  record Everybody() implements PolicyScopeId {

    static final String TEXT = "default";

    @Override
    public String text() {
      return TEXT;
    }

    @Override
    public boolean covers(long employeeId, Set<String> groups) {
      return true;
    }
  }

  /**
   * Everybody in a group or in one below it.
   *
   * @param path such as {@code /sales}
   */
  record Group(String path) implements PolicyScopeId {

    @Override
    public String text() {
      return GROUP + path;
    }

    @Override
    public boolean covers(long employeeId, Set<String> groups) {
      return groups.contains(path);
    }
  }

  /**
   * One employee.
   *
   * @param id the portal's number for them
   */
  record Individual(long id) implements PolicyScopeId {

    @Override
    public String text() {
      return EMPLOYEE + id;
    }

    @Override
    public boolean covers(long employeeId, Set<String> groups) {
      return employeeId == id;
    }
  }

  /** What the name of a group's scope begins with; the path follows. */
  String GROUP = "group";

  /** What the name of an employee's scope begins with; the number follows. */
  String EMPLOYEE = "employee/";

  /** Reads a name; refused as malformed when it is none. */
  static PolicyScopeId parse(String text) {
    if (text.equals(Everybody.TEXT)) {
      return new Everybody();
    }
    if (text.startsWith(GROUP) && GroupPaths.isValid(text.substring(GROUP.length()))) {
      return new Group(text.substring(GROUP.length()));
    }
    if (text.matches(EMPLOYEE + "[1-9][0-9]{0,17}")) {
      return new Individual(Long.parseLong(text.substring(EMPLOYEE.length())));
    }
    throw Refusal.malformed("scope must be default, group/PATH or employee/NUMBER.");
  }
}
