package org.hikae.device.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.chunking.Chunker;
import org.hikae.device.sealing.ChunkIdHasher;
import org.hikae.device.sealing.ChunkOpener;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.sealing.PackEntry;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.ResticPasswordSealer;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.sealing.SealedRoot;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.ObjectList;
import org.hikae.hk1.SnapshotStub;
import org.hikae.hk1.WrapHeader;
import org.junit.jupiter.api.Test;

/**
 * The vectors in docs/spec/vectors/device.json, made by device.py beside it from the specification
 * alone (HK1-K-02 to HK1-K-09, HK1-C-01 to HK1-C-03, HK1-S-03 to HK1-S-06, HK1-M-06).
 */
class DeviceVectorsTest {

  private final JsonNode vectors = read();
  private final BackupKey key =
      BackupKey.of(bytes("setId"), vectors.get("generation").asLong(), secret("K"));
  private final SealContext context = SealContext.of(key, bytes("deviceId"));

  private static JsonNode read() {
    try {
      Path module = Path.of("../docs/spec/vectors/device.json");
      Path file = Files.exists(module) ? module : Path.of("docs/spec/vectors/device.json");
      return new ObjectMapper().readTree(file.toFile());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] hex(JsonNode node) {
    return HexFormat.of().parseHex(node.asText());
  }

  private byte[] bytes(String name) {
    return hex(vectors.get(name));
  }

  private SecretBytes secret(String name) {
    return SecretBytes.take(bytes(name));
  }

  private DigitKey digits() throws DigitKeyException {
    StringBuilder typed = new StringBuilder();
    vectors.get("digitRows").forEach(row -> typed.append(row.asText()).append('\n'));
    return DigitKey.parse(typed);
  }

  @Test
  void subkeys() {
    for (Subkey each : Subkey.values()) {
      assertThat(key.subkey(each).expose())
          .isEqualTo(hex(vectors.get("subkeys").get(each.label())));
    }
  }

  @Test
  void wraps_open_and_are_made_the_same() throws Exception {
    assertWrap(bytes("digitWrap"), digits().secret());
    assertWrap(bytes("passwordWrap"), secret("exportKey"));
    assertThat(WrapHeader.parse(bytes("passwordWrap")).params()).isEqualTo(bytes("credId"));
  }

  private void assertWrap(byte[] wrap, SecretBytes secret) throws Exception {
    try (BackupKey opened = WrapSealer.open(wrap, secret)) {
      assertThat(opened.secret()).isEqualTo(key.secret());
      assertThat(opened.generation()).isEqualTo(key.generation());
    }
    assertThat(WrapSealer.seal(key, WrapHeader.parse(wrap), secret)).isEqualTo(wrap);
  }

  @Test
  void passwords() throws Exception {
    for (JsonNode each : vectors.get("passwords")) {
      assertThat(PasswordRules.normalise(each.get("typed").asText()).expose())
          .isEqualTo(hex(each.get("utf8")));
    }
  }

  @Test
  void chunks_and_the_pack_they_lie_in() throws Exception {
    byte[] pack = bytes("pack");
    PackReader reader = PackReader.open(key.subkey(Subkey.PACK), context, pack);
    ChunkIdHasher ids = new ChunkIdHasher(key.subkey(Subkey.CHUNK_ID));
    List<PackReader.Listed> listed = reader.directory(pack);
    JsonNode chunks = vectors.get("chunks");
    assertThat(listed).hasSize(chunks.size());
    for (int i = 0; i < chunks.size(); i++) {
      byte[] plain = hex(chunks.get(i).get("plain"));
      Hash256 id = Hash256.of(hex(chunks.get(i).get("chunkId")));
      assertThat(ids.of(plain, 0, plain.length)).isEqualTo(id);
      assertThat(listed.get(i).chunkId()).isEqualTo(id);
      PackEntry entry = listed.get(i).entry();
      try (ChunkOpener opener = new ChunkOpener(key)) {
        assertThat(opener.open(new PackBytes(reader, pack, 0, false), entry, id, plain.length))
            .isEqualTo(plain);
        assertThat(opener.check(new PackBytes(reader, pack, 0, true), listed.get(i)))
            .isEqualTo(plain.length);
      }
    }
  }

  @Test
  void a_root() throws Exception {
    SealedRoot.SeriesPlace place = new SealedRoot.SeriesPlace(context, 1, Hash256.ZERO);
    assertThat(SealedRoot.open(key.subkey(Subkey.MANIFEST), place, bytes("root")))
        .isEqualTo(bytes("rootContent"));
  }

  @Test
  void a_password_of_restic() throws Exception {
    ResticPasswordSealer.PasswordPlace place =
        ResticPasswordSealer.PasswordPlace.of(key, bytes("repository"));
    try (SecretBytes opened =
        ResticPasswordSealer.open(key.subkey(Subkey.RESTIC), place, bytes("resticWrap"))) {
      assertThat(new String(opened.expose(), StandardCharsets.UTF_8))
          .isEqualTo(vectors.get("resticPassword").asText());
    }
  }

  @Test
  void a_list_and_a_stub() {
    List<Hash256> names = new ArrayList<>();
    vectors.get("objectNames").forEach(name -> names.add(Hash256.of(hex(name))));
    Hash256 list = ObjectList.hash(names);
    assertThat(list.toBytes()).isEqualTo(bytes("listHash"));
    SnapshotStub stub =
        new SnapshotStub(
            key.setId(),
            bytes("deviceId"),
            key.generation(),
            1,
            Hash256.ZERO,
            Hash256.sha256("root".getBytes(StandardCharsets.US_ASCII)),
            list);
    assertThat(stub.hash().toBytes()).isEqualTo(bytes("stub"));
  }

  @Test
  void cuts() throws Exception {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (long i = 0; data.size() < 6_000_000; i++) {
      data.writeBytes(Hash256.sha256(ByteBuffer.allocate(8).putLong(i).array()).toBytes());
    }
    assertThat(ends(1, data.toByteArray())).isEqualTo(numbers("cutEnds"));
    assertThat(ends(2, data.toByteArray())).isEqualTo(numbers("cutEnds2"));
  }

  private List<Long> numbers(String name) {
    return vectors.get(name).valueStream().map(JsonNode::asLong).toList();
  }

  private List<Long> ends(int number, byte[] data) throws Exception {
    List<Long> ends = new ArrayList<>();
    long[] at = {0};
    Chunker chunker = Chunker.of(number, key.subkey(Subkey.CDC));
    Chunker.Sink<RuntimeException> sink =
        (chunk, offset, length) -> {
          at[0] += length;
          ends.add(at[0]);
        };
    chunker.write(data, 0, 6_000_000, sink);
    chunker.finish(sink);
    return ends;
  }
}
