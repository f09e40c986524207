package org.hikae.admin.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hikae.admin.audit.AuditExportResult.FoundFault;
import org.hikae.hk1.Hash256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What was done to an export is found and located. */
@DisplayName("HK1-A-06: an export is checked by itself")
class AuditExportVerifierTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<Integer> ALL = List.of(1, 2, 3, 4, 5);
  private static final String ROOT = AuditExportFixture.card().rootFingerprint().hex();

  private static List<String> whole() {
    List<String> events = AuditExportFixture.events(5, ALL);
    return AuditExportFixture.signed(events, false, 5, hashOf(events.getLast()));
  }

  private static String hashOf(String line) {
    return json(line).path("hash").asText();
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static AuditExportResult check(List<String> lines, @Nullable String root) {
    String text = String.join("\n", lines) + "\n";
    try {
      return AuditExportVerifier.check(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), root);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> after(UnaryOperator<List<String>> tampering) {
    return tampering.apply(new ArrayList<>(whole()));
  }

  private static void assertWrong(
      AuditExportFault fault, long line, long seq, UnaryOperator<List<String>> tampering) {
    assertThat(check(after(tampering), null).wrong()).isEqualTo(new FoundFault(fault, line, seq));
  }

  private static String with(String line, String name, String value) {
    return ((ObjectNode) json(line)).put(name, value).toString();
  }

  @Test
  void a_whole_export_is_intact_and_signed() {
    AuditExportResult auditExportResult = check(whole(), ROOT);
    assertThat(auditExportResult.wrong()).isNull();
    assertThat(auditExportResult.events()).isEqualTo(5);
    assertThat(auditExportResult.last()).isEqualTo(5);
    assertThat(auditExportResult.signed()).isTrue();
    assertThat(auditExportResult.root()).isEqualTo(ROOT);
    assertThat(auditExportResult.signedAtMillis()).isEqualTo(1_800_000_000_000L);
  }

  @Test
  void a_changed_event_is_located() {
    for (String name : List.of("action", "object", "detail", "actorSubject", "actorIssuer")) {
      assertWrong(
          AuditExportFault.CHANGED,
          4,
          3,
          lines -> {
            lines.set(3, with(lines.get(3), name, "other"));
            return lines;
          });
    }
    assertWrong(
        AuditExportFault.CHANGED,
        4,
        3,
        lines -> {
          lines.set(3, with(lines.get(3), "at", "yesterday"));
          return lines;
        });
    assertWrong(
        AuditExportFault.NAMES_CHANGED,
        4,
        3,
        lines -> {
          lines.set(3, with(lines.get(3), "names", "{}"));
          return lines;
        });
  }

  @Test
  void a_removed_inserted_or_moved_event_is_located() {
    assertWrong(
        AuditExportFault.MISSING,
        4,
        3,
        lines -> {
          lines.remove(3);
          return lines;
        });
    assertWrong(
        AuditExportFault.MISSING,
        5,
        4,
        lines -> {
          lines.add(3, lines.get(3));
          return lines;
        });
    assertWrong(
        AuditExportFault.MISSING,
        4,
        3,
        lines -> {
          Collections.swap(lines, 3, 4);
          return lines;
        });
    assertWrong(
        AuditExportFault.MISSING,
        2,
        1,
        lines -> {
          lines.remove(1);
          return lines;
        });
  }

  @Test
  void a_file_that_was_cut_off_says_so() {
    assertWrong(AuditExportFault.CUT_OFF, 6, 4, lines -> lines.subList(0, 6));
    assertWrong(AuditExportFault.CUT_OFF, 1, 0, lines -> lines.subList(0, 1));
    assertWrong(
        AuditExportFault.MISSING,
        6,
        5,
        lines -> {
          lines.remove(5);
          return lines;
        });
    assertWrong(AuditExportFault.NOT_AN_EXPORT, 1, 0, lines -> lines.subList(1, 6));
  }

  @Test
  void names_may_be_erased() {
    List<String> events = AuditExportFixture.events(5, ALL);
    String hash = hashOf(events.getLast());
    ObjectNode line = (ObjectNode) json(events.get(2));
    line.remove(List.of("salt", "names"));
    events.set(2, line.toString());
    AuditExportResult auditExportResult =
        check(AuditExportFixture.signed(events, false, 5, hash), ROOT);
    assertThat(auditExportResult.wrong()).isNull();
    assertThat(auditExportResult.namesErased()).isEqualTo(1);
  }

  @Test
  void a_filtered_export_may_leave_events_out_but_not_lose_one_afterwards() {
    String end = hashOf(AuditExportFixture.events(5, ALL).getLast());
    List<String> shown = AuditExportFixture.events(5, List.of(2, 3, 5));
    List<String> file = AuditExportFixture.signed(shown, true, 5, end);
    AuditExportResult auditExportResult = check(file, ROOT);
    assertThat(auditExportResult.wrong()).isNull();
    assertThat(auditExportResult.gaps()).isEqualTo(1);
    List<String> fewer = new ArrayList<>(file);
    fewer.remove(2);
    assertThat(check(fewer, ROOT).wrong())
        .isEqualTo(new FoundFault(AuditExportFault.NOT_AS_SIGNED, 4, 0));
  }

  @Test
  void a_file_that_was_rewritten_throughout_is_not_what_the_vault_signed() {
    List<String> lines = whole();
    List<String> forged =
        AuditExportFixture.signed(
            AuditExportFixture.events(4, ALL),
            false,
            4,
            hashOf(AuditExportFixture.events(4, ALL).get(3)));
    String receipt = json(lines.getLast()).path("receipt").asText();
    forged.set(forged.size() - 1, with(forged.getLast(), "receipt", receipt));
    assertThat(check(forged, ROOT).wrong())
        .isEqualTo(new FoundFault(AuditExportFault.NOT_AS_SIGNED, 6, 0));
    String own =
        Base64.getUrlEncoder()
            .encodeToString(
                AuditExportFixture.receipt(
                        5, hashOf(lines.get(5)), Hash256.ZERO, AuditExportFixture.ROOT)
                    .encode());
    lines.set(6, with(lines.get(6), "receipt", own));
    assertThat(check(lines, ROOT).wrong())
        .isEqualTo(new FoundFault(AuditExportFault.BAD_SIGNATURE, 7, 0));
    lines.set(6, with(lines.get(6), "receipt", "?"));
    assertThat(check(lines, ROOT).wrong())
        .isEqualTo(new FoundFault(AuditExportFault.BAD_SIGNATURE, 7, 0));
  }

  @Test
  void another_vault_or_none_is_told() {
    assertThat(check(whole(), "0".repeat(64)).wrong())
        .isEqualTo(new FoundFault(AuditExportFault.OTHER_VAULT, 7, 0));
    List<String> unsigned = whole();
    unsigned.set(6, with(unsigned.get(6), "receipt", ""));
    AuditExportResult auditExportResult = check(unsigned, ROOT);
    assertThat(auditExportResult.wrong()).isNull();
    assertThat(auditExportResult.signed()).isFalse();
  }

  @Test
  void what_is_no_export_is_refused_without_filling_memory() {
    assertThat(check(List.of("seq,at"), null).wrong())
        .isEqualTo(new FoundFault(AuditExportFault.NOT_AN_EXPORT, 1, 0));
    assertThat(check(List.of("[]"), null).wrong())
        .isEqualTo(new FoundFault(AuditExportFault.NOT_AN_EXPORT, 1, 0));
    byte[] endless = new byte[BoundedLineReader.MAX_BYTES + 2];
    assertThatThrownBy(() -> AuditExportVerifier.check(new ByteArrayInputStream(endless), null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 1");
  }
}
