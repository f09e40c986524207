package org.hikae.admin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The log of a portal as the command line tells of it, and what is kept. */
class LogCheckCommandTest {

  private static final String LOG = "/api/public/log/";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private PublishedLog log;
  private HttpServer server;
  private Path place;

  @BeforeEach
  void start() throws Exception {
    place = folder.resolve("log");
    log = new PublishedLog();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        LOG,
        exchange -> {
          byte[] body = log.files().get(exchange.getRequestURI().getPath().substring(LOG.length()));
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          if (body != null) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int check(String... more) {
    InetSocketAddress at = server.getAddress();
    return run("http://" + at.getAddress().getHostAddress() + ":" + at.getPort() + "/", more);
  }

  private int run(String portal, String... more) {
    out.getBuffer().setLength(0);
    CommandLine line = AdminMain.commandLine("en");
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(out, true));
    line.getSubcommands().get("log-check").setOut(line.getOut()).setErr(line.getErr());
    List<String> arguments =
        new ArrayList<>(List.of("log-check", "--lang=en", "--portal=" + portal, place.toString()));
    arguments.addAll(List.of(more));
    return line.execute(arguments.toArray(String[]::new));
  }

  private Path beside(String prefix) throws IOException {
    try (Stream<Path> all = Files.list(place)) {
      List<Path> found =
          all.filter(file -> String.valueOf(file.getFileName()).startsWith(prefix)).toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  @Test
  void a_log_that_goes_on_fits_after_the_first_look() throws Exception {
    log.publish(3);
    assertThat(check()).isEqualTo(1);
    assertThat(out.toString()).contains("3 entries", log.key().text());
    log.publish(300);
    assertThat(check("--key=" + log.key().text())).as(out.toString()).isZero();
    assertThat(out.toString()).contains("300 entries", "the 3 of the last time");
    assertThat(check("--key=" + new PublishedLog().key().text())).isEqualTo(64);
    assertThat(check("--key=none")).isEqualTo(64);
  }

  /** First a shorter log, which proves nothing, then another one, which does. */
  @Test
  void evidence_is_kept_also_after_the_log_was_short() throws Exception {
    byte[] kept = log.publish(300);
    assertThat(check()).isEqualTo(1);
    log.publish(299);
    assertThat(check()).isEqualTo(2);
    assertThat(out.toString()).contains("CONTRADICTED", "unproven").doesNotContain("evidence");
    byte[] forked = log.publish(301, 299);
    assertThat(check()).isEqualTo(2);
    assertThat(out.toString()).contains("CONTRADICTED", "evidence");
    assertThat(place.resolve("checkpoint")).hasBinaryContent(kept);
    assertThat(beside("checkpoint.other-")).hasBinaryContent(forked);
  }

  @Test
  void silence_is_told_and_what_was_signed_is_kept() throws Exception {
    assertThat(check()).as("no key").isEqualTo(3);
    log.publish(3);
    assertThat(check()).isEqualTo(1);
    log.files().remove("tile/entries/000.p/3");
    assertThat(check()).isEqualTo(3);
    assertThat(out.toString()).as("this end is kept already").doesNotContain("unproven");
    byte[] now = log.publish(4);
    log.files().remove("tile/entries/000.p/4");
    assertThat(check()).isEqualTo(3);
    assertThat(out.toString()).contains("tile/entries/000.p/4: 404");
    assertThat(beside("checkpoint.unproven-")).hasBinaryContent(now);
    log.files().put("checkpoint", "<html>".getBytes(StandardCharsets.UTF_8));
    assertThat(check()).as("no end of a log").isEqualTo(3);
    assertThat(out.toString()).doesNotContain("CONTRADICTED");
  }

  /** It cannot hold back entries first and choose another key then. */
  @Test
  void the_first_key_stays_also_when_nothing_but_an_end_came() throws Exception {
    log.publish(3);
    log.files().remove("tile/entries/000.p/3");
    assertThat(check()).isEqualTo(3);
    assertThat(place.resolve("key")).hasContent(log.key().text());
    assertThat(place.resolve("checkpoint")).doesNotExist();
  }

  /** At the first look the key is the portal's. */
  @Test
  void a_key_that_is_none_is_not_kept() throws Exception {
    log.publish(3);
    log.files().put("key", "\u009b2Jkey".getBytes(StandardCharsets.UTF_8));
    assertThat(check()).isEqualTo(3);
    assertThat(out.toString()).doesNotContain("\u009b");
    assertThat(place).doesNotExist();
  }

  @Test
  void what_is_no_address_of_a_portal_is_wrong_use() {
    for (String portal :
        List.of("portal.example.com", "ftp://portal.example.com", "https:///x", "https://a#b")) {
      assertThat(run(portal)).as(portal).isEqualTo(64);
    }
  }

  @Test
  void a_folder_that_cannot_be_used_is_told() throws Exception {
    log.publish(3);
    Files.writeString(place, "a file");
    assertThat(check()).isEqualTo(3);
    assertThat(out.toString()).contains("The folder " + place + " cannot be used");
  }
}
