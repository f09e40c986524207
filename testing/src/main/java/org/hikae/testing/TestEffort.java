package org.hikae.testing;

/**
 * How hard a suite tries. {@code ./verify} leaves both alone; {@code ./verify --long} raises the
 * factor and gives each round another seed. A suite multiplies its counts by the factor, draws
 * everything from the seed, and prints the seed when it fails.
 */
public final class TestEffort {

  private TestEffort() {}

  /** What counts are multiplied by, 1 in the usual run. */
  public static int factor() {
    return Integer.getInteger("hikae.factor", 1);
  }

  /**
   * How often a suite tries something: so often times the factor, and only a few times in a short
   * run that does not take the suite whole.
   */
  public static int times(Class<?> suite, int whole, int few) {
    return TestScope.ofThisRun().takesAllOf(suite) ? whole * factor() : few;
  }

  /** Where random choices start. */
  public static long seed() {
    return Long.getLong("hikae.seed", 0L);
  }
}
