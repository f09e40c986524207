package org.hikae.device.restic;

import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hikae.backup.wire.ResticType;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.remote.ResticGateway;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1;

/**
 * Brings a restic repository that lies in a directory to the portal (spec HK1-G-12). Each object is
 * read once, compared with its name and sent; what the portal has is not sent again, so a run that
 * was cut short is simply repeated. Data goes before the index and that before the snapshots, and
 * of index and snapshots only what was there at the beginning: whatever ends the run, the portal
 * never shows a snapshot that needs what it does not have. One object at a time is in memory.
 */
public final class ResticImport {

  private final LocalRepository from;
  private final ResticGateway to;
  private final Watching watching;
  private final Set<Hash256> seen = new HashSet<>();
  private long sent;
  private long sentBytes;
  private long there;
  private long damaged;

  /** Brings {@code from} to {@code to}. */
  public ResticImport(LocalRepository from, ResticGateway to, Watching watching) {
    this.from = from;
    this.to = to;
    this.watching = watching;
  }

  /** Hears how it goes. */
  public interface Watching {
    /** So much was sent or found to be there. */
    void advanced(long objects, long sentBytes);

    /** A file is not what its name says, or too large for the portal; it was not sent. */
    void refused(LocalRepository.Found object, boolean tooLarge);
  }

  /**
   * What was done.
   *
   * @param sent objects sent
   * @param sentBytes their bytes
   * @param there objects that the portal had already
   * @param more objects that came into the directory meanwhile and were not sent
   */
  public record Counts(long sent, long sentBytes, long there, long more) {}

  /** Does it; a failure leaves what was sent, and the same again goes on from there. */
  public Counts run() throws AgentException, IOException {
    config();
    List<LocalRepository.Found> keys = from.all(ResticType.KEYS);
    List<LocalRepository.Found> snapshots = from.all(ResticType.SNAPSHOTS);
    List<LocalRepository.Found> index = from.all(ResticType.INDEX);
    send(ResticType.KEYS, keys);
    long more = data();
    send(ResticType.INDEX, index);
    send(ResticType.SNAPSHOTS, snapshots);
    return new Counts(sent, sentBytes, there, more);
  }

  private void config() throws AgentException {
    Optional<byte[]> stored = to.config();
    if (stored.isEmpty()) {
      to.putConfig(from.config());
    } else if (!MessageDigest.isEqual(stored.get(), from.config())) {
      throw new AgentException(RunResult.REFUSED, "restic.import.other");
    }
  }

  private void send(ResticType type, List<LocalRepository.Found> objects)
      throws AgentException, IOException {
    Map<Hash256, Long> stored = to.list(type);
    for (LocalRepository.Found object : objects) {
      send(type, object, stored);
    }
    requireSound();
    Map<Hash256, Long> now = to.list(type);
    for (LocalRepository.Found object : objects) {
      requireStored(object, now);
    }
  }

  /** Data may be much: it is not listed first. */
  private long data() throws AgentException, IOException {
    Map<Hash256, Long> stored = to.list(ResticType.DATA);
    from.each(
        ResticType.DATA,
        object -> {
          send(ResticType.DATA, object, stored);
          seen.add(object.name());
        });
    stored.clear();
    requireSound();
    Map<Hash256, Long> now = to.list(ResticType.DATA);
    long[] more = {0};
    from.each(
        ResticType.DATA,
        object -> {
          if (seen.contains(object.name())) {
            requireStored(object, now);
          } else {
            more[0]++;
          }
        });
    seen.clear();
    return more[0];
  }

  private void send(ResticType type, LocalRepository.Found object, Map<Hash256, Long> stored)
      throws AgentException, IOException {
    Long size = stored.get(object.name());
    if (size != null && size == object.sizeBytes()) {
      there++;
    } else if (object.sizeBytes() > Hk1.MAX_OBJECT_BYTES) {
      damaged++;
      watching.refused(object, true);
    } else {
      byte[] bytes = Files.readAllBytes(object.file());
      if (!Hash256.sha256(bytes).equals(object.name())) {
        damaged++;
        watching.refused(object, false);
        return;
      }
      to.put(type, object.name(), bytes);
      sent++;
      sentBytes += bytes.length;
    }
    watching.advanced(sent + there, sentBytes);
  }

  private void requireSound() throws AgentException {
    if (damaged > 0) {
      throw new AgentException(RunResult.CORRUPT, "restic.import.damaged", damaged);
    }
  }

  private static void requireStored(LocalRepository.Found object, Map<Hash256, Long> stored)
      throws AgentException {
    Long size = stored.get(object.name());
    if (size == null || size != object.sizeBytes()) {
      throw new AgentException(
          RunResult.CORRUPT, "restic.import.differs", object.file().getFileName());
    }
  }
}
