package org.hikae.notice.service;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import org.hikae.notice.control.ChannelSettingsCodec;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.runtime.control.ChannelAddress;
import org.hikae.runtime.service.SettingsKeyProvider;

/** Seals what administrators enter for a channel, and opens it, with the key of this portal. */
@ApplicationScoped
public class ChannelSettingsSealer {

  @Inject private SettingsKeyProvider settingsKey;

  /** Seals them for their channel. */
  public byte[] seal(NoticeChannel channel, ChannelAddress channelSettings) {
    return settingsKey.load().seal(channel.name(), ChannelSettingsCodec.bytes(channelSettings));
  }

  /** Opens them; empty when they were sealed with another key, or changed since. */
  public Optional<ChannelAddress> open(NoticeChannel channel, byte[] sealed) {
    try {
      return Optional.of(
          ChannelSettingsCodec.parse(channel, settingsKey.load().open(channel.name(), sealed)));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    }
  }
}
