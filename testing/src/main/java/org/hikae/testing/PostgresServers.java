package org.hikae.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;

/**
 * PostgreSQL servers for tests, each a process of its own with the files that it is given or with
 * new ones. They have two minutes to start, since a busy machine needs more than the library's ten
 * seconds.
 */
public final class PostgresServers {

  private static final Duration START = Duration.ofMinutes(2);

  private PostgresServers() {}

  /** A server as the library sets it up: fast, and it may forget what was committed. */
  public static EmbeddedPostgres.Builder forgetful() {
    return EmbeddedPostgres.builder().setPGStartupWait(START);
  }

  /** A server with PostgreSQL's own defaults, which forget nothing; the portal demands them. */
  public static EmbeddedPostgres.Builder durable() {
    return forgetful()
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("synchronous_commit", "on");
  }
}
