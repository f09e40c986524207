package org.hikae.device.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Since when the vault has been asked in vain, in a file of this device's own: whoever stands
 * between device and vault can keep news from it, but not that they are kept. What is asked and
 * what is to be witnessed are counted apart, so that letting one through does not hide that the
 * other never arrives. A file that cannot be read or written is as if there were none.
 *
 * <p>Form: three numbers, seconds since 1970, 0 for never: news asked for in vain since, snapshot
 * not witnessed since, person last told.
 */
public final class VaultSilenceStore {

  /** After so long it is an alarm. */
  public static final Duration ALARM_AFTER = Duration.ofDays(7);

  private static final Duration TOLD_AGAIN = Duration.ofHours(20);
  private static final Pattern FORM = Pattern.compile("(\\d{1,12}) (\\d{1,12}) (\\d{1,12})\\s*");

  private final Path file;

  /** What the vault is asked for. */
  public enum QuestionKind {
    /** What happened. */
    NEWS,
    /** To witness a snapshot. */
    WITNESS
  }

  private record Times(long news, long witness, long told) {

    static final Times NONE = new Times(0, 0, 0);

    Times with(QuestionKind questionKind, long since) {
      return questionKind == QuestionKind.NEWS
          ? new Times(since, witness, told)
          : new Times(news, since, told);
    }

    long of(QuestionKind questionKind) {
      return questionKind == QuestionKind.NEWS ? news : witness;
    }
  }

  /** Of this home. */
  public VaultSilenceStore(AgentHome home) {
    this.file = home.folder().resolve("vault-silence");
  }

  /** The vault has answered. */
  public void answered(QuestionKind questionKind) {
    Times times = read();
    if (times.of(questionKind) != 0) {
      write(times.with(questionKind, 0));
    }
  }

  /** It has not. */
  public void unanswered(QuestionKind questionKind, Instant now) {
    Times times = read();
    long since = times.of(questionKind);
    // A clock that was put back would make the silence longer for ever.
    if (since == 0 || since > now.getEpochSecond()) {
      write(times.with(questionKind, now.getEpochSecond()));
    }
  }

  /** Since when it has been asked in vain, if for so long that it is an alarm. */
  public OptionalLong alarming(Instant now) {
    Times times = read();
    return LongStream.of(times.news(), times.witness())
        .filter(since -> since != 0)
        .filter(since -> now.getEpochSecond() - since >= ALARM_AFTER.toSeconds())
        .min();
  }

  /** Whether the person is to be told on the desktop as well; once a day. */
  public boolean tellsNow(Instant now) {
    Times times = read();
    long ago = now.getEpochSecond() - times.told();
    if (ago >= 0 && ago < TOLD_AGAIN.toSeconds()) {
      return false;
    }
    write(new Times(times.news(), times.witness(), now.getEpochSecond()));
    return true;
  }

  private Times read() {
    try {
      Matcher matcher = FORM.matcher(Files.readString(file));
      return matcher.matches()
          ? new Times(number(matcher, 1), number(matcher, 2), number(matcher, 3))
          : Times.NONE;
    } catch (IOException e) {
      return Times.NONE;
    }
  }

  private static long number(Matcher matcher, int group) {
    return Long.parseLong(matcher.group(group));
  }

  private void write(Times times) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, times.news() + " " + times.witness() + " " + times.told() + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // The next silence begins anew then, which is later than it should be and no less loud.
    }
  }
}
