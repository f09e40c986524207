package org.hikae.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests of a class that are steps, in the order that they are numbered in, each on what the ones
 * before have done: for what a person does once, such as an installation. After a step that failed
 * the others are skipped, because they could only fail with it. All other tests need no order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(TestStory.Steps.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TestStory {

  /** JUnit makes it. */
  final class Steps implements BeforeEachCallback, AfterTestExecutionCallback {

    private static final ExtensionContext.Namespace OWN =
        ExtensionContext.Namespace.create(Steps.class);

    @Override
    public void beforeEach(ExtensionContext step) {
      @Nullable String failed = ofClass(step).get(Steps.class, String.class);
      Assumptions.assumeTrue(failed == null, () -> "the step before failed: " + failed);
    }

    @Override
    public void afterTestExecution(ExtensionContext step) {
      Optional<Throwable> failure = step.getExecutionException();
      if (failure.isPresent()) {
        ofClass(step).put(Steps.class, step.getDisplayName());
      }
    }

    private static ExtensionContext.Store ofClass(ExtensionContext step) {
      // A test's own store ends with it; that of its class does not.
      return step.getParent().orElseThrow().getStore(OWN);
    }
  }
}
