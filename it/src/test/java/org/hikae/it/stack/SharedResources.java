package org.hikae.it.stack;

import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What tests take from each other when they run at the same time on one system, as names for {@link
 * ResourceLock}.
 */
public final class SharedResources {

  /** Places for uploads, most of which one test takes; with more than a few at once others fail. */
  public static final String UPLOAD_PLACES = "places for uploads";

  /** The schema that a portal finds when it starts. */
  public static final String SCHEMA = "schema of PostgreSQL";

  private SharedResources() {}
}
