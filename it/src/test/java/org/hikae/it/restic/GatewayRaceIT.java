package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
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
 * What becomes of an object that several send at once, and of one that does not come whole
 * (HK1-G-04, HK1-G-06). Time budget: 40 seconds for both databases beside the systems' start.
 */
@ResourceLock(value = SharedResources.UPLOAD_PLACES, mode = ResourceAccessMode.READ)
@EveryThirdRun
class GatewayRaceIT {

  /** Fewer than one employee may have in flight. */
  private static final int SENDERS = 4;

  private static final int SILENCE_MILLIS = 10_000;

  /** What one of several sends. */
  private record Sending(String path, byte[] bytes) {}

  private static String nameOf(byte[] bytes) {
    return Hash256.sha256(bytes).hex();
  }

  private static long used(ResticDevice resticDevice) {
    return resticDevice.storage().path("usedBytes").asLong();
  }

  /** Sends all of it at the same moment; the answers in the same order. */
  private static List<ApiReply> atOnce(ResticDevice resticDevice, List<Sending> all)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(all.size());
    List<Callable<ApiReply>> senders = new ArrayList<>();
    for (Sending one : all) {
      senders.add(
          () -> {
            start.await();
            return resticDevice.post(one.path(), one.bytes());
          });
    }
    List<ApiReply> replies = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(all.size())) {
      for (Future<ApiReply> reply : pool.invokeAll(senders)) {
        replies.add(reply.get());
      }
    }
    return replies;
  }

  private static void assertOneStored(List<ApiReply> replies) {
    assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
    assertThat(replies)
        .filteredOn(reply -> reply.status() != 200)
        .allSatisfy(
            reply -> {
              assertThat(reply.status()).as("%s", reply).isEqualTo(403);
              assertThat(reply.code()).isEqualTo("object-exists");
            });
  }

  @ParameterizedTest
  @EachDatabase
  void one_object_that_many_send_at_once_is_stored_once(StackDatabase.Kind kind) throws Exception {
    ResticDevice resticDevice = ResticDevice.on(kind);
    byte[] bytes = ApiDevice.random(500_000);
    String path = "data/" + nameOf(bytes);
    List<Sending> same = Collections.nCopies(SENDERS, new Sending(path, bytes));
    assertOneStored(atOnce(resticDevice, same));
    assertThat(resticDevice.send("GET", path).body()).isEqualTo(bytes);
    assertThat(resticDevice.send("GET", "data/").json()).hasSize(1);
    assertThat(resticDevice.objects()).isEqualTo(1);
    assertThat(used(resticDevice)).isEqualTo(bytes.length);
  }

  @ParameterizedTest
  @EachDatabase
  void the_same_bytes_that_come_as_several_types_at_once_are_counted_once(StackDatabase.Kind kind)
      throws Exception {
    ResticDevice resticDevice = ResticDevice.on(kind);
    byte[] bytes = ApiDevice.random(200_000);
    List<String> folders = List.of("data", "keys", "snapshots", "index");
    List<Sending> all =
        folders.stream().map(type -> new Sending(type + "/" + nameOf(bytes), bytes)).toList();
    assertThat(atOnce(resticDevice, all)).extracting(ApiReply::status).containsOnly(200);
    for (Sending one : all) {
      assertThat(resticDevice.send("GET", one.path()).body()).as(one.path()).isEqualTo(bytes);
    }
    assertThat(resticDevice.objects()).isEqualTo(1);
    assertThat(used(resticDevice)).isEqualTo(bytes.length);
  }

  @ParameterizedTest
  @EachDatabase
  void of_several_configs_at_once_one_stays_and_is_the_one_that_was_taken(StackDatabase.Kind kind)
      throws Exception {
    ResticDevice resticDevice = ResticDevice.on(kind);
    List<Sending> configs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      configs.add(new Sending("config", ApiDevice.random(155)));
    }
    List<ApiReply> replies = atOnce(resticDevice, configs);
    assertOneStored(replies);
    byte[] taken = configs.get(replies.get(0).status() == 200 ? 0 : 1).bytes();
    assertThat(resticDevice.send("GET", "config").body()).isEqualTo(taken);
    assertThat(resticDevice.objects()).as("nothing is left of the other").isEqualTo(1);
    assertThat(used(resticDevice)).isEqualTo(taken.length);
  }

  @Test
  void nothing_is_kept_of_what_ends_before_its_stated_length() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(StackDatabase.Kind.POSTGRESQL);
    byte[] pack = ApiDevice.random(100_000);
    String path = "data/" + nameOf(pack);
    for (int came : new int[] {0, 60_000, pack.length - 1}) {
      cutOff(resticDevice, path, pack.length, Arrays.copyOf(pack, came));
    }
    // A config has no name that its bytes could be compared with.
    byte[] config = ApiDevice.random(155);
    cutOff(resticDevice, "config", config.length, Arrays.copyOf(config, 100));
    assertThat(resticDevice.send("HEAD", path).status()).isEqualTo(404);
    assertThat(resticDevice.send("HEAD", "config").status()).isEqualTo(404);
    assertThat(resticDevice.objects()).isZero();
    assertThat(used(resticDevice)).isZero();

    assertThat(resticDevice.post(path, pack).status()).isEqualTo(200);
    assertThat(resticDevice.post("config", config).status()).isEqualTo(200);
    assertThat(resticDevice.send("GET", path).body()).isEqualTo(pack);
    assertThat(resticDevice.send("GET", "config").body()).isEqualTo(config);
    assertThat(resticDevice.objects()).isEqualTo(2);
    assertThat(used(resticDevice)).isEqualTo(pack.length + config.length);
  }

  /** Sends the beginning of a body, says that no more comes, and waits until the portal is done. */
  private static void cutOff(ResticDevice resticDevice, String path, int length, byte[] beginning)
      throws Exception {
    Stack stack = TestCompany.on(resticDevice.kind()).stack();
    String head =
        "POST /api"
            + resticDevice.at(path)
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
            + "Content-Length: "
            + length
            + "\r\n"
            + resticDevice.api().headerLines()
            + "\r\n";
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket =
        stack
            .httpClient()
            .sslContext()
            .getSocketFactory()
            .createSocket("localhost", stack.portalUrl().getPort())) {
      socket.setSoTimeout(SILENCE_MILLIS);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(beginning);
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      socket.getInputStream().transferTo(answer);
    } catch (IOException e) {
      // It may end the connection without an answer, too.
    }
    String status = answer.toString(StandardCharsets.UTF_8).lines().findFirst().orElse("");
    assertThat(status).matches("(HTTP/1\\.1 400 .*)?");
  }
}
