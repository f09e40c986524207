package org.hikae.admin.claim;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.admin.claim.BlindnessSearch.ProofText;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;
import org.hikae.admin.search.CanaryFile;

/**
 * No log or other file that is named has a secret. Of each named file or folder a piece of its own
 * text is looked for as well, which has to be found.
 */
public final class LogBlindnessCheck implements ClaimCheck {

  private static final int PIECE = 24;
  private static final int FIRST_BYTES = 1 << 16;

  private final List<Path> places;
  private final CanaryFile canaries;

  /** Searches these files, and all files in these folders. */
  public LogBlindnessCheck(List<Path> places, CanaryFile canaries) {
    this.places = List.copyOf(places);
    this.canaries = canaries;
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.BLINDNESS_LOGS;
  }

  @Override
  public ClaimResult execute() {
    if (places.isEmpty()) {
      return ClaimResult.notRun(claim(), ClaimFactKind.NO_PLACE, "--log");
    }
    try {
      List<ProofText> pieces = new ArrayList<>();
      long files = 0;
      for (Path place : places) {
        List<Path> all = files(place);
        files += all.size();
        pieces.add(new ProofText(place.toString(), piece(place, all)));
      }
      BlindnessSearch search = new BlindnessSearch(canaries, pieces);
      for (Path place : places) {
        var _ = search.search().files(BlindnessSearch.place(), place);
      }
      return search.result(claim(), List.of(ClaimFact.of(ClaimFactKind.FILES_READ, files)));
    } catch (IOException e) {
      String named = String.join(", ", places.stream().map(Path::toString).toList());
      return ClaimResult.notRun(claim(), ClaimFactKind.UNREADABLE, named, ExceptionText.of(e));
    }
  }

  private static List<Path> files(Path place) throws IOException {
    try (Stream<Path> all = Files.walk(place)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Some text of the last file that has any, rather from its middle. */
  private static String piece(Path place, List<Path> files) throws IOException {
    for (Path file : files.reversed()) {
      try (InputStream in = Files.newInputStream(file)) {
        String text = new String(in.readNBytes(FIRST_BYTES), StandardCharsets.ISO_8859_1);
        String[] plain = text.split("[^ -~]+", -1);
        for (int i = 0; i < plain.length; i++) {
          String line = plain[(plain.length / 2 + i) % plain.length];
          if (line.length() >= PIECE) {
            return line.substring(0, PIECE);
          }
        }
      }
    }
    throw new IOException(place + " has no text");
  }
}
