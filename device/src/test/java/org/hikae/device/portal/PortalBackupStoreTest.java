package org.hikae.device.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.backup.wire.CommitSnapshot;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotPage;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.device.store.BackupStore;
import org.hikae.device.store.BackupStoreContract;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.store.MissingObjectException;
import org.hikae.device.store.PackRange;
import org.hikae.device.store.WithheldObjectException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.TextCodec;
import org.hikae.problem.wire.ProblemCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PortalBackupStoreTest {

  private static final byte[] DATA = "some sealed bytes".getBytes(StandardCharsets.UTF_8);
  private static final Hash256 NAME = Hash256.sha256(DATA);
  private static final byte[] SET = new byte[16];

  private FakePortal portal;
  private BackupStore store;

  @BeforeEach
  void start() throws Exception {
    portal = new FakePortal();
    store = new PortalBackupStore(portal.client());
  }

  @AfterEach
  void stop() {
    portal.close();
  }

  /** The engine's contract, through HTTP. */
  @Nested
  class Contract extends BackupStoreContract {
    @Override
    protected BackupStore newStore() {
      return store;
    }

    @Override
    protected byte[] setId() {
      return SET;
    }

    @Override
    protected byte[] deviceId() {
      return portal.device().deviceId();
    }
  }

  @Test
  void hands_damaged_bytes_on_to_the_caller_who_checks_and_salvages() throws Exception {
    store.put(NAME, DATA);
    byte[] flipped = DATA.clone();
    flipped[DATA.length / 2] ^= 1;
    portal.memory().objects().put(NAME, flipped);
    assertThat(store.get(NAME)).isEqualTo(flipped);
    portal.memory().objects().put(NAME, new byte[0]);
    assertThat(store.get(NAME)).isEmpty();
  }

  @Test
  void sends_again_when_an_answer_is_cut() throws Exception {
    store.put(NAME, DATA);
    AtomicInteger cuts = new AtomicInteger();
    portal.misbehave(
        exchange -> {
          boolean cut = exchange.getRequestMethod().equals("GET") && cuts.incrementAndGet() <= 2;
          if (cut) {
            exchange.sendResponseHeaders(200, DATA.length);
            exchange.getResponseBody().write(DATA, 0, 3);
            throw new java.io.IOException("cut on purpose");
          }
          return false;
        });

    assertThat(store.get(NAME)).isEqualTo(DATA);
    assertThat(cuts).hasValue(3);
  }

  @Test
  void cuts_a_range_itself_when_the_whole_comes() throws Exception {
    store.put(NAME, DATA);
    portal.misbehave(
        exchange -> {
          if (!exchange.getRequestMethod().equals("GET")) {
            return false;
          }
          FakePortal.bytes(exchange, 200, DATA);
          return true;
        });

    assertThat(store.getBuckets(NAME, 0, 1)).isEqualTo(DATA);
    assertThat(store.getBuckets(NAME, 1, 1)).isEmpty();
  }

  @Test
  void gives_nothing_beyond_the_end_of_an_object() throws Exception {
    store.put(NAME, DATA);

    assertThat(store.getBuckets(NAME, 1, 5)).isEmpty();
  }

  @Test
  void renews_token_and_session_once_each_and_goes_on() throws Exception {
    store.put(NAME, DATA);
    portal.expireToken();
    assertThat(store.get(NAME)).isEqualTo(DATA);
    portal.expireSession();
    assertThat(store.get(NAME)).isEqualTo(DATA);

    assertThat(portal.requests().stream().filter(r -> r.contains("/sessions")).count())
        .isEqualTo(2);
  }

  @Test
  void refuses_an_answer_about_objects_that_were_not_asked_for() {
    portal.misbehave(
        exchange -> {
          if (!exchange.getRequestURI().getPath().endsWith("/missing")) {
            return false;
          }
          FakePortal.json(
              exchange, 200, new org.hikae.backup.wire.MissingAnswer(List.of(Hash256.ZERO.hex())));
          return true;
        });

    assertThatThrownBy(() -> store.missing(List.of(NAME))).isInstanceOf(BackupStoreException.class);
  }

  @Test
  void refuses_answers_that_leave_a_part_out() {
    for (String body :
        List.of("{}", "[]", "null", "{\"missing\":null}", "{\"missing\":[null]}", "x")) {
      portal.misbehave(
          exchange -> {
            if (!exchange.getRequestURI().getPath().endsWith("/missing")) {
              return false;
            }
            exchange.getRequestBody().readAllBytes();
            FakeHttpServer.send(exchange, 200, "application/json", body);
            return true;
          });
      assertThatThrownBy(() -> store.missing(List.of(NAME)))
          .as(body)
          .isInstanceOf(BackupStoreException.class);
    }
  }

  /** HK1-D-05: whoever reads the list sorts it; one entry must not keep the others away. */
  @Test
  void hands_on_a_snapshot_whose_hash_does_not_follow_from_its_fields() throws Exception {
    SnapshotView lie = withSequence(commitOne(), 2);
    portal.memory().committed().set(0, lie);

    assertThat(store.snapshots(null, null, 10).snapshots()).containsExactly(lie);
  }

  /** HK1-R-15. */
  @Test
  void tells_what_is_withheld_from_a_portal_that_cannot_be_used() throws Exception {
    SnapshotView view = commitOne();
    Map<String, FakePortal.FaultInjection> answers =
        Map.of(
            "500", exchange -> refused(exchange, ProblemCode.INTERNAL),
            "503", exchange -> refused(exchange, ProblemCode.BUSY),
            "403", exchange -> refused(exchange, ProblemCode.FORBIDDEN),
            "-", PortalBackupStoreTest::cut,
            "?", exchange -> sends(exchange, new byte[3 * PackRange.BUCKET_BYTES]));
    for (Map.Entry<String, FakePortal.FaultInjection> each : answers.entrySet()) {
      portal.misbehave(exchange -> asksForOne(exchange) && each.getValue().answered(exchange));
      assertThatThrownBy(() -> store.getBuckets(NAME, 0, 1))
          .as(each.getKey())
          .isInstanceOfSatisfying(
              WithheldObjectException.class, e -> assertThat(e.answer()).isEqualTo(each.getKey()));
    }
    portal.misbehave(exchange -> asksForOne(exchange) && sends(exchange, new byte[33]));
    assertThatThrownBy(() -> store.objects(view.snapshotId()))
        .isInstanceOf(WithheldObjectException.class);

    portal.misbehave(exchange -> refused(exchange, ProblemCode.INTERNAL));
    assertThatThrownBy(() -> store.get(NAME))
        .isNotInstanceOf(WithheldObjectException.class)
        .isInstanceOfSatisfying(
            BackupStoreException.class, e -> assertThat(e.result()).isEqualTo(RunResult.NETWORK));
  }

  @Test
  void asks_once_more_for_what_was_refused_while_nothing_else_was_asked() throws Exception {
    store.put(NAME, DATA);
    AtomicInteger asked = new AtomicInteger();
    portal.misbehave(
        exchange ->
            asksForOne(exchange)
                && asked.incrementAndGet() == 1
                && refused(exchange, ProblemCode.INTERNAL));

    assertThat(store.get(NAME)).isEqualTo(DATA);
    assertThat(asked).hasValue(2);
  }

  private static boolean asksForOne(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.contains("/objects/") || path.endsWith("/objects");
  }

  private static boolean refused(HttpExchange exchange, ProblemCode code) throws IOException {
    FakePortal.refuse(exchange, code);
    return true;
  }

  private static boolean sends(HttpExchange exchange, byte[] body) throws IOException {
    FakePortal.bytes(exchange, 206, body);
    return true;
  }

  private static boolean cut(HttpExchange exchange) throws IOException {
    throw new IOException("cut on purpose");
  }

  @Test
  void refuses_object_lists_that_are_cut_or_out_of_order() throws Exception {
    SnapshotView view = commitOne();
    byte[] two = new byte[64];
    two[0] = 1;
    for (byte[] list : List.of(new byte[31], new byte[33], two, new byte[64])) {
      portal.misbehave(
          exchange -> {
            if (!exchange.getRequestURI().getPath().endsWith("/objects")) {
              return false;
            }
            FakePortal.bytes(exchange, 200, list);
            return true;
          });
      assertThatThrownBy(() -> store.objects(view.snapshotId()))
          .isInstanceOf(BackupStoreException.class);
    }
  }

  @Test
  void names_what_is_missing_when_a_commit_is_refused() {
    CommitSnapshot commit = commit(NAME);

    assertThatThrownBy(() -> store.commit(commit))
        .isInstanceOf(MissingObjectException.class)
        .satisfies(e -> assertThat(((MissingObjectException) e).names()).contains(NAME));
  }

  @Test
  void reads_page_after_page() throws Exception {
    commitOne();
    SnapshotPage page = store.snapshots(TextCodec.hex(portal.device().deviceId()), null, 1);

    assertThat(page.snapshots()).hasSize(1);
    assertThat(store.snapshots("00".repeat(16), null, 1).snapshots()).isEmpty();
  }

  private SnapshotView commitOne() throws BackupStoreException {
    store.put(NAME, DATA);
    return store.commit(commit(NAME));
  }

  private static CommitSnapshot commit(Hash256 object) {
    return new CommitSnapshot(
        TextCodec.hex(SET),
        1,
        1,
        Hash256.ZERO.hex(),
        object.hex(),
        ObjectList.hash(Set.of(object)).hex(),
        List.of(object.hex()),
        List.of(),
        1,
        1);
  }

  private static SnapshotView withSequence(SnapshotView view, long sequence) {
    return new SnapshotView(
        view.snapshotId(),
        view.setId(),
        view.deviceId(),
        view.generation(),
        sequence,
        view.previous(),
        view.root(),
        view.listHash(),
        view.stubHash(),
        view.committedAt(),
        view.objects(),
        view.storedBytes(),
        view.files(),
        view.plainBytes(),
        view.fate());
  }
}
