package org.hikae.backup.control;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hikae.hk1.Hash256;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.TextCodec;
import org.hikae.problem.control.Refusal;
import org.jspecify.annotations.Nullable;

/** Checks of single fields that JSON may leave out or fill with anything. */
public final class BackupRequestFields {

  private BackupRequestFields() {}

  /** Refuses a field that is absent. */
  public static void require(String field, @Nullable Object value) throws MalformedException {
    if (value == null) {
      throw new MalformedException(field + " is missing.");
    }
  }

  /**
   * A 16-byte identifier as it came; one of another form is malformed wherever it stands, and not
   * missing (HK1-N-01).
   */
  public static String id(String field, String text) {
    try {
      TextCodec.parseId(field, text);
      return text;
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }

  /** The name of an object as it came in a path; one of another form is malformed. */
  public static Hash256 nameOf(String text) {
    try {
      return Hash256.parse(text);
    } catch (MalformedException e) {
      throw Refusal.malformed(e);
    }
  }

  /** Reads names of objects in the order given, each once. */
  public static Set<Hash256> names(String field, List<@Nullable String> texts)
      throws MalformedException {
    Set<Hash256> names = LinkedHashSet.newLinkedHashSet(texts.size());
    for (String text : texts) {
      if (text == null) {
        throw new MalformedException(field + " has an empty name.");
      }
      names.add(Hash256.parse(text));
    }
    return names;
  }
}
