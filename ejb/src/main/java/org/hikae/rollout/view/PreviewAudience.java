package org.hikae.rollout.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An audience that somebody thinks of; exactly one of the three.
 *
 * @param groups group paths
 * @param percent share of everybody
 * @param waveId the audience of this wave as it stands
 */
public record PreviewAudience(
    @Nullable List<String> groups, @Nullable Integer percent, @Nullable Long waveId) {}
