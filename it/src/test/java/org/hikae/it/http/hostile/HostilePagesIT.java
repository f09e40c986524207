package org.hikae.it.http.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.it.client.PageClient;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.EachDatabase;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.BuildOutput;
import org.hikae.testing.EveryThirdRun;
import org.hikae.testing.FullRunOnly;
import org.hikae.testing.TestEffort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Whatever stands in the address of a page, no page breaks: hostile values for every parameter that
 * a page names. Time budget: 15 seconds beside the system's start; whole 120 seconds for each
 * database.
 */
@EveryThirdRun
class HostilePagesIT {

  private static final Pattern PARAMETER = Pattern.compile("<f:viewParam name=\"(\\w+)\"");

  /** A parameter of a page. */
  private record Place(String page, String name) {

    String with(String value) {
      return page + "?" + name + "=" + value;
    }
  }

  private final List<String> faults = new ArrayList<>();
  private int requests;

  @Test
  void one_value_for_every_parameter_breaks_no_page() throws Exception {
    PageClient admin = admin(StackDatabase.Kind.POSTGRESQL);
    Random random = new Random(TestEffort.seed());
    List<String> values = values();
    for (Place place : places()) {
      look(admin, place.with("%00"));
      look(admin, place.with(values.get(random.nextInt(values.size()))));
    }
    say("seed " + TestEffort.seed());
  }

  @FullRunOnly
  @ParameterizedTest
  @EachDatabase
  void every_value_for_every_parameter_breaks_no_page(StackDatabase.Kind kind) throws Exception {
    PageClient admin = admin(kind);
    for (Place place : places()) {
      for (String value : values()) {
        look(admin, place.with(value));
      }
    }
    say(kind.toString());
  }

  private static PageClient admin(StackDatabase.Kind kind) throws Exception {
    TestCompany company = TestCompany.on(kind);
    return PageClient.signedIn(company.stack(), company.people().named("admin"));
  }

  private void look(PageClient admin, String address) throws Exception {
    HttpResponse<String> answer = admin.ask(address);
    requests++;
    if (answer.statusCode() >= 500) {
      faults.add(
          address.substring(0, Math.min(200, address.length())) + " -> " + answer.statusCode());
    }
  }

  private void say(String where) {
    System.getLogger(HostilePagesIT.class.getName())
        .log(
            System.Logger.Level.INFO,
            "{0}: {1} requests, {2} answers of 500 and above",
            where,
            requests,
            faults.size());
    assertThat(faults).as(where).isEmpty();
  }

  private static List<String> values() {
    return Stream.concat(
            HostileValues.TEXTS.stream().map(HostileValues::encoded),
            HostileValues.ENCODED.stream())
        .toList();
  }

  private static List<Place> places() throws IOException {
    Path pages = BuildOutput.root().resolve("web/portal/src/main/webapp");
    List<Place> places = new ArrayList<>();
    try (Stream<Path> files = Files.walk(pages)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".xhtml")).sorted().toList()) {
        String page = "/" + pages.relativize(file).toString().replace(".xhtml", "");
        Matcher named = PARAMETER.matcher(Files.readString(file));
        while (named.find()) {
          places.add(new Place(page, named.group(1)));
        }
      }
    }
    assertThat(places).hasSizeGreaterThan(20);
    return places;
  }
}
