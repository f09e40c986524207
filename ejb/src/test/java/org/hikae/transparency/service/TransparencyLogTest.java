package org.hikae.transparency.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.hikae.hk1.Hash256;
import org.hikae.problem.control.Refusal;
import org.hikae.problem.wire.ProblemCode;
import org.hikae.runtime.service.Settings;
import org.hikae.testing.EveryThirdRun;
import org.hikae.transparency.entity.FullTile;
import org.hikae.transparency.entity.LogHead;
import org.hikae.transparency.entity.LoggedEntry;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.SignedCheckpoint;
import org.hikae.transparency.store.TransparencyLogStore;
import org.hikae.transparency.wire.EntryBundle;
import org.hikae.transparency.wire.LogEntry;
import org.hikae.transparency.wire.LogEntryKind;
import org.hikae.transparency.wire.MerkleTree;
import org.hikae.transparency.wire.TilePath;
import org.hikae.transparency.wire.TiledSubtreeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The portal's log as it grows, and what it signs (HK1-X-07, HK1-X-08). */
@EveryThirdRun
class TransparencyLogTest {

  private static final String ORIGIN = "portal.example:8443/api/public/log";

  @TempDir private Path folder;

  private final InMemoryLogStore store = new InMemoryLogStore();
  private CheckpointSigner signer;
  private TransparencyLog log;

  /** The rows in lists. */
  private static final class InMemoryLogStore extends TransparencyLogStore {

    private final LogHead head = new LogHead() {};
    private final Set<Hash256> leaves = new HashSet<>();
    private final List<LoggedEntry> entries = new ArrayList<>();
    private final Map<Integer, List<Hash256>> levels = new TreeMap<>();

    @Override
    public LogHead head() {
      return head;
    }

    @Override
    public LogHead lockHead() {
      return head;
    }

    @Override
    public boolean has(Hash256 leaf) {
      return leaves.contains(leaf);
    }

    @Override
    public Set<Hash256> known(Collection<Hash256> asked) {
      return asked.stream().filter(leaves::contains).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void add(LoggedEntry entry) {
      assertThat(entry.place()).isEqualTo(entries.size());
      entries.add(entry);
      leaves.add(entry.leaf());
      level(0).add(entry.leaf());
    }

    @Override
    public void add(FullTile tile) {
      assertThat(tile.place()).isEqualTo(level(tile.level()).size());
      level(tile.level()).add(tile.root());
    }

    private List<Hash256> level(int level) {
      return levels.computeIfAbsent(level, _ -> new ArrayList<>());
    }

    @Override
    public List<LoggedEntry> entries(long from, int limit) {
      return entries.subList((int) from, Math.min((int) from + limit, entries.size()));
    }

    @Override
    public List<Hash256> leaves(long from, int limit) {
      return tileRoots(0, from, limit);
    }

    @Override
    public List<Hash256> tileRoots(int level, long from, int limit) {
      List<Hash256> all = level(level);
      return all.subList((int) from, Math.min((int) from + limit, all.size()));
    }
  }

  @BeforeEach
  void begin() {
    signer = signer("key.pem");
    log = new TransparencyLog(store, signer, Clock.systemUTC());
  }

  private CheckpointSigner signer(String file) {
    return new CheckpointSigner(
        new Settings(
            Map.of(
                "HIKAE_LOG_KEY",
                folder.resolve(file).toString(),
                "HIKAE_PORTAL_URL",
                "https://portal.example:8443/")));
  }

  private static LogEntry entry(int number) {
    return LogEntry.ofConsent(number, "en", "Title", "Body");
  }

  private SignedCheckpoint open(byte[] signed) throws Exception {
    NoteKey key = CheckpointSigner.key(store.head());
    assertThat(key.name()).isEqualTo(ORIGIN);
    return SignedCheckpoint.open(signed, ORIGIN, key, List.of());
  }

  @Test
  void whoever_reads_the_tiles_gets_the_root_that_is_signed() throws Exception {
    LogTileReader tiles = new LogTileReader(store);
    SignedCheckpoint before = null;
    for (int size = 1; size <= 520; size++) {
      assertThat(log.append(entry(size))).isTrue();
      SignedCheckpoint now = open(signer.sign(store.head()));
      assertThat(now.checkpoint().size()).isEqualTo(size);
      MerkleTree tree = new MerkleTree(new TiledSubtreeSource(tiles::read, size), size);
      assertThat(tree.root()).isEqualTo(now.checkpoint().root());
      assertThat(tree.inclusion(size - 1).proves(entry(size).leaf(), now.checkpoint().root()))
          .isTrue();
      if (before != null) {
        assertThat(
                tree.consistency(size - 1)
                    .proves(before.checkpoint().root(), now.checkpoint().root()))
            .isTrue();
      }
      before = now;
    }
    assertThat(store.tileRoots(1, 0, 256)).hasSize(2);
    byte[] bundle = tiles.read(TilePath.of(TilePath.ENTRIES, 2, 520));
    assertThat(EntryBundle.parse(bundle, 8).entries().getLast()).isEqualTo(entry(520).encode());
    // A shorter tile of before has the same bytes as then.
    assertThat(tiles.read(new TilePath(0, 0, 3))).hasSize(96);
  }

  /** The 65,536th entry fills a tile of each of two levels. */
  @Test
  void full_tiles_of_full_tiles_are_kept_too() throws Exception {
    int size = 65_700;
    for (int number = 1; number <= size; number++) {
      assertThat(log.append(entry(number))).isTrue();
    }
    assertThat(store.tileRoots(1, 0, 256)).hasSize(256);
    assertThat(store.tileRoots(2, 0, 256)).hasSize(1);
    SignedCheckpoint now = open(signer.sign(store.head()));
    LogTileReader tiles = new LogTileReader(store);
    MerkleTree tree = new MerkleTree(new TiledSubtreeSource(tiles::read, size), size);
    assertThat(tree.root()).isEqualTo(now.checkpoint().root());
    for (int number : new int[] {1, 256, 65_536, 65_537, size}) {
      assertThat(tree.inclusion(number - 1).proves(entry(number).leaf(), now.checkpoint().root()))
          .isTrue();
    }
  }

  @Test
  void what_is_there_is_not_added_again() throws Exception {
    assertThat(log.append(entry(1))).isTrue();
    byte[] signed = signer.sign(store.head());
    assertThat(log.append(entry(1))).isFalse();
    assertThat(signer.sign(store.head())).isEqualTo(signed);
    assertThat(store.entries(0, 256))
        .singleElement()
        .satisfies(one -> assertThat(one.kind()).isEqualTo(LogEntryKind.CONSENT_TEXT));
  }

  @Test
  void what_is_missing_keeps_its_order() {
    assertThat(log.append(entry(2))).isTrue();
    assertThat(log.missing(List.of(entry(3), entry(2), entry(1))))
        .extracting(LogEntry::leaf)
        .containsExactly(entry(3).leaf(), entry(1).leaf());
    assertThat(log.missing(List.of(entry(2)))).isEmpty();
  }

  @Test
  void a_key_of_another_log_signs_nothing() throws Exception {
    var _ = log.append(entry(1));
    CheckpointSigner other = signer("other.pem");
    assertThat(signer.fits(store.head())).isTrue();
    assertThat(other.fits(store.head())).isFalse();
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> other.sign(store.head()))
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ProblemCode.BUSY);
              assertThat(refusal.retryAfterSeconds()).isPositive();
            });
    // It does not keep anything from being published, either.
    assertThat(new TransparencyLog(store, other, Clock.systemUTC()).append(entry(2))).isTrue();
    assertThat(open(signer.sign(store.head())).checkpoint().size()).isEqualTo(2);
  }

  /** Anybody may ask as often as they like: each time a line would fill the server's log. */
  @Test
  void that_the_key_is_of_another_log_is_told_once() {
    var _ = log.append(entry(1));
    CheckpointSigner other = signer("other.pem");
    List<String> told = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            told.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(CheckpointSigner.class.getName());
    logger.addHandler(handler);
    try {
      for (int request = 0; request < 3; request++) {
        assertThatExceptionOfType(Refusal.class).isThrownBy(() -> other.sign(store.head()));
      }
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(told).singleElement().asString().contains("HIKAE_LOG_KEY", "other.pem");
  }

  @Test
  void a_key_that_cannot_be_read_is_told_by_its_file() throws Exception {
    Files.writeString(folder.resolve("bad.pem"), "no key");
    assertThatThrownBy(() -> signer("bad.pem").load())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("bad.pem")
        .hasMessageContaining("HIKAE_LOG_KEY");
  }
}
