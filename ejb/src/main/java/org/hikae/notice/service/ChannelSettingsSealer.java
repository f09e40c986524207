package org.hikae.notice.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import org.hikae.notice.control.ChannelSettingsCodec;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.runtime.control.ChannelAddress;
import org.hikae.runtime.control.SettingsKey;
import org.hikae.runtime.service.Settings;
import org.jspecify.annotations.Nullable;

/** Seals what administrators enter for a channel, and opens it, with the key of this portal. */
@ApplicationScoped
public class ChannelSettingsSealer {

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

  /** Seals them for their channel. */
  public byte[] seal(NoticeChannel channel, ChannelAddress channelSettings) {
    return load().seal(channel.name(), ChannelSettingsCodec.bytes(channelSettings));
  }

  /** Opens them; empty when they were sealed with another key, or changed since. */
  public Optional<ChannelAddress> open(NoticeChannel channel, byte[] sealed) {
    try {
      return Optional.of(ChannelSettingsCodec.parse(channel, load().open(channel.name(), sealed)));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    }
  }
}
