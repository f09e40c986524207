package org.hikae.it.notice;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A mail as it came to the mail server.
 *
 * @param headers the names of its headers, each as often as it is there
 * @param lines its headers as they were sent
 * @param subject what a mail program shows
 * @param text the first of its two parts
 * @param html the second one
 */
record ReceivedMail(
    List<String> headers, List<String> lines, String subject, String text, String html) {

  /** What a mail of the portal's has, and what a mail server adds. */
  private static final Set<String> OURS =
      Set.of(
          "Date",
          "From",
          "To",
          "Message-ID",
          "Subject",
          "Auto-Submitted",
          "MIME-Version",
          "Content-Type");

  private static final Set<String> THEIRS = Set.of("Return-Path", "Received");

  private static final Pattern ELEMENT = Pattern.compile("<(/?[^\\s>]*)");
  private static final Set<String> ELEMENTS =
      Set.of("!DOCTYPE", "html", "head", "meta", "body", "p", "strong", "br", "a", "small");

  /** Controls, separators of lines, and what turns text around and is not ended. */
  private static final String COMMANDS = "[\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066\\u2067]";

  static ReceivedMail of(MimeMessage message) throws MessagingException, IOException {
    MimeMultipart parts = (MimeMultipart) message.getContent();
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    return new ReceivedMail(
        Collections.list(message.getAllHeaders()).stream().map(Header::getName).toList(),
        Collections.list(message.getAllHeaderLines()),
        message.getSubject(),
        parts.getBodyPart(0).getContent().toString(),
        parts.getBodyPart(1).getContent().toString());
  }

  /** Fails when something in it has become more than text. */
  void requireForm(String portal) {
    assertThat(headers)
        .filteredOn(name -> !THEIRS.contains(name))
        .containsExactlyInAnyOrderElementsOf(OURS);
    // A line that goes on begins with a blank; each is ASCII, and none too long (RFC 5322).
    assertThat(lines.stream().flatMap(String::lines))
        .allMatch(line -> line.matches("[\\t -~]{1,998}"));
    assertThat(subject).startsWith("Hikae: ").doesNotContainPattern(COMMANDS);
    assertThat(text.replaceAll("\\r?\\n", "")).doesNotContainPattern(COMMANDS);
    assertThat(html.replaceAll("\\r?\\n", "")).doesNotContainPattern(COMMANDS);
    assertThat(ELEMENT.matcher(html).results().map(MatchResult::group).toList())
        .allMatch(one -> ELEMENTS.contains(one.replaceFirst("</?", "")));
    assertThat(html).containsOnlyOnce("href=").contains("<a href=\"" + portal);
  }
}
