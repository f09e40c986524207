package org.hikae.admin.sbom;

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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.admin.sbom.ArchiveReader.Archive;
import org.jspecify.annotations.Nullable;

/**
 * Finds out of what the folders of programs are made: every archive in them, and what was packed
 * into it. It believes in this order what Maven noted in an archive, the local repository that has
 * the same bytes, the name that Quarkus gives a jar, and another archive of the same bytes.
 */
public final class Inventory {

  private static final int MAX_FILES = 50_000;

  /** Where Quarkus puts libraries, group before name; a dot in a name is part of a number. */
  private static final Pattern QUARKUS =
      Pattern.compile(
          ".*/lib/(?:main|boot|deployment)/([a-z][\\w-]*(?:\\.[a-zA-Z][\\w-]*)*)"
              + "\\.([a-zA-Z][\\w-]*(?:\\.\\d[\\w-]*)*)-(\\d[\\w.]*(?:-[a-zA-Z][\\w.-]*)?)\\.jar");

  private final Map<String, Part> parts = new TreeMap<>();
  private final Map<String, PackageCoordinates> byHash = new HashMap<>();
  private final List<Unknown> unknown = new ArrayList<>();
  private final LocalMavenRepository repository;

  private Inventory(LocalMavenRepository repository) {
    this.repository = repository;
  }

  /** What is gathered about one component. */
  private record Part(
      @Nullable PackageCoordinates coordinates, Set<String> places, Set<String> hashes) {}

  /** An archive that nothing named. */
  private record Unknown(String place, String file, String hash) {}

  /**
   * The components of these folders, in order of their names.
   *
   * @param folders what ships, by the name that its places begin with
   * @param repository Maven's repository on this computer, if there is one
   * @throws IOException when something cannot be read
   */
  public static List<BomComponent> of(Map<String, Path> folders, Path repository)
      throws IOException {
    Inventory inventory = new Inventory(LocalMavenRepository.in(repository));
    for (Map.Entry<String, Path> folder : folders.entrySet()) {
      for (Path file : archives(folder.getValue())) {
        String below = folder.getValue().relativize(file).toString();
        for (Archive archive : ArchiveReader.read(file, folder.getKey() + "/" + below)) {
          inventory.add(archive);
        }
      }
    }
    return inventory.components();
  }

  private static List<Path> archives(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          private int files;

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            files++;
            if (files > MAX_FILES) {
              throw new IOException(folder + " has more files than anything that ships");
            }
            if (attributes.isRegularFile() && ArchiveReader.isArchive(file)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(Comparator.naturalOrder());
    return found;
  }

  private void add(Archive archive) throws IOException {
    PackageCoordinates own = coordinates(archive);
    for (PackageCoordinates note : archive.notes()) {
      if (!note.equals(own)) {
        part(note).places().add(archive.place());
      }
    }
    String hash = archive.hash();
    if (own != null) {
      Part part = part(own);
      part.places().add(archive.place());
      part.hashes().add(hash);
      byHash.putIfAbsent(hash, own);
    } else if (!archive.isContainer()) {
      unknown.add(new Unknown(archive.place(), archive.file(), hash));
    }
  }

  private @Nullable PackageCoordinates coordinates(Archive archive) throws IOException {
    PackageCoordinates own = archive.own();
    if (own == null) {
      own = repository.of(archive.bytes());
    }
    return own == null ? ofQuarkus(archive.place()) : own;
  }

  private static @Nullable PackageCoordinates ofQuarkus(String place) {
    Matcher parts = QUARKUS.matcher(place);
    return parts.matches()
        ? new PackageCoordinates(parts.group(1), parts.group(2), parts.group(3))
        : null;
  }

  private Part part(PackageCoordinates coordinates) {
    return parts.computeIfAbsent(
        coordinates.purl(), purl -> new Part(coordinates, new TreeSet<>(), new TreeSet<>()));
  }

  private List<BomComponent> components() {
    for (Unknown one : unknown) {
      PackageCoordinates same = byHash.get(one.hash());
      Part part =
          same == null
              ? parts.computeIfAbsent(
                  one.file() + " " + one.hash(),
                  name -> new Part(null, new TreeSet<>(), new TreeSet<>()))
              : part(same);
      part.places().add(one.place());
      part.hashes().add(one.hash());
    }
    List<BomComponent> components = new ArrayList<>();
    parts.forEach(
        (key, part) -> {
          PackageCoordinates coordinates = part.coordinates();
          String name =
              coordinates == null ? key.substring(0, key.indexOf(' ')) : coordinates.name();
          components.add(
              new BomComponent(name, coordinates, List.copyOf(part.places()), part.hashes()));
        });
    return components;
  }
}
