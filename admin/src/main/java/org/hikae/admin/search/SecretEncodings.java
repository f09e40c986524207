package org.hikae.admin.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** A secret in every form in which a program would plausibly hold it. */
public final class SecretEncodings {

  /** Shorter forms would be found by chance. */
  public static final int FEWEST_BYTES = 8;

  private final List<SearchPattern> patterns = new ArrayList<>();

  /** Without a secret yet. */
  public SecretEncodings() {}

  /**
   * One form of one secret.
   *
   * @param what the secret and the form, without the secret itself
   * @param bytes what to look for
   */
  public record SearchPattern(String what, byte[] bytes) {

    /** Copies the bytes. */
    public SearchPattern {
      bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public String toString() {
      return what;
    }
  }

  /** Each form of each secret, none twice. */
  public List<SearchPattern> all() {
    return List.copyOf(patterns);
  }

  /** Adds a text: its characters in three encodings, and its UTF-8 bytes as {@link #binary}. */
  public SecretEncodings text(String what, String text) {
    add(what + " in UTF-16LE", text.getBytes(StandardCharsets.UTF_16LE));
    add(what + " in UTF-16BE", text.getBytes(StandardCharsets.UTF_16BE));
    return binary(what, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes: as they are, in hexadecimal, and in base64 at each place of three bytes. */
  public SecretEncodings binary(String what, byte[] bytes) {
    add(what, bytes);
    String hex = HexFormat.of().formatHex(bytes);
    everyWidth(what + " in hex", hex);
    everyWidth(what + " in upper hex", hex.toUpperCase(Locale.ROOT));
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      everyWidth(what + " in base64 +" + before, inner(Base64.getEncoder(), shifted, before));
      everyWidth(what + " in base64url +" + before, inner(Base64.getUrlEncoder(), shifted, before));
    }
    return this;
  }

  /** The characters that depend on the secret alone and not on its neighbours. */
  private static String inner(Base64.Encoder encoder, byte[] shifted, int before) {
    String encoded = encoder.withoutPadding().encodeToString(shifted);
    int from = before == 0 ? 0 : before + 1;
    int to = shifted.length / 3 * 4;
    return encoded.substring(from, to);
  }

  private void everyWidth(String what, String ascii) {
    add(what, ascii.getBytes(StandardCharsets.US_ASCII));
    add(what + ", two bytes a character", ascii.getBytes(StandardCharsets.UTF_16LE));
    add(what + ", two bytes a character", ascii.getBytes(StandardCharsets.UTF_16BE));
  }

  private void add(String what, byte[] bytes) {
    if (bytes.length < FEWEST_BYTES) {
      throw new IllegalArgumentException(what + " is too short to look for");
    }
    boolean known =
        patterns.stream().anyMatch(pattern -> Arrays.mismatch(pattern.bytes(), bytes) < 0);
    if (!known) {
      patterns.add(new SearchPattern(what, bytes.clone()));
    }
  }
}
