package org.hikae.transparency.note.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hikae.hk1.MalformedException;

/**
 * Text with signatures under it (C2SP signed-note). The text may not be used before {@link #verify}
 * has named a key that signed it.
 *
 * @param text one or more lines, each with its end
 * @param signatures at most {@link #MAX_SIGNATURES}; none of a note that nobody has signed yet
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

  /** The longest note, in bytes: sixteen signatures of any known type have room. */
  public static final int MAX_BYTES = 256 * 1024;

  /** The most signatures under a note. */
  public static final int MAX_SIGNATURES = 100;

  /** Between the text and the signatures: the end of the last line, and an empty line. */
  private static final String BREAK = "\n\n";

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException when the text could not be read back, or there are too many
   *     signatures
   */
  public SignedNote {
    if (!isText(text) || signatures.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException("a note has whole lines and few signatures");
    }
    signatures = List.copyOf(signatures);
  }

  /**
   * Reads a note that somebody has signed.
   *
   * @throws MalformedException when it has another form
   */
  public static SignedNote parse(byte[] bytes) throws MalformedException {
    if (bytes.length > MAX_BYTES) {
      throw new MalformedException("A note may have at most " + MAX_BYTES + " bytes.");
    }
    String all = decode(bytes);
    // The text may have empty lines, signatures do not: the last one is between the two.
    int end = all.lastIndexOf(BREAK);
    if (end < 0 || !all.endsWith("\n") || end + BREAK.length() == all.length()) {
      throw new MalformedException("A note is a text, an empty line, and lines of signatures.");
    }
    String text = all.substring(0, end + 1);
    String[] lines = all.substring(end + BREAK.length()).split("\n", MAX_SIGNATURES + 2);
    // The last of these parts is what follows the last end of a line: nothing.
    if (!isText(text) || lines.length > MAX_SIGNATURES + 1) {
      throw new MalformedException("The note has control characters or too many signatures.");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : lines) {
      if (!line.isEmpty()) {
        signatures.add(NoteSignature.parse(line));
      }
    }
    return new SignedNote(text, signatures);
  }

  private static String decode(byte[] bytes) throws MalformedException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("The note is not valid UTF-8.");
    }
  }

  private static boolean isText(String text) {
    return text.endsWith("\n")
        && text.length() <= MAX_BYTES
        && text.codePoints()
            .allMatch(c -> c == '\n' || (c >= ' ' && Character.getType(c) != Character.SURROGATE));
  }

  /** The same note with one signature more, which is the last. */
  public SignedNote with(NoteSignature signature) {
    return new SignedNote(text, Stream.concat(signatures.stream(), Stream.of(signature)).toList());
  }

  /** The bytes of the note. */
  public byte[] encode() {
    return signatures.stream()
        .map(signature -> signature.line() + "\n")
        .collect(Collectors.joining("", text + "\n", ""))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Says which of these keys have signed the text, each with its first signature. Signatures of
   * other keys are passed over, also when they have the name or the number of one of these.
   *
   * @param keys those that the caller trusts
   * @throws NoteSignatureException when a signature of one of them is wrong, or none of them signed
   */
  public Map<NoteKey, NoteSignature> verify(List<NoteKey> keys) throws NoteSignatureException {
    Map<NoteKey, NoteSignature> verified = new LinkedHashMap<>();
    for (NoteSignature signature : signatures) {
      for (NoteKey key : keys) {
        if (key.isNamedBy(signature)) {
          if (!key.hasSigned(text, signature)) {
            throw new NoteSignatureException("The signature of " + key.name() + " is wrong.");
          }
          verified.putIfAbsent(key, signature);
        }
      }
    }
    if (verified.isEmpty()) {
      throw new NoteSignatureException("Nobody who is trusted has signed the note.");
    }
    return verified;
  }
}
