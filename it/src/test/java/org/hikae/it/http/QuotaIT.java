package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.SharedResources;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * The quota counts to the byte while devices send at the same time (HK1-H-05). Time budget: 30
 * seconds for both databases beside the systems' start.
 */
class QuotaIT {

  private static final String OBJECTS = "/v1/device/objects/";
  private static final int SENDERS = 5;
  private static final int OBJECTS_OF_EACH = 12;
  private static final int SIZE = 20_000;
  private static final int ROOM = 31;

  @ParameterizedTest
  @EachDatabase
  @ResourceLock(value = SharedResources.UPLOAD_PLACES, mode = ResourceAccessMode.READ)
  void of_uploads_at_once_exactly_those_that_fit_are_stored(StackDatabase.Kind kind)
      throws Exception {
    TestCompany company = TestCompany.on(kind);
    TestAccount testAccount = company.employee();
    ApiClient agent = company.agentOf(testAccount);
    ApiDevice device = ApiDevice.enrol(agent, "quota");
    ApiClient session = device.session();
    device.optIn(session);
    String first = ApiDevice.store(session, ApiDevice.random(SIZE));
    long quota = session.get("/v1/device/storage").json().path("quotaBytes").asLong();
    long room = (long) ROOM * SIZE + SIZE / 2;
    setLiveBytes(kind, testAccount, quota - room);

    List<Future<List<String>>> senders = new ArrayList<>();
    List<String> stored = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(SENDERS)) {
      for (int i = 0; i < SENDERS; i++) {
        senders.add(pool.submit(() -> send(session)));
      }
    }
    for (Future<List<String>> sender : senders) {
      stored.addAll(sender.get());
    }
    assertThat(stored).hasSize(ROOM);
    assertThat(session.get("/v1/device/storage").json().path("usedBytes").asLong())
        .isEqualTo(quota - SIZE / 2);
    assertThat(rows(kind, testAccount)).isEqualTo(ROOM + 1);

    byte[] more = ApiDevice.random(SIZE);
    ApiReply refused = session.bytes("PUT", OBJECTS + Hash256.sha256(more).hex(), more);
    assertThat(refused.status()).isEqualTo(507);
    assertThat(refused.code()).isEqualTo("quota-exceeded");
    assertThat(refused.json().path("usedBytes").asLong()).isEqualTo(quota - SIZE / 2);
    assertThat(refused.json().path("allowedBytes").asLong()).isEqualTo(quota);
    assertThat(refused.json().path("neededBytes").asLong()).isEqualTo(SIZE);
    assertThat(session.get(OBJECTS + first).body()).hasSize(SIZE);
    byte[] known = session.get(OBJECTS + stored.getFirst()).body();
    assertThat(session.bytes("PUT", OBJECTS + stored.getFirst(), known).status())
        .as("what is stored costs nothing")
        .isEqualTo(200);
  }

  /** Names of the objects that were taken. */
  private static List<String> send(ApiClient session) {
    List<String> stored = new ArrayList<>();
    for (int i = 0; i < OBJECTS_OF_EACH; i++) {
      byte[] bytes = ApiDevice.random(SIZE);
      String name = Hash256.sha256(bytes).hex();
      ApiReply reply = session.bytes("PUT", OBJECTS + name, bytes);
      assertThat(reply.status()).as("%s", reply).isIn(201, 507);
      if (reply.status() == 201) {
        stored.add(name);
      }
    }
    return stored;
  }

  private static void setLiveBytes(StackDatabase.Kind kind, TestAccount testAccount, long bytes)
      throws Exception {
    try (Connection connection = Stack.on(kind).db().asApplication();
        PreparedStatement update =
            connection.prepareStatement(
                "update storage_use set live_bytes = ? where employee_id ="
                    + " (select employee_id from employee where subject = ?)")) {
      update.setLong(1, bytes);
      update.setString(2, testAccount.id());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }

  private static long rows(StackDatabase.Kind kind, TestAccount testAccount) throws Exception {
    try (Connection connection = Stack.on(kind).db().asApplication();
        PreparedStatement query =
            connection.prepareStatement(
                "select count(*) from stored_object o join repository r"
                    + " on r.repository_id = o.repository_id join employee e"
                    + " on e.employee_id = r.employee_id where e.subject = ?")) {
      query.setString(1, testAccount.id());
      try (ResultSet row = query.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getLong(1);
      }
    }
  }
}
