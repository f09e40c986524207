package org.hikae.it.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.hikae.backup.wire.ResticType;
import org.hikae.hk1.Hash256;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.PageClient;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Objects that are too large for the portal's memory (HK1-G-04): whole or not at all. Time budget:
 * 120 seconds for both databases beside the systems' start.
 */
@Order(1) // takes minutes
@EveryThirdRun
class LargeObjectsIT {

  private static final int PART = 1024 * 1024;
  private static final int PARTS = ResticType.MAX_OBJECT_BYTES / PART;
  private static final String OBJECTS =
      "select count(*) from stored_object o join repository r on r.repository_id = o.repository_id"
          + " where r.restic_id = ?";
  private static final String BYTES =
      "select count(*) from (select repository_id from ciphertext union all"
          + " select repository_id from ciphertext_file union all"
          + " select repository_id from ciphertext_object) c"
          + " join repository r on r.repository_id = c.repository_id"
          + " where r.restic_id = ?";

  private final byte[] part = ApiDevice.random(PART);

  /** The same megabyte again and again, which nobody holds more than once. */
  private InputStream parts(int count) {
    List<InputStream> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(new ByteArrayInputStream(part));
    }
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  private String path(int parts) {
    MessageDigest hash = Hash256.newDigest();
    for (int i = 0; i < parts; i++) {
      hash.update(part);
    }
    return "data/" + Hash256.of(hash.digest()).hex();
  }

  private ApiReply post(ResticDevice resticDevice, String path, long length, int parts)
      throws Exception {
    return resticDevice.api().stated("POST", resticDevice.at(path), length, () -> parts(parts));
  }

  private static int form(PageClient visitor, BodyPublisher body) throws Exception {
    Stack stack = TestCompany.on(StackDatabase.Kind.POSTGRESQL).stack();
    String cookies =
        visitor.cookies().entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stack.portalUrl() + "/privacy"))
            .header("Cookie", cookies)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(body)
            .build();
    return stack.httpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  /** The container takes bodies of that size, and reads forms into memory. */
  @Test
  void a_page_takes_no_form_of_that_size_nor_one_of_no_stated_length() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    PageClient visitor = PageClient.signedIn(company.stack(), company.employee());
    assertThat(form(visitor, BodyPublishers.ofString("a=b"))).isEqualTo(200);
    BodyPublisher large = BodyPublishers.ofInputStream(() -> parts(33));
    assertThat(form(visitor, BodyPublishers.fromPublisher(large, 33L * PART))).isEqualTo(413);
    assertThat(form(visitor, BodyPublishers.ofInputStream(() -> parts(1)))).isEqualTo(411);
  }

  @FullRunOnly
  @ParameterizedTest
  @EachDatabase
  void the_largest_is_stored_and_read_in_parts_and_all_else_keeps_nothing(StackDatabase.Kind kind)
      throws Exception {
    ResticDevice resticDevice = ResticDevice.on(kind);
    long largest = ResticType.MAX_OBJECT_BYTES;
    String path = path(PARTS);
    ApiReply larger = post(resticDevice, path, largest + PART, PARTS + 1);
    assertThat(larger.status()).as("%s", larger).isEqualTo(413);
    ApiReply wrong = post(resticDevice, "data/" + "ab".repeat(32), largest, PARTS);
    assertThat(wrong.code()).as("%s", wrong).isEqualTo("name-mismatch");
    assertThatThrownBy(() -> post(resticDevice, path, largest, PARTS - 1))
        .as("ends early")
        .isInstanceOf(AssertionError.class);
    assertThat(resticDevice.number(OBJECTS)).isZero();
    assertThat(resticDevice.number(BYTES)).isZero();
    assertThat(resticDevice.storage().path("usedBytes").asLong()).isZero();

    ApiReply stored = post(resticDevice, path, largest, PARTS);
    assertThat(stored.status()).as("%s", stored).isEqualTo(200);
    assertThat(resticDevice.storage().path("usedBytes").asLong()).isEqualTo(largest);
    assertThat(resticDevice.number(BYTES)).isEqualTo(1);
    ApiReply end =
        resticDevice
            .api()
            .with("Range", "bytes=" + (largest - PART) + "-")
            .get(resticDevice.at(path));
    assertThat(end.status()).isEqualTo(206);
    assertThat(end.body()).isEqualTo(part);
    ApiReply head = resticDevice.send("HEAD", path);
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(largest);
    MessageDigest whole = Hash256.newDigest();
    for (long at = 0; at < largest; at += 40L * PART) {
      String range = "bytes=" + at + "-" + (at + 40L * PART - 1);
      whole.update(resticDevice.api().with("Range", range).get(resticDevice.at(path)).body());
    }
    assertThat("data/" + Hash256.of(whole.digest()).hex()).isEqualTo(path);
    ApiReply again = post(resticDevice, path, largest, PARTS);
    assertThat(again.status()).as("%s", again).isEqualTo(403);
    assertThat(resticDevice.number(OBJECTS))
        .as("also of what ended early, however late")
        .isEqualTo(1);
    assertThat(resticDevice.number(BYTES)).isEqualTo(1);
  }
}
