package org.hikae.testing;

import java.util.Optional;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Leaves out of a short run what is {@link FullRunOnly}, and what is {@link EveryThirdRun} when
 * another third has its turn. JUnit finds it as a service.
 */
public final class TestScopeFilter implements PostDiscoveryFilter {

  private final TestScope scope;

  /** For the run of this process. */
  public TestScopeFilter() {
    this(TestScope.ofThisRun());
  }

  TestScopeFilter(TestScope scope) {
    this.scope = scope;
  }

  @Override
  public FilterResult apply(TestDescriptor test) {
    boolean taken =
        !test.getTags().contains(TestTag.create(TestScope.FULL))
            || suite(test).map(scope::takesAllOf).orElse(!scope.isShort());
    return FilterResult.includedIf(taken && hasTurn(test));
  }

  /** A class as such always has its turn: each of its tests is asked about. */
  private boolean hasTurn(TestDescriptor test) {
    return !test.getTags().contains(TestTag.create(TestScope.THIRD))
        || !(test.getSource().orElse(null) instanceof MethodSource method)
        || scope.takesThirdOf(method.getJavaClass(), method.getMethodName());
  }

  private static Optional<Class<?>> suite(TestDescriptor test) {
    return test.getSource()
        .map(
            source ->
                switch (source) {
                  case ClassSource one -> one.getJavaClass();
                  case MethodSource one -> one.getJavaClass();
                  default -> null;
                });
  }
}
