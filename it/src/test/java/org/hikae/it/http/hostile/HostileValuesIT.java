package org.hikae.it.http.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.ResticHttpClient;
import org.hikae.it.client.TestCompany;
import org.hikae.it.http.access.CallerKinds;
import org.hikae.it.http.access.ExistingResources;
import org.hikae.it.http.access.OperationAccess;
import org.hikae.it.http.access.OperationAccess.CallerKind;
import org.hikae.it.http.hostile.HostileRequests.Place;
import org.hikae.it.http.hostile.HostileRequests.Try;
import org.hikae.it.openapi.OpenApiDocument;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.StackDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.TestEffort;
import org.hikae.testing.TestScope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Whatever stands in a request, the portal's answer is no error of the portal: hostile values for
 * every parameter, header, field and body of every operation of the OpenAPI document, about things
 * that are there (HK1-N-01). Prints at its end what was answered to whom. Time budget: 15 seconds
 * beside the system's start; whole 200 seconds for each database, which a short run takes in parts.
 */
@Order(0) // takes longest
@EveryThirdRun
class HostileValuesIT {

  /** Nobody, and each role; the others are refused like one of these is. */
  private static final Set<CallerKind> ROLES =
      EnumSet.of(
          CallerKind.NO_TOKEN,
          CallerKind.DEVICE,
          CallerKind.AGENT,
          CallerKind.PORTAL_EMPLOYEE,
          CallerKind.ADMIN,
          CallerKind.HELPDESK,
          CallerKind.AUDITOR,
          CallerKind.NOBODY);

  /** What all tests sent to the system on each database. */
  private static final Map<StackDatabase.Kind, ResponseTally> SENT =
      new EnumMap<>(StackDatabase.Kind.class);

  private final ResponseTally tally = new ResponseTally();

  @AfterAll
  static void print() {
    SENT.forEach(
        (kind, sent) ->
            System.out.println(
                sent.table("Hostile values, " + kind + ", seed " + TestEffort.seed())));
  }

  @Test
  void some_values_for_every_place_are_no_error() throws Exception {
    CallerKinds callers = CallerKinds.begin(TestCompany.on(StackDatabase.Kind.POSTGRESQL));
    Random random = new Random(TestEffort.seed());
    for (Place place : places(callers)) {
      if (!place.tries().isEmpty()) {
        ask(place, anyOf(place.tries(), random), callers, mayPass(place, random));
      }
    }
    requireNoErrors(callers.company(), StackDatabase.Kind.POSTGRESQL);
  }

  @FullRunOnly
  @ParameterizedTest
  @EachDatabase
  void every_value_for_every_place_is_no_error(StackDatabase.Kind kind) throws Exception {
    CallerKinds callers = CallerKinds.begin(TestCompany.on(kind));
    Random random = new Random(TestEffort.seed());
    TestScope.Part part = TestScope.ofThisRun().partOf(HostileValuesIT.class);
    for (Place place : part.of(places(callers))) {
      for (Try one : place.tries()) {
        ask(place, one, callers, mayPass(place, random));
      }
      for (CallerKind callerKind : place.isWhole() ? EnumSet.allOf(CallerKind.class) : ROLES) {
        if (!place.tries().isEmpty()) {
          ask(place, anyOf(place.tries(), random), callers, callerKind);
        }
      }
    }
    requireNoErrors(callers.company(), kind);
  }

  @Test
  void nor_are_they_in_the_protocol_of_restic() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.POSTGRESQL);
    ResticHttpClient restic = ResticHttpClient.of(company, CallerKinds.begin(company).session());
    String root = "/restic/" + restic.repository() + "/";
    Map<String, ApiClient> all = Map.of("RESTIC", restic.api(), "NO_TOKEN", company.anonymous());
    List<String> values =
        new ArrayList<>(
            Stream.concat(
                    HostileValues.TEXTS.stream().map(HostileValues::encoded),
                    HostileValues.ENCODED.stream())
                .toList());
    Collections.shuffle(values, new Random(TestEffort.seed()));
    values = TestScope.ofThisRun().partOf(HostileValuesIT.class).of(values);
    values =
        values.subList(0, Math.min(values.size(), TestEffort.times(HostileValuesIT.class, 99, 6)));
    for (Map.Entry<String, ApiClient> one : all.entrySet()) {
      for (String place : List.of("data/?after=", "data/", "config?a=", "?create=", "a/")) {
        for (String value : values) {
          for (String method : List.of("GET", "POST", "OPTIONS")) {
            ask(one.getKey(), one.getValue(), method, root + place + value);
          }
        }
      }
      for (Map.Entry<String, String> header : HostileValues.HEADERS) {
        ApiClient with = one.getValue().with(header.getKey(), header.getValue());
        ask(one.getKey() + " " + header, with, "GET", root + "data/");
        ask(one.getKey() + " " + header, with, "GET", root + "config");
      }
    }
    requireNoErrors(company, StackDatabase.Kind.POSTGRESQL);
  }

  private void requireNoErrors(TestCompany company, StackDatabase.Kind kind) throws Exception {
    SENT.computeIfAbsent(kind, _ -> new ResponseTally()).take(tally, company.stack());
  }

  private void ask(String who, ApiClient api, String method, String path) {
    long began = System.nanoTime();
    ApiReply reply = api.send(method, path, null, null);
    tally.add(who.replaceFirst(" .*", ""), began, who + ": " + method + " " + path, reply);
  }

  /** Every place, and the proof that what the requests are about is there. */
  private static List<Place> places(CallerKinds callers) throws Exception {
    HostileRequests requests =
        new HostileRequests(OpenApiDocument.checkedIn(), ExistingResources.of(callers));
    assertThat(requests.looks()).hasSizeGreaterThan(15);
    for (OperationAccess look : requests.looks()) {
      ApiReply reply = callers.now(owner(look)).get(look.path());
      assertThat(reply.status()).as("%s: %s", look, reply).isEqualTo(200);
    }
    List<Place> places = requests.all();
    assertThat(places).hasSizeGreaterThan(400);
    return places;
  }

  private static CallerKind mayPass(Place place, Random random) {
    return place.operationAccess().path().startsWith("/v1/my/")
        ? owner(place.operationAccess())
        : anyOf(List.copyOf(place.operationAccess().may()), random);
  }

  /** Whose the thing is that a request names; that of staff is anybody's who may ask. */
  private static CallerKind owner(OperationAccess operationAccess) {
    return operationAccess.may().contains(CallerKind.PORTAL_EMPLOYEE)
        ? CallerKind.PORTAL_EMPLOYEE
        : operationAccess.may().iterator().next();
  }

  private static <T> T anyOf(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private void ask(Place place, Try one, CallerKinds callers, CallerKind callerKind)
      throws Exception {
    if (!asked(place, one, callers, callerKind) && callers.relieve(callerKind)) {
      boolean _ = asked(place, one, callers, callerKind);
    }
  }

  /** Whether the value was looked at: who asks too often is refused before. */
  private boolean asked(Place place, Try one, CallerKinds callers, CallerKind callerKind)
      throws Exception {
    List<String> sent = new ArrayList<>();
    ApiClient heard =
        callers
            .now(callerKind)
            .heardBy((method, path, _, _) -> sent.add(method + " " + shortened(path)));
    long began = System.nanoTime();
    ApiReply reply = one.send(heard);
    tally.add(callerKind.name(), began, place + " as " + callerKind + ": " + sent, reply);
    return reply.status() != ProblemCode.TOO_MANY_REQUESTS.status();
  }

  private static String shortened(String path) {
    return path.length() > 200 ? path.substring(0, 200) + "..." : path;
  }
}
