package org.hikae.device.keys;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hikae.crypto.kdf.SecretBytes;

/**
 * What a password is (spec HK1-K-09, HK1-K-10, HK1-K-17). Normalising makes the same password of
 * what a person types on different keyboards: full-width letters, half-width kana and composed
 * accents equal their usual forms, so that they cost no attempt. The rules for a new password are
 * stricter than those for entering one, and both run on the device only: nobody who has a password
 * is kept from entering it by tables of characters that are older or newer than those it was chosen
 * with.
 */
public final class PasswordRules {

  /** Fewest code points of a new password. */
  public static final int MIN_CODE_POINTS = 12;

  /** Most code points of any password. */
  public static final int MAX_CODE_POINTS = 256;

  /** A new password must withstand about this many guesses, as a power of ten. */
  static final double MIN_GUESSES_LOG10 = 9;

  /** The estimator's time grows steeply with the length. */
  private static final int ESTIMATED_CODE_POINTS = 64;

  private static final Set<String> COMMON = readCommon();

  /** Its word lists are read when a password is chosen, and once for all that are refused. */
  private static final class Estimator {
    private static final Zxcvbn ZXCVBN = new Zxcvbn();
  }

  private PasswordRules() {}

  /**
   * The bytes of a password as typed when unlocking: normalised, in UTF-8. Strength is not looked
   * at.
   *
   * @param typed is not changed
   */
  public static SecretBytes normalise(CharSequence typed) throws PasswordException {
    return encode(normalised(typed));
  }

  /** The same for a password that is being chosen: it must also be long and uncommon. */
  public static SecretBytes choose(CharSequence typed) throws PasswordException {
    return choose(typed, MIN_CODE_POINTS);
  }

  /**
   * The same where the company asks for more characters than the rules.
   *
   * @param minCodePoints fewest code points; less than {@link #MIN_CODE_POINTS} changes nothing
   */
  public static SecretBytes choose(CharSequence typed, int minCodePoints) throws PasswordException {
    String normal = normalised(typed);
    requireKnownEverywhere(typed);
    requireKnownEverywhere(normal);
    if (normal.codePointCount(0, normal.length()) < MIN_CODE_POINTS) {
      throw new PasswordException(PasswordException.PasswordProblem.TOO_SHORT);
    }
    if (normal.codePointCount(0, normal.length()) < minCodePoints) {
      throw new PasswordException(PasswordException.PasswordProblem.BELOW_POLICY);
    }
    if (isCommon(normal)) {
      throw new PasswordException(PasswordException.PasswordProblem.COMMON);
    }
    if (guessesLog10(normal) < MIN_GUESSES_LOG10) {
      throw new PasswordException(PasswordException.PasswordProblem.WEAK);
    }
    return encode(normal);
  }

  /**
   * OPAQUE's password input {@code u16(length) ‖ password ‖ setId} (spec HK1-K-11).
   *
   * @param password from {@link #normalise} or {@link #choose}
   */
  public static SecretBytes opaqueInput(SecretBytes password, byte[] setId) {
    byte[] bytes = password.expose();
    try {
      return SecretBytes.take(
          ByteBuffer.allocate(2 + bytes.length + setId.length)
              .putShort((short) bytes.length)
              .put(bytes)
              .put(setId)
              .array());
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static String normalised(CharSequence typed) throws PasswordException {
    if (typed.length() > 2 * MAX_CODE_POINTS) {
      throw new PasswordException(PasswordException.PasswordProblem.TOO_LONG);
    }
    StringBuilder spaced = new StringBuilder(typed.length());
    typed
        .codePoints()
        .map(c -> Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c)
        .forEach(spaced::appendCodePoint);
    requireAllowed(spaced);
    String normal = Normalizer.normalize(spaced, Normalizer.Form.NFKC);
    requireAllowed(normal);
    if (normal.isEmpty()) {
      throw new PasswordException(PasswordException.PasswordProblem.TOO_SHORT);
    }
    if (normal.codePointCount(0, normal.length()) > MAX_CODE_POINTS) {
      throw new PasswordException(PasswordException.PasswordProblem.TOO_LONG);
    }
    return normal;
  }

  private static void requireAllowed(CharSequence text) throws PasswordException {
    boolean refused =
        text.codePoints()
            .map(Character::getType)
            .anyMatch(t -> t == Character.CONTROL || t == Character.SURROGATE);
    if (refused) {
      throw new PasswordException(PasswordException.PasswordProblem.CHARACTER);
    }
  }

  private static void requireKnownEverywhere(CharSequence text) throws PasswordException {
    if (!text.codePoints().allMatch(AssignedCharacters::contains)) {
      throw new PasswordException(PasswordException.PasswordProblem.CHARACTER);
    }
  }

  private static SecretBytes encode(String normal) {
    // Lone surrogates, the only thing UTF-8 cannot carry, were refused before.
    return SecretBytes.take(normal.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isCommon(String normal) {
    String plain = normal.toLowerCase(Locale.ROOT).replace(" ", "");
    String base = plain.replaceAll("[0-9!?.,_@#$*+-]+$", "");
    return COMMON.contains(plain) || COMMON.contains(base);
  }

  private static double guessesLog10(String normal) {
    int end =
        normal.offsetByCodePoints(
            0, Math.min(ESTIMATED_CODE_POINTS, normal.codePointCount(0, normal.length())));
    return Estimator.ZXCVBN.measure(normal.subSequence(0, end)).getGuessesLog10();
  }

  private static Set<String> readCommon() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    PasswordRules.class.getResourceAsStream("common-passwords.txt")),
                StandardCharsets.UTF_8))) {
      return in.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> Normalizer.normalize(line.strip(), Normalizer.Form.NFKC))
          .map(line -> line.toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException("the list of common passwords is missing from the jar", e);
    }
  }
}
