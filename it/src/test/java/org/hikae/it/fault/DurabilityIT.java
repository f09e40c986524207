package org.hikae.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.hikae.it.stack.SharedResources;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A portal does not serve on a database that may forget what it committed, nor on one of a later
 * release, nor with passwords that everybody can read. Time budget: 90 seconds beside the system's
 * start, most of it three more portals.
 */
@FullRunOnly
class DurabilityIT {

  @Test
  void a_portal_whose_login_does_not_wait_for_the_disk_refuses_to_start() throws Exception {
    Stack stack = Stack.on(StackDatabase.Kind.POSTGRESQL);
    String hasty = stack.db().url() + "?options=-c%20synchronous_commit%3Doff";
    assertThat(stack.logOfRefusedPortal(Map.of("HIKAE_DB_URL", hasty)))
        .contains("PostgreSQL runs with synchronous_commit=off,");
  }

  @Test
  @ResourceLock(SharedResources.SCHEMA)
  void a_portal_on_the_schema_of_a_later_release_refuses_to_start() throws Exception {
    Stack stack = Stack.on(StackDatabase.Kind.POSTGRESQL);
    try (Connection owner = stack.db().asOwner();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "insert into flyway_schema_history (installed_rank, version, description, type, script,"
              + " checksum, installed_by, execution_time, success) values (9000, '999',"
              + " 'Dream of more', 'SQL', 'V999__Dream_of_more.sql', 7, current_user, 1, true)");
      try {
        assertThat(stack.logOfRefusedPortal(Map.of()))
            .contains("The database has the schema of a later Hikae: V999 (Dream of more).");
      } finally {
        statement.execute("delete from flyway_schema_history where version = '999'");
      }
    }
  }

  @Test
  void a_portal_of_a_company_with_passwords_that_everybody_can_read_refuses_to_start()
      throws Exception {
    Stack stack = Stack.on(StackDatabase.Kind.H2);
    assertThat(
            stack.logOfRefusedPortal(
                Map.of(
                    "HIKAE_PORTAL_URL",
                    "https://backup.example.test/",
                    "HIKAE_DB_OWNER_PASSWORD",
                    "hikae_owner")))
        .contains("Set HIKAE_DB_OWNER_PASSWORD;");
  }
}
