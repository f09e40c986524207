package org.hikae.admin.dossier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** The folder of a dossier. An earlier dossier there is replaced as a whole. */
public final class DossierFileStore {

  /** The report for programs. */
  public static final String JSON = "dossier.json";

  /** The signature, with the hashes of the others. */
  public static final String NOTE = "dossier.note";

  private final Path folder;

  /** Keeps a dossier in this folder, which is made. */
  public DossierFileStore(Path folder) {
    this.folder = folder;
  }

  /** The report for people, in a language. */
  public static String pdf(String language) {
    return "dossier." + language + ".pdf";
  }

  /**
   * Writes the files. Who stops in the middle leaves files that no note fits.
   *
   * @param files bytes by name; the note comes last
   */
  public void write(Map<String, byte[]> files) throws IOException {
    Files.createDirectories(folder);
    Map<Path, Path> moves = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path fresh = Files.createTempFile(folder, ".dossier", ".new");
        moves.put(fresh, folder.resolve(file.getKey()));
        Files.write(fresh, file.getValue());
      }
      for (Map.Entry<Path, Path> move : moves.entrySet()) {
        var _ = Files.move(move.getKey(), move.getValue(), StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      for (Path fresh : moves.keySet()) {
        Files.deleteIfExists(fresh);
      }
    }
  }
}
