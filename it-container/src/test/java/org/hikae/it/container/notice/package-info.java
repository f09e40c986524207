/** Notices, where they go out, and reminders, inside WildFly. */
@NullMarked
package org.hikae.it.container.notice;

import org.jspecify.annotations.NullMarked;
