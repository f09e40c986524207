package org.hikae.rollout.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wave. With {@code groups} it is for their members, with {@code percent} for a share of
 * everybody, with neither for those on its list, which is imported.
 *
 * @param name 1 to 100 characters
 * @param startsAt ISO-8601 instant before which it does not begin; absent: as soon as the wave
 *     before is wholly invited
 * @param groups 1 to 100 group paths; members of groups below them are meant too
 * @param percent 1 to 100
 */
public record PutWave(
    String name,
    @Nullable Instant startsAt,
    @Nullable List<String> groups,
    @Nullable Integer percent) {}
