package org.hikae.device.cli.snapshots;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.device.vectors.SpecVectors;

/** One case of docs/spec/vectors/series.json; its name is why it is there. */
record SeriesScenario(SpecVectors all) {

  static final SpecVectors VECTORS = SpecVectors.of("series.json");

  static Stream<SeriesScenario> every() {
    return VECTORS
        .at("cases")
        .node()
        .valueStream()
        .map(each -> new SeriesScenario(new SpecVectors(each)));
  }

  List<String> names(String list) {
    return all.node().path(list).valueStream().map(JsonNode::textValue).toList();
  }

  /** Those that are held up until a person has said something. */
  static Stream<SeriesScenario> withWords() {
    return every().filter(each -> !each.words().isEmpty());
  }

  /** Those that restore the newest of all series without any word. */
  static Stream<SeriesScenario> ofAllSeries() {
    return every()
        .filter(each -> each.all.text("reader").equals("X"))
        .filter(each -> each.all.text("request").equals("latest"))
        .filter(each -> each.all.at("decision").text("then").equals("RESTORE"));
  }

  /** The words that it takes, in their order. */
  List<String> words() {
    return all.at("decision", "words").node().valueStream().map(JsonNode::textValue).toList();
  }

  /** Whether the portal does not hand out a page behind what it shows. */
  boolean lacks() {
    return all.node().path("lacks").booleanValue();
  }

  boolean list() {
    return words().contains("list");
  }

  List<Long> older() {
    return words().stream()
        .filter(word -> word.startsWith("older "))
        .map(word -> Long.valueOf(word.substring("older ".length())))
        .toList();
  }

  List<String> questions() {
    return words().stream()
        .filter(word -> !word.equals("list") && !word.startsWith("older "))
        .toList();
  }

  String device(String name) {
    return VECTORS.text("devices", name, "deviceId");
  }

  @Override
  public String toString() {
    return all.text("why");
  }
}
