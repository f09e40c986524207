package org.hikae.it.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.TestCompany;
import org.hikae.it.openapi.OpenApiDocument.Operation;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The examples of the OpenAPI document are what the portal answers: one short story asks everything
 * that speaks JSON, and each answer has the properties and the kinds of values of its example. The
 * bounds that the document gives numbers are those that the portal keeps. It has a system for
 * itself, so that the examples hold nothing of other tests. Time budget: 30 seconds beside the
 * system's start.
 */
@FullRunOnly
class ExamplesIT {

  private static final List<AssertionError> WRONG = new ArrayList<>();

  private static TestCompany company;
  private static OperationExamples examples;

  @BeforeAll
  static void tell_the_story() throws Exception {
    // Timers would answer differently from time to time.
    Map<String, String> settings =
        Map.of(
            "HIKAE_DIRECTORY_MINUTES", "0",
            "HIKAE_NIGHTLY", "off",
            // Nobody answers there.
            "HIKAE_WEBHOOK_URL", "http://localhost:1/",
            "HIKAE_WEBHOOK_SECRET", "secret-of-the-test-with-32-letters");
    Stack stack = Stack.apart("examples", StackDatabase.Kind.H2, settings);
    company = TestCompany.of(stack);
    Map<String, String> hosts = new LinkedHashMap<>();
    hosts.put(stack.portalUrl().toString(), "https://portal.example");
    hosts.put(
        stack.keycloakUrl().resolve("/").toString().replaceFirst("/$", ""),
        "https://keycloak.example");
    examples = new OperationExamples(OpenApiDocument.checkedIn(), hosts);
    ApiClient admin = company.admin();
    assertThat(admin.json("PUT", "/v1/admin/rollout/offers/*", Map.of()).status()).isEqualTo(201);
    String device =
        new DeviceExampleScenario(company, examples, company.people().named("hanako")).tell();
    String employee =
        admin
            .get("/v1/admin/employees?search=hanako")
            .json()
            .at("/employees/0/employeeId")
            .asText();
    StaffExampleScenario staff = new StaffExampleScenario(company, examples);
    IncidentExampleScenario trouble = new IncidentExampleScenario(company, examples);
    tell(() -> staff.employees(employee, device));
    tell(staff::channels);
    tell(staff::reports);
    tell(staff::recipients);
    tell(staff::policies);
    tell(staff::campaigns);
    tell(staff::texts);
    tell(staff::notices);
    tell(trouble::rot);
    tell(trouble::leavers);
    tell(trouble::trail);
  }

  @AfterAll
  static void end() throws Exception {
    if (company != null) {
      company.stack().end();
    }
  }

  /** A chapter of the story. */
  @FunctionalInterface
  private interface ScenarioPart {
    void tell() throws Exception;
  }

  /** What goes wrong in one does not hide what the others answer. */
  private static void tell(ScenarioPart chapter) throws Exception {
    try {
      chapter.tell();
    } catch (AssertionError e) {
      WRONG.add(e);
    }
  }

  @Test
  void the_story_goes_as_it_is_told() {
    assertThat(WRONG).isEmpty();
  }

  @Test
  void each_example_is_what_the_portal_answers() throws Exception {
    assertThat(examples.faults())
        .as("look at it/target/openapi-examples, and copy what is wanted to web/api")
        .isEmpty();
  }

  @Test
  void a_number_beyond_its_bounds_is_refused_and_one_at_them_is_not() throws Exception {
    SoftAssertions all = new SoftAssertions();
    int tried = 0;
    for (Map.Entry<Operation, String> called : examples.paths().entrySet()) {
      Operation operation = called.getKey();
      if (!operation.method().equals("get") || !operation.path().startsWith("/api/v1/admin")) {
        continue;
      }
      for (JsonNode parameter : operation.parameters()) {
        JsonNode schema = parameter.path("schema");
        String query = called.getValue() + "?" + parameter.path("name").asText() + "=";
        for (String bound : new String[] {"minimum", "maximum"}) {
          if (parameter.path("in").asText().equals("query") && schema.has(bound)) {
            BigInteger last = schema.path(bound).bigIntegerValue();
            BigInteger step = BigInteger.valueOf(bound.equals("maximum") ? 1 : -1);
            ApiReply beyond = company.admin().get(query + last.add(step));
            all.assertThat(beyond.code()).as("%s: %s", query, beyond).isEqualTo("malformed");
            ApiReply at = company.admin().get(query + last);
            all.assertThat(at.code()).as("%s: %s", query, at).isNotEqualTo("malformed");
            tried++;
          }
        }
      }
    }
    all.assertAll();
    assertThat(tried).isGreaterThan(20);
  }
}
