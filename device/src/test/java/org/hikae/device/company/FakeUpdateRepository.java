package org.hikae.device.company;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.enrollment.update.wire.UpdateKeyset;
import org.hikae.enrollment.update.wire.UpdateMetadata;
import org.hikae.enrollment.update.wire.UpdateMetadataKind;
import org.hikae.enrollment.update.wire.UpdateRoot;
import org.hikae.enrollment.update.wire.UpdateTarget;
import org.hikae.enrollment.update.wire.UpdateTargets;
import org.hikae.enrollment.update.wire.UpdateTimestamp;
import org.hikae.transparency.note.wire.NoteSigner;
import org.hikae.transparency.note.wire.SignedNote;
import org.hikae.transparency.wire.LogEntry;

/** Updates that two people sign, and that the portal may exchange at will. None at first. */
public final class FakeUpdateRepository {

  static final String PATH = "/api/public/updates/";

  private static final Duration LONG = Duration.ofDays(365);

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<NoteSigner> people =
      List.of(FakeNoteSigner.of("ann"), FakeNoteSigner.of("bob"));

  /** Its files by their paths. */
  public Map<String, byte[]> files() {
    return files;
  }

  /** Hands out the first keys; their file, as IT has it. */
  public byte[] begin(Instant now) {
    UpdateKeyset both = new UpdateKeyset(2, people.stream().map(NoteSigner::key).toList());
    put(
        new UpdateRoot(
            1,
            now.plus(LONG),
            Map.of(
                UpdateMetadataKind.ROOT,
                both,
                UpdateMetadataKind.TARGETS,
                both,
                UpdateMetadataKind.TIMESTAMP,
                both)));
    return files.get("1.root");
  }

  /** Hands out a list of these, which the timestamp of the same version names until then. */
  public void release(int version, Instant until, UpdateTarget... packages) {
    UpdateTargets list = new UpdateTargets(version, until.plus(LONG), List.of(packages));
    put(list);
    put(UpdateTimestamp.of(version, until, list));
  }

  /** Hands out a package in parts. */
  public void hands(UpdateTarget target, byte[] bytes) {
    for (int from = 0; from < bytes.length; from += UpdateTarget.PART_BYTES) {
      int end = Math.min(bytes.length, from + UpdateTarget.PART_BYTES);
      files.put(
          "packages/" + target.fileName() + "/" + from / UpdateTarget.PART_BYTES,
          Arrays.copyOfRange(bytes, from, end));
    }
  }

  /** What of it stands in the portal's log. */
  public List<byte[]> entries() {
    return files.entrySet().stream()
        .filter(file -> file.getKey().endsWith(".root") || file.getKey().endsWith(".targets"))
        .map(file -> new String(file.getValue(), StandardCharsets.UTF_8).split("\n\n", 2)[0] + "\n")
        .map(text -> LogEntry.ofUpdate(text).encode())
        .toList();
  }

  private void put(UpdateMetadata metadata) {
    SignedNote note = new SignedNote(metadata.text(), List.of());
    try {
      for (NoteSigner signer : people) {
        note = note.with(signer.sign(metadata.text()));
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    files.put(metadata.kind().file(metadata.version()), note.encode());
  }

  void answer(HttpExchange exchange, String path) throws IOException {
    FakeHttpServer.file(exchange, files.get(path.substring(PATH.length())));
  }
}
