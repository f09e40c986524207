package org.hikae.device.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.ManifestReader;
import org.hikae.device.manifest.ManifestRecord;
import org.hikae.device.manifest.ManifestWriter;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.sealing.ChunkOpener;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.sealing.SealedRoot;
import org.hikae.device.snapshot.OpenedSnapshot;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.SnapshotStub;
import org.junit.jupiter.api.Test;

/**
 * Packs, roots and a whole snapshot with a record of every type, in
 * docs/spec/vectors/snapshot.json, made by snapshot.py beside it from the specification alone
 * (HK1-C-01, HK1-C-03 to HK1-C-05, HK1-S-03 to HK1-S-06, HK1-M-01 to HK1-M-04, HK1-M-07).
 */
class SnapshotVectorsTest {

  private static final SpecVectors ALL = SpecVectors.of("snapshot.json");
  private static final SpecVectors SNAPSHOT = ALL.at("snapshot");

  private final BackupKey key =
      BackupKey.of(
          SNAPSHOT.bytes("setId"),
          SNAPSHOT.number("generation"),
          SpecVectors.of("device.json").secret("K"));
  private final SealContext context = SealContext.of(key, SNAPSHOT.bytes("deviceId"));

  /** Reads all of a pack, as a check of the backup does. */
  private List<PackReader.Listed> whole(byte[] pack) throws DamagedDataException {
    PackReader reader = PackReader.open(key.subkey(Subkey.PACK), context, pack);
    List<PackReader.Listed> listed = reader.directory(pack);
    try (ChunkOpener opener = new ChunkOpener(key)) {
      for (PackReader.Listed each : listed) {
        opener.check(new PackBytes(reader, pack, 0, true), each);
      }
    }
    return listed;
  }

  @Test
  void a_pack_with_frames_of_zstandard() throws Exception {
    SpecVectors of = ALL.at("packs");
    byte[] pack = of.bytes("pack");
    PackReader reader = PackReader.open(key.subkey(Subkey.PACK), context, pack);
    List<PackReader.Listed> listed = whole(pack);
    JsonNode chunks = of.at("chunks").node();
    assertThat(listed).hasSize(chunks.size());
    try (ChunkOpener opener = new ChunkOpener(key)) {
      for (int i = 0; i < listed.size(); i++) {
        SpecVectors chunk = new SpecVectors(chunks.get(i));
        PackReader.Listed each = listed.get(i);
        assertThat(each.chunkId()).isEqualTo(chunk.hash("chunkId"));
        byte[] plain =
            opener.open(
                new PackBytes(reader, pack, 0, false),
                each.entry(),
                each.chunkId(),
                (int) chunk.number("length"));
        assertThat(Hash256.sha256(plain)).isEqualTo(chunk.hash("sha256"));
      }
    }
    of.eachIsRefused("bad", this::whole, DamagedDataException.class);
  }

  private SealedRoot.SeriesPlace place(SpecVectors of) {
    return new SealedRoot.SeriesPlace(
        new SealContext(of.bytes("setId"), of.number("generation"), of.bytes("deviceId")),
        of.number("sequence"),
        of.hash("previous"));
  }

  private RootContent root(byte[] object) throws DamagedDataException {
    SealedRoot.SeriesPlace at = place(SNAPSHOT);
    RootContent content =
        RootContent.decode(at, SealedRoot.open(key.subkey(Subkey.MANIFEST), at, object));
    if (!content.listHash().equals(SNAPSHOT.hash("listHash"))) {
      throw new DamagedDataException("The list is another one.");
    }
    return content;
  }

  @Test
  void a_root_opens_in_its_place_only() throws Exception {
    byte[] object = SNAPSHOT.bytes("rootObject");
    assertThat(Hash256.sha256(object)).isEqualTo(SNAPSHOT.hash("root"));
    RootContent content = root(object);
    assertThat(content.encode()).isEqualTo(SNAPSHOT.bytes("rootContent"));
    assertThat(content.startedSeconds()).isEqualTo(SNAPSHOT.number("started"));
    assertThat(content.files()).isEqualTo(SNAPSHOT.number("files"));
    assertThat(content.plainBytes()).isEqualTo(SNAPSHOT.number("bytes"));
    for (JsonNode each : SNAPSHOT.at("elsewhere").node()) {
      SealedRoot.SeriesPlace elsewhere = place(new SpecVectors(each));
      assertThatThrownBy(() -> SealedRoot.open(key.subkey(Subkey.MANIFEST), elsewhere, object))
          .as(each.get("why").asText())
          .isInstanceOf(DamagedDataException.class);
    }
    SNAPSHOT.eachIsRefused("badRoots", this::root, DamagedDataException.class);
  }

  private static SnapshotView view() {
    return new SnapshotView(
        SNAPSHOT.text("snapshotId"),
        SNAPSHOT.text("setId"),
        SNAPSHOT.text("deviceId"),
        SNAPSHOT.number("generation"),
        SNAPSHOT.number("sequence"),
        SNAPSHOT.text("previous"),
        SNAPSHOT.text("root"),
        SNAPSHOT.text("listHash"),
        SNAPSHOT.text("stubHash"),
        Instant.parse("2026-01-01T00:00:00Z"),
        3,
        1,
        SNAPSHOT.number("files"),
        SNAPSHOT.number("bytes"),
        null);
  }

  private static List<byte[]> objects() {
    List<byte[]> objects = new ArrayList<>();
    SNAPSHOT
        .at("objects")
        .node()
        .forEach(each -> objects.add(HexFormat.of().parseHex(each.textValue())));
    return objects;
  }

  @Test
  void list_and_stub_are_those_of_the_snapshot() {
    List<Hash256> names = objects().stream().map(Hash256::sha256).sorted().toList();
    assertThat(names.stream().map(Hash256::hex).toList())
        .isEqualTo(
            SNAPSHOT.at("objectNames").node().valueStream().map(JsonNode::textValue).toList());
    assertThat(ObjectList.hash(names)).isEqualTo(SNAPSHOT.hash("listHash"));
    SnapshotStub stub =
        new SnapshotStub(
            SNAPSHOT.bytes("setId"),
            SNAPSHOT.bytes("deviceId"),
            SNAPSHOT.number("generation"),
            SNAPSHOT.number("sequence"),
            SNAPSHOT.hash("previous"),
            SNAPSHOT.hash("root"),
            SNAPSHOT.hash("listHash"));
    assertThat(stub.hash()).isEqualTo(SNAPSHOT.hash("stubHash"));
  }

  @Test
  void a_snapshot_with_a_record_of_every_type() throws Exception {
    ReadOnlyBackupStore store = new ReadOnlyBackupStore(objects(), SNAPSHOT.bytes("rootObject"));
    try (OpenedSnapshot snapshot = OpenedSnapshot.open(store, key, view())) {
      List<ManifestRecord> records = new ArrayList<>();
      ManifestReader<?> tree = snapshot.tree();
      ManifestRecord record;
      do {
        record = tree.next();
        records.add(record);
      } while (!(record instanceof ManifestRecord.End));
      assertThat(records.stream().map(Object::getClass).distinct()).hasSize(11);
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      ManifestWriter<RuntimeException> writer = new ManifestWriter<>(again::writeBytes);
      for (ManifestRecord each : records) {
        writer.write(each);
      }
      assertThat(again.toByteArray()).isEqualTo(SNAPSHOT.bytes("manifest"));
      String listed = new TreeLister(store, key, context, snapshot.packs()).of(records);
      assertThat(new ObjectMapper().readTree(listed)).isEqualTo(SNAPSHOT.at("tree").node());
    }
  }

  @Test
  void manifests_that_must_be_refused() {
    ALL.eachIsRefused("badManifests", SnapshotVectorsTest::readAll, DamagedDataException.class);
  }

  static void readAll(byte[] manifest) throws DamagedDataException {
    ByteArrayInputStream in = new ByteArrayInputStream(manifest);
    ManifestReader<RuntimeException> reader =
        new ManifestReader<>((into, length) -> in.readNBytes(into, 0, length));
    ManifestRecord record;
    do {
      record = reader.next();
    } while (!(record instanceof ManifestRecord.End));
  }

  @Test
  void the_pack_table_names_what_the_object_list_names() {
    byte[] table = SNAPSHOT.bytes("packTable");
    assertThat(table).hasSize(3 * 32);
    assertThat(Arrays.copyOfRange(table, 32, 64)).isEqualTo(new byte[32]);
    assertThat(Arrays.copyOf(table, 32)).isEqualTo(Hash256.sha256(objects().getFirst()).toBytes());
  }
}
