package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.hikae.it.stack.Database;
import org.hikae.it.stack.Stack;
import org.junit.jupiter.api.Test;

/**
 * A portal does not serve on a database that may forget what it committed. Time budget: 40 seconds
 * beside the system's start, most of it one more portal.
 */
class DurabilityIT {

  @Test
  void a_portal_whose_login_does_not_wait_for_the_disk_refuses_to_start() throws Exception {
    Stack stack = Stack.on(Database.Kind.POSTGRESQL);
    String hasty = stack.db().url() + "?options=-c%20synchronous_commit%3Doff";
    assertThat(stack.logOfRefusedPortal(Map.of("HIKAE_DB_URL", hasty)))
        .contains("PostgreSQL runs with synchronous_commit=off,");
  }
}
