package org.hikae.notice.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import org.hikae.notice.entity.ChannelSetting;
import org.hikae.notice.value.NoticeChannel;
import org.hikae.schema.store.EntityStore;
import org.jspecify.annotations.Nullable;

/** Where channels lead, as administrators entered it. */
@ApplicationScoped
public class ChannelSettingStore extends EntityStore {

  /** For the container. */
  public ChannelSettingStore() {}

  /** For tests without a container. */
  public ChannelSettingStore(EntityManager entityManager) {
    super(entityManager);
  }

  /** What was entered for a channel. */
  public ChannelSetting find(NoticeChannel channel) {
    return existing(em().find(ChannelSetting.class, channel));
  }

  /** The same, held until the transaction ends, and as it stands once it is held. */
  public ChannelSetting lock(NoticeChannel channel) {
    ChannelSetting setting =
        existing(em().find(ChannelSetting.class, channel, LockModeType.PESSIMISTIC_WRITE));
    // Read again now that nobody else can change it: what came with the lock may be older.
    em().refresh(setting);
    return setting;
  }

  private static ChannelSetting existing(@Nullable ChannelSetting setting) {
    if (setting == null) {
      throw new IllegalStateException("The migration makes a row for each channel.");
    }
    return setting;
  }
}
