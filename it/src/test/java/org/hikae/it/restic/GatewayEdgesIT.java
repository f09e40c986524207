package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.service.Transfers;
import org.hikae.backup.wire.ResticType;
import org.hikae.hk1.Hash256;
import org.hikae.http.control.BodyPace;
import org.hikae.it.client.Api;
import org.hikae.it.client.Company;
import org.hikae.it.client.Device;
import org.hikae.it.client.OpenRequest;
import org.hikae.it.client.Reply;
import org.hikae.it.stack.Database;
import org.hikae.it.stack.Exclusive;
import org.hikae.it.stack.Stack;
import org.hikae.testing.Full;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What restic's protocol is asked by who is not restic: other addresses, wrong headers, bodies that
 * do not come (HK1-G-03, HK1-G-04, HK1-G-14). Time budget: 10 seconds beside the system's start,
 * whole 60.
 */
class GatewayEdgesIT {

  private static final Database.Kind KIND = Database.Kind.POSTGRESQL;

  private static Stack stack() throws Exception {
    return Company.on(KIND).stack();
  }

  @Test
  void an_address_that_the_protocol_does_not_have_is_not_found() throws Exception {
    Client client = Client.on(KIND);
    String data = client.stored("data", Device.random(10));
    client.post("config", Device.random(100));
    for (String path :
        List.of("data", "config/", data + "/", data + ";a=b", "data;a=b/", "config;a")) {
      Reply reply = client.send("GET", path);
      assertThat(reply.status()).as("GET %s: %s", path, reply).isEqualTo(404);
    }
    for (String path : List.of("", "config", "data/", data)) {
      assertThat(client.send("OPTIONS", path).status()).as("OPTIONS %s", path).isEqualTo(404);
    }
  }

  @Test
  void a_range_without_a_byte_says_how_long_the_object_is() throws Exception {
    Client client = Client.on(KIND);
    String data = client.stored("data", Device.random(1000));
    for (String range : List.of("bytes=1000-", "bytes=99999999999999999999-", "bytes=-0")) {
      Reply reply = client.api().with("Range", range).get(client.at(data));
      assertThat(reply.status()).as("%s: %s", range, reply).isEqualTo(416);
      assertThat(reply.headers().firstValue("Content-Range")).hasValue("bytes */1000");
    }
    Reply last = client.api().with("Range", "bytes=999-99999999999999999999").get(client.at(data));
    assertThat(last.status()).isEqualTo(206);
    assertThat(last.headers().firstValue("Content-Range")).hasValue("bytes 999-999/1000");
    Reply all = client.api().with("Range", "bytes=-99999999999999999999").get(client.at(data));
    assertThat(all.status()).isEqualTo(206);
    assertThat(all.body()).hasSize(1000);
  }

  @Test
  void wrong_parameters_and_headers_of_anybody_are_their_error() throws Exception {
    Client client = Client.on(KIND);
    Api anybody = Company.on(KIND).anonymous();
    assertThat(anybody.get(client.at("data/?after=abc")).code()).isEqualTo("malformed");
    assertThat(anybody.get(client.at("data/?after=%EF%BC%91")).code()).isEqualTo("malformed");
    // What cannot be read is passed over, as if it had not been said.
    Reply accept = anybody.with("Accept", "text/html;q=zz").get(client.at("data/"));
    assertThat(accept.code()).as("%s", accept).isEqualTo("unauthenticated");
    Reply language = anybody.with("Accept-Language", "en;q=zz").get(client.at("data/"));
    assertThat(language.code()).as("%s", language).isEqualTo("unauthenticated");
  }

  @Test
  void however_long_a_body_says_that_it_is_the_answer_is_a_sentence() throws Exception {
    Client client = Client.on(KIND);
    String path = client.at("data/" + Hash256.sha256(new byte[] {1}).hex());
    long limit = ResticType.MAX_OBJECT_BYTES;
    for (long length : new long[] {limit + 1, 200L << 20, 1L << 40, 1L << 55}) {
      try (OpenRequest request =
          OpenRequest.post(stack(), client.api(), path, Long.toString(length))) {
        assertThat(request.answer())
            .as("%d", length)
            .startsWith("HTTP/1.1 413 ")
            .contains("\"code\":\"too-large\"")
            .contains("\"maxBytes\":" + limit);
      }
    }
  }

  /** A whole share of one device's bodies, of which nothing comes. */
  private static List<OpenRequest> stalled(Client client, int count) throws Exception {
    List<OpenRequest> open = new ArrayList<>();
    String path = client.at("data/" + Hash256.sha256(new byte[] {2}).hex());
    for (int i = 0; i < count; i++) {
      open.add(OpenRequest.post(stack(), client.api(), path, "1000000"));
    }
    return open;
  }

  @Test
  @ResourceLock(Exclusive.UPLOAD_PLACES)
  void slow_bodies_of_two_employees_leave_room_for_others() throws Exception {
    List<OpenRequest> open = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        open.addAll(stalled(Client.on(KIND), Transfers.MAX_UPLOADS_PER_EMPLOYEE));
      }
      Client other = Client.on(KIND);
      for (int i = 0; i < 29; i++) {
        other.stored("data", Device.random(1000));
      }
    } finally {
      for (OpenRequest one : open) {
        one.close();
      }
    }
  }

  @Full
  @Test
  void a_body_that_drips_or_stalls_is_given_up_and_so_is_its_place() throws Exception {
    Client client = Client.on(KIND);
    List<OpenRequest> open = stalled(client, Transfers.MAX_UPLOADS_PER_EMPLOYEE);
    List<OpenRequest> dripping = open.subList(0, open.size() / 2);
    long began = System.nanoTime();
    try (ScheduledExecutorService drips = Executors.newSingleThreadScheduledExecutor()) {
      var _ =
          drips.scheduleAtFixedRate(
              () -> dripping.forEach(OpenRequest::drip), 1, 1, TimeUnit.SECONDS);
      for (OpenRequest one : open) {
        String answer = one.answer();
        assertThat(answer).matches("(?s)(HTTP/1\\.1 (400|503) .*)?");
        one.close();
      }
      drips.shutdownNow();
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    assertThat(seconds).isLessThan(2 * BodyPace.GRACE.toSeconds());
    client.stored("data", Device.random(1000));
  }
}
