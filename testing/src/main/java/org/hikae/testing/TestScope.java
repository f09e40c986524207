package org.hikae.testing;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How much of the suite a run takes.
 *
 * <p>The property {@code hikae.scope} is {@code short} for {@code ./verify}; everything else, also
 * nothing, as when a test is started from an editor, means the whole. A short run takes the classes
 * whose names stand in {@code hikae.slice}, without their packages and separated by commas ({@code
 * SomeIT}, {@code SomeIT$Nested}), as if it were a whole one. {@code SomeIT#2/5} is a part of a
 * class that would take too long at once: {@link #partOf} what the class tries, and in five runs
 * all of it.
 *
 * <p>What is {@link EveryThirdRun} is taken when {@code hikae.third} names its third. Each test has
 * one by a hash of its name, so that a run takes some tests of every dear class. Where nothing
 * names a third, as in {@code ./check}, each is taken.
 *
 * @param isShort whether what is {@link FullRunOnly} is left out
 * @param slice names of the classes that are taken whole all the same
 * @param third which third is taken of what is {@link EveryThirdRun}, 1 to 3; 0 is all
 */
public record TestScope(boolean isShort, Set<String> slice, int third) {

  /** The tag of what a short run leaves out; tests carry it by {@link FullRunOnly}. */
  public static final String FULL = "full";

  /** The tag of what a short run takes by thirds; tests carry it by {@link EveryThirdRun}. */
  public static final String THIRD = "third";

  private static final int THIRDS = 3;

  private static final Part WHOLE = new Part(1, 1);
  private static final Pattern PART = Pattern.compile("([^#]+)#([0-9]{1,3})/([0-9]{1,3})");

  /** Keeps a copy of the names; refuses a third that is none. */
  public TestScope {
    slice = Set.copyOf(slice);
    if (third < 0 || third > THIRDS) {
      throw new IllegalArgumentException("There is no third " + third);
    }
  }

  /**
   * Every so many-th of what a class tries.
   *
   * @param number which of them, from 1
   * @param of how many there are; 1 is the whole
   */
  public record Part(int number, int of) {

    /** Refuses what is none. */
    public Part {
      if (number < 1 || number > of) {
        throw new IllegalArgumentException(number + "/" + of);
      }
    }

    /** Those of all that belong to this part, in their order. The same in each run. */
    public <T> List<T> of(List<T> all) {
      return IntStream.range(0, all.size())
          .filter(i -> i % of == number - 1)
          .mapToObj(all::get)
          .toList();
    }
  }

  /** The scope of this run. */
  public static TestScope ofThisRun() {
    return of(System::getProperty);
  }

  static TestScope of(UnaryOperator<@Nullable String> properties) {
    String names = properties.apply("hikae.slice");
    String third = properties.apply("hikae.third");
    return new TestScope(
        "short".equals(properties.apply("hikae.scope")),
        names == null || names.isBlank() ? Set.of() : Set.of(names.split(",", -1)),
        third == null || third.isBlank() ? 0 : Integer.parseInt(third));
  }

  /**
   * Whether this run takes everything that the class, or one nested in it, has; of a class that is
   * taken in parts also when this is the turn of one.
   */
  public boolean takesAllOf(Class<?> suite) {
    boolean taken = !isShort;
    for (Class<?> one = suite; one != null && !taken; one = one.getEnclosingClass()) {
      taken = slice.contains(name(one)) || !partOf(one).equals(WHOLE);
    }
    return taken;
  }

  /** Whether this run takes the test, of the class itself or of one that it extends. */
  boolean takesThirdOf(Class<?> suite, String method) {
    return takesThird(suite, thirdOf(suite.getName(), method));
  }

  /** Whether this run takes what the class as a whole does only once in three. */
  public boolean takesThirdOf(Class<?> suite) {
    return takesThird(suite, thirdOf(suite.getName(), ""));
  }

  private boolean takesThird(Class<?> suite, int own) {
    return third == 0 || third == own || takesAllOf(suite);
  }

  static int thirdOf(String suite, String method) {
    return Math.floorMod((suite + "." + method).hashCode(), THIRDS) + 1;
  }

  /** What a class tries that is taken in parts. The whole where nothing was said of a part. */
  public Part partOf(Class<?> suite) {
    if (isShort) {
      for (String one : slice) {
        Matcher part = PART.matcher(one);
        if (part.matches() && part.group(1).equals(name(suite))) {
          return new Part(Integer.parseInt(part.group(2)), Integer.parseInt(part.group(3)));
        }
      }
    }
    return WHOLE;
  }

  private static String name(Class<?> suite) {
    return suite.getName().substring(suite.getName().lastIndexOf('.') + 1);
  }
}
