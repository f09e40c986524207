package org.hikae.device.cli.window;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hikae.backup.wire.RunResult;
import org.hikae.backup.wire.SnapshotView;
import org.hikae.device.AgentException;
import org.hikae.device.cli.snapshots.OpenedCatalog;
import org.hikae.device.cli.window.CatalogSession.ReadCatalog;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.mount.StoredFileReader;
import org.hikae.device.mount.StoredFileReader.FileContent;
import org.hikae.device.store.BackupStoreException;
import org.hikae.device.window.WindowAnswer;

/**
 * The beginning of a text, or a small picture, of a snapshot. What it is, the content says and
 * never the name; anything that a browser could run, such as SVG, is a text.
 */
final class FilePreview {

  /** Most bytes of a text. */
  static final int MAX_TEXT = 256 * 1024;

  /** Most bytes of a picture. */
  static final int MAX_PICTURE = 8 * 1024 * 1024;

  /** In which texts are written, tried in this order; the last is that of Windows in Japan. */
  private static final List<Charset> CHARSETS =
      List.of(StandardCharsets.UTF_8, Charset.forName("windows-31j"));

  private static final byte[] UTF16_LITTLE = {(byte) 0xff, (byte) 0xfe};
  private static final byte[] UTF16_BIG = {(byte) 0xfe, (byte) 0xff};

  private FilePreview() {}

  static WindowAnswer read(ReadCatalog catalog, String snapshotId, RawPath path)
      throws AgentException, BackupStoreException {
    OpenedCatalog opened = catalog.opened();
    SnapshotView view = opened.snapshots().toShow(snapshotId, null).view();
    try (BackupKey sealed = opened.reading(view.generation())) {
      StoredFileReader reader = new StoredFileReader(opened.agent().store(), sealed);
      FileContent file = read(reader, view, path, MAX_TEXT);
      Optional<String> picture = picture(file.bytes());
      if (picture.isEmpty()) {
        String text =
            text(file.bytes())
                .orElseThrow(() -> new AgentException(RunResult.REFUSED, "window.no-preview"));
        return WindowAnswer.secret(
            "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
      }
      if (file.size() > MAX_PICTURE) {
        throw new AgentException(
            RunResult.REFUSED, "window.picture-too-large", MAX_PICTURE / 1024 / 1024);
      }
      byte[] bytes =
          file.size() > file.bytes().length
              ? read(reader, view, path, MAX_PICTURE).bytes()
              : file.bytes();
      return WindowAnswer.secret(picture.get(), bytes);
    }
  }

  private static FileContent read(
      StoredFileReader reader, SnapshotView view, RawPath path, int most)
      throws AgentException, BackupStoreException {
    return reader
        .read(view, path, most)
        .orElseThrow(() -> new AgentException(RunResult.REFUSED, "window.no-preview"));
  }

  /** The type of a picture that every browser draws without running anything. */
  static Optional<String> picture(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(16, bytes.length), StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
      return Optional.of("image/png");
    }
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return Optional.of("image/jpeg");
    }
    if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
      return Optional.of("image/gif");
    }
    boolean webp = start.startsWith("RIFF") && start.regionMatches(8, "WEBP", 0, 4);
    return webp ? Optional.of("image/webp") : Optional.empty();
  }

  /** The text, which may be cut off in a character; nothing for what is none. */
  static Optional<String> text(byte[] bytes) {
    if (startsWith(bytes, UTF16_LITTLE) || startsWith(bytes, UTF16_BIG)) {
      return decoded(bytes, StandardCharsets.UTF_16);
    }
    return CHARSETS.stream().flatMap(one -> decoded(bytes, one).stream()).findFirst();
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.compare(bytes, 0, start.length, start, 0, start.length) == 0;
  }

  private static Optional<String> decoded(byte[] bytes, Charset charset) {
    CharsetDecoder decoder = charset.newDecoder();
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    // Not the end of the input: what is missing of the last character is no error.
    CoderResult how = decoder.decode(ByteBuffer.wrap(bytes), out, false);
    String text = out.flip().toString();
    boolean plain = text.chars().allMatch(FilePreview::isPlain);
    return how.isError() || !plain ? Optional.empty() : Optional.of(text);
  }

  private static boolean isPlain(int c) {
    return c == '\n' || c == '\r' || c == '\t' || c == '\f' || !Character.isISOControl(c);
  }
}
