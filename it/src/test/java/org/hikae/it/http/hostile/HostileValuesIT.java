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
import org.hikae.it.client.Api;
import org.hikae.it.client.Company;
import org.hikae.it.client.Reply;
import org.hikae.it.client.ResticAccount;
import org.hikae.it.http.access.Callers;
import org.hikae.it.http.access.Doorway;
import org.hikae.it.http.access.Doorway.Visitor;
import org.hikae.it.http.access.Existing;
import org.hikae.it.http.hostile.HostileRequests.Place;
import org.hikae.it.http.hostile.HostileRequests.Try;
import org.hikae.it.openapi.Document;
import org.hikae.it.stack.Database;
import org.hikae.it.stack.EachDatabase;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.testing.Effort;
import org.hikae.testing.Full;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Whatever stands in a request, the portal's answer is no error of the portal: hostile values for
 * every parameter, header, field and body of every operation of the OpenAPI document, about things
 * that are there (HK1-N-01). Prints at its end what was answered to whom. Time budget: 15 seconds
 * beside the system's start; whole 120 seconds for each database.
 */
@Order(1) // takes minutes
class HostileValuesIT {

  /** Nobody, and each role; the others are refused at the door as one of these is. */
  private static final Set<Visitor> ROLES =
      EnumSet.of(
          Visitor.NO_TOKEN,
          Visitor.DEVICE,
          Visitor.AGENT,
          Visitor.PORTAL_EMPLOYEE,
          Visitor.ADMIN,
          Visitor.HELPDESK,
          Visitor.AUDITOR,
          Visitor.NOBODY);

  /** What all tests sent to the system on each database. */
  private static final Map<Database.Kind, Tally> SENT = new EnumMap<>(Database.Kind.class);

  private final Tally tally = new Tally();

  @AfterAll
  static void print() {
    SENT.forEach(
        (kind, sent) ->
            System.out.println(sent.table("Hostile values, " + kind + ", seed " + Effort.seed())));
  }

  @Test
  void some_values_for_every_place_are_no_error() throws Exception {
    Callers callers = Callers.begin(Company.on(Database.Kind.POSTGRESQL));
    Random random = new Random(Effort.seed());
    for (Place place : places(callers)) {
      if (!place.tries().isEmpty()) {
        ask(place, anyOf(place.tries(), random), callers, mayPass(place, random));
      }
    }
    requireNoErrors(callers.company(), Database.Kind.POSTGRESQL);
  }

  @Full
  @ParameterizedTest
  @EachDatabase
  void every_value_for_every_place_is_no_error(Database.Kind kind) throws Exception {
    Callers callers = Callers.begin(Company.on(kind));
    Random random = new Random(Effort.seed());
    for (Place place : places(callers)) {
      for (Try one : place.tries()) {
        ask(place, one, callers, mayPass(place, random));
      }
      for (Visitor visitor : place.isWhole() ? EnumSet.allOf(Visitor.class) : ROLES) {
        if (!place.tries().isEmpty()) {
          ask(place, anyOf(place.tries(), random), callers, visitor);
        }
      }
    }
    requireNoErrors(callers.company(), kind);
  }

  @Test
  void nor_are_they_in_the_protocol_of_restic() throws Exception {
    Company company = Company.on(Database.Kind.POSTGRESQL);
    ResticAccount restic = ResticAccount.of(company, Callers.begin(company).session());
    String root = "/restic/" + restic.repository() + "/";
    Map<String, Api> all = Map.of("RESTIC", restic.api(), "NO_TOKEN", company.anonymous());
    List<String> values =
        new ArrayList<>(
            Stream.concat(Hostile.TEXTS.stream().map(Hostile::encoded), Hostile.ENCODED.stream())
                .toList());
    Collections.shuffle(values, new Random(Effort.seed()));
    values = values.subList(0, Math.min(values.size(), Effort.times(HostileValuesIT.class, 99, 6)));
    for (Map.Entry<String, Api> one : all.entrySet()) {
      for (String place : List.of("data/?after=", "data/", "config?a=", "?create=", "a/")) {
        for (String value : values) {
          for (String method : List.of("GET", "POST", "OPTIONS")) {
            ask(one.getKey(), one.getValue(), method, root + place + value);
          }
        }
      }
      for (Map.Entry<String, String> header : Hostile.HEADERS) {
        Api with = one.getValue().with(header.getKey(), header.getValue());
        ask(one.getKey() + " " + header, with, "GET", root + "data/");
        ask(one.getKey() + " " + header, with, "GET", root + "config");
      }
    }
    requireNoErrors(company, Database.Kind.POSTGRESQL);
  }

  private void requireNoErrors(Company company, Database.Kind kind) throws Exception {
    SENT.computeIfAbsent(kind, _ -> new Tally()).take(tally, company.stack());
  }

  private void ask(String who, Api api, String method, String path) {
    long began = System.nanoTime();
    Reply reply = api.send(method, path, null, null);
    tally.add(who.replaceFirst(" .*", ""), began, who + ": " + method + " " + path, reply);
  }

  /** Every place, and the proof that what the requests are about is there. */
  private static List<Place> places(Callers callers) throws Exception {
    HostileRequests requests = new HostileRequests(Document.checkedIn(), Existing.of(callers));
    assertThat(requests.looks()).hasSizeGreaterThan(15);
    for (Doorway look : requests.looks()) {
      Reply reply = callers.now(owner(look)).get(look.path());
      assertThat(reply.status()).as("%s: %s", look, reply).isEqualTo(200);
    }
    List<Place> places = requests.all();
    assertThat(places).hasSizeGreaterThan(400);
    return places;
  }

  private static Visitor mayPass(Place place, Random random) {
    return place.doorway().path().startsWith("/v1/my/")
        ? owner(place.doorway())
        : anyOf(List.copyOf(place.doorway().may()), random);
  }

  /** Whose the thing is that a request names; that of staff is anybody's who may ask. */
  private static Visitor owner(Doorway doorway) {
    return doorway.may().contains(Visitor.PORTAL_EMPLOYEE)
        ? Visitor.PORTAL_EMPLOYEE
        : doorway.may().iterator().next();
  }

  private static <T> T anyOf(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private void ask(Place place, Try one, Callers callers, Visitor visitor) throws Exception {
    if (!asked(place, one, callers, visitor) && callers.relieve(visitor)) {
      boolean _ = asked(place, one, callers, visitor);
    }
  }

  /** Whether the value was looked at: who asks too often is refused before. */
  private boolean asked(Place place, Try one, Callers callers, Visitor visitor) throws Exception {
    List<String> sent = new ArrayList<>();
    Api heard =
        callers
            .now(visitor)
            .heardBy((method, path, _, _) -> sent.add(method + " " + shortened(path)));
    long began = System.nanoTime();
    Reply reply = one.send(heard);
    tally.add(visitor.name(), began, place + " as " + visitor + ": " + sent, reply);
    return reply.status() != ProblemCode.TOO_MANY_REQUESTS.status();
  }

  private static String shortened(String path) {
    return path.length() > 200 ? path.substring(0, 200) + "..." : path;
  }
}
