package org.hikae.vault.wire;

import java.util.ArrayList;
import java.util.List;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;

/**
 * What happened in the vault, for the portal's page of each employee (spec HK1-V-24): receipts of
 * all employees, ascending, without witnessed snapshots.
 *
 * @param upTo number of the last row that was looked at
 * @param newest number of the newest row; 0 when the vault cannot say now
 * @param receipts at most {@link #MAX_RECEIPTS}
 */
public record VaultEventPage(long upTo, long newest, List<Receipt> receipts) {

  /** Most receipts of a page: as many as surely fit a frame. */
  public static final int MAX_RECEIPTS = 40;

  /** Checks the limit and copies the list. */
  public VaultEventPage {
    if (receipts.size() > MAX_RECEIPTS) {
      throw new IllegalArgumentException("a page has at most " + MAX_RECEIPTS + " receipts");
    }
    receipts = List.copyOf(receipts);
  }

  /** An answer that says nothing. */
  public static VaultEventPage notNow(long after) {
    return new VaultEventPage(after, 0, List.of());
  }

  /** Asks for rows after number {@code after}. */
  public static byte[] request(long after) {
    return Transcript.fields().addU64(after).toBytes();
  }

  /** The number in what {@link #request} made. */
  public static long after(byte[] request) throws MalformedException {
    TranscriptReader in = new TranscriptReader(request);
    long after = in.u64("after");
    in.end();
    return after;
  }

  /** The bytes to send. */
  public byte[] encode() {
    Transcript out = Transcript.fields().addU64(upTo).addU64(newest).addU8(receipts.size());
    receipts.forEach(receipt -> out.add(receipt.encode()));
    return out.toBytes();
  }

  /** Reads what {@link #encode()} wrote. */
  public static VaultEventPage parse(byte[] bytes) throws MalformedException {
    TranscriptReader in = new TranscriptReader(bytes);
    long upTo = in.u64("upTo");
    long newest = in.u64("newest");
    int count = in.u8("receipts");
    if (count > MAX_RECEIPTS) {
      throw new MalformedException("A page may have at most " + MAX_RECEIPTS + " receipts.");
    }
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      receipts.add(Receipt.parse(in.atMost("receipt", Receipt.MAX_BYTES)));
    }
    in.end();
    return new VaultEventPage(upTo, newest, receipts);
  }
}
