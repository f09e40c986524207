package org.hikae.admin.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody looked into and found not to matter here, each with its reason: a VEX of CycloneDX.
 */
public final class VexExemptions {

  private static final int MAX_BYTES = 1024 * 1024;
  private static final Set<String> HARMLESS = Set.of("not_affected", "false_positive", "resolved");

  private final List<Exemption> all;

  private VexExemptions(List<Exemption> all) {
    this.all = List.copyOf(all);
  }

  /** One of them: which advisory does not matter for which package, and why. */
  private record Exemption(String id, String purl, String reason) {}

  /** No exception. */
  public static VexExemptions none() {
    return new VexExemptions(List.of());
  }

  /**
   * Reads a file of them.
   *
   * @throws IOException when it is none, or one of them gives no reason
   */
  public static VexExemptions read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("it is larger than 1 MiB");
    }
    JsonNode vex = BillOfMaterials.bounded(MAX_BYTES).readTree(file.toFile());
    if (!vex.path("bomFormat").asText().equals("CycloneDX")) {
      throw new IOException("it is no CycloneDX");
    }
    List<Exemption> all = new ArrayList<>();
    for (JsonNode one : vex.path("vulnerabilities")) {
      String id = one.path("id").asText();
      String reason = one.path("analysis").path("detail").asText().strip();
      if (HARMLESS.contains(one.path("analysis").path("state").asText())) {
        if (reason.isEmpty()) {
          throw new IOException(id + " has no reason (analysis.detail)");
        }
        one.path("affects")
            .forEach(affects -> all.add(new Exemption(id, affects.path("ref").asText(), reason)));
      }
    }
    return new VexExemptions(all);
  }

  /** Why this advisory does not matter for this very version of a package. */
  Optional<String> reason(Advisory advisory, PackageCoordinates coordinates) {
    return all.stream()
        .filter(one -> advisory.isCalled(one.id()) && one.purl().equals(coordinates.purl()))
        .map(Exemption::reason)
        .findFirst();
  }
}
