package org.hikae.insight.control;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Puts departments together of which a figure would be about single people. What is put together is
 * never about few people either.
 */
public final class SmallDepartmentRules {

  /** Fewer people than these are never shown by themselves. */
  public static final int LEAST = 5;

  /** Most departments that are shown by themselves. */
  public static final int MOST = 300;

  private SmallDepartmentRules() {}

  /**
   * The departments that may be shown, by their paths, and at the end the others together. Where
   * these have too few people, the next smallest department is one of them. Nothing is left when
   * all together are too few.
   *
   * @param people how many a department has
   * @param path its group path
   * @param nobody the others before any is among them
   * @param sum the others with one more
   */
  public static <D> List<D> grouped(
      List<D> departments,
      ToLongFunction<D> people,
      Function<D, String> path,
      D nobody,
      BinaryOperator<D> sum) {
    List<D> shown =
        new ArrayList<>(
            departments.stream()
                .sorted(Comparator.comparingLong(people).reversed().thenComparing(path))
                .toList());
    D others = nobody;
    while (!shown.isEmpty()
        && (shown.size() > MOST
            || people.applyAsLong(shown.getLast()) < LEAST
            || isFew(people.applyAsLong(others)))) {
      others = sum.apply(others, shown.removeLast());
    }
    shown.sort(Comparator.comparing(path));
    if (people.applyAsLong(others) >= LEAST) {
      shown.add(others);
    }
    return List.copyOf(shown);
  }

  private static boolean isFew(long people) {
    return people > 0 && people < LEAST;
  }
}
