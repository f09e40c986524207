package org.hikae.device.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.files.OwnerOnlyFiles;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.LedgerEntry;
import org.hikae.vault.wire.Receipt;
import org.hikae.vault.wire.VaultEvent;

/**
 * The vault's receipts of one employee and one vault: a file that only grows and is forced to the
 * disk before a receipt counts as kept. A record that a crash cut short is ignored and overwritten.
 * When the file has grown beyond {@link #MAX_BYTES} the older half is left out. Whoever loses it
 * gets everything again from the vault.
 *
 * <p>Form: {@code "HK1rcpt1" ‖ u64 base}, then {@code u32 length ‖ receipt} each; {@code base} is
 * the number of the newest receipt that was left out, 0 when none was.
 */
public final class ReceiptStore {

  /** Where the older half is left out, in bytes: some 16 000 receipts. */
  public static final int MAX_BYTES = 8 * 1024 * 1024;

  private static final byte[] MAGIC = "HK1rcpt1".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 16;

  /** The system's lock is for processes, and refuses the second of two threads. */
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final Path folder;
  private final Path file;
  private final int maxBytes;

  /**
   * The receipts of {@code employee} by the vault whose root has this fingerprint.
   *
   * @param folder {@link AgentHome#receiptFolder()}
   */
  public ReceiptStore(Path folder, Hash256 employee, String root) {
    this(folder, employee, root, MAX_BYTES);
  }

  ReceiptStore(Path folder, Hash256 employee, String root, int maxBytes) {
    this.folder = folder;
    this.file =
        folder.resolve(employee.hex().substring(0, 16) + "-" + root.substring(0, 16) + ".receipts");
    this.maxBytes = maxBytes;
  }

  /**
   * What is kept.
   *
   * @param base number of the newest receipt that was left out to save space; 0 when none was
   * @param receipts ascending, each number once
   */
  public record KeptReceipts(long base, List<Receipt> receipts) {
    /** Copies the list. */
    public KeptReceipts {
      receipts = List.copyOf(receipts);
    }

    /**
     * Number of the last receipt up to which none of the employee's is missing. A restored ledger
     * has lost rows and says so with a row that follows an older one.
     */
    public long wholeUpTo() {
      long last = base;
      for (Receipt receipt : receipts) {
        LedgerEntry entry = receipt.entry();
        boolean follows =
            entry.employeePrevious() == last
                || (entry.event() == VaultEvent.RESTORED && entry.employeePrevious() < last);
        if (!follows) {
          return last;
        }
        last = entry.seq();
      }
      return last;
    }
  }

  /** The file, for messages. */
  public Path file() {
    return file;
  }

  /** Everything that is kept. */
  public KeptReceipts read() throws AgentException {
    try {
      return parse(Files.readAllBytes(file)).kept();
    } catch (NoSuchFileException e) {
      return new KeptReceipts(0, List.of());
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "receipts.unreadable", file);
    }
  }

  /**
   * Keeps receipts. One that is kept already is left alone.
   *
   * @throws AgentException {@code receipts.contradict} when the vault gives another row under a
   *     number that it gave before
   */
  public synchronized void add(List<Receipt> fresh) throws AgentException {
    if (fresh.isEmpty()) {
      return;
    }
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder, OwnerOnlyFiles.folder());
      }
      IN_THIS_PROCESS.lock();
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve("receipts.lock"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              OwnerOnlyFiles.file())) {
        lock.lock();
        append(fresh);
      } finally {
        IN_THIS_PROCESS.unlock();
      }
    } catch (IOException e) {
      throw new AgentException(RunResult.LOCAL, e, "receipts.unwritable", file);
    }
  }

  /** What a file holds, and where its last whole record ends. */
  private record FileContent(KeptReceipts kept, long end) {}

  private void append(List<Receipt> fresh) throws IOException, AgentException {
    FileContent before =
        Files.exists(file)
            ? parse(Files.readAllBytes(file))
            : new FileContent(new KeptReceipts(0, List.of()), 0);
    TreeMap<Long, Receipt> known = new TreeMap<>();
    before.kept().receipts().forEach(receipt -> known.put(receipt.entry().seq(), receipt));
    List<Receipt> added = new ArrayList<>();
    for (Receipt receipt : fresh) {
      long seq = receipt.entry().seq();
      Receipt same = known.putIfAbsent(seq, receipt);
      if (same == null && seq > before.kept().base()) {
        added.add(receipt);
      } else if (same != null && Arrays.compare(same.signedBytes(), receipt.signedBytes()) != 0) {
        throw new AgentException(RunResult.REFUSED, "receipts.contradict", seq);
      }
    }
    if (added.isEmpty()) {
      return;
    }
    byte[] records = encode(added);
    if (before.end() + records.length > maxBytes) {
      rewrite(before.kept().base(), List.copyOf(known.values()));
      return;
    }
    try (FileChannel out =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            OwnerOnlyFiles.file())) {
      if (before.end() == 0) {
        write(out, header(0), 0);
      }
      long from = Math.max(before.end(), HEADER_BYTES);
      out.truncate(from);
      write(out, records, from);
      out.force(true);
    }
    forceFolder();
  }

  private void rewrite(long base, List<Receipt> all) throws IOException {
    int dropped = all.size() / 2;
    long newBase = dropped == 0 ? base : all.get(dropped - 1).entry().seq();
    Path fresh = Files.createTempFile(folder, "receipts", ".new", OwnerOnlyFiles.file());
    try {
      try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        write(out, header(newBase), 0);
        write(out, encode(all.subList(dropped, all.size())), HEADER_BYTES);
        out.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceFolder();
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private void forceFolder() throws IOException {
    try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
      open.force(true);
    }
  }

  private static byte[] header(long base) {
    return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putLong(base).array();
  }

  private static byte[] encode(List<Receipt> receipts) {
    List<byte[]> encoded = receipts.stream().map(Receipt::encode).toList();
    ByteBuffer out =
        ByteBuffer.allocate(encoded.stream().mapToInt(bytes -> 4 + bytes.length).sum());
    encoded.forEach(bytes -> out.putInt(bytes.length).put(bytes));
    return out.array();
  }

  private static void write(FileChannel out, byte[] bytes, long from) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      out.write(buffer, from + buffer.position());
    }
  }

  private FileContent parse(byte[] bytes) throws AgentException {
    if (bytes.length < HEADER_BYTES) {
      return new FileContent(new KeptReceipts(0, List.of()), 0);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte[] magic = new byte[MAGIC.length];
    in.get(magic);
    long base = in.getLong();
    if (Arrays.compare(magic, MAGIC) != 0 || base < 0) {
      throw damaged();
    }
    TreeMap<Long, Receipt> receipts = new TreeMap<>();
    int end = in.position();
    while (in.remaining() >= 4) {
      int length = in.getInt();
      if (length < 1 || length > Receipt.MAX_BYTES) {
        throw damaged();
      }
      if (length > in.remaining()) {
        break;
      }
      byte[] one = new byte[length];
      in.get(one);
      try {
        Receipt receipt = Receipt.parse(one);
        receipts.put(receipt.entry().seq(), receipt);
      } catch (MalformedException e) {
        throw damaged();
      }
      end = in.position();
    }
    return new FileContent(new KeptReceipts(base, List.copyOf(receipts.values())), end);
  }

  private AgentException damaged() {
    return new AgentException(RunResult.CORRUPT, "receipts.damaged", file);
  }
}
