package org.hikae.device.cli.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hikae.device.AgentJson;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.window.WindowClient.WindowReply;
import org.hikae.device.window.WindowLimits;
import org.hikae.hk1.TextCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of a stored file a page may show. */
class FilePreviewTest extends CompanyTestBase {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0};

  private AgentWindow window;
  private WindowPage page;

  @AfterEach
  void closeWindow() {
    if (window != null) {
      window.close();
    }
  }

  private void open() throws Exception {
    window = AgentWindow.open(optedIn("first").environment(), "en", WindowLimits.STANDARD);
    page = WindowPage.open(window, "en");
  }

  private String backUp() throws Exception {
    page.ask("back-up", json(Map.of("folders", List.of(tree.toString()))));
    assertThat(page.ended().get("result").textValue()).isEqualTo("SUCCESS");
    return page.ask("timeline", "{}").get("snapshots").get(0).get("snapshotId").textValue();
  }

  private static String json(Object value) throws Exception {
    return AgentJson.mapper().writeValueAsString(value);
  }

  private static String raw(Path path) {
    return TextCodec.base64(path.toString().getBytes(StandardCharsets.UTF_8));
  }

  private WindowReply preview(String snapshotId, String name) throws Exception {
    String body = json(Map.of("snapshotId", snapshotId, "rawPath", raw(tree.resolve(name))));
    return page.reply("preview", body);
  }

  @Test
  void texts_and_pictures_are_shown_by_what_they_are_and_nothing_else_is() throws Exception {
    Files.write(tree.resolve("photo.txt"), PNG);
    Files.writeString(tree.resolve("page.png"), "<svg onload='x()'/>");
    Files.write(tree.resolve("program"), new byte[] {0x7f, 'E', 'L', 'F', 0, 1, 2});
    byte[] big = new byte[FilePreview.MAX_PICTURE + 1];
    System.arraycopy(PNG, 0, big, 0, PNG.length);
    Files.write(tree.resolve("big.png"), big);
    Files.writeString(tree.resolve("long.txt"), "日本\n".repeat(60_000));
    Files.createLink(tree.resolve("other"), tree.resolve("letter.txt"));
    open();
    String id = backUp();
    WindowReply letter = preview(id, "letter.txt");
    assertThat(letter.fields())
        .containsEntry("content-type", "text/plain; charset=utf-8")
        .containsEntry("cache-control", "no-store")
        .containsEntry("x-content-type-options", "nosniff");
    assertThat(letter.body()).isEqualTo("dear diary");
    assertThat(preview(id, "photo.txt").fields()).containsEntry("content-type", "image/png");
    assertThat(preview(id, "page.png").fields())
        .as("what a browser could run is a text")
        .containsEntry("content-type", "text/plain; charset=utf-8");
    assertThat(preview(id, "program").body()).contains("window.no-preview");
    assertThat(preview(id, "big.png").body()).contains("window.picture-too-large");
    assertThat(preview(id, "long.txt").body())
        .startsWith("日本\n日本")
        .hasSizeBetween(FilePreview.MAX_TEXT / 7 * 3 - 3, FilePreview.MAX_TEXT / 7 * 3);
    for (String none : List.of("日本", "link", "missing")) {
      assertThat(preview(id, none).status()).as(none).isEqualTo(422);
    }
  }

  @Test
  void the_versions_of_one_file_are_told_and_each_is_shown_as_it_was() throws Exception {
    open();
    String first = backUp();
    Files.writeString(tree.resolve("letter.txt"), "another diary");
    String second = backUp();
    backUp();
    JsonNode found = page.ask("versions", json(Map.of("rawPath", raw(tree.resolve("letter.txt")))));
    assertThat(found.get("searched").intValue()).isEqualTo(3);
    JsonNode hit = found.get("hits").get(0);
    assertThat(found.get("hits")).as("no other file").hasSize(1);
    assertThat(hit.get("deleted").booleanValue()).isFalse();
    assertThat(hit.get("versions")).hasSize(2);
    assertThat(preview(first, "letter.txt").body()).isEqualTo("dear diary");
    assertThat(preview(second, "letter.txt").body()).isEqualTo("another diary");
  }

  @Test
  void texts_of_japanese_windows_and_of_utf_16_are_read_and_bytes_are_none() {
    String text = "議事録、第 1 回";
    for (String charset : List.of("windows-31j", "UTF-16", "UTF-8")) {
      byte[] bytes = text.getBytes(Charset.forName(charset));
      assertThat(FilePreview.text(bytes).orElseThrow()).as(charset).endsWith(text);
    }
    byte[] cut = text.getBytes(StandardCharsets.UTF_8);
    assertThat(FilePreview.text(Arrays.copyOf(cut, cut.length - 1)).orElseThrow())
        .isEqualTo(text.substring(0, text.length() - 1));
    assertThat(FilePreview.text(new byte[] {'a', 0, 'b'})).isEmpty();
    assertThat(FilePreview.text(new byte[] {'a', 0x1b, '['})).isEmpty();
    assertThat(FilePreview.picture(new byte[] {'G', 'I', 'F'})).isEmpty();
  }
}
