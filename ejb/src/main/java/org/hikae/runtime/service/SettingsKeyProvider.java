package org.hikae.runtime.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.SecureRandom;
import org.hikae.runtime.control.SettingsKey;
import org.jspecify.annotations.Nullable;

/** Gives the key of this portal for what no reader of the database may learn. */
@ApplicationScoped
public class SettingsKeyProvider {

  @Inject private Settings settings;
  @Inject private SecureRandom random;

  private @Nullable SettingsKey key;

  /**
   * Reads the key, or makes it.
   *
   * @throws IllegalStateException when the file holds no such key or cannot be made; says which
   *     file and why
   */
  public synchronized SettingsKey load() {
    if (key == null) {
      try {
        key = SettingsKey.readOrMake(settings.settingsKey(), random);
      } catch (IOException e) {
        throw new IllegalStateException(
            "The key for what administrators enter could not be read from "
                + settings.settingsKey()
                + " (HIKAE_SETTINGS_KEY): "
                + e.getMessage(),
            e);
      }
    }
    return key;
  }
}
