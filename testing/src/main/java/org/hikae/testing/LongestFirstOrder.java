package org.hikae.testing;

import java.util.Comparator;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Order;

/**
 * Classes in the random order of the run's seed, but those that say {@code @Order} before all
 * others: classes that take minutes, so that none of them is left when the other lanes have nothing
 * more to do.
 */
public final class LongestFirstOrder implements ClassOrderer {

  private final ClassOrderer random = new ClassOrderer.Random();

  /** JUnit makes it. */
  public LongestFirstOrder() {}

  @Override
  public void orderClasses(ClassOrdererContext context) {
    random.orderClasses(context);
    context
        .getClassDescriptors()
        .sort(
            Comparator.comparingInt(
                one -> one.findAnnotation(Order.class).map(Order::value).orElse(Order.DEFAULT)));
  }
}
