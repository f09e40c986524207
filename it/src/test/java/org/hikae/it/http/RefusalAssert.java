package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.it.client.ApiReply;
import org.hikae.problem.wire.Problem;
import org.hikae.problem.wire.ProblemCode;

/** What every refusal must look like. */
public final class RefusalAssert {

  private RefusalAssert() {}

  /** Asserts a refusal with this code, in the promised form, that shows nothing of the inside. */
  public static void assertRefused(ApiReply reply, ProblemCode code) {
    assertThat(reply.status()).as("%s", reply).isEqualTo(code.status());
    assertPlain(reply);
    assertThat(reply.code()).as("%s", reply).isEqualTo(code.code());
    assertThat(reply.field("type")).isEqualTo(Problem.TYPE_PREFIX + code.code());
    assertThat(reply.json().path("status").asInt()).isEqualTo(code.status());
  }

  /**
   * Asserts problem JSON with a correlation id and without a class name or stack trace, and with a
   * challenge where it is a 401.
   */
  public static void assertPlain(ApiReply reply) {
    assertThat(reply.isProblem()).as("%s", reply).isTrue();
    assertThat(reply.field("code")).as("%s", reply).isNotEmpty();
    assertThat(reply.field("detail")).as("%s", reply).isNotEmpty();
    if (reply.status() == 401) {
      assertThat(reply.headers().firstValue("WWW-Authenticate"))
          .as("HK1-R-14: %s", reply)
          .isPresent();
    }
    assertThat(reply.field("instance")).as("%s", reply).matches("urn:uuid:[0-9a-f-]{36}");
    assertThat(reply.text())
        .as("%s", reply)
        .doesNotContainPattern(
            "(Exception|\\bat [a-z]+\\.|org\\.hikae|jakarta\\.|java\\.|\\.java)");
  }
}
