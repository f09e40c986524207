package org.hikae.device.company;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.hikae.device.http.FakeHttpServer;
import org.hikae.hk1.Hash256;
import org.hikae.transparency.log.wire.LogFileSource;
import org.hikae.transparency.note.wire.Checkpoint;
import org.hikae.transparency.note.wire.NoteKey;
import org.hikae.transparency.note.wire.NoteSigner;
import org.hikae.transparency.note.wire.SignedNote;
import org.hikae.transparency.wire.CompactRange;
import org.hikae.transparency.wire.EntryBundle;
import org.hikae.transparency.wire.MerkleHasher;
import org.hikae.transparency.wire.TilePath;

/** The files of the portal's log, which whoever has its key may change at will. None at first. */
public final class FakePortalLog {

  static final String PATH = "/api/public/log/";

  private static final String ORIGIN = "portal.example/api/public/log";

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private NoteSigner signer = FakeNoteSigner.of(ORIGIN);
  private volatile int refusal;
  private volatile Consumer<String> whenAsked = path -> {};

  /** Its files by their paths. */
  public Map<String, byte[]> files() {
    return files;
  }

  /** From now on it signs with another key. */
  public void changesKey() {
    signer = FakeNoteSigner.of(ORIGIN);
  }

  /** From now on it refuses all files so; 0 for no more. */
  public void refusesWith(int status) {
    refusal = status;
  }

  /** From now on this hears of each file that is asked for, before it is given. */
  public void whenAsked(Consumer<String> other) {
    whenAsked = other;
  }

  /** The key that it signs with. */
  public NoteKey key() {
    return signer.key();
  }

  /** The files without a network. */
  public LogFileSource source() {
    return path -> {
      whenAsked.accept(path);
      byte[] bytes = files.get(path);
      if (bytes == null) {
        throw new IOException(path);
      }
      return bytes;
    };
  }

  /** Has these entries from now on; its signed end. */
  public byte[] publish(List<byte[]> entries) {
    CompactRange range = CompactRange.EMPTY;
    for (byte[] entry : entries) {
      range = range.append(MerkleHasher.leaf(entry), (level, index, hash) -> {});
    }
    files.clear();
    files.put("key", (signer.key().text() + "\n").getBytes(StandardCharsets.UTF_8));
    for (int from = 0; from < entries.size(); from += TilePath.FULL) {
      TilePath path = TilePath.of(TilePath.ENTRIES, from / TilePath.FULL, entries.size());
      List<byte[]> some = entries.subList(from, from + path.width());
      files.put(path.path(), new EntryBundle(some).encode());
    }
    return ends(entries.size(), range.root());
  }

  /** Signs this end, whatever its entries are. */
  public byte[] ends(long size, Hash256 root) {
    String text = new Checkpoint(ORIGIN, size, root).text();
    try {
      byte[] end = new SignedNote(text, List.of(signer.sign(text))).encode();
      files.put("checkpoint", end);
      return end;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void answer(HttpExchange exchange, String path) throws IOException {
    String file = path.substring(PATH.length());
    whenAsked.accept(file);
    if (refusal != 0) {
      exchange.getResponseHeaders().set("Retry-After", "600");
      FakeHttpServer.problem(exchange, refusal, "internal");
      return;
    }
    FakeHttpServer.file(exchange, files.get(file));
  }
}
