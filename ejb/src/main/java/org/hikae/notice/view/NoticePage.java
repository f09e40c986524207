package org.hikae.notice.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notices, newest first.
 *
 * @param notices at most as many as asked for
 * @param next value of {@code before} for the next page; absent on the last
 */
public record NoticePage(List<NoticeView> notices, @Nullable Long next) {}
