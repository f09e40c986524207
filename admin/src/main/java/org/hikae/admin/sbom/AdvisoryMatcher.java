package org.hikae.admin.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.admin.sbom.Advisory.Affected;

/**
 * Holds a bill of materials against a folder of advisories. Nothing of it asks the network. What
 * cannot be read is named: an advisory that was not read may be the one that matters.
 */
public final class AdvisoryMatcher {

  /** Most bytes of one advisory. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  /** Most files in the folder. */
  static final int MAX_FILES = 1_000_000;

  private static final int MAX_FOLDERS_DEEP = 16;
  private static final int MAX_UNREADABLE = 20;

  private final JsonMapper json = BillOfMaterials.bounded(MAX_BYTES);
  private final Map<String, List<BomComponent>> byKey = new HashMap<>();
  private final VexExemptions vexExemptions;
  private final List<Match> matches = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();
  private int read;
  private int notRead;

  private AdvisoryMatcher(List<BomComponent> components, VexExemptions vexExemptions) {
    this.vexExemptions = vexExemptions;
    for (BomComponent component : components) {
      PackageCoordinates coordinates = component.coordinates();
      if (coordinates != null) {
        byKey.computeIfAbsent(coordinates.key(), key -> new ArrayList<>()).add(component);
      }
    }
  }

  /**
   * An advisory about something in the bill.
   *
   * @param id its name
   * @param aliases its other names
   * @param summary what it is
   * @param coordinates what it affects
   * @param fixedIn the version to take; empty when there is none
   * @param places where that lies
   * @param exempt why it does not matter here; empty when it may
   */
  public record Match(
      String id,
      Set<String> aliases,
      String summary,
      PackageCoordinates coordinates,
      Optional<String> fixedIn,
      List<String> places,
      Optional<String> exempt) {}

  /**
   * What the check found.
   *
   * @param matches advisories that touch something, in order of what they touch
   * @param read advisories that were read
   * @param notRead files that were not
   * @param unreadable the first of those, with the reason
   */
  public record Result(List<Match> matches, int read, int notRead, List<String> unreadable) {

    /** Keeps copies. */
    public Result {
      matches = List.copyOf(matches);
      unreadable = List.copyOf(unreadable);
    }

    /** Those that nobody has looked into. */
    public List<Match> open() {
      return matches.stream().filter(match -> match.exempt().isEmpty()).toList();
    }
  }

  /**
   * Checks.
   *
   * @param folder files in OSV's format, one advisory in each, in folders or not
   * @throws IOException when the folder itself cannot be read, or holds too many files
   */
  public static Result check(
      List<BomComponent> components, Path folder, VexExemptions vexExemptions) throws IOException {
    AdvisoryMatcher check = new AdvisoryMatcher(components, vexExemptions);
    Path root = folder.toRealPath();
    Files.walkFileTree(
        root,
        Set.of(),
        MAX_FOLDERS_DEEP,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (String.valueOf(file.getFileName()).endsWith(".json")) {
              check.look(file, root.relativize(file), attributes);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
            if (file.equals(root)) {
              throw why;
            }
            check.leave(root.relativize(file), "it cannot be opened");
            return FileVisitResult.CONTINUE;
          }
        });
    check.matches.sort(
        Comparator.comparing((Match match) -> match.coordinates().purl()).thenComparing(Match::id));
    return new Result(check.matches, check.read, check.notRead, check.unreadable);
  }

  private void look(Path file, Path name, BasicFileAttributes attributes) throws IOException {
    if (read + notRead >= MAX_FILES) {
      throw new IOException("there are more than " + MAX_FILES + " files");
    }
    if (!attributes.isRegularFile()) {
      leave(name, "it is no regular file");
    } else if (attributes.size() > MAX_BYTES) {
      leave(name, "it is larger than " + MAX_BYTES + " bytes");
    } else {
      try {
        JsonNode advisory = json.readTree(file.toFile());
        if (!Advisory.isWithdrawn(advisory)) {
          match(Advisory.of(advisory));
        }
        read++;
      } catch (IOException e) {
        leave(name, "it is no JSON, or lies too deep");
      } catch (IllegalArgumentException e) {
        leave(name, String.valueOf(e.getMessage()));
      }
    }
  }

  private void leave(Path name, String why) {
    notRead++;
    if (unreadable.size() < MAX_UNREADABLE) {
      unreadable.add(name + ": " + why);
    }
  }

  private void match(Advisory advisory) {
    for (Affected affected : advisory.affected()) {
      for (BomComponent component : byKey.getOrDefault(affected.key(), List.of())) {
        PackageCoordinates coordinates = component.coordinates();
        if (coordinates != null && affected.covers(coordinates.version())) {
          Match match =
              new Match(
                  advisory.id(),
                  advisory.aliases(),
                  advisory.summary(),
                  coordinates,
                  affected.fixedAfter(coordinates.version()),
                  component.places(),
                  vexExemptions.reason(advisory, coordinates));
          if (!matches.contains(match)) {
            matches.add(match);
          }
        }
      }
    }
  }
}
