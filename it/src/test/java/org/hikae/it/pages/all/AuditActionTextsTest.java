package org.hikae.it.pages.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hikae.notice.wire.NoticeKind;
import org.hikae.testing.BuildOutput;
import org.junit.jupiter.api.Test;

/** The page of the audit trail has words for whatever the portal records. */
class AuditActionTextsTest {

  /** The first code in a call that records something. */
  private static final Pattern RECORDED =
      Pattern.compile(
          "\\brecord(?:ed|About|System|SystemAbout)?\\([^;]{0,120}?\"([a-z-]+\\.[a-z-]+)\"");

  /** What is recorded by the code of what people are told at the same time. */
  private static final List<NoticeKind> TOLD =
      List.of(
          NoticeKind.APPROVAL_APPROVED,
          NoticeKind.APPROVAL_REJECTED,
          NoticeKind.APPROVAL_WITHDRAWN,
          NoticeKind.MASS_LEAVE_CONFIRMED,
          NoticeKind.MASS_LEAVE_DISMISSED,
          NoticeKind.LEAVER_KEPT,
          NoticeKind.LEAVER_DUE,
          NoticeKind.LEAVER_DELETING,
          NoticeKind.LEAVER_DELETED,
          NoticeKind.LEAVER_RETURNED,
          NoticeKind.VAULT_EXPOSE,
          NoticeKind.VAULT_ATTEMPT);

  private static Set<String> recorded() throws IOException {
    Set<String> codes = new TreeSet<>();
    TOLD.forEach(kind -> codes.add(kind.code()));
    try (Stream<Path> files = Files.walk(BuildOutput.root().resolve("ejb/src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        Matcher matcher = RECORDED.matcher(Files.readString(file));
        while (matcher.find()) {
          codes.add(matcher.group(1));
        }
      }
    }
    return codes;
  }

  @Test
  void each_action_that_is_recorded_has_words() throws IOException {
    Properties texts = new Properties();
    Path file = PageMessagesTest.PORTAL.resolve("resources/org/hikae/portal/trail_en.properties");
    try (Reader reader = Files.newBufferedReader(file)) {
      texts.load(reader);
    }
    assertThat(recorded())
        .hasSizeGreaterThan(60)
        .allMatch(code -> texts.containsKey("action." + code));
  }
}
