package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.hikae.hk1.MalformedException;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.http.RefusalAssert;
import org.hikae.it.http.access.OperationAccess.CallerKind;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every endpoint of docs/spec/rest.md against every kind of caller (HK1-R-01, HK1-R-02). Time
 * budget: 40 seconds beside the system's start.
 */
@EveryThirdRun
class AccessMatrixIT {

  private static final Map<CallerKind, ApiClient> CALLERS = new EnumMap<>(CallerKind.class);

  @BeforeAll
  static void callers() throws IOException, InterruptedException, MalformedException {
    CALLERS.putAll(CallerKinds.of(TestCompany.on(StackDatabase.Kind.H2)));
  }

  static List<OperationAccess> operations() {
    return OperationAccess.all();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void only_those_who_may_pass(OperationAccess operationAccess) {
    SoftAssertions all = new SoftAssertions();
    CALLERS.forEach(
        (callerKind, api) -> {
          ApiReply reply = operationAccess.asked(api);
          all.assertThat(reply.status())
              .as("%s as %s: %s", operationAccess, callerKind, reply)
              .isEqualTo(expected(operationAccess, callerKind));
          boolean bodyless = operationAccess.method().equals("HEAD") || reply.status() < 400;
          if (!bodyless) {
            all.assertThatCode(() -> RefusalAssert.assertPlain(reply)).doesNotThrowAnyException();
            if (lacksSession(operationAccess, callerKind)) {
              all.assertThat(reply.code())
                  .as("%s as %s", operationAccess, callerKind)
                  .isEqualTo(ProblemCode.DEVICE_SESSION_REQUIRED.code());
            }
          }
        });
    all.assertAll();
  }

  @Test
  void a_token_in_the_address_is_ignored() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    String token = company.signIn().portalToken(company.people().named("admin"));
    ApiReply reply = company.anonymous().get("/v1/admin/rollout/offers?access_token=" + token);
    assertThat(reply.status()).isEqualTo(401);
  }

  @Test
  void a_token_of_the_device_grant_is_worth_the_same() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    String token = company.signIn().agentTokenByDeviceGrant(company.employee());
    ApiClient agent = company.anonymous().bearer(token);
    assertThat(agent.get("/v1/enrollment").status()).isEqualTo(200);
    assertThat(agent.get("/v1/admin/employees").status()).isEqualTo(403);
  }

  @Test
  void the_matrix_names_every_endpoint_of_the_specification() throws IOException {
    String spec =
        java.nio.file.Files.readString(
            org.hikae.testing.BuildOutput.root().resolve("docs/spec/rest.md"));
    Set<String> tried =
        OperationAccess.all().stream()
            .map(OperationAccess::path)
            .map(path -> path.replaceFirst("\\?.*", ""))
            .map(path -> path.replaceAll("/[0-9a-f]{32,64}", "/{}"))
            .map(path -> path.replaceAll("/(it-matrix|999999999)", "/{}"))
            .map(path -> path.replace("/scopes/default", "/scopes/{}"))
            .map(path -> path.replace("/updates/timestamp", "/updates/{}"))
            .map(path -> path.replace("/packages/none.deb/0", "/packages/{}/{}"))
            .map(path -> path.replace("/notice-channels/MAIL", "/notice-channels/{}"))
            .map(path -> path.replace("/monthly-reports/2001-01", "/monthly-reports/{}"))
            .map(path -> path.replaceFirst("/log/tile/[^/]+/[^/]+", "/log/tile/{}/{}"))
            .map(path -> path.replaceFirst("(/log/tile/\\{}/\\{})/[^/]+", "$1/{}"))
            .map(path -> path.replaceFirst("(/log/tile/\\{}/\\{}/\\{})/[^/]+", "$1/{}"))
            .collect(java.util.stream.Collectors.toSet());
    List<String> named =
        spec.lines()
            .filter(line -> line.matches("^\\| (GET|PUT|POST|HEAD|DELETE).*"))
            .map(line -> line.substring(1, line.indexOf('|', 1)).strip())
            .flatMap(cell -> java.util.Arrays.stream(cell.split("[ ,]+")))
            .filter(word -> word.startsWith("/"))
            .map(path -> path.replaceAll("\\{[a-zA-Z]+}", "{}"))
            .toList();
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(tried).containsAll(named);
  }

  private static int expected(OperationAccess operationAccess, CallerKind callerKind) {
    if (operationAccess.may().contains(callerKind)) {
      // The second of two equal offers is success with 200; only one visitor makes offers.
      return operationAccess.answer();
    }
    if (operationAccess.hasOwnToken()) {
      return 401;
    }
    return switch (callerKind) {
      case NO_TOKEN, GARBAGE, MONITORING -> 401;
      // The device session is missing, which signing a nonce mends.
      case AGENT, AGENT_OF_ADMIN -> lacksSession(operationAccess, callerKind) ? 401 : 403;
      default -> 403;
    };
  }

  private static boolean lacksSession(OperationAccess operationAccess, CallerKind callerKind) {
    return operationAccess.underDevice()
        && (callerKind == CallerKind.AGENT || callerKind == CallerKind.AGENT_OF_ADMIN);
  }
}
