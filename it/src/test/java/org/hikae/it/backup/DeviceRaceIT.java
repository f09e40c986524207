package org.hikae.it.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.ResticHttpClient;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * A device that is revoked while it does something stays revoked (HK1-G-02). Time budget: 30
 * seconds for both databases beside the systems' start.
 */
class DeviceRaceIT {

  @ParameterizedTest
  @EachDatabase
  void a_snapshot_of_restic_does_not_undo_a_revocation(StackDatabase.Kind kind) throws Exception {
    Stack stack = Stack.on(kind);
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(stack);
    ResticHttpClient restic = ResticHttpClient.of(TestCompany.on(kind), optedInEmployee.api());
    byte[] bytes = ApiDevice.random(100);
    String path = "/restic/" + restic.repository() + "/snapshots/" + Hash256.sha256(bytes).hex();
    assertStaysRevoked(
        stack, optedInEmployee.device(), () -> restic.api().bytes("POST", path, bytes));
  }

  @ParameterizedTest
  @EachDatabase
  void opening_a_session_does_not_undo_a_revocation(StackDatabase.Kind kind) throws Exception {
    Stack stack = Stack.on(kind);
    ApiDevice device = OptedInEmployee.optedIn(stack).device();
    String nonce = device.nonce().field("nonce");
    assertStaysRevoked(stack, device, () -> device.open(nonce));
  }

  /** The device acts between the moments at which its revocation is written and committed. */
  private static void assertStaysRevoked(Stack stack, ApiDevice device, Callable<ApiReply> act)
      throws Exception {
    try (Connection connection = stack.db().asOwner();
        ExecutorService pool = Executors.newSingleThreadExecutor()) {
      connection.setAutoCommit(false);
      try (PreparedStatement update =
          connection.prepareStatement("update device set state = 'REVOKED' where device_id = ?")) {
        update.setString(1, device.id());
        assertThat(update.executeUpdate()).isEqualTo(1);
      }
      Future<ApiReply> acting = pool.submit(act);
      Await.forBlockedSession(stack);
      connection.commit();
      // Whether it was taken or refused: what counts is what the device is afterwards.
      assertThat(acting.get(30, TimeUnit.SECONDS).status()).isLessThan(500);
      assertThat(stateOf(connection, device)).isEqualTo("REVOKED");
    }
  }

  private static String stateOf(Connection connection, ApiDevice device) throws Exception {
    try (PreparedStatement query =
        connection.prepareStatement("select state from device where device_id = ?")) {
      query.setString(1, device.id());
      try (ResultSet row = query.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }
}
