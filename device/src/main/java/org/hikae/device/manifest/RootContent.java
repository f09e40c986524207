package org.hikae.device.manifest;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.crypto.CryptoException;
import org.hikae.crypto.sign.Signer;
import org.hikae.crypto.sign.VerifyingKey;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.NewerFormatException;
import org.hikae.device.sealing.SealedRoot;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;
import org.hikae.hk1.TextCodec;
import org.hikae.hk1.Transcript;

/**
 * What the sealed root of a snapshot holds (spec HK1-M-01).
 *
 * @param startedSeconds when the run began, by the device's clock, seconds since 1970
 * @param files number of regular files
 * @param plainBytes sum of their lengths
 * @param listHash hash of the plain object list; the list that the store shows must have it
 * @param packTable chunks of the pack table
 * @param tree chunks of the manifest
 * @param formats in which form it is
 */
public record RootContent(
    long startedSeconds,
    long files,
    long plainBytes,
    Hash256 listHash,
    List<ManifestRef> packTable,
    List<ManifestRef> tree,
    SnapshotFormat formats) {

  private static final int FIXED_BYTES = 1 + 24 + Hk1Constants.HASH_BYTES + 12;
  private static final int PARAMETER_BYTES = 4;

  /** What version 2 has behind the references. */
  static final int TAIL_BYTES = PARAMETER_BYTES + VerifyingKey.BYTES + Hk1Constants.SIGNATURE_BYTES;

  private static final String NOT_ITS_DEVICE =
      "The snapshot's root is not signed by the device that it is said to be from.";

  /** Copies the lists. */
  public RootContent {
    packTable = List.copyOf(packTable);
    tree = List.copyOf(tree);
  }

  /** A root of version 1. */
  public RootContent(
      long startedSeconds,
      long files,
      long plainBytes,
      Hash256 listHash,
      List<ManifestRef> packTable,
      List<ManifestRef> tree) {
    this(startedSeconds, files, plainBytes, listHash, packTable, tree, SnapshotFormat.FIRST);
  }

  /** The packs that hold the manifest, in order of first use. */
  public List<Hash256> manifestPacks() {
    return List.copyOf(numbered().keySet());
  }

  private Map<Hash256, Integer> numbered() {
    Map<Hash256, Integer> numbers = new LinkedHashMap<>();
    packTable.forEach(r -> numbers.putIfAbsent(r.pack(), numbers.size()));
    tree.forEach(r -> numbers.putIfAbsent(r.pack(), numbers.size()));
    return numbers;
  }

  /** A root of version 1 as bytes. */
  public byte[] encode() {
    if (formats.signed()) {
      throw new IllegalStateException("this root has to be signed");
    }
    return unsigned();
  }

  /**
   * A root of version 2 as bytes.
   *
   * @param place where it stands; it is genuine nowhere else
   * @param device the key of the device whose series it is
   */
  public byte[] encode(SealedRoot.SeriesPlace place, Signer device) {
    byte[] key = device.publicKey().encode();
    if (!formats.signed() || !isOf(place, key)) {
      throw new IllegalStateException("only the device of the series signs, and only version 2");
    }
    byte[] references = unsigned();
    byte[] before =
        ByteBuffer.allocate(references.length + PARAMETER_BYTES + key.length)
            .put(references)
            .putShort((short) formats.chunker())
            .putShort((short) formats.rule())
            .put(key)
            .array();
    byte[] signature = device.sign(transcript(place, before));
    return ByteBuffer.allocate(before.length + signature.length).put(before).put(signature).array();
  }

  private static boolean isOf(SealedRoot.SeriesPlace place, byte[] key) {
    return MessageDigest.isEqual(TextCodec.deviceId(key), place.context().deviceId());
  }

  private static Transcript transcript(SealedRoot.SeriesPlace place, byte[] before) {
    return Transcript.of("snapshot root")
        .add(place.context().setId())
        .add(place.context().deviceId())
        .addU32(place.context().generation())
        .addU64(place.sequence())
        .add(place.previous().toBytes())
        .add(before);
  }

  /** Everything up to the references. */
  private byte[] unsigned() {
    Map<Hash256, Integer> packs = numbered();
    int refs = packTable.size() + tree.size();
    ByteBuffer out =
        ByteBuffer.allocate(
            FIXED_BYTES + packs.size() * Hk1Constants.HASH_BYTES + refs * ChunkRef.BYTES);
    out.put((byte) formats.version()).putLong(startedSeconds).putLong(files).putLong(plainBytes);
    out.put(listHash.toBytes());
    out.putInt(packs.size()).putInt(packTable.size()).putInt(tree.size());
    packs.keySet().forEach(name -> out.put(name.toBytes()));
    for (List<ManifestRef> part : List.of(packTable, tree)) {
      for (ManifestRef each : part) {
        ChunkRef ref = each.ref();
        int number = packs.getOrDefault(each.pack(), 0);
        new ChunkRef(number, ref.entry(), ref.length(), ref.chunkId()).write(out);
      }
    }
    return out.array();
  }

  /**
   * Reads what {@link #encode} wrote and nothing else. Of version 2 the signature is verified, so
   * that what comes back is what the device of this series has made for this place.
   *
   * @param place where it was found
   */
  public static RootContent decode(SealedRoot.SeriesPlace place, byte[] bytes)
      throws DamagedDataException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < FIXED_BYTES) {
      throw new DamagedDataException("The snapshot's root is cut short.");
    }
    SnapshotFormat formats = formats(place, bytes, in.get() & 0xff);
    int tail = formats.signed() ? TAIL_BYTES : 0;
    long started = in.getLong();
    long files = in.getLong();
    long plain = in.getLong();
    Hash256 listHash = hash(in);
    long packs = in.getInt();
    long table = in.getInt();
    long tree = in.getInt();
    boolean exact =
        packs >= 0
            && table >= 0
            && tree >= 0
            && files >= 0
            && plain >= 0
            && in.remaining()
                == packs * Hk1Constants.HASH_BYTES + (table + tree) * ChunkRef.BYTES + tail;
    if (!exact) {
      throw new DamagedDataException("The snapshot's root has an impossible length.");
    }
    List<Hash256> names = new ArrayList<>();
    for (long i = 0; i < packs; i++) {
      names.add(hash(in));
    }
    return new RootContent(
        started, files, plain, listHash, refs(in, table, names), refs(in, tree, names), formats);
  }

  private static SnapshotFormat formats(SealedRoot.SeriesPlace place, byte[] bytes, int version)
      throws DamagedDataException {
    if (version == SnapshotFormat.FIRST.version()) {
      return SnapshotFormat.FIRST;
    }
    if (version == 0) {
      throw new DamagedDataException("The snapshot's root has an impossible version.");
    }
    if (version > SnapshotFormat.SIGNED.version()) {
      throw new NewerFormatException();
    }
    if (bytes.length < FIXED_BYTES + TAIL_BYTES) {
      throw new DamagedDataException("The snapshot's root is cut short.");
    }
    requireSigned(place, bytes);
    ByteBuffer parameters = ByteBuffer.wrap(bytes, bytes.length - TAIL_BYTES, PARAMETER_BYTES);
    int chunker = parameters.getShort() & 0xffff;
    int rule = parameters.getShort() & 0xffff;
    if (rule != SnapshotFormat.SIGNED.rule()) {
      throw new NewerFormatException();
    }
    return new SnapshotFormat(version, chunker, rule);
  }

  private static void requireSigned(SealedRoot.SeriesPlace place, byte[] bytes)
      throws DamagedDataException {
    int end = bytes.length - Hk1Constants.SIGNATURE_BYTES;
    byte[] key = Arrays.copyOfRange(bytes, end - VerifyingKey.BYTES, end);
    if (!isOf(place, key)) {
      throw new DamagedDataException(NOT_ITS_DEVICE);
    }
    try {
      VerifyingKey.decode(key)
          .verify(
              transcript(place, Arrays.copyOf(bytes, end)),
              Arrays.copyOfRange(bytes, end, bytes.length));
    } catch (CryptoException e) {
      throw new DamagedDataException(NOT_ITS_DEVICE);
    }
  }

  private static List<ManifestRef> refs(ByteBuffer in, long count, List<Hash256> names)
      throws DamagedDataException {
    List<ManifestRef> refs = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      ChunkRef ref = ChunkRef.read(in);
      if (ref.pack() >= names.size()) {
        throw new DamagedDataException("The snapshot's root refers to a pack it does not name.");
      }
      refs.add(new ManifestRef(names.get(ref.pack()), ref));
    }
    return refs;
  }

  private static Hash256 hash(ByteBuffer in) {
    byte[] bytes = new byte[Hk1Constants.HASH_BYTES];
    in.get(bytes);
    return Hash256.of(bytes);
  }
}
