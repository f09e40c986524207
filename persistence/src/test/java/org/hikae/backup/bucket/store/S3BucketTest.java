package org.hikae.backup.bucket.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.hikae.backup.ciphertext.store.ObjectContent;
import org.hikae.backup.ciphertext.store.VolumeException;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.hikae.hk1.Hash256;
import org.junit.jupiter.api.Test;

/** What a bucket's calls promise, by a server that does what no honest one does. */
class S3BucketTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static void requireFault(VolumeFault fault, Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            VolumeException.class, told -> assertThat(told.fault()).isEqualTo(fault));
  }

  private static Throwable put(S3Bucket bucket, byte[] bytes) {
    return catchThrowable(
        () -> bucket.put("objects/1/a", ObjectContent.of(bytes), Hash256.sha256(bytes)));
  }

  @Test
  void sending_has_one_time_for_all_attempts() throws IOException {
    try (ScriptedS3Server failing =
            new ScriptedS3Server(
                request -> {
                  // Three of these take longer than the limit, one does not.
                  pause(Duration.ofMillis(600));
                  ScriptedS3Server.text(request, 500, "");
                });
        S3Bucket bucket = failing.bucket(SHORT)) {
      long began = System.nanoTime();
      requireFault(VolumeFault.UNREACHABLE, put(bucket, new byte[10]));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
      assertThat(failing.requests().size()).isLessThan(3);
    }
  }

  @Test
  void sending_ends_in_time_although_the_server_takes_no_bytes() throws IOException {
    try (ScriptedS3Server deaf = new ScriptedS3Server(_ -> ScriptedS3Server.hang());
        S3Bucket bucket = deaf.bucket(SHORT)) {
      long began = System.nanoTime();
      requireFault(VolumeFault.UNREACHABLE, put(bucket, new byte[16 * 1024 * 1024]));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void removing_is_asked_for_once() throws IOException {
    try (ScriptedS3Server failing =
            new ScriptedS3Server(request -> ScriptedS3Server.text(request, 500, ""));
        S3Bucket bucket = failing.bucket(LONG)) {
      requireFault(VolumeFault.FAILING, catchThrowable(() -> bucket.delete("objects/1/a")));
      assertThat(failing.requests()).containsExactly("DELETE /hikae/portal/objects/1/a");
    }
  }

  @Test
  void another_range_than_was_asked_for_is_refused_and_its_connection_given_back()
      throws IOException {
    byte[] many = new byte[256 * 1024];
    try (ScriptedS3Server wrong =
            new ScriptedS3Server(
                request -> {
                  request.getResponseHeaders().set("Content-Range", "bytes 0-262143/2000000");
                  request.getResponseHeaders().set("ETag", "\"a\"");
                  request.sendResponseHeaders(206, many.length);
                  request.getResponseBody().write(many);
                });
        S3Bucket bucket = wrong.bucket(LONG)) {
      // More than there are connections.
      for (int each = 0; each < 130; each++) {
        Throwable failure = catchThrowable(() -> bucket.open("objects/1/a", 1, many.length, null));
        requireFault(VolumeFault.FAILING, failure);
        assertThat(failure).hasMessageContaining("another range");
      }
      assertThat(bucket.open("objects/1/a", 0, many.length, null).orElseThrow().sizeBytes())
          .isEqualTo(2_000_000);
    }
  }

  @Test
  void the_mark_is_written_where_none_is_or_by_a_server_that_cannot_tell() throws IOException {
    Map<Integer, Integer> asked = Map.of(200, 1, 412, 1, 409, 1, 501, 2);
    for (Map.Entry<Integer, Integer> each : asked.entrySet()) {
      try (ScriptedS3Server server =
              new ScriptedS3Server(
                  request -> {
                    request.getRequestBody().readAllBytes();
                    boolean condition = request.getRequestHeaders().containsKey("If-None-Match");
                    ScriptedS3Server.text(request, condition ? each.getKey() : 200, "");
                  });
          S3Bucket bucket = server.bucket(LONG)) {
        bucket.writeNewText("hikae-store", "mark");
        assertThat(server.requests()).as("%s", each.getKey()).hasSize(each.getValue());
      }
    }
  }
}
