package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.SharedResources;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Objects are stored whole under their hash or not at all (HK1-S-01, HK1-S-02). Time budget: 30
 * seconds for both databases beside the systems' start.
 */
@EveryThirdRun
class UploadsIT {

  /** Of what depends on no SQL of one of them. */
  private static final StackDatabase.Kind KIND = StackDatabase.Kind.POSTGRESQL;

  private static final Map<StackDatabase.Kind, ApiClient> DEVICES =
      new EnumMap<>(StackDatabase.Kind.class);
  private static final String OBJECTS = "/v1/device/objects/";

  /** Fewer than one employee may have in flight. */
  private static final int AT_ONCE = 6;

  private static final int ROUNDS = 3;

  /** The server's own limit, above ours. */
  private static final int SERVER_LIMIT_BYTES = 32 * 1024 * 1024;

  @Test
  void above_the_servers_own_limit_nothing_is_stored_either() throws Exception {
    ApiClient device = device(KIND);
    byte[] first = ApiDevice.random(1000);
    String name = Hash256.sha256(first).hex();
    // The server refuses by the length alone. Who went on sending would lose the answer whenever
    // the server closes the connection first, so this asks before it sends the rest.
    try (SSLSocket socket = connection(KIND)) {
      begin(socket, KIND, device, name, SERVER_LIMIT_BYTES + 1, first);
      String status =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      assertThat(status).matches("HTTP/1.1 (400|413) .*");
    }
    assertAbsent(device, name);
  }

  @Test
  void a_name_that_is_not_the_hash_is_refused_and_nothing_stored() throws Exception {
    ApiClient device = device(KIND);
    byte[] bytes = ApiDevice.random(5000);
    String name = Hash256.sha256(bytes).hex();
    byte[] changed = bytes.clone();
    changed[4999] ^= 1;
    RefusalAssert.assertRefused(
        device.bytes("PUT", OBJECTS + name, changed), ProblemCode.NAME_MISMATCH);
    RefusalAssert.assertRefused(
        device.bytes("PUT", OBJECTS + name, new byte[0]), ProblemCode.NAME_MISMATCH);
    assertAbsent(device, name);
    assertAbsent(device, Hash256.sha256(changed).hex());
    for (String malformed :
        List.of("x", name.substring(1), name + "0", name.toUpperCase(java.util.Locale.ROOT))) {
      RefusalAssert.assertRefused(
          device.bytes("PUT", OBJECTS + malformed, bytes), ProblemCode.MALFORMED);
    }
  }

  @ParameterizedTest
  @EachDatabase
  void an_upload_that_breaks_off_stores_nothing(StackDatabase.Kind kind) throws Exception {
    ApiClient device = device(kind);
    byte[] bytes = ApiDevice.random(2_000_000);
    String name = Hash256.sha256(bytes).hex();
    try (SSLSocket socket = connection(kind)) {
      begin(socket, kind, device, name, bytes.length, Arrays.copyOf(bytes, bytes.length / 2));
    }
    assertAbsent(device, name);
    // The broken upload holds nothing that a whole one needs.
    assertThat(ApiDevice.store(device, bytes)).isEqualTo(name);
  }

  private static SSLSocket connection(StackDatabase.Kind kind) throws Exception {
    URI portal = TestCompany.on(kind).stack().portalUrl();
    SSLSocket socket =
        (SSLSocket)
            TestCompany.on(kind)
                .stack()
                .httpClient()
                .sslContext()
                .getSocketFactory()
                .createSocket(portal.getHost(), portal.getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /** Says that {@code length} bytes of an object will come, and sends the first of them. */
  private static void begin(
      SSLSocket socket,
      StackDatabase.Kind kind,
      ApiClient device,
      String name,
      int length,
      byte[] first)
      throws Exception {
    String head =
        String.join(
            "\r\n",
            "PUT /api" + OBJECTS + name + " HTTP/1.1",
            "Host: " + TestCompany.on(kind).stack().portalUrl().getAuthority(),
            device.headerLines() + "Content-Type: application/octet-stream",
            "Content-Length: " + length,
            "",
            "");
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(first);
    out.flush();
  }

  @Test
  void a_body_of_unstated_length_is_refused() throws Exception {
    ApiClient device = device(KIND);
    byte[] bytes = ApiDevice.random(1000);
    String name = Hash256.sha256(bytes).hex();
    ApiReply reply = device.streamed("PUT", OBJECTS + name, bytes);
    assertThat(reply.status()).isBetween(400, 499);
    RefusalAssert.assertPlain(reply);
    assertAbsent(device, name);
  }

  @ParameterizedTest
  @EachDatabase
  @ResourceLock(value = SharedResources.UPLOAD_PLACES, mode = ResourceAccessMode.READ)
  void the_first_objects_of_a_set_may_come_at_once(StackDatabase.Kind kind) throws Exception {
    TestCompany company = TestCompany.on(kind);
    for (int round = 0; round < ROUNDS; round++) {
      ApiDevice device = ApiDevice.enrol(company.agentOf(company.employee()), "at once");
      ApiClient session = device.session();
      device.optIn(session);
      List<CompletableFuture<ApiReply>> all = new ArrayList<>();
      try (ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE)) {
        for (int i = 0; i < 4 * AT_ONCE; i++) {
          byte[] bytes = ApiDevice.random(20_000);
          String name = Hash256.sha256(bytes).hex();
          all.add(
              CompletableFuture.supplyAsync(
                  () -> session.bytes("PUT", OBJECTS + name, bytes), senders));
        }
      }
      for (CompletableFuture<ApiReply> each : all) {
        assertThat(each.join().status()).as("%s", each.join()).isEqualTo(201);
      }
    }
  }

  private static void assertAbsent(ApiClient device, String name) {
    RefusalAssert.assertRefused(device.get(OBJECTS + name), ProblemCode.NOT_FOUND);
    ApiReply missing = device.json("POST", OBJECTS + "missing", Map.of("names", List.of(name)));
    assertThat(missing.json().path("missing").path(0).asText()).as("%s", missing).isEqualTo(name);
  }

  private static ApiClient device(StackDatabase.Kind kind)
      throws IOException, InterruptedException, MalformedException {
    ApiClient known = DEVICES.get(kind);
    if (known == null) {
      TestCompany company = TestCompany.on(kind);
      ApiDevice device = ApiDevice.enrol(company.agentOf(company.employee()), "uploads");
      known = device.session();
      device.optIn(known);
      DEVICES.put(kind, known);
    }
    return known;
  }
}
