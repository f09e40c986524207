package org.hikae.device.restic;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.wire.ResticType;
import org.hikae.backup.wire.RunResult;
import org.hikae.device.AgentException;
import org.hikae.device.portal.ResticGatewayClient;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.Hk1Constants;

/**
 * Brings a restic repository that lies in a directory to the portal (spec HK1-G-12). Each object is
 * read, compared with its name and sent; what the portal has is not sent again, so a run that was
 * cut short is simply repeated. Data goes before the index and that before the snapshots, and of
 * index and snapshots only what was there at the beginning: whatever ends the run, the portal never
 * shows a snapshot that needs what it does not have. One object at a time is in memory, and none
 * that is larger than those of HK1: such a file is read once to be compared and once more while it
 * is sent, and the portal compares it, too.
 */
public final class ResticImport {

  private final LocalResticRepository from;
  private final ResticGatewayClient to;
  private final ImportListener importListener;
  private long sent;
  private long sentBytes;
  private long there;
  private long damaged;
  private long more;

  /** Brings {@code from} to {@code to}. */
  public ResticImport(
      LocalResticRepository from, ResticGatewayClient to, ImportListener importListener) {
    this.from = from;
    this.to = to;
    this.importListener = importListener;
  }

  /** Hears how it goes. */
  public interface ImportListener {
    /** So much was sent or found to be there. */
    void advanced(long objects, long sentBytes);

    /** A file is not what its name says, or too large for the portal; it was not sent. */
    void refused(LocalResticRepository.LocalObject object, boolean tooLarge);
  }

  /**
   * What was done.
   *
   * @param sent objects sent
   * @param sentBytes their bytes
   * @param there objects that the portal had already
   * @param more objects that came into the directory meanwhile and were not sent
   */
  public record ImportCounts(long sent, long sentBytes, long there, long more) {}

  /** Passes on objects of the directory. */
  @FunctionalInterface
  private interface Walk {
    void each(LocalResticRepository.ObjectConsumer objectConsumer)
        throws AgentException, IOException;
  }

  /** Does it; a failure leaves what was sent, and the same again goes on from there. */
  public ImportCounts run() throws AgentException, IOException {
    config();
    Walk keys = listed(ResticType.KEYS);
    Walk snapshots = listed(ResticType.SNAPSHOTS);
    Walk index = listed(ResticType.INDEX);
    bring(ResticType.KEYS, keys);
    // Data may be much: it is not listed first.
    bring(ResticType.DATA, objectConsumer -> from.each(ResticType.DATA, objectConsumer));
    bring(ResticType.INDEX, index);
    bring(ResticType.SNAPSHOTS, snapshots);
    return new ImportCounts(sent, sentBytes, there, more);
  }

  /** What is there now, and nothing later. */
  private Walk listed(ResticType type) throws AgentException, IOException {
    List<LocalResticRepository.LocalObject> localObject = from.all(type);
    return objectConsumer -> {
      for (LocalResticRepository.LocalObject object : localObject) {
        objectConsumer.take(object);
      }
    };
  }

  private void config() throws AgentException {
    Optional<byte[]> stored = to.config();
    if (stored.isEmpty()) {
      to.putConfig(from.config());
    } else if (!MessageDigest.isEqual(stored.get(), from.config())) {
      throw new AgentException(RunResult.REFUSED, "restic.import.other");
    }
  }

  private void bring(ResticType type, Walk objects) throws AgentException, IOException {
    ImportObjectTable names = new ImportObjectTable();
    requireRoom(objects);
    to.each(type, names::listed);
    objects.each(object -> bring(type, object, names));
    requireSound();
    to.each(type, names::confirmed);
    objects.each(object -> compare(object, names));
  }

  /** Before the first is sent, which is long before the last. */
  private static void requireRoom(Walk objects) throws AgentException, IOException {
    int[] own = {0};
    objects.each(_ -> own[0] = Math.addExact(own[0], 1));
    new ImportObjectTable().requireRoom(own[0]);
  }

  private void bring(
      ResticType type, LocalResticRepository.LocalObject object, ImportObjectTable names)
      throws AgentException, IOException {
    if (object.sizeBytes() > ResticType.MAX_OBJECT_BYTES) {
      damaged++;
      importListener.refused(object, true);
      return;
    }
    if (names.of(object.name(), object.sizeBytes()) != ImportObjectTable.State.UNKNOWN) {
      there++;
    } else if (send(type, object)) {
      sent++;
      sentBytes += object.sizeBytes();
    } else {
      damaged++;
      importListener.refused(object, false);
      return;
    }
    names.seen(object.name(), object.sizeBytes());
    importListener.advanced(sent + there, sentBytes);
  }

  /** Sends an object; false when it is not what its name says. */
  private boolean send(ResticType type, LocalResticRepository.LocalObject object)
      throws AgentException, IOException {
    if (object.sizeBytes() > Hk1Constants.MAX_OBJECT_BYTES) {
      boolean sound = hash(object.file()).equals(object.name());
      if (sound) {
        to.put(type, object.name(), object.file(), (int) object.sizeBytes());
      }
      return sound;
    }
    byte[] bytes = Files.readAllBytes(object.file());
    boolean sound = Hash256.sha256(bytes).equals(object.name());
    if (sound) {
      to.put(type, object.name(), bytes);
    }
    return sound;
  }

  private static Hash256 hash(Path file) throws IOException {
    MessageDigest hash = Hash256.newDigest();
    try (OutputStream hashing = new DigestOutputStream(OutputStream.nullOutputStream(), hash)) {
      Files.copy(file, hashing);
    }
    return Hash256.of(hash.digest());
  }

  private void requireSound() throws AgentException {
    if (damaged > 0) {
      throw new AgentException(RunResult.CORRUPT, "restic.import.damaged", damaged);
    }
  }

  private void compare(LocalResticRepository.LocalObject object, ImportObjectTable names)
      throws AgentException {
    switch (names.of(object.name(), object.sizeBytes())) {
      case CONFIRMED -> {}
      case SEEN ->
          throw new AgentException(
              RunResult.CORRUPT, "restic.import.differs", object.file().getFileName());
      case LISTED, UNKNOWN -> more++;
    }
  }
}
