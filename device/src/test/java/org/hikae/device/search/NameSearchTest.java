package org.hikae.device.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.browse.ListedEntry;
import org.hikae.device.files.RawPath;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.search.NameSearch.FoundName;
import org.hikae.device.search.NameSearch.FoundNames;
import org.hikae.device.search.SearchIndexUpdater.IndexPlace;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches over an index of several parts, beside a search of the same names one by one. */
@EveryThirdRun
class NameSearchTest {

  private static final Charset UTF = StandardCharsets.UTF_8;
  private static final int NAMES = 5 * NameBatch.MAX_NAMES + 7;
  private static final int IN_DIRECTORY = 1000;

  @TempDir private Path folder;
  private final SecureRandom random = new SecureRandom();
  private final List<RawPath> paths = new ArrayList<>();
  private SecretBytes key;
  private IndexPlace place;

  @BeforeEach
  void write() throws Exception {
    key = SecretBytes.random(random, 32);
    SealContext context = new SealContext(new byte[16], 1, new byte[16]);
    place = new IndexPlace(folder.resolve("names.index"), key, context);
    List<IndexedSnapshot> snapshots = List.of(new IndexedSnapshot("0".repeat(32), 0));
    try (SearchIndexWriter writer =
        new SearchIndexWriter(place.file(), key, context, snapshots, random)) {
      RawPath directory = RawPath.ROOT;
      for (int i = 0; i < NAMES; i++) {
        RawPath path;
        if (i % IN_DIRECTORY == 0) {
          directory = RawPath.of(String.format(Locale.ROOT, "/Folder %05d", i));
          path = directory;
        } else {
          path = directory.child(String.format(Locale.ROOT, "Näme-%05d", i).getBytes(UTF));
        }
        paths.add(path);
        writer.add(
            new IndexedName(path, List.of(new IndexedVersion(0, 0, ListedEntry.Type.FILE, i, i))));
      }
      writer.finish();
    }
  }

  @AfterEach
  void close() {
    key.close();
  }

  private FoundNames find(String part, int limit) throws Exception {
    return NameSearch.find(place, part.getBytes(UTF), limit);
  }

  /** Rare ones, such as no part has, frequent ones, and what stands twice in a name. */
  @ParameterizedTest
  @ValueSource(
      strings = {"0", "00", "folder", "NÄME-1", "me-20479", "20486", "e", "-", "nothing", "r 0100"})
  void the_same_is_found_as_one_by_one(String part) throws Exception {
    String folded = part.toLowerCase(Locale.ROOT);
    List<RawPath> expected =
        paths.stream()
            .filter(path -> last(path).toLowerCase(Locale.ROOT).contains(folded))
            .toList();
    for (int limit : new int[] {0, 1, 100, NameBatch.MAX_NAMES + 1, NAMES + 1}) {
      FoundNames found = find(part, limit);
      assertThat(found.total()).isEqualTo(expected.size());
      assertThat(found.names())
          .extracting(FoundName::path)
          .isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
    }
  }

  private static String last(RawPath path) {
    return new String(path.name(path.depth() - 1), UTF);
  }

  @Test
  void what_was_at_a_path_is_found_by_it() throws Exception {
    FoundNames found = NameSearch.at(place, paths.get(NAMES - 1));
    assertThat(found.names()).extracting(FoundName::path).containsExactly(paths.get(NAMES - 1));
    assertThat(found.names().getFirst().versions().getFirst().version().size())
        .isEqualTo(NAMES - 1);
    assertThat(NameSearch.at(place, RawPath.of("/Folder 00000/nothing")).total()).isZero();
  }

  @Test
  void damage_in_any_part_is_told_whoever_meets_it() throws Exception {
    byte[] file = Files.readAllBytes(place.file());
    for (int i = 1; i <= 20; i++) {
      byte[] changed = file.clone();
      changed[i * (file.length / 21)] ^= 1;
      Files.write(place.file(), changed);
      // Either it is noticed at once, and it is as if there were none, or by who opens the part.
      try {
        assertThat(find("e", NAMES).total()).isZero();
      } catch (DamagedDataException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
    Files.write(place.file(), file);
    assertThat(find("e", 1).total()).isPositive();
    assertThat(find("", 1).total()).isZero();
  }
}
