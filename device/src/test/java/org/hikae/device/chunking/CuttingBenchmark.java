package org.hikae.device.chunking;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.hikae.crypto.kdf.Hkdf;
import org.hikae.crypto.kdf.SecretBytes;
import org.hikae.device.sealing.ChunkFrameEncoder;
import org.hikae.hk1.Hash256;

/**
 * Measures where the chunkers cut. {@code CuttingBenchmark speed} prints how fast each of them is.
 * {@code CuttingBenchmark dedupe DIRECTORY} takes each directory in it as a kind of data, and the
 * directories in that, by name, as what is backed up on one day after the other. It prints how much
 * each day adds: bytes of chunks that no day before had, and of their frames.
 */
public final class CuttingBenchmark {

  private static final int MEBIBYTE = 1024 * 1024;
  private static final int KEYS = 6;
  private static final int PASSES = 6;
  private static final byte HEADER = ChunkFrameEncoder.HEADER_BYTES;

  /** Of frames that were made already, by chunk: chunkers have many of them in common. */
  private final Map<Hash256, Integer> frames = new HashMap<>();

  private final ChunkFrameEncoder encoder = new ChunkFrameEncoder();
  private final byte[] data = new byte[HEADER + Chunker.MAX_BYTES];
  private final byte[] out = new byte[ChunkFrameEncoder.outputBytes(data.length, 1)];

  private CuttingBenchmark() {}

  /** Measures one of the two. */
  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "speed" -> speed();
      case "dedupe" -> new CuttingBenchmark().dedupe(Path.of(arguments[1]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Rules that are measured: those of the two chunkers, and one to compare with. */
  private enum MeasuredRule {
    POLYNOMIAL_OF_64,
    BLOCK_OF_16,
    MAC_OF_64;

    CutRule under(int key) {
      try (SecretBytes secret = SecretBytes.take(keyBytes(key))) {
        return switch (this) {
          case POLYNOMIAL_OF_64 -> new PolynomialCutRule(secret);
          case BLOCK_OF_16 -> new BlockCutRule(secret);
          case MAC_OF_64 -> new MacCutRule(secret);
        };
      }
    }
  }

  private record Candidate(MeasuredRule rule, int wholeBytes) {}

  /** Not in use: AES of the last 16 bytes alone decides. */
  private static final class BlockCutRule implements CutRule {
    private static final int BATCH = MacCutRule.BATCH;
    private final BlockCipher cipher;
    private final byte[] sealed = new byte[BATCH];

    BlockCutRule(SecretBytes key) {
      cipher = new BlockCipher(key.expose());
    }

    @Override
    public int find(byte[] data, int from, int to) {
      for (int at = from; at < to; at += BATCH) {
        int first = firstCut(data, at, Math.min(BATCH, to - at));
        if (first >= 0) {
          return at + first;
        }
      }
      return -1;
    }

    private int firstCut(byte[] data, int at, int count) {
      int first = -1;
      for (int pass = 0; pass < Math.min(BlockCipher.BLOCK, count); pass++) {
        int length = (count - pass + 15) / BlockCipher.BLOCK * BlockCipher.BLOCK;
        cipher.encrypt(data, at + pass - BlockCipher.BLOCK, length, sealed);
        ByteBuffer numbers = ByteBuffer.wrap(sealed);
        for (int i = 0; i < length; i += BlockCipher.BLOCK) {
          boolean cut = Integer.compareUnsigned(numbers.getInt(i), PolynomialCutRule.THRESHOLD) < 0;
          if (cut && (first < 0 || pass + i < first)) {
            first = pass + i;
          }
        }
      }
      return first;
    }
  }

  private static void speed() {
    byte[] data = new byte[64 * MEBIBYTE];
    new Random(7).nextBytes(data);
    System.out.println("data\trule\tpass\tMB/s of processor time");
    for (MeasuredRule measured : MeasuredRule.values()) {
      speed("noise", data, measured, 1);
    }
    Arrays.fill(data, (byte) 0);
    speed("zeros", data, MeasuredRule.POLYNOMIAL_OF_64, 1);
    speed("zeros", data, MeasuredRule.MAC_OF_64, 1);
    speed("zeros, each a candidate", data, MeasuredRule.MAC_OF_64, keyOfCandidates());
  }

  private static void speed(String what, byte[] data, MeasuredRule measured, int key) {
    CutRule rule = measured.under(key);
    for (int pass = 1; pass <= PASSES; pass++) {
      long before = cpuNanos();
      int at = Chunker.MIN_BYTES;
      while (at > 0 && at < data.length) {
        at = rule.find(data, at, data.length) + 1;
      }
      double took = cpuNanos() - before;
      System.out.printf(
          Locale.ROOT, "%s\t%s\t%d\t%.0f%n", what, measured, pass, data.length * 1e3 / took);
    }
  }

  /** Under this key of chunker 2 zeros are candidates: one in 256 is so. */
  private static int keyOfCandidates() {
    byte[] info = "HK1 cdc 2".getBytes(StandardCharsets.US_ASCII);
    byte[] block = new byte[BlockCipher.BLOCK];
    int key = 0;
    do {
      key++;
      try (SecretBytes secret = SecretBytes.take(keyBytes(key));
          SecretBytes derived = Hkdf.derive(new byte[0], secret, info, 64)) {
        byte[] first = Arrays.copyOf(derived.expose(), 32);
        new BlockCipher(first).encrypt(new byte[BlockCipher.BLOCK], 0, BlockCipher.BLOCK, block);
      }
    } while (block[0] != 0);
    return key;
  }

  private static byte[] keyBytes(int key) {
    return ByteBuffer.allocate(32).putInt(key).array();
  }

  private static long cpuNanos() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadCpuTime();
  }

  private void dedupe(Path directory) throws IOException {
    List<Candidate> candidates =
        List.of(
            new Candidate(MeasuredRule.POLYNOMIAL_OF_64, MEBIBYTE / 2),
            new Candidate(MeasuredRule.BLOCK_OF_16, MEBIBYTE / 2),
            new Candidate(MeasuredRule.MAC_OF_64, MEBIBYTE / 2),
            new Candidate(MeasuredRule.MAC_OF_64, MEBIBYTE));
    System.out.println(
        "kind\tday\trule\twhole\tkey\tdata\tchunks\tlargest\tnew chunks\tnew bytes\tnew frames");
    for (Path kind : in(directory)) {
      for (Candidate candidate : candidates) {
        for (int key = 1; key <= KEYS; key++) {
          Set<Hash256> stored = new HashSet<>();
          Chunker chunker = new Chunker(candidate.rule.under(key), candidate.wholeBytes);
          for (Path day : in(kind)) {
            Day added = new Day(stored);
            cutAll(day, chunker, added);
            System.out.printf(
                Locale.ROOT,
                "%s\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d%n",
                kind.getFileName(),
                day.getFileName(),
                candidate.rule,
                candidate.wholeBytes,
                key,
                added.data,
                added.chunks,
                added.largest,
                added.newChunks,
                added.newBytes,
                added.newFrames);
          }
        }
      }
    }
  }

  private static List<Path> in(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  private void cutAll(Path day, Chunker chunker, Day added) throws IOException {
    try (Stream<Path> all = Files.walk(day)) {
      for (Path file : (Iterable<Path>) all.sorted()::iterator) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          try (InputStream in = Files.newInputStream(file)) {
            chunker.<RuntimeException>cut(in::readNBytes, added::take);
          }
        }
      }
    }
  }

  /** What one day adds. */
  private final class Day {
    private final Set<Hash256> stored;
    private long data;
    private long chunks;
    private long largest;
    private long newChunks;
    private long newBytes;
    private long newFrames;

    Day(Set<Hash256> stored) {
      this.stored = stored;
    }

    void take(byte[] bytes, int offset, int length) {
      data += length;
      chunks++;
      largest += length == Chunker.MAX_BYTES ? 1 : 0;
      byte[] chunk = Arrays.copyOfRange(bytes, offset, offset + length);
      Hash256 id = Hash256.sha256(chunk);
      if (stored.add(id)) {
        newChunks++;
        newBytes += length;
        newFrames += frames.computeIfAbsent(id, _ -> frame(chunk));
      }
    }
  }

  private int frame(byte[] chunk) {
    System.arraycopy(chunk, 0, data, HEADER, chunk.length);
    return encoder.encode(data, HEADER, chunk.length, out, 0).length();
  }
}
