package org.hikae.device.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.device.files.Attributes;
import org.hikae.device.files.RawFiles;
import org.hikae.device.manifest.TreeRecord.FileEnd.State;
import org.hikae.device.store.PackPart;
import org.hikae.hk1.Hk1;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapMethod;
import org.hikae.testing.SpecNumbers;
import org.hikae.vault.wire.VaultMessageType;
import org.junit.jupiter.api.Test;

/** The numbers of the manifest are those of the specification (HK1-N-05). */
class ManifestNumbersTest {

  @Test
  void of_records() {
    assertThat(SpecNumbers.of("manifest-record"))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("enter", (long) TreeWriter.ENTER),
                Map.entry("leave", (long) TreeWriter.LEAVE),
                Map.entry("file", (long) TreeWriter.FILE),
                Map.entry("again", (long) TreeWriter.RESTART),
                Map.entry("data", (long) TreeWriter.DATA),
                Map.entry("hole", (long) TreeWriter.HOLE),
                Map.entry("file-end", (long) TreeWriter.FILE_END),
                Map.entry("hard-link", (long) TreeWriter.HARD_LINK),
                Map.entry("symbolic-link", (long) TreeWriter.SYMLINK),
                Map.entry("named-pipe", (long) TreeWriter.FIFO),
                Map.entry("end", (long) TreeWriter.END)));
    assertThat(SpecNumbers.of("file-state"))
        .isEqualTo(
            Arrays.stream(State.values())
                .collect(
                    Collectors.toMap(
                        s -> s.name().toLowerCase(Locale.ROOT), s -> (long) s.number())));
  }

  @Test
  void of_limits() {
    assertThat(SpecNumbers.of("manifest"))
        .isEqualTo(
            Map.of(
                "version", (long) TreeWriter.VERSION,
                "record-limit", (long) TreeWriter.MAX_RECORD_BYTES,
                "references", (long) TreeWriter.MAX_REFS,
                "depth", (long) TreeRules.MAX_DEPTH,
                "reference", (long) ChunkRef.BYTES,
                "packs", (long) PackTable.MAX_PACKS,
                "attributes", (long) Metadata.MAX_ATTRIBUTES,
                "attribute-limit", (long) Attributes.MAX_TOTAL_BYTES,
                "target-limit", (long) RawFiles.MAX_LINK_BYTES - 1));
  }

  @Test
  void of_roots() {
    assertThat(SpecNumbers.of("root"))
        .isEqualTo(
            Map.of(
                "version-first", (long) Formats.FIRST.version(),
                "version-signed", (long) Formats.SIGNED.version(),
                "chunker", (long) Formats.SIGNED.chunker(),
                "rule", (long) Formats.SIGNED.rule(),
                "tail", (long) RootContent.TAIL_BYTES,
                "bucket", (long) PackPart.BUCKET_BYTES));
  }

  @Test
  void what_is_reserved_means_nothing_yet() {
    assertThat(SpecNumbers.of("reserved"))
        .isEqualTo(
            Map.of(
                "wrap-passkey", 3L,
                "wrap-officers", 4L,
                "wrap-transfer", 6L,
                "wrap-write-only", 7L,
                "vault-challenge", 32L,
                "root-write-only", 3L,
                "suite-hybrid", 2L,
                "chunker-2", 2L));
    for (int method : new int[] {3, 4, 6, 7}) {
      assertThatThrownBy(() -> WrapMethod.of(method)).isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> VaultMessageType.of(32)).isInstanceOf(MalformedException.class);
    assertThat(Formats.SIGNED.version()).isLessThan(3);
    assertThat(Hk1.SUITE).isLessThan(2);
  }
}
