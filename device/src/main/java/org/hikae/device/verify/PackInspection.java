package org.hikae.device.verify;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.hikae.device.sealing.ChunkOpener;
import org.hikae.device.sealing.ChunkOpenerPool;
import org.hikae.device.sealing.DamagedDataException;
import org.hikae.device.sealing.PackBytes;
import org.hikae.device.sealing.PackEntry;
import org.hikae.device.sealing.PackReader;
import org.hikae.hk1.Hash256;

/**
 * Opens all entries of one pack that is in memory and has its name, by several threads, and
 * compares its directory with what manifests say of it. When {@code deep}, each entry is
 * decompressed, too, and its identifier computed.
 */
final class PackInspection {

  /** Entries are shared out in parts of about so many sealed bytes. */
  private static final int PART_BYTES = 1024 * 1024;

  /** And of at most so many entries, because the smallest cost time too. */
  private static final int PART_ENTRIES = 1024;

  private final Hash256 name;
  private final PackBytes pack;
  private final List<PackReader.Listed> listed;
  private final ManifestReferences.PackReferences packReferences;
  private final VerificationFindings findings;
  private final boolean deep;
  private final AtomicInteger partsLeft = new AtomicInteger(1);
  private final AtomicLong plainBytes = new AtomicLong();

  PackInspection(
      Hash256 name,
      PackBytes pack,
      List<PackReader.Listed> listed,
      ManifestReferences.PackReferences packReferences,
      VerificationFindings findings,
      boolean deep) {
    this.name = name;
    this.pack = pack;
    this.listed = listed;
    this.packReferences = packReferences;
    this.findings = findings;
    this.deep = deep;
  }

  /** Is told the end: everything was looked at, or a part failed. */
  interface CompletionListener {
    /** Called once, by the last thread at work. */
    void inspected(long plainBytes);

    /** A defect or lack of memory; called before the end, perhaps more than once. */
    void failed(Throwable failure);
  }

  /** Shares the entries out; {@code ending} is told in any case. */
  void start(ChunkOpenerPool pool, CompletionListener completionListener) {
    try {
      int from = 0;
      int bytes = 0;
      for (int number = 0; number < listed.size(); number++) {
        bytes += listed.get(number).entry().sealedLength();
        if (bytes >= PART_BYTES || number + 1 - from >= PART_ENTRIES) {
          submit(pool, from, number + 1, completionListener);
          from = number + 1;
          bytes = 0;
        }
      }
      submit(pool, from, listed.size(), completionListener);
      for (int number = listed.size(); number < packReferences.end(); number++) {
        compare(number, 0);
      }
    } finally {
      partDone(completionListener);
    }
  }

  private void submit(
      ChunkOpenerPool pool, int from, int to, CompletionListener completionListener) {
    partsLeft.incrementAndGet();
    try {
      pool.execute(opener -> part(opener, from, to, completionListener));
    } catch (RuntimeException e) {
      // The pool was closed: the run ends anyway.
      completionListener.failed(e);
      partDone(completionListener);
    }
  }

  private void part(ChunkOpener opener, int from, int to, CompletionListener completionListener) {
    try {
      for (PackReader.Listed each : listed.subList(from, to)) {
        entry(opener, each);
      }
    } catch (RuntimeException | Error e) {
      completionListener.failed(e);
    } finally {
      partDone(completionListener);
    }
  }

  private void entry(ChunkOpener opener, PackReader.Listed each) {
    PackEntry entry = each.entry();
    try {
      int length = deep ? opener.check(pack, each) : opener.checkHead(pack, entry);
      plainBytes.addAndGet(length);
      compare(entry.number(), ManifestReferences.fingerprint(entry, length, each.chunkId()));
    } catch (DamagedDataException e) {
      findings.pack(name, Damage.Kind.PACK_DAMAGED, String.valueOf(e.getMessage()));
    }
  }

  private void compare(int number, long fingerprint) {
    if (!packReferences.fits(number, fingerprint)) {
      findings.wrongReference(name, number, fingerprint);
    }
  }

  private void partDone(CompletionListener completionListener) {
    if (partsLeft.decrementAndGet() == 0) {
      completionListener.inspected(plainBytes.get());
    }
  }
}
