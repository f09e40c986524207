package org.hikae.enrollment.update.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.wire.LogEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts that are signed have one form (HK1-U-01 to HK1-U-05). */
class UpdateMetadataTest {

  private static final String KEY =
      InMemoryUpdateSource.signer("ann").key().text()
          + " "
          + InMemoryUpdateSource.signer("bob").key().text();
  private static final String HASH = "00112233445566778899aabbccddeeff".repeat(2);
  private static final String HEAD = "version 7\nexpires 2027-01-01T00:00:00Z\n";
  private static final String ROOT =
      "hikae update root\n"
          + HEAD
          + "root 2 "
          + KEY
          + "\ntargets 2 "
          + KEY
          + "\ntimestamp 1 "
          + KEY
          + "\n";
  private static final String LIST =
      "hikae update targets\n"
          + HEAD
          + "deb amd64 1.2.0 52428800 "
          + HASH
          + "\ntar.gz arm64 1.2.0~20261202.1 7 "
          + HASH
          + "\n";
  private static final String TIMESTAMP =
      "hikae update timestamp\n" + HEAD + "targets 3 " + HASH + "\n";

  @Test
  void a_text_is_written_as_it_was_read() throws Exception {
    assertThat(UpdateMetadata.parse(UpdateMetadataKind.ROOT, ROOT).text()).isEqualTo(ROOT);
    assertThat(UpdateMetadata.parse(UpdateMetadataKind.TARGETS, LIST).text()).isEqualTo(LIST);
    assertThat(UpdateMetadata.parse(UpdateMetadataKind.TIMESTAMP, TIMESTAMP).text())
        .isEqualTo(TIMESTAMP);
    assertThat(UpdateTargets.parse(LIST).packages())
        .extracting(UpdateTarget::fileName)
        .containsExactly("hikae_1.2.0_amd64.deb", "hikae-1.2.0~20261202.1-linux-arm64.tar.gz");
    assertThat(LogEntry.parse(LogEntry.ofUpdate(LIST).encode()).content())
        .isEqualTo(LIST.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version 07",
        "version 0",
        "version -1",
        "version 1000000000",
        "version  7",
        "Version 7"
      })
  void a_version_has_one_form(String version) {
    refused(TIMESTAMP.replace("version 7", version), UpdateMetadataKind.TIMESTAMP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-12-31T24:00:00Z",
        "2026-12-31T23:59:60Z",
        "2027-01-01T00:00:00.0Z",
        "2027-01-01T00:00:00.5Z",
        "2027-01-01T01:00:00+01:00",
        "+12027-01-01T00:00:00Z",
        "2027-01-01",
        ""
      })
  void an_end_has_one_form(String expires) {
    refused(TIMESTAMP.replace("2027-01-01T00:00:00Z", expires), UpdateMetadataKind.TIMESTAMP);
  }

  @Test
  void every_other_text_is_refused() {
    for (int length = 0; length < TIMESTAMP.length(); length++) {
      refused(TIMESTAMP.substring(0, length), UpdateMetadataKind.TIMESTAMP);
    }
    refused(TIMESTAMP + "\n", UpdateMetadataKind.TIMESTAMP);
    refused(TIMESTAMP + "targets 3 " + HASH + "\n", UpdateMetadataKind.TIMESTAMP);
    refused(TIMESTAMP.replace("\n", "\r\n"), UpdateMetadataKind.TIMESTAMP);
    refused(TIMESTAMP, UpdateMetadataKind.TARGETS);
    refused(TIMESTAMP.replace("00112233", "0011223G"), UpdateMetadataKind.TIMESTAMP);
    for (String line :
        new String[] {
          "deb amd64 1.2.0 0 " + HASH,
          "deb amd64 1.2.0 536870913 " + HASH,
          "deb amd64 ../1 7 " + HASH,
          "deb AMD64 1.2.0 7 " + HASH,
          "rpm amd64 1.2.0 7 " + HASH,
          "deb amd64 1.2.0 7 " + HASH + " ",
          "deb amd64 1.2.0 52428800 " + HASH
        }) {
      refused(LIST + line + "\n", UpdateMetadataKind.TARGETS);
    }
    refused("hikae update targets\n" + HEAD, UpdateMetadataKind.TARGETS);
    refused(LIST + ("deb amd64 1.2.0 7 " + HASH + "\n").repeat(50), UpdateMetadataKind.TARGETS);
    refused(ROOT.replace("targets 2 ", "targets 3 "), UpdateMetadataKind.ROOT);
    refused(ROOT.replace("targets 2 ", "targets 0 "), UpdateMetadataKind.ROOT);
    refused(ROOT.replace("\ntimestamp 1", "\ntimestamps 1"), UpdateMetadataKind.ROOT);
    refused(ROOT.replace("timestamp 1 " + KEY + "\n", ""), UpdateMetadataKind.ROOT);
    refused(ROOT.replace("\ntargets 2 ", "\ntargets 2 " + KEY + " "), UpdateMetadataKind.ROOT);
    refused(ROOT.replace("ann+", "\u00e4nn+"), UpdateMetadataKind.ROOT);
  }

  private static void refused(String text, UpdateMetadataKind kind) {
    assertThatThrownBy(() -> UpdateMetadata.parse(kind, text))
        .as(text)
        .isInstanceOf(MalformedException.class);
  }
}
