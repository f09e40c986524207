package org.hikae.rollout.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign is called and what may halt it.
 *
 * @param name 1 to 100 characters
 * @param description at most 1000 characters
 * @param gates each at most once; none that is not named halts it
 */
public record PutCampaign(String name, @Nullable String description, List<GateView> gates) {}
