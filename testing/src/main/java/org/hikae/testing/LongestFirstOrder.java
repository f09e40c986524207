package org.hikae.testing;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Order;

/**
 * Classes in the random order of the run's seed, but before all others those that say
 * {@code @Order}, and those that a short run takes whole because it is their turn: classes that
 * take minutes, so that none of them is left when the other lanes have nothing more to do.
 */
public final class LongestFirstOrder implements ClassOrderer {

  /** Of what has its turn: beside what says that it takes minutes. */
  private static final int TURN = 1;

  private final ClassOrderer random = new ClassOrderer.Random();
  private final TestScope scope;

  /** JUnit makes it. */
  public LongestFirstOrder() {
    this(TestScope.ofThisRun());
  }

  LongestFirstOrder(TestScope scope) {
    this.scope = scope;
  }

  @Override
  public void orderClasses(ClassOrdererContext context) {
    random.orderClasses(context);
    context.getClassDescriptors().sort(Comparator.comparingInt(this::place));
  }

  private int place(ClassDescriptor one) {
    int own = one.findAnnotation(Order.class).map(Order::value).orElse(Order.DEFAULT);
    return scope.isShort() && scope.takesAllOf(one.getTestClass()) ? Math.min(own, TURN) : own;
  }
}
