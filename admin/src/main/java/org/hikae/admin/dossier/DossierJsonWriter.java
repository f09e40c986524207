package org.hikae.admin.dossier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.hikae.admin.dossier.Dossier.DossierOrigin;

/** Writes a dossier as JSON (HK1-J-01), with its sentences in both languages. */
public final class DossierJsonWriter {

  /** The form, and its version. */
  static final String FORM = "hikae-dossier/1";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final DossierMessages english = new DossierMessages("en");
  private final DossierMessages japanese = new DossierMessages("ja");

  /** Writes with the words of this release. */
  public DossierJsonWriter() {}

  /** The file's bytes; of one dossier always the same. */
  public byte[] write(Dossier dossier) {
    DossierOrigin origin = dossier.origin();
    ObjectNode root = JSON.createObjectNode();
    root.put("form", FORM);
    root.put("madeAt", origin.madeAt().toString());
    root.put("tool", origin.tool());
    root.put("portal", origin.portal());
    root.put("realm", origin.realm());
    root.put("challenge", origin.challenge());
    ArrayNode claims = root.putArray("claims");
    for (ClaimResult result : dossier.results()) {
      ObjectNode claim = claims.addObject();
      claim.put("id", result.claim().id());
      claim.put("result", result.state().name());
      claim.put("en", english.claim(result.claim()));
      claim.put("ja", japanese.claim(result.claim()));
      ObjectNode limit = claim.putObject("limit");
      limit.put("en", english.limit(result.claim()));
      limit.put("ja", japanese.limit(result.claim()));
      ArrayNode facts = claim.putArray("facts");
      for (ClaimFact fact : result.facts()) {
        ObjectNode one = facts.addObject();
        one.put("code", fact.kind().name());
        fact.values().forEach(one.putArray("values")::add);
        one.put("en", english.fact(fact));
        one.put("ja", japanese.fact(fact));
      }
    }
    try {
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(lines);
      printer.indentArraysWith(lines);
      String text = JSON.writer(printer).writeValueAsString(root) + "\n";
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("text cannot be written as JSON", e);
    }
  }
}
