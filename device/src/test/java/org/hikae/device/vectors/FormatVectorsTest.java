package org.hikae.device.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.Subkey;
import org.hikae.device.manifest.RootContent;
import org.hikae.device.portal.DeviceIdentity;
import org.hikae.device.sealing.ChunkIdHasher;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackEntry;
import org.hikae.device.sealing.PackReader;
import org.hikae.device.sealing.PackWriter;
import org.hikae.device.sealing.ResticPasswordSealer;
import org.hikae.device.sealing.SealContext;
import org.hikae.device.sealing.SealedRoot;
import org.hikae.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;

/**
 * Salts, roots that a device signs, and what readers take although no writer makes it, in
 * docs/spec/vectors/formats.json, made by formats.py beside it from the specification alone
 * (HK1-C-06, HK1-M-08).
 */
class FormatVectorsTest {

  private static final SpecVectors ALL = SpecVectors.of("formats.json");
  private static final SpecVectors ROOT = ALL.at("root");
  private static final SpecVectors DEVICE = SpecVectors.of("device.json");

  private final BackupKey key =
      BackupKey.of(DEVICE.bytes("setId"), DEVICE.number("generation"), DEVICE.secret("K"));
  private final SealContext context = SealContext.of(key, ROOT.bytes("deviceId"));
  private final SealedRoot.SeriesPlace place =
      new SealedRoot.SeriesPlace(context, ROOT.number("sequence"), ROOT.hash("previous"));

  private byte[] pack(byte[] random, List<byte[]> chunks) {
    ChunkIdHasher ids = new ChunkIdHasher(key.subkey(Subkey.CHUNK_ID));
    PackWriter writer =
        new PackWriter(key.subkey(Subkey.PACK), context, new ScriptedRandom(random));
    for (byte[] chunk : chunks) {
      PackEntry _ = writer.add(ids.of(chunk, 0, chunk.length), chunk, 0, chunk.length);
    }
    return writer.finish().object();
  }

  private static List<byte[]> texts(String... texts) {
    return Stream.of(texts).map(FormatVectorsTest::bytes).toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] root(byte[] random, byte[] content) {
    return SealedRoot.seal(key.subkey(Subkey.MANIFEST), place, content, new ScriptedRandom(random));
  }

  @Test
  void salts_follow_from_the_content() {
    List<byte[]> salts =
        ALL.at("salts")
            .node()
            .valueStream()
            .map(each -> new SpecVectors(each).bytes("salt"))
            .toList();
    byte[] one = new SpecVectors(ALL.at("salts").node().get(0)).bytes("random");
    byte[] two = new SpecVectors(ALL.at("salts").node().get(3)).bytes("random");
    byte[] three = new SpecVectors(ALL.at("salts").node().get(5)).bytes("random");
    ResticPasswordSealer.PasswordPlace repository =
        ResticPasswordSealer.PasswordPlace.of(key, DEVICE.bytes("repository"));
    List<byte[]> sealed =
        List.of(
            pack(one, List.of()),
            pack(one, texts("one", "two")),
            pack(one, texts("two", "one")),
            root(two, bytes("content")),
            root(two, bytes("other")),
            ResticPasswordSealer.seal(
                key.subkey(Subkey.RESTIC),
                repository,
                SecretBytes.take(bytes("restic!")),
                new ScriptedRandom(three)));
    assertThat(sealed).hasSameSizeAs(salts);
    for (int i = 0; i < salts.size(); i++) {
      assertThat(Arrays.copyOfRange(sealed.get(i), 8, 40)).as("%d", i).isEqualTo(salts.get(i));
    }
  }

  @Test
  void a_pack_is_made_the_same() throws Exception {
    SpecVectors of = ALL.at("pack");
    List<byte[]> chunks =
        of.at("chunks")
            .node()
            .valueStream()
            .map(each -> HexFormat.of().parseHex(each.textValue()))
            .toList();
    byte[] pack = pack(of.bytes("random"), chunks);
    assertThat(pack).isEqualTo(of.bytes("pack"));
    PackReader reader = PackReader.open(key.subkey(Subkey.PACK), context, pack);
    assertThat(reader.directory(pack)).hasSameSizeAs(chunks);
  }

  private RootContent read(byte[] object) throws DamagedDataException {
    return RootContent.decode(place, SealedRoot.open(key.subkey(Subkey.MANIFEST), place, object));
  }

  @Test
  void a_root_that_its_device_has_signed() throws Exception {
    byte[] object = ROOT.bytes("root");
    assertThat(root(ROOT.bytes("random"), ROOT.bytes("content"))).isEqualTo(object);
    RootContent content = read(object);
    assertThat(content.formats().signed()).isTrue();
    assertThat(content.formats().chunker()).isEqualTo((int) ROOT.number("chunker"));
    assertThat(content.formats().rule()).isEqualTo((int) ROOT.number("rule"));
    assertThat(content.startedSeconds()).isEqualTo(ROOT.number("started"));
    assertThat(content.files()).isEqualTo(ROOT.number("files"));
    assertThat(content.plainBytes()).isEqualTo(ROOT.number("bytes"));
    assertThat(content.listHash()).isEqualTo(ROOT.hash("listHash"));

    DeviceIdentity device = DeviceIdentity.of(ROOT.secret("private"), new SecureRandom());
    assertThat(device.publicKey()).isEqualTo(ROOT.bytes("publicKey"));
    byte[] again = content.encode(place, device.signer());
    int signed = again.length - 64;
    assertThat(Arrays.copyOf(again, signed))
        .isEqualTo(Arrays.copyOf(ROOT.bytes("content"), signed));
    assertThat(RootContent.decode(place, again)).isEqualTo(content);
  }

  @Test
  void the_chunker_is_no_matter_of_readers() throws Exception {
    SpecVectors of = ROOT.at("anotherChunker");
    assertThat(read(of.bytes("root")).formats().chunker()).isEqualTo((int) of.number("chunker"));
  }

  @Test
  void roots_that_must_be_refused() {
    ROOT.eachIsRefused("bad", this::read, DamagedDataException.class);
  }

  /** HK1-M-01. */
  @Test
  void what_stands_behind_the_content_of_a_root_is_no_matter_of_readers() throws Exception {
    assertThat(ALL.at("paddedRoots").node()).isNotEmpty();
    for (JsonNode each : ALL.at("paddedRoots").node()) {
      RootContent content = read(new SpecVectors(each).bytes("bytes"));
      assertThat(content.formats().signed()).as(each.get("what").asText()).isTrue();
    }
  }

  /** HK1-M-04. */
  @Test
  void manifests_at_the_bounds() throws Exception {
    assertThat(ALL.at("goodManifests").node()).isNotEmpty();
    for (JsonNode each : ALL.at("goodManifests").node()) {
      byte[] manifest = new SpecVectors(each).bytes("bytes");
      assertThatCode(() -> SnapshotVectorsTest.readAll(manifest))
          .as(each.get("what").asText())
          .doesNotThrowAnyException();
    }
    ALL.eachIsRefused("badManifests", SnapshotVectorsTest::readAll, DamagedDataException.class);
  }
}
