package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.backup.SourceFolderView.LeftOutReason;
import org.hikae.device.cli.command.PersonDialog.DialogStep;
import org.hikae.device.cli.window.DialogCommands.DialogKind;
import org.hikae.device.protection.KeyProtection;
import org.hikae.device.restore.OverwriteMode;
import org.hikae.device.window.WindowAnswer;
import org.hikae.hk1.WrapMethod;
import org.junit.jupiter.api.Test;

/** What the page says, and what it is made of. */
class WindowTextsTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

  /** The programs of the page; each loads none but these. */
  private static final List<String> SCRIPTS =
      List.of("/base.js", "/dialog.js", "/files.js", "/schedule.js", "/window.js");

  private static final Pattern LOADED = Pattern.compile("\\b(?:from|import) ?\\(?\"([^\"]*)\"");
  private static final Pattern CONTENTS = Pattern.compile("el\\(\\s*\"(?:img|pre|canvas)\"[^}]*}");
  private static final Pattern USED = Pattern.compile("\\bt\\(\\s*\"([a-zA-Z.-]+)\"");

  private static Map<String, WindowAnswer> files() throws IOException {
    return WindowFiles.all("ja");
  }

  private static String text(String path) throws IOException {
    return new String(files().get(path).bytes(), StandardCharsets.UTF_8);
  }

  private static Map<String, String> texts(String language) throws IOException {
    Map<String, String> all = new TreeMap<>();
    JsonNode json = AgentJson.mapper().readTree(text("/texts." + language + ".json"));
    json.properties().forEach(entry -> all.put(entry.getKey(), entry.getValue().textValue()));
    return all;
  }

  @Test
  void both_languages_have_the_same_sentences_with_the_same_placeholders() throws Exception {
    Map<String, String> english = texts("en");
    Map<String, String> japanese = texts("ja");
    assertThat(japanese.keySet()).isEqualTo(english.keySet());
    english.forEach(
        (key, sentence) ->
            assertThat(placeholders(japanese.get(key))).as(key).isEqualTo(placeholders(sentence)));
    assertThat(japanese.get("verdict.PROTECTED")).isNotEqualTo(english.get("verdict.PROTECTED"));
  }

  private static Set<String> placeholders(String sentence) {
    return PLACEHOLDER
        .matcher(sentence)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void every_sentence_that_the_page_may_need_is_there() throws Exception {
    Set<String> known = texts("en").keySet();
    Set<String> used = new TreeSet<>();
    for (String script : SCRIPTS) {
      USED.matcher(text(script)).results().forEach(found -> used.add(found.group(1)));
    }
    assertThat(used).hasSizeGreaterThan(100);
    assertThat(known).containsAll(used);
    Stream<String> made =
        Stream.of(
                Stream.of(ProtectionVerdict.values())
                    .flatMap(v -> Stream.of("verdict." + v, "verdict." + v + ".text")),
                Stream.of("run.BACKUP.numbers", "run.RESTORE.numbers"),
                Stream.of(DialogStep.values()).map(step -> "dialog." + step + ".title"),
                Stream.of(DialogKind.values())
                    .flatMap(kind -> Stream.of("dialog." + kind, "dialog." + kind + ".done")),
                Stream.of(DialogKind.values())
                    .filter(kind -> kind != DialogKind.SIGN_IN && kind != DialogKind.OPT_IN)
                    .map(kind -> "dialog." + kind + ".text"),
                Stream.of("OPT_OUT", "FORGET", "SIGN_OUT").map(kind -> "care." + kind + ".1"),
                Stream.of(LeftOutReason.values()).map(reason -> "source.leftOut." + reason),
                Stream.of(KeyProtection.values())
                    .flatMap(
                        one ->
                            Stream.of(
                                "dialog.PROTECTION." + one, "dialog.PROTECTION." + one + ".text")),
                Stream.of(WrapMethod.PASSWORD_VAULT, WrapMethod.DIGIT_KEY)
                    .map(method -> "dialog.UNLOCK_METHOD." + method),
                Stream.of(RunResult.values())
                    .filter(result -> result != RunResult.RUNNING)
                    .flatMap(r -> Stream.of("run.BACKUP." + r, "run.RESTORE." + r)),
                Stream.of(OverwriteMode.NEVER, OverwriteMode.IF_NEWER, OverwriteMode.ALWAYS)
                    .map(mode -> "restore.conflict." + mode))
            .flatMap(all -> all);
    assertThat(known).containsAll(made.toList());
    for (DialogStep step : DialogStep.values()) {
      assertThat(text("/dialog.js")).as("its form").containsPattern("\n  " + step + ": ");
    }
    for (ProtectionVerdict verdict : ProtectionVerdict.values()) {
      assertThat(text("/window.js")).as("its level").contains("  " + verdict + ": \"");
    }
  }

  /** The page's own sentence for a refusal of the agent stands for one that there is. */
  @Test
  void what_the_page_says_instead_of_the_agent_the_agent_says_too() throws Exception {
    Set<String> agents =
        ResourceBundle.getBundle("org.hikae.device.cli.messages", Locale.ENGLISH).keySet();
    List<String> codes =
        texts("en").keySet().stream()
            .filter(key -> key.startsWith("instead."))
            .map(key -> key.substring("instead.".length()))
            .toList();
    assertThat(codes).isNotEmpty().isSubsetOf(agents);
    texts("en")
        .forEach(
            (key, sentence) -> {
              if (key.startsWith("instead.")) {
                assertThat(sentence).as(key).doesNotContain("hikae ", "--", "{0}");
              }
            });
  }

  /** A file of certificates that is wrong: the agent and the page each have a way on. */
  @Test
  void a_wrong_file_of_certificates_is_refused_with_a_way_on() throws Exception {
    ResourceBundle agent =
        ResourceBundle.getBundle("org.hikae.device.cli.messages", Locale.ENGLISH);
    List<String> codes =
        agent.keySet().stream().filter(key -> key.startsWith("tls.ca-file-")).toList();
    assertThat(codes).hasSize(3);
    for (String code : codes) {
      assertThat(agent.getString(code)).as(code).contains("--ca-file", "your IT");
      assertThat(texts("en").get("instead." + code))
          .as(code)
          .contains("the page \"Install the agent\"", "your IT");
    }
  }

  /** What has this class goes with its window, and from a page that nobody sees. */
  @Test
  void contents_of_files_also_pictures_count_as_secret() throws Exception {
    List<String> shown = new ArrayList<>();
    for (String script : SCRIPTS) {
      CONTENTS.matcher(text(script)).results().forEach(found -> shown.add(found.group()));
      assertThat(text(script))
          .as("pictures made in another way")
          .doesNotContain("new Image", ".src =");
    }
    assertThat(shown)
        .anyMatch(one -> one.contains("\"img\""))
        .anyMatch(one -> one.contains("\"pre\""))
        .anyMatch(one -> one.contains("\"canvas\""))
        .allMatch(one -> one.matches(".*class: \"([a-z]+ )*secret\".*"));
    assertThat(text("/base.js"))
        .contains("const SECRETS = \".secret, [data-secret]\"")
        .contains("URL.revokeObjectURL(secret.src)");
  }

  /** The policy of contents refuses most of it, and a browser need not be asked to see that. */
  @Test
  void the_page_loads_from_nowhere_else_keeps_nothing_and_has_no_code_in_its_html()
      throws Exception {
    assertThat(text("/"))
        .contains("<html lang=\"ja\">", "<script type=\"module\" src=\"/window.js\"></script>")
        .doesNotContainPattern("<script(?! type=\"module\" src=\"/window.js\"></script>)")
        .doesNotContainPattern("\\son[a-z]+=")
        .doesNotContain("<style", " style=", "http:", "https:", "{language}");
    assertThat(text("/window.css")).doesNotContain("url(", "@import", "http");
    for (String script : SCRIPTS) {
      assertThat(text(script))
          .as(script)
          .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")
          .doesNotContain("localStorage", "sessionStorage", "indexedDB", "document.cookie")
          .doesNotContain("http:", "https:", "eval(", "caches", "console.");
      assertThat(LOADED.matcher(text(script)).results().map(found -> found.group(1)).toList())
          .as(script)
          .isSubsetOf(SCRIPTS);
    }
  }
}
