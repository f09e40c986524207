package org.hikae.it.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.PageClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.http.RefusalAssert;
import org.hikae.it.http.access.OperationAccess.CallerKind;
import org.hikae.it.pages.browser.SitePages;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Administrator, help desk and auditor of one department against every operation and page
 * (HK1-R-19): nothing of somebody in another department is in any answer. Made from the rows of
 * {@link OperationAccess}. Time budget: 40 seconds beside the system's start.
 */
@DisplayName("HK1-R-19: administration of departments")
@EveryThirdRun
class DepartmentScopeIT {

  private static final String OTHERS = "it-beside";
  private static final String ADMIN = "/v1/admin/";
  private static final String NUMBER = "999999999";
  private static final String ID = "00112233445566778899aabbccddeeff";

  private static final Map<CallerKind, ApiClient> STAFF = new EnumMap<>(CallerKind.class);

  private static TestCompany company;
  private static TestAccount administrator;

  /** Of another department. */
  private static TestAccount canary;

  private static ApiDevice canaryDevice;
  private static long canaryId;
  private static String canaryRequest;
  private static Pattern signs;

  @BeforeAll
  static void two_departments() throws Exception {
    company = TestCompany.on(StackDatabase.Kind.H2);
    company.people().department(OTHERS);
    administrator = staff(CallerKind.ADMIN, "backup-admin");
    staff(CallerKind.HELPDESK, "helpdesk");
    staff(CallerKind.AUDITOR, "auditor");

    ApiClient everybody = company.admin();
    assertThat(everybody.json("PUT", ADMIN + "rollout/offers/" + OTHERS, Map.of()).status())
        .isBetween(200, 201);
    canary = company.people().employeeCalled("Wheatear", "Beside", List.of("/" + OTHERS));
    canaryDevice = ApiDevice.enrol(company.agentOf(canary), "Wheatear computer");
    canaryDevice.optIn(canaryDevice.session());
    canaryId = idOf(canary);
    canaryRequest = liftOf(canaryId, everybody);
    signs =
        Pattern.compile(
            "(?i)wheatear|"
                + Pattern.quote(canary.username())
                + "|"
                + Pattern.quote(canary.id())
                + "|"
                + canaryDevice.id()
                + "|employee[:/]"
                + canaryId
                + "\\b|\"(?:subjectE|e)mployeeId\":"
                + canaryId
                + "\\b");
  }

  private static TestAccount staff(CallerKind callerKind, String role) throws Exception {
    TestAccount account = company.people().staffOf(TestCompany.OFFERED, role);
    STAFF.put(callerKind, company.portalOf(account));
    return account;
  }

  private static long idOf(TestAccount person) throws Exception {
    ApiReply found = company.admin().get(ADMIN + "employees?search=" + person.username());
    return found.json().at("/employees/0/employeeId").asLong();
  }

  /** A hold, and a request to lift it. */
  private static String liftOf(long employeeId, ApiClient by) {
    String hold = ADMIN + "employees/" + employeeId + "/legal-hold";
    ApiReply set = by.json("PUT", hold, Map.of("reason", "A case"));
    assertThat(set.status()).as("%s", set).isEqualTo(201);
    ApiReply lift = by.send("DELETE", hold, null, null);
    assertThat(lift.status()).as("%s", lift).isEqualTo(202);
    return lift.field("requestId");
  }

  /** What was tried did nothing. */
  @AfterAll
  static void everything_of_the_canary_is_still_there() throws Exception {
    ApiClient everybody = company.admin();
    assertThat(everybody.get(ADMIN + "employees/" + canaryId + "/legal-hold").status())
        .isEqualTo(200);
    assertThat(everybody.get(ADMIN + "approvals/" + canaryRequest).field("state"))
        .isEqualTo("PENDING");
    assertThat(canaryDevice.session().get("/v1/device").status()).isEqualTo(200);
  }

  static List<OperationAccess> operations() {
    return OperationAccess.all().stream()
        .filter(operationAccess -> operationAccess.path().startsWith(ADMIN))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void nothing_of_another_department_is_in_any_answer(OperationAccess operationAccess) {
    SoftAssertions all = new SoftAssertions();
    STAFF.forEach(
        (callerKind, api) -> {
          check(all, operationAccess, callerKind, api, false);
          check(all, operationAccess, callerKind, api, true);
        });
    all.assertAll();
  }

  /**
   * Asks once.
   *
   * @param named whether the address names what is the canary's
   */
  private static void check(
      SoftAssertions all,
      OperationAccess operationAccess,
      CallerKind callerKind,
      ApiClient api,
      boolean named) {
    String path = named ? ofCanary(operationAccess.path()) : many(operationAccess);
    ApiReply reply = operationAccess.at(path, operationAccess.body()).asked(api);
    String what = operationAccess.method() + " " + path + " as " + callerKind;
    all.assertThat(signs.matcher(reply.text()).find()).as("%s: %s", what, reply).isFalse();
    boolean may = operationAccess.may().contains(callerKind);
    if (!may || !OperationScope.isForDepartments(operationAccess)) {
      all.assertThat(reply.status()).as("%s: %s", what, reply).isEqualTo(403);
      all.assertThat(reply.code())
          .as(what)
          .isEqualTo((may ? ProblemCode.WHOLE_COMPANY_NEEDED : ProblemCode.FORBIDDEN).code());
    } else if (named && !path.equals(operationAccess.path())) {
      all.assertThat(reply.status()).as("%s: %s", what, reply).isEqualTo(404);
    } else {
      all.assertThat(reply.status()).as("%s: %s", what, reply).isEqualTo(operationAccess.answer());
    }
  }

  private static String ofCanary(String path) {
    String number = path.startsWith(ADMIN + "approvals/") ? canaryRequest : "" + canaryId;
    return path.replace(NUMBER, number).replace("/devices/" + ID, "/devices/" + canaryDevice.id());
  }

  /** As much of a list as there may be on a page. */
  private static String many(OperationAccess operationAccess) {
    String path = operationAccess.path();
    boolean list = operationAccess.method().equals("GET") && !path.contains(NUMBER);
    return list && OperationScope.isForDepartments(operationAccess) ? path + "?limit=200" : path;
  }

  /** Otherwise that nothing was found would say nothing. */
  @Test
  void who_has_the_whole_company_finds_the_same() throws Exception {
    ApiClient everybody = company.admin();
    for (String path :
        List.of(
            "employees?search=" + canary.username(),
            "employees/" + canaryId,
            "employees/" + canaryId + "/devices",
            "approvals?limit=200",
            "approvals/" + canaryRequest,
            "audit?employee=" + canaryId,
            "legal-holds?limit=200")) {
      ApiReply reply = everybody.get(ADMIN + path);
      assertThat(signs.matcher(reply.text()).find()).as("%s: %s", path, reply).isTrue();
    }
  }

  @Test
  void nothing_of_another_department_is_on_any_page() throws Exception {
    PageClient visitor = PageClient.signedIn(company.stack(), administrator);
    Map<String, Object> shown =
        Map.of("employee", canaryId, "device", canaryDevice.id(), "campaign", 1, "wave", 1);
    SoftAssertions all = new SoftAssertions();
    for (String page : SitePages.all()) {
      if (page.startsWith("/admin/")) {
        String address = SitePages.address(page.replace("text=e", "text=Wheatear"), shown);
        HttpResponse<String> answer = visitor.ask(address);
        String body = answer.body();
        int expected =
            page.contains("{employee}") || page.contains("{device}")
                ? 404
                : SitePages.isForDepartments(page) ? 200 : 403;
        all.assertThat(answer.statusCode()).as(address).isEqualTo(expected);
        all.assertThat(body).as(address).doesNotContain("Wheatear Beside", "Wheatear computer");
        all.assertThat(body).as(address).doesNotContain(canary.username(), canaryDevice.id());
      }
    }
    all.assertAll();
    String list = visitor.ask("/admin/employees").body();
    assertThat(list).contains("/" + TestCompany.OFFERED).doesNotContain("/admin/policies");
  }

  @Test
  void people_of_the_department_are_seen_and_acted_on() throws Exception {
    TestAccount colleague = company.employee();
    ApiDevice device = ApiDevice.enrol(company.agentOf(colleague), "Colleague's");
    long id = idOf(colleague);
    ApiClient api = STAFF.get(CallerKind.ADMIN);
    assertThat(api.get(ADMIN + "employees?search=" + colleague.username()).text())
        .contains(colleague.username());
    assertThat(api.get(ADMIN + "employees/" + id + "/devices").text()).contains(device.id());
    assertThat(api.get(ADMIN + "audit?employee=" + id).text()).contains("device.enrol");
    String request = liftOf(id, api);
    ApiClient second =
        company.portalOf(company.people().staffOf(TestCompany.OFFERED, "backup-admin"));
    ApiReply approved = approve(second, request);
    assertThat(approved.status()).as("%s", approved).isEqualTo(200);
    ApiReply revoked =
        api.send(
            "POST", ADMIN + "employees/" + id + "/devices/" + device.id() + "/revoke", null, null);
    assertThat(revoked.status()).as("%s", revoked).isEqualTo(200);
  }

  /** Nobody is shown beside somebody of the department, and no policy that waits for others. */
  @Test
  void policies_of_people_are_shown_within_the_department() throws Exception {
    TestAccount colleague =
        company.people().employeeCalled("Plover", "Within", List.of("/" + TestCompany.OFFERED));
    ApiDevice.enrol(company.agentOf(colleague), "Plover's");
    long id = idOf(colleague);
    ApiClient api = STAFF.get(CallerKind.ADMIN);
    String compared = ADMIN + "policies/effective/" + id + "/comparison?with=";
    assertThat(api.get(compared + id).status()).isEqualTo(200);
    RefusalAssert.assertRefused(api.get(compared + canaryId), ProblemCode.NOT_FOUND);
    for (String scope : List.of("employee/" + id, "employee/" + canaryId)) {
      ApiReply asked =
          company
              .admin()
              .json(
                  "PUT",
                  ADMIN + "policies/scopes/" + scope,
                  Map.of("replaces", 0, "values", Map.of("holdDays", 20)));
      assertThat(asked.status()).as("%s", asked).isEqualTo(202);
    }
    PageClient visitor = PageClient.signedIn(company.stack(), administrator);
    assertThat(visitor.ask("/admin/approvals").body())
        .contains("Plover Within", "People affected: 1 of 1")
        .doesNotContain("could not be made", "Wheatear", "/admin/policy?");
    assertThat(visitor.ask("/admin/employee?id=" + id + "&with=" + canaryId).body())
        .contains("Plover Within")
        .doesNotContain("Wheatear");
  }

  /** Both departments see and help them; what needs two people needs the whole company. */
  @Test
  void a_person_of_two_departments_belongs_to_both() throws Exception {
    TestAccount both =
        company
            .people()
            .employeeCalled("Two", "Homes", List.of("/" + TestCompany.OFFERED, "/" + OTHERS));
    ApiDevice.enrol(company.agentOf(both), "Of two departments");
    long id = idOf(both);
    ApiClient api = STAFF.get(CallerKind.ADMIN);
    ApiReply seen = api.get(ADMIN + "employees/" + id);
    assertThat(seen.status()).isEqualTo(200);
    assertThat(departments(seen)).containsExactly("/" + TestCompany.OFFERED);
    PageClient visitor = PageClient.signedIn(company.stack(), administrator);
    for (String list : List.of("employees", "devices")) {
      String asked = "/admin/" + list + "?text=Homes&department=/";
      assertThat(visitor.ask(asked + TestCompany.OFFERED).body()).contains("Two Homes");
      assertThat(visitor.ask(asked + OTHERS).body()).doesNotContain("Two Homes");
    }
    String request = liftOf(id, api);
    ApiClient second =
        company.portalOf(company.people().staffOf(TestCompany.OFFERED, "backup-admin"));
    RefusalAssert.assertRefused(approve(second, request), ProblemCode.WHOLE_COMPANY_NEEDED);
    ApiReply approved = approve(company.admin(), request);
    assertThat(approved.status()).as("%s", approved).isEqualTo(200);
  }

  /** A slip in the group is not the whole company. */
  @Test
  void who_is_in_no_department_of_the_group_sees_nobody() throws Exception {
    company.people().scope("it-nowhere");
    TestAccount nowhere = company.people().staffOf("it-nowhere", "backup-admin");
    ApiReply none = company.portalOf(nowhere).get(ADMIN + "employees");
    assertThat(none.json().path("employees")).isEmpty();
    assertThat(none.json().path("total").asLong()).isZero();
  }

  private static List<String> departments(ApiReply employee) {
    JsonNode found = employee.json().path("departments");
    return StreamSupport.stream(found.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static ApiReply approve(ApiClient second, String request) {
    String path = ADMIN + "approvals/" + request;
    ApiReply seen = second.get(path);
    return second.json("POST", path + "/approve", Map.of("changeHash", seen.field("changeHash")));
  }
}
