package org.hikae.insight.report.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hikae.insight.report.value.DepartmentSum;

/**
 * Puts departments together of which a figure would be about single people. What is put together is
 * never about few people either, as long as there is another department to add.
 */
public final class SmallDepartmentRules {

  /** Fewer people than these are never shown by themselves. */
  public static final int LEAST = 5;

  /** Most departments that are shown by themselves. */
  public static final int MOST = 300;

  /** What stands for those together where otherwise a path stands. */
  public static final String OTHERS = "others";

  private SmallDepartmentRules() {}

  /** The departments that may be shown, by their paths, and at the end the others together. */
  public static List<DepartmentSum> grouped(List<DepartmentSum> departments) {
    List<DepartmentSum> shown =
        new ArrayList<>(
            departments.stream()
                .sorted(
                    Comparator.comparingLong(DepartmentSum::employees)
                        .reversed()
                        .thenComparing(DepartmentSum::path))
                .toList());
    DepartmentSum others = new DepartmentSum(OTHERS, 0, 0, 0, 0);
    boolean any = false;
    while (!shown.isEmpty()
        && (shown.size() > MOST
            || shown.getLast().employees() < LEAST
            || (any && others.employees() < LEAST))) {
      others = sum(others, shown.removeLast());
      any = true;
    }
    shown.sort(Comparator.comparing(DepartmentSum::path));
    // So few people in all: nothing can be shown but that there are some.
    if (any && others.employees() >= LEAST) {
      shown.add(others);
    }
    return List.copyOf(shown);
  }

  private static DepartmentSum sum(DepartmentSum one, DepartmentSum other) {
    return new DepartmentSum(
        OTHERS,
        one.employees() + other.employees(),
        one.invited() + other.invited(),
        one.optedIn() + other.optedIn(),
        one.backedUp() + other.backedUp());
  }
}
