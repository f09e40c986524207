package org.hikae.vault.account;

import org.hikae.hk1.FieldReader;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.Transcript;
import org.hikae.vault.wire.StatusDone.Announcement;

/**
 * What will happen to the ACTIVE record unless it is vetoed.
 *
 * @param what the change
 * @param credId REPLACE: the PENDING record that takes its place; else the ACTIVE one
 * @param dueMillis when
 */
public record Announced(Announcement what, Hash256 credId, long dueMillis) {

  void addTo(Transcript out) {
    out.addU8(what.number()).add(credId.toBytes()).addU64(dueMillis);
  }

  static Announced read(FieldReader in) throws MalformedException {
    return new Announced(
        Announcement.of(in.u8("announced")), Account.hash(in, "credId"), in.u64("due"));
  }
}
