package org.hikae.device.store;

import org.hikae.backup.wire.SnapshotView;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.SnapshotStub;
import org.hikae.hk1.TextCodec;

/** Reads the stub of a snapshot out of what the portal shows of it. */
public final class StubParser {

  private StubParser() {}

  /**
   * The stub whose fields a view names; whether its hash is the one shown is for the caller.
   *
   * @throws MalformedException when one of them is none
   */
  public static SnapshotStub parse(SnapshotView view) throws MalformedException {
    try {
      return new SnapshotStub(
          TextCodec.parseId("setId", view.setId()),
          TextCodec.parseId("deviceId", view.deviceId()),
          view.generation(),
          view.sequence(),
          Hash256.parse(view.previous()),
          Hash256.parse(view.root()),
          Hash256.parse(view.listHash()));
    } catch (IllegalArgumentException e) {
      throw new MalformedException("snapshot: " + e.getMessage());
    }
  }
}
