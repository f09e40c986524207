package org.hikae.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

  private final Tally tally = new Tally();

  @Test
  void some_values_for_every_place_are_no_error() throws Exception {
    Company company = Company.on(Database.Kind.POSTGRESQL);
    Map<Visitor, Api> callers = Callers.of(company);
    Random random = new Random(Effort.seed());
    for (Place place : places()) {
      if (!place.tries().isEmpty()) {
        Try one = place.tries().get(random.nextInt(place.tries().size()));
        ask(place, one, callers, mayPass(place, random));
      }
    }
    tally.requireNoErrors(company.stack(), "PostgreSQL, seed " + Effort.seed());
  }

  @Full
  @ParameterizedTest
  @EachDatabase
  void every_value_for_every_place_is_no_error(Database.Kind kind) throws Exception {
    Company company = Company.on(kind);
    Map<Visitor, Api> callers = Callers.of(company);
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
    tally.requireNoErrors(company.stack(), kind + ", seed " + Effort.seed());
  }

  @Test
  void nor_are_they_in_the_protocol_of_restic() throws Exception {
    Company company = Company.on(Database.Kind.POSTGRESQL);
    Map<Visitor, Api> callers = Callers.of(company);
    ResticAccount restic = ResticAccount.of(company, callers.get(Visitor.DEVICE));
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
    tally.requireNoErrors(company.stack(), "restic");
  }

  private void ask(String who, Api api, String method, String path) {
    long began = System.nanoTime();
    Reply reply = api.send(method, path, null, null);
    tally.add(who.replaceFirst(" .*", ""), began, who + ": " + method + " " + path, reply);
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
    tally.add(visitor.name(), began, place + " as " + visitor + ": " + sent, reply);
  }

  private static String shortened(String path) {
    return path.length() > 200 ? path.substring(0, 200) + "..." : path;
  }
}
