package org.hikae.admin.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A known weakness in OSV's format, as far as it says something of Maven's packages.
 *
 * @param id its name where it is published
 * @param aliases its other names, such as that of the CVE
 * @param summary what it is, in a line
 * @param affected what it affects
 */
record Advisory(String id, Set<String> aliases, String summary, List<Affected> affected) {

  private static final int MAX_TEXT = 300;
  private static final int MAX_ALIASES = 20;
  private static final String MAVEN = "Maven";

  Advisory {
    aliases = Set.copyOf(aliases);
    affected = List.copyOf(affected);
  }

  /**
   * The versions of one package that are affected.
   *
   * @param key group and name
   * @param ranges spans of versions
   * @param versions single versions beside them
   */
  record Affected(String key, List<List<Event>> ranges, Set<String> versions) {

    Affected {
      ranges = List.copyOf(ranges);
      versions = Set.copyOf(versions);
    }

    boolean covers(String version) {
      return versions.contains(version)
          || ranges.stream().anyMatch(range -> covers(range, version));
    }

    /** What OSV's own description of the format says: events in order, each turns it on or off. */
    private static boolean covers(List<Event> range, String version) {
      boolean affected = false;
      for (Event event : range) {
        affected =
            switch (event.kind()) {
              case INTRODUCED ->
                  affected
                      || event.version().equals("0")
                      || MavenVersionOrder.compare(version, event.version()) >= 0;
              case FIXED -> affected && MavenVersionOrder.compare(version, event.version()) < 0;
              case LAST_AFFECTED ->
                  affected && MavenVersionOrder.compare(version, event.version()) <= 0;
            };
      }
      return affected;
    }

    /** The first version behind this one that is not affected any more. */
    Optional<String> fixedAfter(String version) {
      return ranges.stream()
          .flatMap(List::stream)
          .filter(event -> event.kind() == Kind.FIXED)
          .map(Event::version)
          .filter(fixed -> MavenVersionOrder.compare(fixed, version) > 0)
          .min(MavenVersionOrder::compare);
    }
  }

  /** A change at a version. */
  record Event(Kind kind, String version) {}

  /** What changes there. */
  enum Kind {
    INTRODUCED("introduced"),
    FIXED("fixed"),
    LAST_AFFECTED("last_affected");

    private final String field;

    Kind(String field) {
      this.field = field;
    }
  }

  /** Whether this is one of its names. */
  boolean isCalled(String name) {
    return id.equals(name) || aliases.contains(name);
  }

  /** Whether it was taken back, so that it says nothing any more. */
  static boolean isWithdrawn(JsonNode json) {
    return json.hasNonNull("withdrawn");
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is not in OSV's format; the message says why
   */
  static Advisory of(JsonNode json) {
    String id = json.path("id").asText();
    if (id.isBlank() || !json.path("affected").isArray()) {
      throw new IllegalArgumentException("it has no id, or does not say what is affected");
    }
    Set<String> aliases = new TreeSet<>();
    for (JsonNode alias : json.path("aliases")) {
      if (aliases.size() < MAX_ALIASES) {
        aliases.add(shown(alias.asText()));
      }
    }
    List<Affected> affected = new ArrayList<>();
    for (JsonNode one : json.path("affected")) {
      String ecosystem = one.path("package").path("ecosystem").asText();
      // A repository may stand behind a colon.
      if (ecosystem.equals(MAVEN) || ecosystem.startsWith(MAVEN + ":")) {
        affected.add(affected(one));
      }
    }
    return new Advisory(shown(id), aliases, shown(json.path("summary").asText()), affected);
  }

  private static Affected affected(JsonNode one) {
    List<List<Event>> ranges = new ArrayList<>();
    for (JsonNode range : one.path("ranges")) {
      // The third type, GIT, names commits.
      if (!range.path("type").asText().equals("GIT")) {
        ranges.add(events(range));
      }
    }
    Set<String> versions = new TreeSet<>();
    one.path("versions").forEach(version -> versions.add(version.asText()));
    return new Affected(one.path("package").path("name").asText(), ranges, versions);
  }

  private static List<Event> events(JsonNode range) {
    List<Event> events = new ArrayList<>();
    for (JsonNode json : range.path("events")) {
      for (Kind kind : Kind.values()) {
        if (json.hasNonNull(kind.field)) {
          events.add(new Event(kind, MavenVersionOrder.checked(json.path(kind.field).asText())));
        }
      }
    }
    events.sort((left, right) -> MavenVersionOrder.compare(left.version(), right.version()));
    return events;
  }

  /** Others wrote it, and a terminal shows it: short, and without what would command one. */
  private static String shown(String text) {
    String plain = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", " ").strip();
    return plain.length() <= MAX_TEXT ? plain : plain.substring(0, MAX_TEXT) + " ...";
  }
}
