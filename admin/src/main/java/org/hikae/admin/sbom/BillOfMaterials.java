package org.hikae.admin.sbom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A bill of materials as CycloneDX 1.6 in JSON. The same components give the same bytes: it has no
 * time and no random number.
 */
public final class BillOfMaterials {

  /** Most bytes of a bill that is read. */
  static final int MAX_BYTES = 32 * 1024 * 1024;

  private static final int MAX_DEPTH = 64;
  private static final int MAX_DIGITS = 64;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final JsonMapper BOUNDED = bounded(MAX_BYTES);

  private BillOfMaterials() {}

  /** Reads JSON of no more than so many bytes, in which nothing lies deep. */
  static JsonMapper bounded(int bytes) {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxDocumentLength(bytes)
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(MAX_DIGITS)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build()).build();
  }

  /** Writes the bill of a version of the product. */
  public static void write(String version, List<BomComponent> components, Path file)
      throws IOException {
    ObjectNode bill = JSON.createObjectNode();
    bill.put("bomFormat", "CycloneDX").put("specVersion", "1.6").put("version", 1);
    bill.putObject("metadata")
        .putObject("component")
        .put("type", "application")
        .put("bom-ref", "hikae")
        .put("name", "hikae")
        .put("version", version);
    ArrayNode all = bill.putArray("components");
    components.forEach(component -> write(component, all.addObject()));
    Files.write(file, JSON.writeValueAsBytes(bill));
  }

  private static void write(BomComponent component, ObjectNode json) {
    PackageCoordinates coordinates = component.coordinates();
    if (coordinates == null) {
      String hash = component.hashes().stream().findFirst().orElse("");
      json.put("type", "file")
          .put("bom-ref", component.name() + "#" + hash)
          .put("name", component.name());
    } else {
      json.put("type", "library")
          .put("bom-ref", coordinates.purl())
          .put("group", coordinates.group())
          .put("name", coordinates.name())
          .put("version", coordinates.version())
          .put("purl", coordinates.purl());
    }
    // Of several files each has another one, and the format knows only one of a kind.
    if (component.hashes().size() == 1) {
      json.putArray("hashes")
          .addObject()
          .put("alg", "SHA-256")
          .put("content", component.hashes().iterator().next());
    }
    ArrayNode places = json.putObject("evidence").putArray("occurrences");
    component.places().forEach(place -> places.addObject().put("location", place));
  }

  /**
   * Reads a bill, ours or another's.
   *
   * @throws IOException when it is none, or larger than any
   */
  public static List<BomComponent> read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("it is larger than any bill of materials");
    }
    JsonNode bill = BOUNDED.readTree(file.toFile());
    if (!bill.path("bomFormat").asText().equals("CycloneDX")) {
      throw new IOException("it is no bill of materials in CycloneDX's JSON");
    }
    List<BomComponent> components = new ArrayList<>();
    for (JsonNode json : bill.path("components")) {
      List<String> places = new ArrayList<>();
      json.path("evidence")
          .path("occurrences")
          .forEach(place -> places.add(place.path("location").asText()));
      Set<String> hashes = new TreeSet<>();
      json.path("hashes").forEach(hash -> hashes.add(hash.path("content").asText()));
      components.add(
          new BomComponent(json.path("name").asText(), coordinates(json), places, hashes));
    }
    return components;
  }

  private static @Nullable PackageCoordinates coordinates(JsonNode json) {
    String group = json.path("group").asText();
    String version = json.path("version").asText();
    boolean published = json.path("purl").asText().startsWith("pkg:maven/");
    return published && !group.isEmpty() && !version.isEmpty()
        ? new PackageCoordinates(group, json.path("name").asText(), version)
        : null;
  }
}
