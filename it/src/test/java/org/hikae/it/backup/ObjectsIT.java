package org.hikae.it.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.SharedResources;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Objects are stored whole under their hash, and others see nothing of them (HK1-S-01, HK1-S-02,
 * HK1-S-08, HK1-R-03). Time budget: 45 seconds for both databases beside the systems' start.
 */
@EveryThirdRun
class ObjectsIT {

  /** Of what depends on no SQL of one of them. */
  private static final StackDatabase.Kind KIND = StackDatabase.Kind.POSTGRESQL;

  private static final String OBJECTS = "/v1/device/objects/";

  private static String nameOf(byte[] bytes) {
    return Hash256.sha256(bytes).hex();
  }

  @ParameterizedTest
  @EachDatabase
  void keeps_an_object_and_gives_it_back_whole_and_in_parts(StackDatabase.Kind kind)
      throws Exception {
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(Stack.on(kind));
    byte[] bytes = ApiDevice.random(3_000_001);
    String path = OBJECTS + nameOf(bytes);
    assertThat(optedInEmployee.api().bytes("PUT", path, bytes).status()).isEqualTo(201);
    assertThat(optedInEmployee.api().bytes("PUT", path, bytes).status()).isEqualTo(200);
    ApiReply whole = optedInEmployee.api().get(path);
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(bytes);
    assertThat(whole.headers().firstValue("ETag")).hasValue('"' + nameOf(bytes) + '"');
    ApiReply head = optedInEmployee.api().send("HEAD", path, null, null);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(bytes.length);
    ApiReply part = optedInEmployee.api().with("Range", "bytes=1048570-2097160").get(path);
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 1048570, 2097161));
    assertThat(part.headers().firstValue("Content-Range"))
        .hasValue("bytes 1048570-2097160/3000001");
    ApiReply beyond = optedInEmployee.api().with("Range", "bytes=3000001-").get(path);
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(beyond.code()).isEqualTo("range-not-satisfiable");
  }

  @ParameterizedTest
  @EachDatabase
  void takes_the_largest_object_and_none_larger(StackDatabase.Kind kind) throws Exception {
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(Stack.on(kind));
    byte[] largest = ApiDevice.random(Hk1Constants.MAX_OBJECT_BYTES);
    assertThat(optedInEmployee.api().bytes("PUT", OBJECTS + nameOf(largest), largest).status())
        .isEqualTo(201);
    assertThat(nameOf(optedInEmployee.api().get(OBJECTS + nameOf(largest)).body()))
        .isEqualTo(nameOf(largest));
    byte[] larger = ApiDevice.random(Hk1Constants.MAX_OBJECT_BYTES + 1);
    ApiReply refused = optedInEmployee.api().bytes("PUT", OBJECTS + nameOf(larger), larger);
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.code()).isEqualTo("too-large");
    assertThat(refused.json().path("maxBytes").asLong()).isEqualTo(Hk1Constants.MAX_OBJECT_BYTES);
    assertThat(optedInEmployee.api().get(OBJECTS + nameOf(larger)).status()).isEqualTo(404);
  }

  @Test
  void shows_a_foreign_object_exactly_like_a_missing_one() throws Exception {
    Stack stack = Stack.on(KIND);
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(stack);
    OptedInEmployee other = OptedInEmployee.optedIn(stack);
    byte[] bytes = ApiDevice.random(2000);
    String foreign = ApiDevice.store(optedInEmployee.api(), bytes);
    String missing = nameOf(ApiDevice.random(9));
    for (String range : List.of("bytes=0-", "bytes=0-10", "bytes=99999-")) {
      ApiReply seen = other.api().with("Range", range).get(OBJECTS + foreign);
      ApiReply none = other.api().with("Range", range).get(OBJECTS + missing);
      assertThat(seen.status()).isEqualTo(404);
      assertThat(seen.problemWithoutId()).isEqualTo(none.problemWithoutId());
    }
    assertThat(other.api().send("HEAD", OBJECTS + foreign, null, null).status()).isEqualTo(404);
    Map<String, List<String>> query = Map.of("names", List.of(foreign, missing));
    assertThat(other.api().json("POST", OBJECTS + "missing", query).json().get("missing"))
        .hasSize(2);
    assertThat(optedInEmployee.api().json("POST", OBJECTS + "missing", query).json().get("missing"))
        .hasSize(1);
    // Sending it oneself stores it anew: the answer does not tell that someone else had it.
    assertThat(other.api().bytes("PUT", OBJECTS + foreign, bytes).status()).isEqualTo(201);
  }

  @Test
  void lets_siblings_read_each_others_objects() throws Exception {
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(Stack.on(KIND));
    String name = ApiDevice.store(optedInEmployee.api(), ApiDevice.random(300));
    assertThat(optedInEmployee.sibling("second").api().get(OBJECTS + name).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EachDatabase
  @ResourceLock(value = SharedResources.UPLOAD_PLACES, mode = ResourceAccessMode.READ)
  void stores_one_object_for_many_who_send_it_at_once(StackDatabase.Kind kind) throws Exception {
    Stack stack = Stack.on(kind);
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(stack);
    byte[] bytes = ApiDevice.random(500_000);
    List<Future<Integer>> answers = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(5)) {
      for (int i = 0; i < 5; i++) {
        answers.add(
            pool.submit(
                () -> optedInEmployee.api().bytes("PUT", OBJECTS + nameOf(bytes), bytes).status()));
      }
    }
    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> answer : answers) {
      statuses.add(answer.get());
    }
    assertThat(statuses).containsExactlyInAnyOrder(201, 200, 200, 200, 200);
    assertThat(optedInEmployee.api().get(OBJECTS + nameOf(bytes)).body()).isEqualTo(bytes);
  }

  @Test
  void takes_nothing_before_the_opt_in_and_only_reads_after_the_opt_out() throws Exception {
    Stack stack = Stack.on(KIND);
    OptedInEmployee pending = OptedInEmployee.enrolled(stack);
    byte[] bytes = ApiDevice.random(700);
    String path = OBJECTS + nameOf(bytes);
    assertThat(pending.api().bytes("PUT", path, bytes).code()).isEqualTo("not-opted-in");
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(stack);
    assertThat(optedInEmployee.api().bytes("PUT", path, bytes).status()).isEqualTo(201);
    optedInEmployee.withdraw(stack);
    byte[] late = ApiDevice.random(701);
    ApiReply refused = optedInEmployee.api().bytes("PUT", OBJECTS + nameOf(late), late);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("not-opted-in");
    assertThat(optedInEmployee.api().get(path).body()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EachDatabase
  void takes_no_object_whose_opt_out_was_faster(StackDatabase.Kind kind) throws Exception {
    Stack stack = Stack.on(kind);
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(stack);
    ApiDevice.store(optedInEmployee.api(), ApiDevice.random(10));
    byte[] bytes = ApiDevice.random(20_000);
    try (Connection connection = stack.db().asOwner();
        ExecutorService pool = Executors.newSingleThreadExecutor()) {
      connection.setAutoCommit(false);
      try (var update =
          connection.prepareStatement(
              "update backup_set set state = 'WITHDRAWN', current_of = null where set_id = ?")) {
        update.setString(1, optedInEmployee.device().setId());
        update.executeUpdate();
      }
      Future<ApiReply> put =
          pool.submit(() -> optedInEmployee.api().bytes("PUT", OBJECTS + nameOf(bytes), bytes));
      // The object is written and now waits for the set's row, which this opt-out holds.
      assertThat(put).isNotDone();
      Await.forBlockedSession(stack);
      connection.commit();
      assertThat(put.get(30, TimeUnit.SECONDS).code()).isEqualTo("not-opted-in");
    }
    assertThat(optedInEmployee.api().get(OBJECTS + nameOf(bytes)).status()).isEqualTo(404);
  }

  @Test
  @ResourceLock(SharedResources.UPLOAD_PLACES)
  void turns_away_who_has_too_many_uploads_in_flight_and_recovers() throws Exception {
    Stack stack = Stack.on(KIND);
    OptedInEmployee optedInEmployee = OptedInEmployee.optedIn(stack);
    OptedInEmployee other = OptedInEmployee.optedIn(stack);
    byte[] bytes = ApiDevice.random(1000);
    List<RawRequest> slow = new ArrayList<>();
    try {
      // Whichever comes when the places are taken is turned away, so there may have to be more.
      ApiReply busy =
          Await.until(
              () -> {
                slow.add(RawRequest.begun(stack, optedInEmployee));
                return send(optedInEmployee, ApiDevice.random(1000));
              },
              reply -> reply.status() == 503);
      assertThat(slow).hasSizeGreaterThanOrEqualTo(6);
      assertThat(busy.code()).isEqualTo("busy");
      assertThat(busy.headers().firstValue("Retry-After")).isPresent();
      assertThat(send(other, bytes).status()).isEqualTo(201);
    } finally {
      for (RawRequest request : slow) {
        request.breakOff();
      }
    }
    Await.until(() -> send(optedInEmployee, bytes), reply -> reply.status() <= 201);
  }

  private static ApiReply send(OptedInEmployee optedInEmployee, byte[] bytes) {
    return optedInEmployee.api().bytes("PUT", OBJECTS + nameOf(bytes), bytes);
  }

  /** A PUT whose body the test sends as it likes. */
  private record RawRequest(SSLSocket socket) {

    /** A body that is too large to be waited for without a place, of which little has come. */
    static RawRequest begun(Stack stack, OptedInEmployee optedInEmployee) {
      try {
        return put(stack, optedInEmployee, OBJECTS + nameOf(ApiDevice.random(32)), 100_000)
            .send(new byte[10]);
      } catch (Exception e) {
        throw new AssertionError("the upload was not begun", e);
      }
    }

    static RawRequest put(Stack stack, OptedInEmployee optedInEmployee, String path, int length)
        throws Exception {
      SSLSocket socket =
          (SSLSocket)
              stack
                  .httpClient()
                  .sslContext()
                  .getSocketFactory()
                  .createSocket("localhost", stack.portalUrl().getPort());
      socket.setSoTimeout(120_000);
      String head =
          "PUT /api"
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
              + "Content-Length: "
              + length
              + "\r\n"
              + optedInEmployee.api().headerLines()
              + "\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      return new RawRequest(socket);
    }

    RawRequest send(byte[] bytes) throws Exception {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
      return this;
    }

    void breakOff() throws Exception {
      socket.close();
    }
  }
}
