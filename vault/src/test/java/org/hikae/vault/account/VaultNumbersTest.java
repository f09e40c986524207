package org.hikae.vault.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hikae.testing.SpecNumbers;
import org.junit.jupiter.api.Test;

/** What bounds guessing is what the specification says (HK1-N-05, HK1-V-21). */
class VaultNumbersTest {

  /** How the vault works inside; nobody outside sees them. */
  private static final Set<String> INNER =
      Set.of("DAY", "STEP", "CHECKPOINT_ROWS", "GROUP", "WAITS");

  @Test
  void of_limits() throws IllegalAccessException {
    Map<String, Long> limits = new TreeMap<>();
    for (Field field : VaultLimits.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers()) && !INNER.contains(field.getName())) {
        String name = field.getName().toLowerCase(Locale.ROOT).replace('_', '-');
        Object value = field.get(null);
        limits.put(
            name, value instanceof Duration time ? time.toSeconds() : ((Number) value).longValue());
      }
    }
    int attempt = VaultLimits.CONSECUTIVE_ATTEMPTS - VaultLimits.WAITS.size() + 1;
    for (Duration wait : VaultLimits.WAITS) {
      limits.put("wait-before-attempt-" + attempt++, wait.toSeconds());
    }
    assertThat(SpecNumbers.of("vault-limit")).isEqualTo(limits);
  }
}
