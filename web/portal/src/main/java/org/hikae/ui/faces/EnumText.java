package org.hikae.ui.faces;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Constants by the names that addresses and saved filters have for them. */
public final class EnumText {

  private EnumText() {}

  /** The constant of this name; null for none and for what is no name. */
  public static <E extends Enum<E>> @Nullable E named(Class<E> type, @Nullable String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElse(null);
  }
}
