/** Nightly maintenance and scrubbing, their steps and their timers. Calls no boundary. */
@NullMarked
package org.hikae.backup.maintenance.job;

import org.jspecify.annotations.NullMarked;
