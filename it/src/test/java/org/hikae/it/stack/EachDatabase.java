package org.hikae.it.stack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.hikae.testing.TestScope;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Gives a parameterised test each kind of database that the portal supports. A short run has
 * PostgreSQL alone, as most companies do; the rules behind REST are tried on both by the contracts
 * of module {@code persistence}.
 */
@ArgumentsSource(EachDatabase.Kinds.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface EachDatabase {

  /** Whether a short run has both, too, once in three runs. */
  boolean everyThirdRun() default false;

  /** JUnit makes it. */
  final class Kinds implements ArgumentsProvider, AnnotationConsumer<EachDatabase> {

    private boolean everyThirdRun;

    @Override
    public void accept(EachDatabase annotation) {
      everyThirdRun = annotation.everyThirdRun();
    }

    @Override
    public Stream<Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      Class<?> suite = context.getRequiredTestClass();
      TestScope scope = TestScope.ofThisRun();
      boolean both = scope.takesAllOf(suite) || (everyThirdRun && scope.takesThirdOf(suite));
      return both
          ? Stream.of(StackDatabase.Kind.values()).map(Arguments::of)
          : Stream.of(Arguments.of(StackDatabase.Kind.POSTGRESQL));
    }
  }
}
