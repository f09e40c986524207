package org.hikae.vault.account;

import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.hk1.TranscriptReader;
import org.hikae.vault.wire.StatusDone.Announcement;

/**
 * What will happen to the ACTIVE record unless it is vetoed.
 *
 * @param what the change
 * @param credId REPLACE: the PENDING record that takes its place; else the ACTIVE one
 * @param dueMillis when, at the latest
 * @param awaitedRow the row that announced it, as long as no device of the record's set holds its
 *     receipt; 0 when the date is fixed
 */
public record AnnouncedChange(Announcement what, Hash256 credId, long dueMillis, long awaitedRow) {

  /** At a date that is fixed. */
  public AnnouncedChange(Announcement what, Hash256 credId, long dueMillis) {
    this(what, credId, dueMillis, 0);
  }

  /** At a date that is fixed now. */
  public AnnouncedChange at(long millis) {
    return new AnnouncedChange(what, credId, millis);
  }

  void addTo(Transcript out) {
    out.addU8(what.number()).add(credId.toBytes()).addU64(dueMillis).addU64(awaitedRow);
  }

  static AnnouncedChange read(TranscriptReader in, int version) throws MalformedException {
    return new AnnouncedChange(
        Announcement.of(in.u8("announced")),
        Account.hash(in, "credId"),
        in.u64("due"),
        version == 1 ? 0 : in.u64("awaited"));
  }
}
