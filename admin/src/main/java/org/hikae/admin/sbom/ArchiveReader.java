package org.hikae.admin.sbom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;

/**
 * Opens archives, those within them included, and reads what Maven noted in them about their
 * origin. What it reads is bounded: depth, number of entries and bytes.
 */
final class ArchiveReader {

  private static final int MAX_DEPTH = 4;
  private static final int MAX_ENTRIES = 200_000;
  private static final int MAX_NOTE_BYTES = 64 * 1024;
  private static final int MAX_BYTES = 256 * 1024 * 1024;

  private static final Pattern NOTE =
      Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");
  private static final Pattern ARCHIVE = Pattern.compile(".+\\.(jar|war|ear|rar)");

  private final List<Archive> found = new ArrayList<>();
  private int entries;

  /**
   * An archive.
   *
   * @param place its path, with that of the archive around it before an exclamation mark
   * @param bytes all of it
   * @param notes what Maven noted in it: its own coordinates and those of what was packed into it
   */
  record Archive(String place, byte[] bytes, List<PackageCoordinates> notes) {

    Archive {
      notes = List.copyOf(notes);
    }

    /** Its file name. */
    String file() {
      return place.substring(Math.max(place.lastIndexOf('/'), place.lastIndexOf('!')) + 1);
    }

    /** Whether it is our own wrapping around others, such as an EAR. */
    boolean isContainer() {
      return file().endsWith(".ear");
    }

    /** SHA-256 of its bytes. */
    String hash() {
      return Hash256.sha256(bytes).hex();
    }

    /** Its own coordinates, when one of the notes has the name of the file. */
    @Nullable PackageCoordinates own() {
      String stem = file().replaceFirst("\\.[a-z]+$", "");
      return notes.stream().filter(note -> isNamed(stem, note)).findFirst().orElse(null);
    }

    /** By its name with or without a version, as Quarkus writes it, or only the beginning of it. */
    private static boolean isNamed(String stem, PackageCoordinates note) {
      String name = note.name();
      String whole = note.group() + "." + name;
      return stem.equals(name)
          || stem.startsWith(name + "-")
          || stem.equals(whole)
          || stem.startsWith(whole + "-")
          || name.startsWith(stem + "-");
    }
  }

  /** Whether this file is looked into. */
  static boolean isArchive(Path file) {
    return ARCHIVE.matcher(String.valueOf(file.getFileName())).matches();
  }

  /**
   * The archive and those in it.
   *
   * @param place how its path is written
   * @throws IOException when it cannot be read, or has more in it than anything that ships
   */
  static List<Archive> read(Path file, String place) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(place + " is larger than anything that ships");
    }
    ArchiveReader reader = new ArchiveReader();
    List<PackageCoordinates> notes = new ArrayList<>();
    // By its index, so that little of it has to be unpacked.
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        try (InputStream in = zip.getInputStream(entry)) {
          reader.look(place, entry.getName(), in, 1, notes);
        }
      }
    }
    reader.found.add(new Archive(place, Files.readAllBytes(file), notes));
    return reader.found;
  }

  private void open(String place, byte[] bytes, int depth) throws IOException {
    List<PackageCoordinates> notes = new ArrayList<>();
    ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes));
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      look(place, entry.getName(), zip, depth, notes);
    }
    found.add(new Archive(place, bytes, notes));
  }

  private void look(
      String place, String name, InputStream in, int depth, List<PackageCoordinates> notes)
      throws IOException {
    entries++;
    if (entries > MAX_ENTRIES) {
      throw new IOException(place + " has more entries than anything that ships");
    }
    String inner = place + "!" + name;
    if (NOTE.matcher(name).matches()) {
      PackageCoordinates note = note(bounded(in, MAX_NOTE_BYTES, inner));
      if (note != null) {
        notes.add(note);
      }
    } else if (depth < MAX_DEPTH && ARCHIVE.matcher(name).matches()) {
      open(inner, bounded(in, MAX_BYTES, inner), depth + 1);
    }
  }

  private static byte[] bounded(InputStream in, int most, String place) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new IOException(place + " is larger than anything that ships");
    }
    return bytes;
  }

  private static @Nullable PackageCoordinates note(byte[] bytes) throws IOException {
    Properties note = new Properties();
    try {
      note.load(new ByteArrayInputStream(bytes));
    } catch (IllegalArgumentException e) {
      return null; // An escape that is none; nothing can be taken from it.
    }
    String group = note.getProperty("groupId", "").strip();
    String name = note.getProperty("artifactId", "").strip();
    String version = note.getProperty("version", "").strip();
    boolean whole = !group.isEmpty() && !name.isEmpty() && !version.isEmpty();
    return whole ? new PackageCoordinates(group, name, version) : null;
  }
}
