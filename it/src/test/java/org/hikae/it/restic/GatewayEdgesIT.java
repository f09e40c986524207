package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hikae.backup.service.TransferLimits;
import org.hikae.backup.wire.ResticType;
import org.hikae.hk1.Hash256;
import org.hikae.http.control.MinimumBodyRate;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.RawHttpRequest;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.SharedResources;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What restic's protocol is asked by who is not restic: other addresses, wrong headers, bodies that
 * do not come (HK1-G-03, HK1-G-04, HK1-G-14). Time budget: 10 seconds beside the system's start,
 * whole 60.
 */
@Order(1) // takes minutes
@EveryThirdRun
class GatewayEdgesIT {

  private static final StackDatabase.Kind KIND = StackDatabase.Kind.POSTGRESQL;

  private static Stack stack() throws Exception {
    return TestCompany.on(KIND).stack();
  }

  @Test
  void an_address_that_the_protocol_does_not_have_is_not_found() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    String data = resticDevice.stored("data", ApiDevice.random(10));
    resticDevice.post("config", ApiDevice.random(100));
    for (String path :
        List.of("data", "config/", data + "/", data + ";a=b", "data;a=b/", "config;a")) {
      ApiReply reply = resticDevice.send("GET", path);
      assertThat(reply.status()).as("GET %s: %s", path, reply).isEqualTo(404);
    }
    for (String path : List.of("", "config", "data/", data)) {
      assertThat(resticDevice.send("OPTIONS", path).status()).as("OPTIONS %s", path).isEqualTo(404);
    }
  }

  @Test
  void a_range_without_a_byte_says_how_long_the_object_is() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    String data = resticDevice.stored("data", ApiDevice.random(1000));
    for (String range : List.of("bytes=1000-", "bytes=99999999999999999999-", "bytes=-0")) {
      ApiReply reply = resticDevice.api().with("Range", range).get(resticDevice.at(data));
      assertThat(reply.status()).as("%s: %s", range, reply).isEqualTo(416);
      assertThat(reply.headers().firstValue("Content-Range")).hasValue("bytes */1000");
    }
    ApiReply last =
        resticDevice
            .api()
            .with("Range", "bytes=999-99999999999999999999")
            .get(resticDevice.at(data));
    assertThat(last.status()).isEqualTo(206);
    assertThat(last.headers().firstValue("Content-Range")).hasValue("bytes 999-999/1000");
    ApiReply all =
        resticDevice.api().with("Range", "bytes=-99999999999999999999").get(resticDevice.at(data));
    assertThat(all.status()).isEqualTo(206);
    assertThat(all.body()).hasSize(1000);
  }

  @Test
  void wrong_parameters_and_headers_of_anybody_are_their_error() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    ApiClient anybody = TestCompany.on(KIND).anonymous();
    assertThat(anybody.get(resticDevice.at("data/?after=abc")).code()).isEqualTo("malformed");
    assertThat(anybody.get(resticDevice.at("data/?after=%EF%BC%91")).code()).isEqualTo("malformed");
    // What cannot be read is passed over, as if it had not been said.
    ApiReply accept = anybody.with("Accept", "text/html;q=zz").get(resticDevice.at("data/"));
    assertThat(accept.code()).as("%s", accept).isEqualTo("unauthenticated");
    ApiReply language = anybody.with("Accept-Language", "en;q=zz").get(resticDevice.at("data/"));
    assertThat(language.code()).as("%s", language).isEqualTo("unauthenticated");
  }

  @Test
  void however_long_a_body_says_that_it_is_the_answer_is_a_sentence() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    String path = resticDevice.at("data/" + Hash256.sha256(new byte[] {1}).hex());
    long limit = ResticType.MAX_OBJECT_BYTES;
    for (long length : new long[] {limit + 1, 200L << 20, 1L << 40, 1L << 55}) {
      try (RawHttpRequest request =
          RawHttpRequest.post(stack(), resticDevice.api(), path, Long.toString(length))) {
        assertThat(request.answer())
            .as("%d", length)
            .startsWith("HTTP/1.1 413 ")
            .contains("\"code\":\"too-large\"")
            .contains("\"maxBytes\":" + limit);
      }
    }
  }

  /** A whole share of one device's bodies, of which nothing comes. */
  private static List<RawHttpRequest> stalled(ResticDevice resticDevice, int count)
      throws Exception {
    List<RawHttpRequest> open = new ArrayList<>();
    String path = resticDevice.at("data/" + Hash256.sha256(new byte[] {2}).hex());
    for (int i = 0; i < count; i++) {
      open.add(RawHttpRequest.post(stack(), resticDevice.api(), path, "1000000"));
    }
    return open;
  }

  @Test
  @ResourceLock(SharedResources.UPLOAD_PLACES)
  void slow_bodies_of_two_employees_leave_room_for_others() throws Exception {
    List<RawHttpRequest> open = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        open.addAll(stalled(ResticDevice.on(KIND), TransferLimits.MAX_UPLOADS_PER_EMPLOYEE));
      }
      ResticDevice other = ResticDevice.on(KIND);
      for (int i = 0; i < 29; i++) {
        other.stored("data", ApiDevice.random(1000));
      }
    } finally {
      for (RawHttpRequest one : open) {
        one.close();
      }
    }
  }

  @FullRunOnly
  @Test
  void a_body_that_drips_or_stalls_is_given_up_and_so_is_its_place() throws Exception {
    ResticDevice resticDevice = ResticDevice.on(KIND);
    List<RawHttpRequest> open = stalled(resticDevice, TransferLimits.MAX_UPLOADS_PER_EMPLOYEE);
    List<RawHttpRequest> dripping = open.subList(0, open.size() / 2);
    long began = System.nanoTime();
    try (ScheduledExecutorService drips = Executors.newSingleThreadScheduledExecutor()) {
      var _ =
          drips.scheduleAtFixedRate(
              () -> dripping.forEach(RawHttpRequest::drip), 1, 1, TimeUnit.SECONDS);
      for (RawHttpRequest one : open) {
        String answer = one.answer();
        assertThat(answer).matches("(?s)(HTTP/1\\.1 (400|503) .*)?");
        one.close();
      }
      drips.shutdownNow();
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    assertThat(seconds).isLessThan(2 * MinimumBodyRate.GRACE.toSeconds());
    resticDevice.stored("data", ApiDevice.random(1000));
  }
}
