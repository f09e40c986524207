package org.hikae.notice.service;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import org.hikae.notice.control.DeliveryException;
import org.hikae.notice.entity.ChannelSetting;
import org.hikae.notice.store.ChannelSettingStore;
import org.hikae.notice.value.ChannelOrigin;
import org.hikae.notice.value.DeliveryFailure;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.runtime.control.ChannelAddress;
import org.hikae.runtime.service.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Where channels lead: as the environment says, or else as administrators entered it. Read anew
 * each time, so that all portals of a database go by a change at once.
 */
@Stateless
@PermitAll
public class ChannelSettingsReader {

  @Inject private Settings settings;
  @Inject private ChannelSettingStore store;
  @Inject private ChannelSettingsSealer sealer;

  /** Who says where it leads. */
  public ChannelOrigin origin(NoticeChannel channel) {
    if (environment(channel) != null) {
      return ChannelOrigin.ENVIRONMENT;
    }
    return store.find(channel).sealed() == null ? ChannelOrigin.NOBODY : ChannelOrigin.PORTAL;
  }

  /**
   * Where it leads now.
   *
   * @param address where
   * @param edition of what was entered in the portal; null when the environment says so
   */
  public record Holding(ChannelAddress address, @Nullable Long edition) {}

  /**
   * Where it leads now.
   *
   * @throws DeliveryException when nobody says so, or this portal has another key
   */
  public Holding holding(NoticeChannel channel) throws DeliveryException {
    ChannelAddress set = environment(channel);
    if (set != null) {
      return new Holding(set, null);
    }
    ChannelSetting entered = store.find(channel);
    if (entered.sealed() == null) {
      throw new DeliveryException(DeliveryFailure.NOT_CONFIGURED);
    }
    return new Holding(
        kept(entered).orElseThrow(() -> new DeliveryException(DeliveryFailure.SEALED)),
        entered.edition());
  }

  /** What was entered, if anything was and this portal has the key for it. */
  public Optional<ChannelAddress> kept(ChannelSetting entered) {
    byte[] sealed = entered.sealed();
    return sealed == null ? Optional.empty() : sealer.open(entered.channel(), sealed);
  }

  /** What the environment says; null for nothing. */
  public @Nullable ChannelAddress environment(NoticeChannel channel) {
    return switch (channel) {
      case MAIL -> settings.smtp();
      case WEBHOOK -> settings.webhook();
    };
  }
}
