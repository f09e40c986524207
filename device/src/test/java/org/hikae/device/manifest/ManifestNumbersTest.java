package org.hikae.device.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hikae.device.files.ExtendedAttributes;
import org.hikae.device.files.RawFiles;
import org.hikae.device.manifest.ManifestRecord.FileEnd.State;
import org.hikae.device.store.PackRange;
import org.hikae.hk1.Hk1Constants;
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
                Map.entry("enter", (long) ManifestWriter.ENTER),
                Map.entry("leave", (long) ManifestWriter.LEAVE),
                Map.entry("file", (long) ManifestWriter.FILE),
                Map.entry("again", (long) ManifestWriter.RESTART),
                Map.entry("data", (long) ManifestWriter.DATA),
                Map.entry("hole", (long) ManifestWriter.HOLE),
                Map.entry("file-end", (long) ManifestWriter.FILE_END),
                Map.entry("hard-link", (long) ManifestWriter.HARD_LINK),
                Map.entry("symbolic-link", (long) ManifestWriter.SYMLINK),
                Map.entry("named-pipe", (long) ManifestWriter.FIFO),
                Map.entry("end", (long) ManifestWriter.END)));
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
                "version", (long) ManifestWriter.VERSION,
                "record-limit", (long) ManifestWriter.MAX_RECORD_BYTES,
                "references", (long) ManifestWriter.MAX_REFS,
                "depth", (long) ManifestGrammar.MAX_DEPTH,
                "reference", (long) ChunkRef.BYTES,
                "packs", (long) PackTable.MAX_PACKS,
                "attributes", (long) EntryMetadata.MAX_ATTRIBUTES,
                "attribute-limit", (long) ExtendedAttributes.MAX_TOTAL_BYTES,
                "target-limit", (long) RawFiles.MAX_LINK_BYTES - 1));
  }

  @Test
  void of_roots() {
    assertThat(SpecNumbers.of("root"))
        .isEqualTo(
            Map.of(
                "version-first", (long) SnapshotFormat.FIRST.version(),
                "version-signed", (long) SnapshotFormat.SIGNED.version(),
                "chunker-first", (long) SnapshotFormat.FIRST.chunker(),
                "chunker", (long) SnapshotFormat.SIGNED.chunker(),
                "rule", (long) SnapshotFormat.SIGNED.rule(),
                "tail", (long) RootContent.TAIL_BYTES,
                "bucket", (long) PackRange.BUCKET_BYTES));
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
                "suite-hybrid", 2L));
    for (int method : new int[] {3, 4, 6, 7}) {
      assertThatThrownBy(() -> WrapMethod.of(method)).isInstanceOf(MalformedException.class);
    }
    assertThatThrownBy(() -> VaultMessageType.of(32)).isInstanceOf(MalformedException.class);
    assertThat(SnapshotFormat.SIGNED.version()).isLessThan(3);
    assertThat(Hk1Constants.SUITE).isLessThan(2);
  }
}
