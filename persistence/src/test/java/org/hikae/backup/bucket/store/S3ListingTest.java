package org.hikae.backup.bucket.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hikae.backup.ciphertext.store.VolumeException;
import org.hikae.backup.ciphertext.store.VolumeFault;
import org.junit.jupiter.api.Test;

class S3ListingTest {

  private static final String BEGIN = "objects/1/";

  /** A page of a server. */
  private record Page(List<String> names, boolean more, String token) {

    String xml() {
      return names.stream()
          .map(
              name ->
                  "<Contents><Key>portal/objects/1/"
                      + name
                      + "</Key><LastModified>2026-12-01T00:00:00.000Z</LastModified></Contents>")
          .collect(
              Collectors.joining(
                  "",
                  "<ListBucketResult>",
                  "<IsTruncated>"
                      + more
                      + "</IsTruncated>"
                      + (token.isEmpty()
                          ? ""
                          : "<NextContinuationToken>" + token + "</NextContinuationToken>")
                      + "</ListBucketResult>"));
    }
  }

  private static List<String> listed(Page... pages) throws IOException {
    int[] next = {0};
    try (ScriptedS3Server server =
            new ScriptedS3Server(request -> answer(request, pages[next[0]++]));
        S3Bucket bucket = server.bucket(Duration.ofMinutes(2))) {
      S3Listing listing = new S3Listing(bucket, BEGIN, "", S3Listing.PAGE);
      List<String> names = new ArrayList<>();
      while (listing.hasMore()) {
        listing.next().forEach(each -> names.add(each.path().substring(BEGIN.length())));
      }
      assertThat(server.requests()).hasSize(pages.length);
      for (int page = 1; page < pages.length; page++) {
        assertThat(server.requests().get(page))
            .contains("continuation-token=" + pages[page - 1].token())
            .doesNotContain("start-after");
      }
      return names;
    }
  }

  private static void answer(HttpExchange request, Page page) throws IOException {
    ScriptedS3Server.text(request, 200, page.xml());
  }

  private static void requireStuck(Page... pages) {
    assertThat(catchThrowable(() -> listed(pages)))
        .isInstanceOfSatisfying(
            VolumeException.class,
            told -> {
              assertThat(told.fault()).isEqualTo(VolumeFault.FAILING);
              assertThat(told).hasMessageContaining("(the server ");
            });
  }

  @Test
  void the_server_says_when_there_are_no_more_however_many_a_page_has() throws IOException {
    assertThat(
            listed(
                new Page(List.of("a", "b"), true, "one"),
                new Page(List.of(), true, "two"),
                new Page(List.of("c"), true, "three"),
                new Page(List.of(), false, "")))
        .containsExactly("a", "b", "c");
  }

  @Test
  void a_list_that_does_not_go_on_is_not_followed() {
    requireStuck(new Page(List.of("a"), true, ""));
    requireStuck(new Page(List.of("a"), true, "one"), new Page(List.of("b"), true, "one"));
    requireStuck(
        new Page(List.of("a", "b"), true, "one"), new Page(List.of("a", "b"), true, "two"));
    requireStuck(new Page(List.of("b", "a"), false, ""));
  }

  @Test
  void a_list_begins_behind_a_path() throws IOException {
    try (ScriptedS3Server server =
            new ScriptedS3Server(request -> answer(request, new Page(List.of("b"), false, "")));
        S3Bucket bucket = server.bucket(Duration.ofMinutes(2))) {
      assertThat(new S3Listing(bucket, BEGIN, BEGIN + "a", 7).next()).hasSize(1);
      assertThat(server.requests().getFirst())
          .contains("start-after=portal%2Fobjects%2F1%2Fa")
          .contains("max-keys=7");
      assertThat(catchThrowable(() -> new S3Listing(bucket, BEGIN, BEGIN + "b", 7).next()))
          .isInstanceOf(VolumeException.class);
    }
  }
}
