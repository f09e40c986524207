package org.hikae.it.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws the rules that the tests of this package enforce. */
final class ArchitectureDiagram {

  private ArchitectureDiagram() {}

  /** Which module may use which. */
  static String modules() {
    List<String> lines = new ArrayList<>();
    for (ReactorModule module : ReactorModule.values()) {
      String name = id(module.folder());
      lines.add(name + "[\"" + module.folder() + "\"]");
      Arrays.stream(ReactorModule.values())
          .filter(other -> other != module && module.mayKnow(other))
          .forEach(other -> lines.add(name + " --> " + id(other.folder())));
    }
    return mermaid("TB", lines);
  }

  /** Which capability may use which; those that everybody may use have no arrows to them. */
  static String capabilities() {
    List<String> lines = new ArrayList<>();
    for (Capability capability : Capability.values()) {
      for (Capability used : capability.uses()) {
        lines.add(name(capability) + " --> " + name(used));
      }
    }
    lines.add(group("base", "base: everybody may use these", Capability::isBase));
    lines.add(
        group("technical", "technical: everybody may use all of these", Capability::isTechnical));
    Arrays.stream(Capability.values())
        .filter(capability -> !capability.isBase() && !capability.isTechnical())
        .filter(capability -> capability.uses().isEmpty())
        .forEach(lowest -> lines.add(name(lowest) + " ~~~ base ~~~ technical"));
    return mermaid("TB", lines);
  }

  /** One box with the names in it: a box for each would make the picture too wide to read. */
  private static String group(String id, String title, Predicate<Capability> members) {
    return Arrays.stream(Capability.values())
        .filter(members)
        .map(ArchitectureDiagram::name)
        .collect(Collectors.joining(", ", id + "[\"" + title + "<br>", "\"]"));
  }

  /** What lies in which leaf, and what it may use. */
  static String leaves() {
    Stream<String> rows =
        Arrays.stream(Leaf.values())
            .map(
                leaf ->
                    String.format(
                        Locale.ROOT,
                        "| `%s` | `%s` | %s | %s |",
                        leaf.segment(),
                        leaf.folder(),
                        leaf.holds(),
                        uses(leaf)));
    return Stream.concat(
            Stream.of("| leaf | module | holds | may use |", "|---|---|---|---|"), rows)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String uses(Leaf leaf) {
    return leaf.uses().stream()
        .map(used -> "`" + used.segment() + "`")
        .collect(Collectors.joining(", "));
  }

  private static String mermaid(String direction, List<String> lines) {
    return lines.stream()
        .map(line -> "  " + line + "\n")
        .collect(Collectors.joining("", "```mermaid\nflowchart " + direction + "\n", "```\n"));
  }

  private static String id(String folder) {
    return folder.replaceAll(".*/", "");
  }

  private static String name(Capability capability) {
    return capability.name().toLowerCase(Locale.ROOT);
  }
}
