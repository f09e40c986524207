package org.hikae.device.manifest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hikae.device.sealing.DamagedException;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;

/**
 * What the sealed root of a snapshot holds (spec HK1-M-01).
 *
 * @param startedSeconds when the run began, by the device's clock, seconds since 1970
 * @param files number of regular files
 * @param plainBytes sum of their lengths
 * @param listHash hash of the plain object list; the list that the store shows must have it
 * @param packTable chunks of the pack table
 * @param tree chunks of the manifest
 */
public record RootContent(
    long startedSeconds,
    long files,
    long plainBytes,
    Hash256 listHash,
    List<ManifestRef> packTable,
    List<ManifestRef> tree) {

  private static final byte VERSION = 1;
  private static final int FIXED_BYTES = 1 + 24 + Hk1.HASH_BYTES + 12;

  /** Copies the lists. */
  public RootContent {
    packTable = List.copyOf(packTable);
    tree = List.copyOf(tree);
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

  /** The root as bytes. */
  public byte[] encode() {
    Map<Hash256, Integer> packs = numbered();
    int refs = packTable.size() + tree.size();
    ByteBuffer out =
        ByteBuffer.allocate(FIXED_BYTES + packs.size() * Hk1.HASH_BYTES + refs * ChunkRef.BYTES);
    out.put(VERSION).putLong(startedSeconds).putLong(files).putLong(plainBytes);
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

  /** Reads what {@link #encode} wrote and nothing else. */
  public static RootContent decode(byte[] bytes) throws DamagedException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < FIXED_BYTES || in.get() != VERSION) {
      throw new DamagedException("The snapshot's root has an unknown version or is cut short.");
    }
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
            && in.remaining() == packs * Hk1.HASH_BYTES + (table + tree) * ChunkRef.BYTES;
    if (!exact) {
      throw new DamagedException("The snapshot's root has an impossible length.");
    }
    List<Hash256> names = new ArrayList<>();
    for (long i = 0; i < packs; i++) {
      names.add(hash(in));
    }
    return new RootContent(
        started, files, plain, listHash, refs(in, table, names), refs(in, tree, names));
  }

  private static List<ManifestRef> refs(ByteBuffer in, long count, List<Hash256> names)
      throws DamagedException {
    List<ManifestRef> refs = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      ChunkRef ref = ChunkRef.read(in);
      if (ref.pack() >= names.size()) {
        throw new DamagedException("The snapshot's root refers to a pack it does not name.");
      }
      refs.add(new ManifestRef(names.get(ref.pack()), ref));
    }
    return refs;
  }

  private static Hash256 hash(ByteBuffer in) {
    byte[] bytes = new byte[Hk1.HASH_BYTES];
    in.get(bytes);
    return Hash256.of(bytes);
  }
}
