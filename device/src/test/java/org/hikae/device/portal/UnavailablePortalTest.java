package org.hikae.device.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.device.AgentException;
import org.hikae.device.http.FakeSleeper;
import org.hikae.device.http.RetryPolicy;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.MissingObjectException;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * HK1-R-16: a portal that keeps back every object, or hands out next to nothing, ends a run within
 * the hour, however many objects there are. Without the rule 100,000 objects took 27 days of 503,
 * 416 days of 503 with a pause of a minute, and twenty years of silence.
 */
class UnavailablePortalTest {

  private static final Duration HOUR = Duration.ofHours(1);

  /** A portal that is to be waited for longest answers just before a client gives up. */
  private static final Duration LATE = Duration.ofSeconds(59);

  private final FakeSleeper sleeper = new FakeSleeper();
  private FakePortal portal;
  private BackupStore store;
  private int asked;

  @BeforeEach
  void start() throws Exception {
    portal = new FakePortal(sleeper);
    store = new PortalBackupStore(portal.client(), new ObjectWait(sleeper::nanos));
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  /** One of many things that a run asks for. */
  private interface StoreCall {
    void ask(Hash256 name) throws BackupStoreException;
  }

  /** Asks for one thing after the other without an end, and notes for how many. */
  private void asksForAll(StoreCall call) {
    assertThatThrownBy(
            () -> {
              while (sleeper.passed().compareTo(HOUR) < 0) {
                byte[] number = Integer.toString(++asked).getBytes(StandardCharsets.US_ASCII);
                one(call, Hash256.sha256(number));
              }
            })
        .isInstanceOfSatisfying(
            BackupStoreException.class, e -> assertThat(e.result()).isEqualTo(RunResult.NETWORK))
        .cause()
        .isInstanceOfSatisfying(
            AgentException.class, e -> assertThat(e.key()).isEqualTo("network.waited-in-vain"));
    assertThat(sleeper.passed()).isBetween(ObjectWait.LONGEST, HOUR);
  }

  private static void one(StoreCall call, Hash256 name) throws BackupStoreException {
    try {
      call.ask(name);
    } catch (WithheldObjectException | MissingObjectException e) {
      // The run goes on without it.
    }
  }

  private void objectsAre(FakePortal.FaultInjection answer) {
    portal.misbehave(
        exchange ->
            exchange.getRequestURI().getPath().contains("/objects/") && answer.answered(exchange));
  }

  private boolean late(HttpExchange exchange, byte[] body) throws IOException {
    sleeper.wait(LATE);
    FakePortal.bytes(exchange, 200, body);
    return true;
  }

  private static boolean busy(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Retry-After", "60");
    FakePortal.refuse(exchange, ProblemCode.BUSY);
    return true;
  }

  private boolean silent(HttpExchange exchange) throws IOException {
    sleeper.wait(Duration.ofMinutes(1));
    throw new IOException("given up");
  }

  @Test
  void every_object_answered_503_with_a_pause_of_a_minute() {
    objectsAre(UnavailablePortalTest::busy);
    asksForAll(store::get);
    assertThat(asked).isGreaterThan(2);
  }

  @Test
  void every_object_answered_503_without_a_pause() {
    objectsAre(
        exchange -> {
          FakePortal.refuse(exchange, ProblemCode.BUSY);
          return true;
        });
    asksForAll(name -> store.getBuckets(name, 0, 1));
    assertThat(asked).isGreaterThan(30);
  }

  @Test
  void every_object_answered_by_silence() {
    objectsAre(this::silent);
    asksForAll(store::get);
    assertThat(asked).as("one thing that is kept back is not all").isEqualTo(2);
  }

  @Test
  void every_object_late_and_a_byte_of_it() {
    objectsAre(exchange -> late(exchange, new byte[1]));
    asksForAll(store::get);
  }

  @Test
  void every_object_late_and_not_there() {
    objectsAre(
        exchange -> {
          sleeper.wait(LATE);
          return false;
        });
    asksForAll(store::get);
  }

  @Test
  void pages_of_snapshots_that_come_late_and_always_go_on() {
    portal.misbehave(
        exchange -> {
          if (!exchange.getRequestURI().getPath().endsWith("/snapshots")) {
            return false;
          }
          sleeper.wait(LATE);
          FakePortal.json(exchange, 200, new SnapshotPage(List.of(), "next"));
          return true;
        });
    asksForAll(name -> store.snapshots(null, null, 1));
  }

  @Test
  void every_object_refused_at_once_and_what_is_asked_in_between_late() {
    portal.misbehave(
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          if (path.contains("/objects/")) {
            FakePortal.refuse(exchange, ProblemCode.FORBIDDEN);
            return true;
          }
          if (path.endsWith("/snapshots")) {
            sleeper.wait(LATE);
          }
          return false;
        });
    asksForAll(store::get);
  }

  @Test
  void one_object_that_is_answered_by_silence_keeps_no_other_away() throws Exception {
    byte[] other = {7};
    store.put(Hash256.sha256(other), other);
    Hash256 silent = Hash256.sha256(new byte[] {8});
    objectsAre(
        exchange -> exchange.getRequestURI().getPath().endsWith(silent.hex()) && silent(exchange));

    assertThatThrownBy(() -> store.get(silent)).isInstanceOf(WithheldObjectException.class);
    assertThat(store.get(Hash256.sha256(other))).isEqualTo(other);
  }

  @Test
  void an_upload_ends_a_run_after_its_own_tries() {
    objectsAre(UnavailablePortalTest::busy);
    byte[] object = {9};

    assertThatThrownBy(() -> store.put(Hash256.sha256(object), object))
        .isInstanceOfSatisfying(
            BackupStoreException.class, e -> assertThat(e.result()).isEqualTo(RunResult.NETWORK));
    assertThat(portal.requests().stream().filter(request -> request.startsWith("PUT")).count())
        .isEqualTo(RetryPolicy.STANDARD.attempts());
    assertThat(sleeper.passed()).isLessThan(HOUR);
  }
}
