package org.hikae.testing;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How much of the suite a run takes.
 *
 * <p>The property {@code hikae.scope} is {@code short} for {@code ./verify}; everything else, also
 * nothing, as when a test is started from an editor, means the whole. A short run takes the classes
 * whose names stand in {@code hikae.slice}, without their packages and separated by commas ({@code
 * SomeIT}, {@code SomeIT$Nested}), as if it were a whole one.
 *
 * @param isShort whether what is {@link FullRunOnly} is left out
 * @param slice names of the classes that are taken whole all the same
 */
public record TestScope(boolean isShort, Set<String> slice) {

  /** The tag of what a short run leaves out; tests carry it by {@link FullRunOnly}. */
  public static final String FULL = "full";

  /** Keeps a copy of the names. */
  public TestScope {
    slice = Set.copyOf(slice);
  }

  /** The scope of this run. */
  public static TestScope ofThisRun() {
    return of(System::getProperty);
  }

  static TestScope of(UnaryOperator<@Nullable String> properties) {
    String names = properties.apply("hikae.slice");
    return new TestScope(
        "short".equals(properties.apply("hikae.scope")),
        names == null || names.isBlank() ? Set.of() : Set.of(names.split(",", -1)));
  }

  /** Whether this run takes everything that the class, or one nested in it, has. */
  public boolean takesAllOf(Class<?> suite) {
    boolean taken = !isShort;
    for (Class<?> one = suite; one != null && !taken; one = one.getEnclosingClass()) {
      taken = slice.contains(one.getName().substring(one.getName().lastIndexOf('.') + 1));
    }
    return taken;
  }
}
