package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.hikae.it.caller.Api;
import org.hikae.it.caller.Company;
import org.hikae.it.caller.Reply;
import org.hikae.it.caller.ResticAccount;
import org.hikae.it.http.Doorway.Visitor;
import org.hikae.it.http.HostileRequests.Place;
import org.hikae.it.http.HostileRequests.Try;
import org.hikae.it.openapi.Document;
import org.hikae.it.stack.Database;
import org.hikae.it.stack.EachDatabase;
import org.hikae.testing.Effort;
import org.hikae.testing.Full;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Whatever stands in a request, the portal's answer is no error of the portal: hostile values for
 * every parameter, header and field of every operation of the OpenAPI document (HK1-N-01). Time
 * budget: 15 seconds beside the system's start; whole 120 seconds for each database.
 */
@Order(1) // takes minutes
class HostileValuesIT {

  /** What an operation may say for a while, and then says when to come back. */
  private static final Set<String> FOR_A_WHILE = Set.of("busy", "vault-unavailable");

  private final List<String> faults = new ArrayList<>();
  private int requests;
  private long slowest;

  @Test
  void some_values_for_every_place_are_no_error() throws Exception {
    Map<Visitor, Api> callers = Callers.of(Company.on(Database.Kind.POSTGRESQL));
    Random random = new Random(Effort.seed());
    for (Place place : places()) {
      if (!place.tries().isEmpty()) {
        Try one = place.tries().get(random.nextInt(place.tries().size()));
        ask(place, one, callers, mayPass(place, random));
      }
    }
    say("seed " + Effort.seed());
  }

  @Full
  @ParameterizedTest
  @EachDatabase
  void every_value_for_every_place_is_no_error(Database.Kind kind) throws Exception {
    Map<Visitor, Api> callers = Callers.of(Company.on(kind));
    Random random = new Random(Effort.seed());
    for (Place place : places()) {
      for (Try one : place.tries()) {
        ask(place, one, callers, mayPass(place, random));
      }
      for (Visitor visitor : Visitor.values()) {
        if (!place.tries().isEmpty()) {
          Try one = place.tries().get(random.nextInt(place.tries().size()));
          ask(place, one, callers, visitor);
        }
      }
    }
    say(kind + ", seed " + Effort.seed());
  }

  @Test
  void nor_are_they_in_the_protocol_of_restic() throws Exception {
    Company company = Company.on(Database.Kind.POSTGRESQL);
    Map<Visitor, Api> callers = Callers.of(company);
    ResticAccount restic = ResticAccount.of(company, callers.get(Visitor.DEVICE));
    String root = "/restic/" + restic.repository() + "/";
    List<Api> all = List.of(restic.api(), company.anonymous());
    List<String> values =
        new ArrayList<>(
            Stream.concat(Hostile.TEXTS.stream().map(Hostile::encoded), Hostile.ENCODED.stream())
                .toList());
    Collections.shuffle(values, new Random(Effort.seed()));
    values = values.subList(0, Math.min(values.size(), Effort.times(HostileValuesIT.class, 99, 6)));
    for (String place : List.of("data/?after=", "data/", "config?a=", "?create=", "a/")) {
      for (String value : values) {
        for (Api api : all) {
          for (String method : List.of("GET", "POST", "OPTIONS")) {
            judge(method + " " + place + value, api.send(method, root + place + value, null, null));
          }
        }
      }
    }
    for (Map.Entry<String, String> header : Hostile.HEADERS) {
      for (Api api : all) {
        Api with = api.with(header.getKey(), header.getValue());
        judge("GET data/ " + header, with.get(root + "data/"));
        judge("GET config " + header, with.get(root + "config"));
      }
    }
    say("restic");
  }

  private static List<Place> places() throws Exception {
    List<Place> places = new HostileRequests(Document.checkedIn()).all();
    assertThat(places).hasSizeGreaterThan(300);
    return places;
  }

  private static Visitor mayPass(Place place, Random random) {
    List<Visitor> may = List.copyOf(place.doorway().may());
    return may.get(random.nextInt(may.size()));
  }

  private void ask(Place place, Try one, Map<Visitor, Api> callers, Visitor visitor) {
    Api api = callers.get(visitor);
    if (api == null) {
      throw new IllegalStateException(visitor.toString());
    }
    long began = System.nanoTime();
    List<String> sent = new ArrayList<>();
    Reply reply =
        one.send(api.heardBy((method, path, _, _) -> sent.add(method + " " + shortened(path))));
    slowest = Math.max(slowest, System.nanoTime() - began);
    judge(place + " as " + visitor + ": " + sent, reply);
  }

  private void judge(String what, Reply reply) {
    requests++;
    if (reply.status() >= 500 && !FOR_A_WHILE.contains(reply.code())) {
      faults.add(what + " -> " + reply);
    }
  }

  private static String shortened(String path) {
    return path.length() > 200 ? path.substring(0, 200) + "..." : path;
  }

  private void say(String where) {
    System.Logger log = System.getLogger(HostileValuesIT.class.getName());
    log.log(
        System.Logger.Level.INFO,
        "{0}: {1} requests, {2} answers of 500 and above, the slowest in {3} ms",
        where,
        requests,
        faults.size(),
        slowest / 1_000_000);
    assertThat(faults).as(where).isEmpty();
  }
}
