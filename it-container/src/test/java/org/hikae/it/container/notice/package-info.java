/** Notices, where they go out, reminders and monthly reports, inside WildFly. */
@NullMarked
package org.hikae.it.container.notice;

import org.jspecify.annotations.NullMarked;
